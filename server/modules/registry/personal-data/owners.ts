import { sql } from 'kysely';
import { makeId } from '#domain/kernel/brand.ts';
import { limits } from '#domain/privacy/limits.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { matchOf, type Clue, type Erased, type PersonalRecord } from '#platform/personal/person.ts';
import { open } from '../personal.ts';
import { forget } from '../retentions.ts';
import { sameAs, valuesOf } from './shared.ts';

interface Found {
  readonly id: string; readonly name: string; readonly idCipher: string | null; readonly idIndex: string | null; readonly phoneCipher: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null;
  readonly estate: string; readonly homes: string | null; readonly others: number; readonly holds: boolean; readonly purpose: string | null; readonly document: string | null; readonly deleteOn: string | null;
}

/** 作为业主的信息, an estate at a time. Who owns a home together with the person is told as a number, never by name. */
export async function findOwners(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  const { rows } = await sql<Found>`
    select o.id, o.name, o.id_cipher, o.id_index, o.phone_cipher, o.phone_index, o.phone_more_index, e.name as estate, p.purpose, p.document, p.delete_on::text as delete_on, h.homes, coalesce(h.holds, false) as holds,
           (select count(distinct z.owner_id)::integer from registry.ownership y join registry.ownership z on z.unit_id = y.unit_id and z.owner_id <> o.id and z.superseded_at is null and z.valid_to is null where y.owner_id = o.id and y.superseded_at is null and y.valid_to is null) as others
      from registry.owner o join registry.estate e on e.id = o.estate_id left join registry.owner_purpose p on p.id = o.purpose_id
      left join lateral (select string_agg(b.name || '-' || u.room || case when s.valid_to is null then '' else '（已转出）' end, '、' order by b.name, u.room) as homes, bool_or(s.valid_to is null) as holds
        from registry.ownership s join registry.unit u on u.id = s.unit_id join registry.building b on b.id = u.building_id where s.owner_id = o.id and s.superseded_at is null) h on true
     where o.county_id = ${clue.countyId}::uuid and o.kind = 'person' and ${sameAs('o', clue)} order by o.id limit 500`.execute(db);
  return rows.flatMap((row) => { const match = matchOf(clue, row); return match === null ? [] : [{ ...match, ...recordOf(clue, row) }]; });
}

function recordOf({ vault }: Clue, row: Found): Omit<PersonalRecord, 'match' | 'because'> {
  const hasNumbers = row.idCipher !== null || row.phoneCipher !== null;
  const numbers = hasNumbers ? '证件号、电话' : null;
  return {
    kind: 'registry.owner', id: row.id, links: [row.id], subject: ['Owner', row.id], title: `业主：${row.estate}`,
    fields: valuesOf({ 姓名: row.name, 证件号: open(vault, row.idCipher), 电话: open(vault, row.phoneCipher), 房屋: row.homes, 共有: row.others > 0 ? `与他人共有（另有 ${row.others} 人，不列出）` : null }),
    purpose: row.purpose === null ? '登记业主和产权' : `${row.purpose}（${row.document ?? ''}）`, until: row.deleteOn === null ? limits.title.until : `号码到 ${row.deleteOn}；姓名到${limits.title.until}`,
    erases: row.holds ? numbers : row.name === ERASED && !hasNumbers ? null : numbers === null ? '姓名' : `姓名、${numbers}`, keeps: row.holds ? [limits.title] : [],
  };
}

/** 删除业主信息: the numbers always, the name of whoever holds no home any more. Looked at again now, not when it was put forward. */
export async function eraseOwners(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; holds: boolean }>`
    select o.id, exists (select from registry.ownership s where s.owner_id = o.id and s.superseded_at is null and s.valid_to is null) as holds from registry.owner o where o.id = any(${[...ids]}::uuid[]) and o.county_id = ${countyId}::uuid and o.kind = 'person' for update`.execute(tx.db);
  const of = (holds: boolean) => rows.filter((row) => row.holds === holds).map(({ id }) => makeId<'Owner'>(id));
  return [{ table: 'registry.owner', rows: await forget(tx, of(true), countyId, {}) + await forget(tx, of(false), countyId, { name: ERASED }) }];
}
