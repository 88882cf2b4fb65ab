import { normaliseIdentifier } from '#domain/kernel/identifier.ts';
import { splitPhones } from '#domain/kernel/phone.ts';
import { SEAL } from '../crypto/sealed-table.ts';
import type { Vault } from '../crypto/vault.ts';

/** 旧索引 → 新索引. */
export type Known = Map<string, string>;

/** 换钥: from the vault of the old secret to that of the new. */
export interface Rekey {
  /** Every seal in a text sealed anew, and what they held. @throws Error when one opens with neither key */
  seals(text: string): { readonly text: string; readonly plains: readonly string[] };
  /** What every index that may have been made of these texts becomes. */
  indexes(plains: readonly string[]): Known;
  /** What an index becomes whose text is nowhere any more: still the same for the same, and no longer to be guessed with the old key. */
  orphan(index: string): string;
}

/** 换钥 between two vaults. Indexes are found by making the old ones again, so no rule of what a number looks like is repeated here. */
export function rekey(from: Vault, to: Vault): Rekey {
  return {
    seals(text) {
      const plains: string[] = [];
      const sealed = text.replaceAll(SEAL, (seal) => { const plain = from.open(seal); plains.push(plain); return to.seal(plain); });
      return { text: sealed, plains };
    },
    indexes(plains) {
      const known: Known = new Map();
      for (const [purpose, text] of plains.flatMap(candidates)) known.set(from.index(purpose, text), to.index(purpose, text));
      return known;
    },
    orphan: (index) => to.index('former-index', index),
  };
}

type Candidate = readonly [Parameters<Vault['index']>[0], string];
/** What an index is made of is short; the JSON of a whole row is none. */
const LONGEST = 200;

function candidates(plain: string): Candidate[] {
  if (plain.length > LONGEST) return [];
  const phones = new Set([plain, ...plain.split('、'), ...splitPhones(plain)].map((text) => text.replaceAll(/\D/g, '')));
  const numbers = new Set([plain, normaliseIdentifier(plain)]);
  return [
    ['mail', plain],
    ...[...phones].flatMap((text): Candidate[] => [['phone', text], ['phone-last4', text.slice(-4)]]),
    ...[...numbers].flatMap((text): Candidate[] => [['id', text], ['id-last4', text.slice(-4)]]),
  ];
}
