import { randomInt } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';

/** argon2id (the package's default algorithm); memory in KiB. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MOST_AT_ONCE = 4;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';

let running = 0;
const waiting: (() => void)[] = [];

/** At most four at a time, so that a flood of sign-ins takes neither the memory nor every core. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => { waiting.push(resolve); });
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** 密码散列. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, COST));

const nobody = hash('nobody has this password', COST);

/** 核对密码. Without a stored hash it works as long and answers false, so that the time taken does not tell whether the account exists. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? await nobody;
  const matches = await inTurn(() => verify(against, password));
  return matches && stored !== null;
}

/** 一次性密码: twelve characters in three groups, without those that are mistaken for one another on paper (about 57 bits). */
export function oneTimePassword(): string {
  const pick = (from: string) => from.charAt(randomInt(from.length));
  const characters = Array.from({ length: 12 }, () => pick(LETTERS + DIGITS));
  // A letter and a digit at fixed places: it always passes the rule that asks for two kinds.
  characters[0] = pick(LETTERS);
  characters[5] = pick(DIGITS);
  return [0, 4, 8].map((at) => characters.slice(at, at + 4).join('')).join('-');
}
