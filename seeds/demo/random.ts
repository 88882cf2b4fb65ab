/** 随机数: a seeded generator. The same seed gives the same numbers on every machine; never a pattern, never `Math.random`. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** One of the items. @throws RangeError when there are none */
  pick<T>(items: readonly T[]): T;
  /** One of the keys, as often as its weight says. @throws RangeError when no weight is positive */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[];
  /** Normally distributed, mean 0, deviation 1. */
  normal(): number;
  /** An independent generator of its own for one part, so that changing one part leaves the others as they were. */
  fork(part: string): Random;
}

/** 建立随机数: xoshiro128** seeded through splitmix32 from the text's FNV-1a hash. */
export function seededRandom(seed: string): Random {
  const draw = xoshiro(hashOf(seed));
  const next = () => draw() / 2 ** 32;
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(items: readonly T[]): T => {
    const found = items.at(whole(0, items.length - 1));
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  };
  return {
    next, whole, pick,
    chance: (p) => next() < p,
    weighted: (weights) => {
      const keys = keysOf(weights);
      let left = next() * keys.reduce((total, key) => total + weights[key], 0);
      const found = keys.find((key) => (left -= weights[key]) < 0);
      if (found === undefined) throw new RangeError('no weight is positive');
      return found;
    },
    shuffled: (items) => {
      const order = [...items];
      for (let at = order.length - 1; at > 0; at -= 1) {
        const [moved] = order.splice(whole(0, at), 1);
        if (moved !== undefined) order.splice(at, 0, moved);
      }
      return order;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (part) => seededRandom(`${seed}/${part}`),
  };
}

function keysOf<Key extends string>(weights: Readonly<Record<Key, number>>): Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(weights, key);
  return Object.keys(weights).filter(isKey);
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

function xoshiro(seed: number): () => number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let state = seed;
  const split = () => {
    state = (state + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const again = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (again ^ (again >>> 15)) >>> 0;
  };
  [a, b, c, d] = [split(), split(), split(), split()];
  return () => {
    const rolled = Math.imul(b, 5);
    const result = Math.imul((rolled << 7) | (rolled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a; d ^= b; b ^= c; a ^= d; c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}
