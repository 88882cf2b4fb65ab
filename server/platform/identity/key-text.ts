import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PREFIX = 'sz_';
const LENGTH = 40;
/** A CRC-32 in base 36 has at most seven characters. */
const CHECK = 7;
const FORM = new RegExp(`^${PREFIX}[A-Za-z0-9]{${LENGTH}}[0-9a-z]{${CHECK}}$`);

const checkOf = (body: string): string => crc32(body).toString(36).padStart(CHECK, '0');

/**
 * 新接口密钥: `sz_`, forty letters and digits (238 bits), and a checksum of both, so that a key left in a log or a repository is
 * recognised by its form alone and a mistyped one is told without looking it up.
 */
export function newKeyText(): string {
  const body = PREFIX + Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return body + checkOf(body);
}

/** 是否像接口密钥: prefix, length and checksum. */
export const isKeyText = (text: string): boolean => FORM.test(text) && checkOf(text.slice(0, -CHECK)) === text.slice(-CHECK);

/** 密钥的哈希: all that is stored of it. */
export const keyHashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** 密钥的最后四位, by which people tell one from another. */
export const keyHintOf = (text: string): string => text.slice(-4);
