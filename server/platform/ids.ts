import { makeId, type Id } from '#domain/kernel/brand.ts';
import { drawer } from './crypto/random.ts';

const eightBytes = drawer(8);
const twoBytes = drawer(2);

let lastMs = 0;
let sequence = 0;

/** 编号:a uuid v7; ids made by one process sort in the order they were made, so `order by id` is a page key. */
export function newId<Kind extends string>(): Id<Kind> {
  const now = Math.max(Date.now(), lastMs);
  sequence = now === lastMs ? sequence + 1 : twoBytes().readUInt16BE() & 0x3ff;
  // 12 bits count within a millisecond; past them the clock is borrowed a millisecond forward so that order holds.
  if (sequence > 0xfff) { lastMs = now + 1; sequence = 0; } else lastMs = now;
  const hex = lastMs.toString(16).padStart(12, '0') + '7' + sequence.toString(16).padStart(3, '0');
  const tail = eightBytes();
  tail[0] = (tail.readUInt8(0) & 0x3f) | 0x80;
  const all = hex + tail.toString('hex');
  return makeId<Kind>(`${all.slice(0, 8)}-${all.slice(8, 12)}-${all.slice(12, 16)}-${all.slice(16, 20)}-${all.slice(20)}`);
}
