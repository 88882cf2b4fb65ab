import { sql, type RawBuilder } from 'kysely';
import type { Limit } from '#domain/privacy/limits.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Tx } from '../context.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/types.ts';
import type { Scan } from './scan.ts';

/** 寻人线索: who is looked for, within one county. After a restore only the indexes are known. */
export interface Clue {
  readonly countyId: string;
  readonly today: LocalDate;
  readonly vault: Vault;
  /** Without spaces; null when it is no longer known. */
  readonly name: string | null;
  readonly idIndex: string | null;
  /** Of every telephone that was told. */
  readonly phoneIndexes: readonly string[];
  /** The numbers as digits (and X), to be found in plain texts. */
  readonly numbers: readonly string[];
  /** Ids of records already known to be this person's, so that what hangs on them is found too. */
  readonly subjects: readonly string[];
}

/** 相符的程度: `sure` by number, `linked` to a record that is sure, `check` by name or by telephone alone, to be looked at by a person. */
export type Likeness = 'sure' | 'linked' | 'check';

/** 一人的一处信息: what one place of one module holds about the person, and what becomes of it when erasure is asked for. */
export interface PersonalRecord {
  readonly kind: `${string}.${string}`;
  /** Of the module's own making; begins with the row's id. Whatever erasing needs to know stands in it. */
  readonly id: string;
  readonly title: string;
  readonly match: Likeness;
  /** Why it is taken for this person's, in words. */
  readonly because: string;
  /** The person's own values, whole; never another person's. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly purpose: string;
  readonly until: string;
  /** What would be erased, in words; null when nothing can be. */
  readonly erases: string | null;
  readonly keeps: readonly Limit[];
  /** Ids of the person's own that other places hang on: an owner's, an account's. Never of a place, a batch or whoever wrote. */
  readonly links?: readonly string[];
  /** What the audit trail calls the record that is opened to correct it, and its id; left out where nothing is corrected by hand. */
  readonly subject?: readonly [kind: string, id: string];
}

/** 删除的结果: rows changed or deleted, by table. */
export interface Erased { readonly table: string; readonly rows: number }

/**
 * 个人信息: what of a person a module holds. `tables` are all of its tables that may hold any; a test compares them with the database.
 * `find` reads what an index of a name or a number reaches, so that it takes as long in a large county as in a small one; `scans` are the rest, which a job
 * goes through. `erase` obeys the records named, in any state and any number of times. All run with the system's scope and narrow by the county.
 */
export interface PersonalData {
  readonly tables: readonly string[];
  readonly find: (db: Db, clue: Clue) => Promise<readonly PersonalRecord[]>;
  readonly scans: readonly Scan[];
  readonly erase: (tx: Tx, records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], clue: Clue) => Promise<readonly Erased[]>;
}

/** The ids of one kind. */
export const idsOf = (records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], kind: PersonalRecord['kind']): string[] => records.filter((one) => one.kind === kind).map(({ id }) => id);

interface Held { readonly name: string | null; readonly idIndex?: string | null; readonly phoneIndex?: string | null; readonly phoneMoreIndex?: readonly string[] | null; readonly id?: string }

/** 是否此人: by the number of the identity document, by name and telephone together, by a link, or only by one of the two; null when not at all. */
export function matchOf(clue: Clue, held: Held): Pick<PersonalRecord, 'match' | 'because'> | null {
  const sameName = clue.name !== null && held.name !== null && bare(held.name) === clue.name;
  const sameId = clue.idIndex !== null && held.idIndex === clue.idIndex;
  const samePhone = [held.phoneIndex, ...(held.phoneMoreIndex ?? [])].some((index) => index !== null && index !== undefined && clue.phoneIndexes.includes(index));
  if (sameId) return { match: 'sure', because: '证件号一致' };
  // Another number of another document under the same name and telephone is somebody else until a person says otherwise.
  const otherId = clue.idIndex !== null && (held.idIndex ?? null) !== null;
  if (sameName && samePhone && !otherId) return { match: 'sure', because: '姓名和电话一致' };
  if (held.id !== undefined && clue.subjects.includes(held.id)) return { match: 'linked', because: '与已认定的记录相连' };
  if (sameName) return { match: 'check', because: samePhone ? '姓名和电话一致，证件号不同' : otherId ? '只有姓名一致，证件号不同' : '只有姓名一致' };
  return samePhone ? { match: 'check', because: '只有电话一致' } : null;
}

/** 姓名 without spaces. */
export const bare = (name: string): string => name.replaceAll(/\s/gu, '');

/** 姓名的写法: with a blank, narrow or wide, at any of the places where offices put one. Longer names are written with one blank at most. */
export function spellings(name: string): string[] {
  const signs = Array.from(bare(name));
  const gaps = Math.max(0, signs.length - 1);
  const where = gaps <= 3 ? Array.from({ length: 2 ** gaps }, (_, mask) => mask) : [0, ...Array.from({ length: gaps }, (_, at) => 2 ** at)];
  return [...new Set([' ', '\u3000'].flatMap((blank) => where.map((mask) => signs.map((sign, at) => ((mask >> at) & 1 ? sign + blank : sign)).join(''))))];
}

/** 姓名相同 by equality, which keeps its index under row-level security where a function of the column would not. */
export const isNamed = (column: string, { name }: Pick<Clue, 'name'>): RawBuilder<boolean> =>
  (name === null ? sql<boolean>`false` : sql<boolean>`(${sql.join(spellings(name).map((one) => sql`${sql.ref(column)} = ${one}`), sql` or `)})`);

/** 电话相同: the first number of a row by its own index, the others by the function that may use theirs. */
export const hasPhone = (alias: string, { phoneIndexes }: Pick<Clue, 'phoneIndexes'>, more: 'registry.ids_by_more_phones' | 'committee.ids_by_more_phones'): RawBuilder<boolean> =>
  (phoneIndexes.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(phoneIndexes.map((one) => sql`${sql.ref(`${alias}.phone_index`)} = ${one}`), sql` or `)} or ${sql.ref(`${alias}.id`)} = any(array(select ${sql.raw(more)}(${[...phoneIndexes]}::text[]))))`);
