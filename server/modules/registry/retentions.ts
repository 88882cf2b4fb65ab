import { sql } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { formerOwnerYears, formerPractitionerYears } from '#domain/privacy/policy.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { dropEntries } from './search-entries.ts';

const NO_NUMBERS = { idCipher: null, idIndex: null, idLast4: null, phoneCipher: null, phoneIndex: null, phoneLast4: null, phoneMoreIndex: null } as const;
const hasNumbers = sql<boolean>`(o.id_cipher is not null or o.phone_cipher is not null)`;

/** Owners whose purpose is past its deletion date and who still have numbers. */
const pastPurpose = (db: Db, countyId: string, by: LocalDate) => db.selectFrom('registry.owner as o').innerJoin('registry.ownerPurpose as p', 'p.id', 'o.purposeId')
  .where(sql<boolean>`o.county_id = ${countyId}::uuid`).where('p.deleteOn', '<', by).where(hasNumbers);

/** Persons who gave up their last home longer ago than the county keeps them. A body's name is no personal data. */
const former = (db: Db, countyId: string, before: LocalDate) => db.selectFrom('registry.owner as o').where(sql<boolean>`o.county_id = ${countyId}::uuid`).where('o.kind', '=', 'person').where('o.name', '<>', ERASED)
  .where(sql<boolean>`(select coalesce(max(s.valid_to), 'infinity'::date) < ${before}::date and bool_and(s.valid_to is not null) from registry.ownership s where s.owner_id = o.id and s.superseded_at is null)`);

const count = sql<number>`count(*)::integer`.as('n');

/** 忘记业主: the numbers, and the name where it is given; the import that replaced them is told. */
export async function forget(tx: Tx, ids: readonly Id<'Owner'>[], countyId: string, more: { readonly name?: string }): Promise<number> {
  for (let at = 0; at < ids.length; at += 1_000) {
    const some = ids.slice(at, at + 1_000);
    await tx.db.updateTable('registry.owner').set((eb) => ({ ...NO_NUMBERS, ...more, matchKey: sql<string>`'erased:' || id`, erasedAt: tx.now, version: eb('version', '+', 1), updatedAt: tx.now })).where('id', 'in', some).execute();
    tx.emit({ name: 'registry.owners-erased', key: newId(), countyId, payload: { ownerIds: some } });
  }
  return ids.length;
}

/** 基础台账的到期删除. */
export const registryRetentions: readonly Retention[] = [
  {
    kind: 'registry.owner-numbers', title: '业主的证件号、电话', rule: '到装载目的登记的删除日期为止；姓名和产权关系随产权保留', periods: [],
    count: async (db, countyId, by) => (await pastPurpose(db, countyId, by).select(count).executeTakeFirstOrThrow()).n,
    purge: async (tx, countyId, by) => forget(tx, (await pastPurpose(tx.db, countyId, by).select('o.id').execute()).map(({ id }) => id), countyId, {}),
  },
  {
    kind: 'registry.former-owners', title: '原业主的姓名和号码', rule: '最后一处房产转出满规定年数为止；产权变动本身保留，不再写明是谁', periods: [formerOwnerYears],
    count: async (db, countyId, by) => (await former(db, countyId, await before(db, countyId, by)).select(count).executeTakeFirstOrThrow()).n,
    purge: async (tx, countyId, by) => forget(tx, (await former(tx.db, countyId, await before(tx.db, countyId, by)).select('o.id').execute()).map(({ id }) => id), countyId, { name: ERASED }),
  },
  {
    kind: 'registry.former-practitioners', title: '离职从业人员的姓名和号码', rule: '登记的离职日期（没有的，归档之日）起满规定年数为止；任职经历保留，不再写明是谁', periods: [formerPractitionerYears],
    count: async (db, countyId, by) => (await gone(db, countyId, await beforeGone(db, countyId, by)).select(count).executeTakeFirstOrThrow()).n,
    purge: async (tx, countyId, by) => forgetPractitioners(tx, (await gone(tx.db, countyId, await beforeGone(tx.db, countyId, by)).select('p.id').execute()).map(({ id }) => id)),
  },
];

/** 忘记从业人员: name, numbers and what was written about them; where they worked stays without saying who. */
export async function forgetPractitioners(tx: Tx, ids: readonly Id<'Practitioner'>[]): Promise<number> {
  if (ids.length === 0) return 0;
  const done = await tx.db.updateTable('registry.practitioner').set((eb) => ({ ...NO_NUMBERS, name: ERASED, matchKey: sql<string>`'erased:' || id`, certificate: null, note: null, postText: null, version: eb('version', '+', 1), updatedAt: tx.now }))
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`).executeTakeFirst();
  await dropEntries(tx.db, 'practitioner', ids);
  return Number(done.numUpdatedRows);
}

/** People who left longer ago than the county keeps them. */
const gone = (db: Db, countyId: string, day: LocalDate) => db.selectFrom('registry.practitioner as p').where(sql<boolean>`p.county_id = ${countyId}::uuid`).where(sql<boolean>`coalesce(p.left_on, (p.archived_at at time zone 'Asia/Shanghai')::date) < ${day}`).where('p.name', '<>', ERASED);
const beforeGone = async (db: Db, countyId: string, by: LocalDate) => addMonths(by, -12 * await parameterValue(db, countyId, formerPractitionerYears, by));

const before = async (db: Db, countyId: string, by: LocalDate) => addMonths(by, -12 * await parameterValue(db, countyId, formerOwnerYears, by));
