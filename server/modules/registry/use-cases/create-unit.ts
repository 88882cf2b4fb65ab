import type { Input, Output } from '#contract/define-route.ts';
import type { postUnit as route } from '#contract/registry/unit.ts';
import { entranceKey, roomKey } from '#domain/kernel/unit-number.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { estateCan, mustBeAble, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { unitMatchKey } from '../names.ts';
import { presentUnit } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { indexUnits } from '../search-entries.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { lockEstate } from '../store/estates.ts';
import type { EstateRecord } from '../store/records.ts';
import { buildingOf, TAKEN } from '../unit-edit.ts';

/** 登记房屋. */
export function createUnit(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
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
