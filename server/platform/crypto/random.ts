import { randomBytes } from 'node:crypto';

const DRAWN_AT_ONCE = 512;

/**
 * 随机数:random bytes drawn many at a time, each handed out once. One call to the system for every id and every seal of a ledger's
 * hundred thousand rows is a tenth of its time.
 */
export function drawer(size: number): () => Buffer {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at + size > drawn.length) { drawn = randomBytes(size * DRAWN_AT_ONCE); at = 0; }
    const bytes = drawn.subarray(at, at + size);
    at += size;
    return bytes;
  };
}
