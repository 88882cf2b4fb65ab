import { sql } from 'kysely';
import { postLabels } from '#contract/registry/words.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { limits } from '#domain/privacy/limits.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { hasPhone, isNamed, matchOf, type Clue, type Erased, type PersonalRecord } from '#platform/personal/person.ts';
import { open } from '../personal.ts';
import { forgetPractitioners } from '../retentions.ts';
import { sameAs, uuids, valuesOf } from './shared.ts';

interface Numbers { readonly id: string; readonly name: string; readonly phoneCipher: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null }
interface Worker extends Numbers { readonly idCipher: string | null; readonly idIndex: string | null; readonly post: keyof typeof postLabels; readonly certificate: string | null; readonly note: string | null; readonly company: string | null; readonly hiredOn: string | null; readonly leftOn: string | null; readonly isGone: boolean }
interface Entry extends Numbers { readonly post: string; readonly body: string | null; readonly isGone: boolean }

/** 作为从业人员的信息. */
export async function findPractitioners(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  const { rows } = await sql<Worker>`
    select p.id, p.name, p.id_cipher, p.id_index, p.phone_cipher, p.phone_index, p.phone_more_index, p.post, p.certificate, p.note, c.name as company, p.hired_on::text as hired_on, p.left_on::text as left_on, (p.left_on is not null or p.archived_at is not null) as is_gone
      from registry.practitioner p left join registry.company c on c.id = p.company_id where p.county_id = ${clue.countyId}::uuid and ${sameAs('p', clue)} order by p.id limit 500`.execute(db);
  return rows.flatMap((row) => { const match = matchOf(clue, row); return match === null ? [] : [{ ...match, ...workerRecord(clue, row) }]; });
}

const workerRecord = ({ vault }: Clue, row: Worker): Omit<PersonalRecord, 'match' | 'because'> => ({
  kind: 'registry.practitioner', id: row.id, links: [row.id], subject: ['Practitioner', row.id], title: `从业人员：${row.company ?? '未登记企业'}`,
  fields: valuesOf({ 姓名: row.name, 证件号: open(vault, row.idCipher), 电话: open(vault, row.phoneCipher), 岗位: postLabels[row.post], 证书: row.certificate, 备注: row.note, 入职: row.hiredOn, 离职: row.leftOn }),
  purpose: '核实从业人员身份、工作联系', until: '登记离职后满“离职从业人员信息保存年数”', erases: row.isGone && row.name !== ERASED ? '姓名、证件号、电话、证书、备注' : null, keeps: row.isGone ? [] : [limits.employed],
});

/** 通讯录里的信息. */
export async function findContacts(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  const { rows } = await sql<Entry>`
    select k.id, k.name, k.phone_cipher, k.phone_index, k.phone_more_index, k.post, o.name as body, k.archived_at is not null as is_gone from registry.contact k left join platform.org_unit o on o.id = k.org_unit_id
     where k.county_id = ${clue.countyId}::uuid and (${isNamed('k.name', clue)} or ${hasPhone('k', clue, 'registry.ids_by_more_phones')} or k.id = any(${uuids(clue.subjects)}::uuid[])) order by k.id limit 500`.execute(db);
  return rows.flatMap((row) => {
    const match = matchOf(clue, row);
    return match === null ? [] : [{
      ...match, kind: 'registry.contact' as const, id: row.id, subject: ['Contact', row.id] as const, title: `通讯录：${row.body ?? row.post}`, fields: valuesOf({ 姓名: row.name, 岗位: row.post, 电话: open(clue.vault, row.phoneCipher) }),
      purpose: '工作联系', until: '人员更换、条目归档为止', erases: row.isGone && row.name !== ERASED ? '姓名、电话' : null, keeps: row.isGone ? [] : [limits.contact],
    }];
  });
}

/** 删除离职人员的信息; whoever is employed when this is done is left alone. */
export async function erasePractitioners(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db.selectFrom('registry.practitioner as p').select('p.id').where(sql<boolean>`p.id = any(${[...ids]}::uuid[]) and p.county_id = ${countyId}::uuid and (p.left_on is not null or p.archived_at is not null)`).execute();
  return [{ table: 'registry.practitioner', rows: await forgetPractitioners(tx, rows.map(({ id }) => makeId<'Practitioner'>(id))) }];
}

/** 删除归档的通讯录条目里的姓名、电话. */
export async function eraseContacts(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  if (ids.length === 0) return [];
  const done = await tx.db.updateTable('registry.contact').set((eb) => ({ name: ERASED, phoneCipher: null, phoneIndex: null, phoneLast4: null, phoneMoreIndex: null, version: eb('version', '+', 1), updatedAt: tx.now }))
    .where(sql<boolean>`id = any(${[...ids]}::uuid[]) and county_id = ${countyId}::uuid and archived_at is not null`).executeTakeFirst();
  return [{ table: 'registry.contact', rows: Number(done.numUpdatedRows) }];
}
