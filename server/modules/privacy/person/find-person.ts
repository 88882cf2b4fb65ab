import { normaliseIdentifier } from '#domain/kernel/identifier.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';
import { bare, type Clue, type Erased, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';
import { phonesOf } from '#platform/personal/seal-phone.ts';
import type { Scan } from '#platform/personal/scan.ts';
import type { Tx } from '#platform/context.ts';

/** 所查的人, as registered. */
export interface Person { readonly name: string | null; readonly idNumber: string | null; readonly phone: string | null }

const digits = (text: string) => text.replaceAll(/\D/g, '');

/** 线索 out of a name and numbers. */
export function clueOf(vault: Vault, countyId: string, today: LocalDate, { name, idNumber, phone }: Person): Clue {
  const id = idNumber === null ? null : normaliseIdentifier(idNumber);
  const phones = phone === null ? [] : phonesOf(phone).map(digits).filter((one) => one !== '');
  return {
    countyId, today, vault, name: name === null ? null : bare(name), subjects: [], numbers: [...(id === null ? [] : [id]), ...phones],
    idIndex: id === null ? null : vault.index('id', id), phoneIndexes: phones.map((one) => vault.index('phone', one)),
  };
}

const holders = ({ modules }: Pick<Kit, 'modules'>): PersonalData[] => modules.flatMap(({ personalData }) => (personalData === null ? [] : [personalData]));
/** 记录的标识. */
export const keyOf = ({ kind, id }: Pick<PersonalRecord, 'kind' | 'id'>): string => `${kind}:${id}`;

/** 本人的记录的编号, by which what hangs on them is found: of records that are sure, and of those that a person took for the same one. */
export const linksOf = (records: readonly PersonalRecord[], known: readonly string[]): string[] =>
  [...new Set(records.filter((record) => record.match !== 'check' || known.includes(keyOf(record))).flatMap(({ links }) => links ?? []))];

/**
 * 按索引寻人: every module is asked for what an index reaches; then once more with what was found for sure, so that what hangs on those records is
 * found as well. `known` are keys that a person took for the same one before. The rest is found by `scansOf`, in a job.
 */
export async function findPerson(db: Db, kit: Pick<Kit, 'modules'>, clue: Clue, known: readonly string[] = []): Promise<PersonalRecord[]> {
  const ask = async (subjects: readonly string[]) => { const all: PersonalRecord[] = []; for (const { find } of holders(kit)) all.push(...await find(db, { ...clue, subjects })); return all; };
  const first = await ask([]);
  const own = linksOf(first, known);
  return once(own.length > 0 ? await ask(own) : first);
}

/** 各模块要逐段查找的表. */
export const scansOf = (kit: Pick<Kit, 'modules'>): Scan[] => holders(kit).flatMap(({ scans }) => scans);

/** Each record once; what comes later is newer. */
export const once = (records: readonly PersonalRecord[]): PersonalRecord[] => [...new Map(records.map((record) => [keyOf(record), record])).values()];

/** 全系统删除 of the records named, summed by table. */
export async function erasePerson(tx: Tx, kit: Pick<Kit, 'modules'>, records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], clue: Clue): Promise<Erased[]> {
  const done: Erased[] = [];
  for (const { erase } of holders(kit)) done.push(...await erase(tx, records, clue));
  return [...Map.groupBy(done, ({ table }) => table)].map(([table, all]) => ({ table, rows: all.reduce((sum, { rows }) => sum + rows, 0) })).filter(({ rows }) => rows > 0);
}
