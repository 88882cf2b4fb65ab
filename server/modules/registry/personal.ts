import { maskIdentifier, normaliseIdentifier } from '#domain/kernel/identifier.ts';
import { maskPhone, parsePhone } from '#domain/kernel/phone.ts';
import type { Vault } from '#platform/crypto/vault.ts';

export { sealPhone } from '#platform/personal/seal-phone.ts';

/** 证件号入库. */
export function sealId(vault: Vault, text: string | null): { idCipher: string | null; idIndex: string | null; idLast4: string | null } {
  const number = text === null ? '' : normaliseIdentifier(text);
  if (number === '') return { idCipher: null, idIndex: null, idLast4: null };
  return { idCipher: vault.seal(number), idIndex: vault.index('id', number), idLast4: vault.index('id-last4', number.slice(-4)) };
}

/** 号码的数字: what the blind index is made of. */
export const digits = (phone: string): string => phone.replaceAll(/\D/g, '');

/** 完整号码. */
export const open = (vault: Vault, sealed: string | null): string | null => (sealed === null ? null : vault.open(sealed));

/** 遮盖的电话. */
export function maskedPhone(vault: Vault, sealed: string | null): string | null {
  return sealed === null ? null : maskOnce(vault, 'phone', sealed);
}

/** 遮盖的证件号. */
export function maskedId(vault: Vault, sealed: string | null): string | null {
  return sealed === null ? null : maskOnce(vault, 'id', sealed);
}

const masks = {
  phone: (full: string) => full.split('、').map((piece) => { const phone = parsePhone(piece); return phone ? maskPhone(phone) : maskIdentifier(piece); }).join('、'),
  id: maskIdentifier,
} as const;

const MOST = 20_000;
const made = new WeakMap<Vault, Map<string, string>>();

/**
 * A list shows the same masks each time it is looked at, and unsealing was a ninth of what a page of homes cost. Only masks are kept, by
 * what they were made from, so that a number that was changed or erased is never found here; the oldest goes when there are too many.
 */
function maskOnce(vault: Vault, kind: keyof typeof masks, sealed: string): string {
  const known = made.get(vault) ?? new Map<string, string>();
  made.set(vault, known);
  // The same seal stands for one number in one column only; its kind is part of the key all the same.
  const key = `${kind}:${sealed}`;
  const mask = known.get(key) ?? masks[kind](vault.open(sealed));
  known.set(key, mask);
  const [oldest] = known.size > MOST ? known.keys() : [];
  if (oldest !== undefined) known.delete(oldest);
  return mask;
}
