import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';
import { comparableIdentifier } from '#domain/kernel/identifier.ts';
import { blindIndex } from './blind-index.ts';
import { drawer } from './random.ts';

/** 个人信息保险箱:encrypts identity numbers and phones, and makes keyed blind indexes to find them by. */
export interface Vault {
  /** `v1.<iv>.<tag>.<ciphertext>`, base64url; different every time. */
  seal(plain: string): string;
  /** @throws Error when the text was not sealed with this key or was altered */
  open(sealed: string): string;
  /** The same for the same text and purpose, and useless without the key. `former-index`: of an index under a former key whose text nobody keeps. */
  index(purpose: 'id' | 'id-last4' | 'phone' | 'phone-last4' | 'mail' | 'recovery-code' | 'phone-code' | 'network-address' | 'former-index', plain: string): string;
}

const VERSION = 'v1';
/** A tag of any other length is refused. */
const TAG = { authTagLength: 16 };

/** Keys are derived from the deployment's secret (AES-256-GCM; HMAC-SHA-256 truncated to 128 bits). */
export function openVault(secret: string): Vault {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'shanzhi', info, 32));
  const freshIv = drawer(12);
  // A key object, not bytes: the key is prepared once and not at each of a ledger's hundred thousand rows.
  const sealing = createSecretKey(derive('personal-data'));
  const indexing = blindIndex(derive('blind-index'));
  return {
    seal(plain) {
      const iv = freshIv();
      const cipher = createCipheriv('aes-256-gcm', sealing, iv, TAG);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [VERSION, iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), body.toString('base64url')].join('.');
    },
    open(sealed) {
      const [version, iv = '', tag = '', body = ''] = sealed.split('.');
      if (version !== VERSION) throw new Error('unknown seal version');
      const decipher = createDecipheriv('aes-256-gcm', sealing, Buffer.from(iv, 'base64url'), TAG);
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return decipher.update(Buffer.from(body, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
    },
    // One person's number of fifteen digits and of eighteen are one number.
    index: (purpose, plain) => indexing(`${purpose}:${purpose === 'id' ? comparableIdentifier(plain) : plain}`),
  };
}
