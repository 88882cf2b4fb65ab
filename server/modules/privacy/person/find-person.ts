import { splitPhones } from '#domain/kernel/phone.ts';
import { normaliseIdentifier } from '#domain/kernel/identifier.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';
import { bare, type Clue, type Erased, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';
import type { Tx } from '#platform/context.ts';

/** 所查的人, as registered. */
export interface Person { readonly name: string | null; readonly idNumber: string | null; readonly phone: string | null }

const digits = (text: string) => text.replaceAll(/\D/g, '');

/** 线索 out of a name and numbers. */
export function clueOf(vault: Vault, countyId: string, today: LocalDate, { name, idNumber, phone }: Person): Clue {
  const id = idNumber === null ? null : normaliseIdentifier(idNumber);
  const phones = phone === null ? [] : splitPhones(phone).map(digits).filter((one) => one !== '');
  return {
    countyId, today, vault, name: name === null ? null : bare(name), subjects: [], numbers: [...(id === null ? [] : [id]), ...phones],
    idIndex: id === null ? null : vault.index('id', id), phoneIndex: phones[0] === undefined ? null : vault.index('phone', phones[0]),
  };
}

const holders = ({ modules }: Pick<Kit, 'modules'>): PersonalData[] => modules.flatMap(({ personalData }) => (personalData === null ? [] : [personalData]));
/** 记录的标识. */
export const keyOf = ({ kind, id }: Pick<PersonalRecord, 'kind' | 'id'>): string => `${kind}:${id}`;

/**
 * 全系统寻人: every module is asked; then once more with what was found for sure, so that what hangs on those records is found as well.
 * `known` are keys that a person took for the same one before: what hangs on these is found too.
 */
export async function findPerson(db: Db, kit: Pick<Kit, 'modules'>, clue: Clue, known: readonly string[] = []): Promise<PersonalRecord[]> {
  const ask = async (subjects: readonly string[]) => { const all: PersonalRecord[] = []; for (const { find } of holders(kit)) all.push(...await find(db, { ...clue, subjects })); return all; };
  const first = await ask([]);
  const own = [...new Set(first.filter((record) => record.match !== 'check' || known.includes(keyOf(record))).flatMap(({ links }) => links ?? []))];
  const found = own.length > 0 ? await ask(own) : first;
  return [...new Map(found.map((record) => [keyOf(record), record])).values()];
}

/** 全系统删除 of the records named, summed by table. */
export async function erasePerson(tx: Tx, kit: Pick<Kit, 'modules'>, records: readonly Pick<PersonalRecord, 'kind' | 'id'>[], clue: Clue): Promise<Erased[]> {
  const done: Erased[] = [];
  for (const { erase } of holders(kit)) done.push(...await erase(tx, records, clue));
  return [...Map.groupBy(done, ({ table }) => table)].map(([table, all]) => ({ table, rows: all.reduce((sum, { rows }) => sum + rows, 0) })).filter(({ rows }) => rows > 0);
}
