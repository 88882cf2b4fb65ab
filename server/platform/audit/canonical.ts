import { createHash } from 'node:crypto';

/** 散列算法 of the seal. */
export type HashName = 'sha256' | 'sm3';

/** 操作记录 as sealed: every column of `audit.entry`. */
export interface SealedEntry {
  readonly id: string; readonly entryNo: number; readonly countyId: string | null; readonly townshipId: string | null; readonly at: string;
  readonly actorId: string | null; readonly actorName: string; readonly grantId: string | null; readonly role: string | null;
  readonly action: string; readonly subjectKind: string; readonly subjectId: string; readonly reason: string | null;
  readonly before: unknown; readonly after: unknown; readonly requestId: string; readonly ip: string | null;
}

/** 规范 JSON: keys sorted at every depth, no blanks; the same value always gives the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}

/** 链首: what the first seal follows. */
export const GENESIS = '0'.repeat(64);

/** 封存哈希: over the algorithm, the seal's number, the previous hash and the whole entry. */
export function sealHash(algorithm: HashName, sealNo: number, previous: string, entry: SealedEntry): string {
  return createHash(algorithm).update(canonicalJson({ algorithm, sealNo, previous, entry })).digest('hex');
}
