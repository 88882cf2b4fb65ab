import { hash, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { refuseBackup } from './refuse.ts';

/**
 * 备份文件的外壳. Header of 64 bytes, then frames, then nothing:
 *
 *   header  "SHANZHI-BACKUP\r\n" · format (1 byte) · 1 when encrypted, else 0 · two zeros · salt (16) · check of the key (8) · zeros
 *   frame   length (4 bytes, big endian, the highest bit set on the last frame) · payload · tag
 *
 * Encrypted, a payload is AES-256-GCM with the frame's number as nonce and header and length as additional data, and the tag its 16 bytes: order
 * and end are authenticated. Plain, the tag is SHA-256 over the tag before, the length and the payload (32 bytes): it tells damage, not malice.
 */
export const MAGIC = Buffer.from('SHANZHI-BACKUP\r\n', 'latin1');
export const HEADER_BYTES = 64;
/** The only format there is so far. */
export const FORMAT = 1;
/** Largest payload of a frame. */
export const FRAME_BYTES = 1 << 20;
export const LAST = 0x8000_0000;

/** What frames are sealed with: a key, or nothing but the running digest. */
export interface Seal { readonly header: Buffer; readonly key: Buffer | null }

const AT = { format: 16, flags: 17, salt: 20, check: 36, rest: 44 } as const;
/** Some 80 ms and 64 MB: a passphrase that people choose deserves it. */
const COST = { N: 1 << 16, r: 8, p: 1, maxmem: 128 << 20 };

/** 新的外壳 for an archive about to be written. */
export async function newSeal(passphrase: string | null): Promise<Seal> {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt8(FORMAT, AT.format);
  header.writeUInt8(passphrase === null ? 0 : 1, AT.flags);
  randomBytes(16).copy(header, AT.salt);
  if (passphrase === null) return { header, key: null };
  const { key, check } = await derive(passphrase, header.subarray(AT.salt, AT.check));
  check.copy(header, AT.check);
  return { header, key };
}

/** 打开外壳: checks the header and the key. @throws Problem backup.refused */
export async function openSeal(header: Buffer, passphrase: string | null, name: string): Promise<Seal> {
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) throw refuseBackup(`「${name}」不是善治的备份文件，或者文件开头已经损坏。`);
  const format = header.readUInt8(AT.format);
  if (format > FORMAT) throw refuseBackup(`「${name}」的备份格式（${String(format)}）比本程序新，请先升级程序再恢复。`);
  const flags = header.readUInt8(AT.flags);
  if (format < 1 || flags > 1 || header.readUInt16BE(18) !== 0 || header.subarray(AT.rest).some((byte) => byte !== 0)) throw damaged(name);
  if (flags === 0) {
    if (header.subarray(AT.check, AT.rest).some((byte) => byte !== 0)) throw damaged(name);
    return { header, key: null };
  }
  if (passphrase === null) throw refuseBackup(`「${name}」是加密的备份，请用 SHANZHI_BACKUP_KEY 或 SHANZHI_BACKUP_KEY_FILE 提供备份密钥。`);
  const { key, check } = await derive(passphrase, header.subarray(AT.salt, AT.check));
  if (!check.equals(header.subarray(AT.check, AT.rest))) throw refuseBackup(`备份密钥不对，打不开「${name}」。请找出做这个备份时用的密钥（SHANZHI_BACKUP_KEY 或 SHANZHI_BACKUP_KEY_FILE）。`);
  return { header, key };
}

/** A sentence for whatever does not fit: bytes changed, cut, added or put in another order. */
export const damaged = (name: string) => refuseBackup(`备份文件「${name}」已损坏、不完整或被改动过，不能使用。没有写入任何内容，请换一个备份。`);

/** The nonce of a frame: its number. A key is never used twice: it comes from a fresh salt. */
export function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

/** The tag of a plain frame. */
export const chained = (before: Buffer, length: Buffer, payload: Buffer): Buffer => hash('sha256', Buffer.concat([before, length, payload]), 'buffer');
/** What the first plain frame's tag begins with. */
export const chainStart = (header: Buffer): Buffer => hash('sha256', header, 'buffer');

function derive(passphrase: string, salt: Buffer): Promise<{ key: Buffer; check: Buffer }> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, COST, (error, master) => {
      if (error) { reject(error); return; }
      const part = (info: string, bytes: number) => Buffer.from(hkdfSync('sha256', master, salt, info, bytes));
      resolve({ key: part('shanzhi-backup-frames', 32), check: part('shanzhi-backup-check', 8) });
    });
  });
}
