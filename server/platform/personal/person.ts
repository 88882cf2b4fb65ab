import type { Limit } from '#domain/privacy/limits.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Tx } from '../context.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/types.ts';

/** 寻人线索: who is looked for, within one county. After a restore only the indexes are known. */
export interface Clue {
  readonly countyId: string;
  readonly today: LocalDate;
  readonly vault: Vault;
  /** Without spaces; null when it is no longer known. */
  readonly name: string | null;
  readonly idIndex: string | null;
  readonly phoneIndex: string | null;
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
}

/** 删除的结果: rows changed or deleted, by table. */
export interface Erased { readonly table: string; readonly rows: number }

/**
 * 个人信息: what of a person a module holds. `tables` are all of its tables that may hold any; a test compares them with the database.
 * `find` reads, `erase` obeys the records named, in any state and any number of times. Both run with the system's scope and narrow by the county.
 */
export interface PersonalData {
  readonly tables: readonly string[];
  readonly find: (db: Db, clue: Clue) => Promise<readonly PersonalRecord[]>;
  readonly erase: (tx: Tx, records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], clue: Clue) => Promise<readonly Erased[]>;
}

/** The ids of one kind. */
export const idsOf = (records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], kind: PersonalRecord['kind']): string[] => records.filter((one) => one.kind === kind).map(({ id }) => id);

interface Held { readonly name: string | null; readonly idIndex?: string | null; readonly phoneIndex?: string | null; readonly id?: string }

/** 是否此人: by the number of the identity document, by name and telephone together, by a link, or only by one of the two; null when not at all. */
export function matchOf(clue: Clue, held: Held): Pick<PersonalRecord, 'match' | 'because'> | null {
  const sameName = clue.name !== null && held.name !== null && bare(held.name) === clue.name;
  const sameId = clue.idIndex !== null && held.idIndex === clue.idIndex;
  const samePhone = clue.phoneIndex !== null && held.phoneIndex === clue.phoneIndex;
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
