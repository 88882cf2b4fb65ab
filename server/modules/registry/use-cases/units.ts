import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import { buildingKey, entranceKey, roomKey } from '#domain/kernel/unit-number.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { estateCan, found, mustBeAble, mustBeFresh, orDuplicate, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { unitMatchKey } from '../names.ts';
import { cutAt } from '../ownership-line.ts';
import { presentUnit, presentUnits } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { dropEntries, indexUnits } from '../search-entries.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { lockEstate } from '../store/estates.ts';
import { paged } from '../store/page.ts';
import type { EstateRecord, UnitRecord } from '../store/records.ts';
import { supersede } from '../store/supersede.ts';
import { lockUnit, pageUnits } from '../store/units.ts';

const TAKEN = '本小区已有相同的楼栋、单元、房号';

/** 房屋列表, as of a day. */
export function listUnits(ctx: Ctx, { query }: Input<typeof route.listUnits>): Promise<Output<typeof route.listUnits>> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageUnits(db, ctx.scope, query, at);
    const page = paged(rows, query.limit);
    return { rows: await presentUnits(db, ctx, page.rows, at), next: page.next, ...total };
  });
}

/** 房屋详情, as of a day. */
export function getUnit(ctx: Ctx, { params, query }: Input<typeof route.getUnit>): Promise<Output<typeof route.getUnit>> {
  return ctx.read((db) => presentUnit(db, ctx, params.unitId, asOf(query, ctx.today)));
}

/** 登记房屋. */
export function createUnit(ctx: Ctx, { params, body }: Input<typeof route.postUnit>): Promise<Output<typeof route.postUnit>> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).units);
    const building = await buildingOf(tx, estate, body.buildingId);

    const number = { building: building.name, entrance: body.entrance, room: body.room };
    const unit = await orDuplicate(tx.db.insertInto('registry.unit').values({
      id: newId<'Unit'>(), ...placed(estate), buildingId: building.id, entrance: entranceKey(body.entrance), room: roomKey(body.room), matchKey: unitMatchKey(number), usage: body.usage, deliveredOn: body.deliveredOn, createdAt: ctx.now, updatedAt: ctx.now,
    }).returningAll().executeTakeFirstOrThrow(), 'unit_key', TAKEN);
    const areas = body.areaCm2 === null || body.areaCm2 <= 0 ? [] : [{ id: newId<'UnitArea'>(), ...placed(estate), unitId: unit.id, areaCm2: body.areaCm2, areaSource: body.areaSource ?? 'unknown', recordedAt: ctx.now }];
    await Promise.all([insertMany(tx.db, 'registry.unitArea', areas), indexUnits(tx.db, [{ ...unit, building: building.name, estate: estate.name }], estate.isDemo)]);
    tx.audit({ action: 'unit.create', subject: ['Unit', unit.id], before: null, after: unit, countyId: unit.countyId, townshipId: unit.townshipId });
    const [shown] = await Promise.all([presentUnit(tx.db, ctx, unit.id, asOf({}, ctx.today)), recountEstate(tx.db, [estate.id], { on: ctx.today, now: ctx.now })]);
    return shown;
  });
}

const placed = ({ id, countyId, townshipId, neighbourhoodId, companyId }: EstateRecord) => ({ estateId: id, countyId, townshipId, neighbourhoodId, companyId });
const buildingOf = async (tx: Tx, estate: Pick<EstateRecord, 'id'>, id: Id<'Building'>) =>
  found(await tx.db.selectFrom('registry.building').select(['id', 'name']).where('id', '=', id).where('estateId', '=', estate.id).where('archivedAt', 'is', null).executeTakeFirst(), 'not-found');

async function lockForEdit(tx: Tx, ctx: Ctx, id: Id<'Unit'>): Promise<UnitRecord> {
  const before = await lockUnit(tx.db, ctx.scope, id);
  mustBeFresh(ctx, before);
  mustBeAble(unitCan(ctx, before).edit);
  return before;
}

const touch = (tx: Tx, ctx: Ctx, id: Id<'Unit'>, set: Partial<Pick<UnitRecord, 'buildingId' | 'entrance' | 'room' | 'matchKey' | 'usage' | 'deliveredOn' | 'archivedAt'>> = {}) =>
  tx.db.updateTable('registry.unit').set((eb) => ({ ...set, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();

/** 修改房屋. */
export function updateUnit(ctx: Ctx, { params, body }: Input<typeof route.putUnit>): Promise<Output<typeof route.putUnit>> {
  return ctx.transact(async (tx) => {
    const before = await lockForEdit(tx, ctx, params.unitId);
    const building = await buildingOf(tx, { id: before.estateId }, body.buildingId);

    const matchKey = unitMatchKey({ building: buildingKey(building.name), entrance: body.entrance, room: body.room });
    const after = await orDuplicate(touch(tx, ctx, before.id, { ...body, entrance: entranceKey(body.entrance), room: roomKey(body.room), matchKey }), 'unit_key', TAKEN);
    const estate = await tx.db.selectFrom('registry.estate').select(['name', 'isDemo']).where('id', '=', after.estateId).executeTakeFirstOrThrow();
    await indexUnits(tx.db, [{ ...after, building: building.name, estate: estate.name }], estate.isDemo);
    tx.audit({ action: 'unit.update', subject: ['Unit', after.id], before, after, countyId: after.countyId, townshipId: after.townshipId });
    return presentUnit(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}

/** 归档房屋. */
export function archiveUnit(ctx: Ctx, { params, body }: Input<typeof route.archiveUnit>): Promise<Output<typeof route.archiveUnit>> {
  return ctx.transact(async (tx) => {
    const before = await lockUnit(tx.db, ctx.scope, params.unitId);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).archive);

    const after = await touch(tx, ctx, before.id, { archivedAt: ctx.now });
    await dropEntries(tx.db, 'unit', [after.id]);
    await recountEstate(tx.db, [after.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'unit.archive', subject: ['Unit', after.id], before, after, reason: body.reason, countyId: after.countyId, townshipId: after.townshipId });
    return presentUnit(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}

/** 登记面积: from a day on (unknown: as long as anyone knows) this source says so; what it said before stays on record. */
export function updateUnitArea(ctx: Ctx, { params, body }: Input<typeof route.putUnitArea>): Promise<Output<typeof route.putUnitArea>> {
  return ctx.transact(async (tx) => {
    const before = await lockForEdit(tx, ctx, params.unitId);
    const known = await tx.db.selectFrom('registry.unitArea').selectAll().where('unitId', '=', before.id).where('areaSource', '=', body.areaSource).where('supersededAt', 'is', null).execute();

    const cut = cutAt(known, body.validFrom);
    await supersede(tx.db, 'registry.unit_area', cut.superseded.map((line) => line.id), ctx.now);
    await insertMany(tx.db, 'registry.unitArea', [
      ...cut.shortened.map((line) => ({ ...line, id: newId(), recordedAt: ctx.now, supersededAt: null, batchId: null })),
      { ...place(before), id: newId(), unitId: before.id, areaCm2: body.areaCm2, areaSource: body.areaSource, validFrom: body.validFrom, validTo: cut.until, recordedAt: ctx.now, supersededAt: null, batchId: null },
    ]);
    await touch(tx, ctx, before.id);
    await recountEstate(tx.db, [before.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'unit.area', subject: ['Unit', before.id], before: { areaCm2: cut.superseded[0]?.areaCm2 ?? null }, after: { areaCm2: body.areaCm2, areaSource: body.areaSource, validFrom: body.validFrom }, countyId: before.countyId, townshipId: before.townshipId });
    return presentUnit(tx.db, ctx, before.id, asOf({}, ctx.today));
  });
}

const place = ({ countyId, townshipId, neighbourhoodId, estateId, companyId }: UnitRecord) => ({ countyId, townshipId, neighbourhoodId, estateId, companyId });
