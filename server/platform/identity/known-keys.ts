import { hash } from 'node:crypto';
import type { Kit } from '../kit.ts';

const MOST = 1_000;
const known = new WeakMap<Kit, Set<string>>();
const digestOf = (authorization: string): string => hash('sha256', authorization);

/** 记得的接口密钥 by their hash: which counter a request counts with, and nothing else. A key is still asked for at every request. */
export function noteKey(kit: Kit, authorization: string): void {
  const keys = known.get(kit) ?? new Set<string>();
  known.set(kit, keys);
  keys.add(digestOf(authorization));
  const [oldest] = keys;
  if (keys.size > MOST && oldest !== undefined) keys.delete(oldest);
}

/** Forgets a key that was refused: from now on it counts with its address. */
export const forgetKey = (kit: Kit, authorization: string): void => { known.get(kit)?.delete(digestOf(authorization)); };

/** The name of this key's counter; null for one that has opened nothing yet. */
export function counterOfKey(kit: Kit, authorization: string): string | null {
  const digest = digestOf(authorization);
  return known.get(kit)?.has(digest) === true ? digest : null;
}
