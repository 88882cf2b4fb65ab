import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { splitEstate as route } from '#contract/registry/estate.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { moveScope } from '../move-scope.ts';
import { estateKey } from '../names.ts';
import { presentEstate } from '../present/estate.ts';
import { recountEstate } from '../recount.ts';
import { indexEstates, reindexUnits } from '../search-entries.ts';
import { lockEstate } from '../store/estates.ts';
import type { EstateRecord } from '../store/records.ts';

/** 小区分立: the chosen buildings with their units, areas and owners go to a new estate; an owner with units on both sides is kept in both. */
export function splitEstate(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, before);
    mustBeAble(estateCan(ctx, before).merge);
    const buildings = await tx.db.selectFrom('registry.building').select('id').where('estateId', '=', before.id).where('archivedAt', 'is', null).execute();
    const mine = new Set(buildings.map((row) => row.id));
    if (body.buildingIds.some((id) => !mine.has(id))) throw new Problem('state.conflict', '所选楼栋不属于这个小区，请刷新后重选');
    if (body.buildingIds.length === buildings.length) throw new Problem('state.conflict', '不能分出全部楼栋；如要改名，请用更名');

    const { id: _id, version: _version, name: _name, matchKey: _key, totalUnits: _units, occupiedUnits: _occupied, totalCm2: _total, deliveredCm2: _delivered, buildingCount: _count, managerPhoneCipher: _cipher, managerPhoneIndex: _index, ...kept } = before;
    const after = await orDuplicate(tx.db.insertInto('registry.estate').values({ ...kept, id: newId<'Estate'>(), name: body.name, matchKey: estateKey(body.name, before.phase), buildingCount: body.buildingIds.length, createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'estate_name_key', '本乡镇街道已有这个名称的小区');
    await moveBuildings(tx.db, before, after, body.buildingIds);
    await sql`insert into registry.service_contract (id, contract_id, county_id, township_id, neighbourhood_id, estate_id, company_id, kind, fee_basis, fee_fen_per_m2_month, starts_on, ends_on, terminated_on, recorded_at)
      select gen_random_uuid(), gen_random_uuid(), county_id, township_id, neighbourhood_id, ${after.id}, company_id, kind, fee_basis, fee_fen_per_m2_month, starts_on, ends_on, terminated_on, ${ctx.now}::timestamptz
        from registry.service_contract where estate_id = ${before.id} and superseded_at is null`.execute(tx.db);
    await tx.db.insertInto('registry.estateLineage').values({ id: newId<'EstateLineage'>(), countyId: before.countyId, fromId: before.id, toId: after.id, kind: 'split', onDate: body.onDate, basis: body.basis, createdAt: ctx.now }).execute();
    const left = await tx.db.updateTable('registry.estate').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now, buildingCount: buildings.length - body.buildingIds.length })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await moveScope(tx.db, [after.id]);
    await recountEstate(tx.db, [before.id, after.id], { on: ctx.today, now: ctx.now });
    await indexEstates(tx.db, [after]);
    await reindexUnits(tx.db, after);
    tx.audit({ action: 'estate.split', subject: ['Estate', before.id], before, after: left, reason: body.basis ?? undefined, countyId: before.countyId, townshipId: before.townshipId });
    tx.audit({ action: 'estate.split', subject: ['Estate', after.id], before: null, after, reason: body.basis ?? undefined, countyId: after.countyId, townshipId: after.townshipId });
    tx.emit({ name: 'registry.estate-split', key: after.id, payload: { fromId: before.id, toId: after.id } });
    return presentEstate(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}

async function moveBuildings(db: Db, from: EstateRecord, into: EstateRecord, buildingIds: readonly string[]): Promise<void> {
  const units = sql`select id from registry.unit where building_id = any(${buildingIds}::uuid[])`;
  await sql`update registry.building set estate_id = ${into.id} where id = any(${buildingIds}::uuid[])`.execute(db);
  await sql`update registry.unit set estate_id = ${into.id}, version = version + 1 where building_id = any(${buildingIds}::uuid[])`.execute(db);
  await sql`update registry.unit_area set estate_id = ${into.id} where unit_id in (${units})`.execute(db);
  // Owners are registered per estate: whoever holds units on both sides gets a record on the new side.
  const copied = (await sql<{ oldId: string; newId: string }>`
    with holders as (select distinct s.owner_id from registry.ownership s where s.unit_id in (${units})), fresh as (select owner_id as old_id, gen_random_uuid() as new_id from holders),
    made as (insert into registry.owner (id, county_id, township_id, neighbourhood_id, estate_id, company_id, kind, name, match_key, id_cipher, id_index, id_last4, phone_cipher, phone_index, phone_last4, phone_more_index)
      select f.new_id, o.county_id, o.township_id, o.neighbourhood_id, ${into.id}, o.company_id, o.kind, o.name, o.match_key, o.id_cipher, o.id_index, o.id_last4, o.phone_cipher, o.phone_index, o.phone_last4, o.phone_more_index
        from fresh f join registry.owner o on o.id = f.old_id where o.archived_at is null)
    select f.old_id, f.new_id from fresh f join registry.owner o on o.id = f.old_id where o.archived_at is null`.execute(db)).rows;
  await sql`update registry.ownership s set owner_id = w.new_id from json_to_recordset(${JSON.stringify(copied.map((row) => ({ old_id: row.oldId, new_id: row.newId })))}::json) as w(old_id uuid, new_id uuid) where s.owner_id = w.old_id and s.unit_id in (${units})`.execute(db);
  await sql`update registry.ownership set estate_id = ${into.id} where unit_id in (${units})`.execute(db);
  await sql`update registry.owner o set archived_at = now() where o.estate_id = ${from.id} and o.id = any(${copied.map((row) => row.oldId)}::uuid[]) and not exists (select from registry.ownership s where s.owner_id = o.id)`.execute(db);
  await sql`update registry.search_entry set estate_id = ${into.id} where kind = 'unit' and subject_id in (${units})`.execute(db);
}
