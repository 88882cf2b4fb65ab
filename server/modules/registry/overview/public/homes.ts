import { sql } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { entranceKey, roomKey } from '#domain/kernel/unit-number.ts';
import type { Db } from '#platform/db/types.ts';
import { knownThen, validThen } from '../../as-of.ts';
import { unitTitle } from '../../names.ts';

/** 业主所说的房屋. */
export interface SaidHome { readonly estateId: Id<'Estate'>; readonly buildingId: Id<'Building'>; readonly entrance: string; readonly room: string }

/** 找业主所说的房屋, within the scope of the transaction; undefined where none fits, or more than one. `entrance` blank fits where it decides nothing. */
export async function homeSaid(db: Db, { estateId, buildingId, entrance, room }: SaidHome): Promise<Id<'Unit'> | undefined> {
  const all = await db.selectFrom('registry.unit').select(['id', 'entrance', 'room']).where('estateId', '=', estateId).where('buildingId', '=', buildingId).where('archivedAt', 'is', null).execute();
  const fit = all.filter((unit) => roomKey(unit.room) === roomKey(room) && (entrance === '' || unit.entrance === '' || entranceKey(unit.entrance) === entranceKey(entrance)));
  return fit.length === 1 ? fit[0]?.id : undefined;
}

/** 房屋的叫法 of some, by id. */
export async function homeNames(db: Db, ids: readonly Id<'Unit'>[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('registry.unit as u').innerJoin('registry.building as b', 'b.id', 'u.buildingId').select(['u.id', 'b.name as building', 'u.entrance', 'u.room']).where('u.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, unitTitle(row.building, row.entrance, row.room)]));
}

/** Who holds a unit on a day, as far as the register knows today. */
const holding = (unitId: Id<'Unit'>, on: LocalDate) => sql`registry.ownership s join registry.owner o on o.id = s.owner_id where s.unit_id = ${unitId}::uuid and ${knownThen('s', { on, knownOn: null })} and ${validThen('s', { on, knownOn: null })}`;

/** 与登记一致的业主: the holder of that name; `phoneIndex` null asks for the name alone. */
export async function holderNamed(db: Db, unitId: Id<'Unit'>, { name, phoneIndex, on }: { readonly name: string; readonly phoneIndex: string | null; readonly on: LocalDate }): Promise<Id<'Owner'> | undefined> {
  const { rows } = await sql<{ id: Id<'Owner'>; name: string; phoneIndex: string | null }>`select o.id, o.name, o.phone_index from ${holding(unitId, on)} order by o.id`.execute(db);
  return rows.find((row) => normaliseName(row.name) === normaliseName(name) && (phoneIndex === null || row.phoneIndex === phoneIndex))?.id;
}

/** 是否还是业主 on a day. */
export async function stillHolds(db: Db, unitId: Id<'Unit'>, ownerId: Id<'Owner'>, on: LocalDate): Promise<boolean> {
  return (await sql`select 1 from ${holding(unitId, on)} and o.id = ${ownerId}::uuid limit 1`.execute(db)).rows.length > 0;
}
