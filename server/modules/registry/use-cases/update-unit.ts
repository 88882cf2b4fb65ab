import type { Input, Output } from '#contract/define-route.ts';
import type { putUnit as route } from '#contract/registry/unit.ts';
import { buildingKey, entranceKey, roomKey } from '#domain/kernel/unit-number.ts';
import type { Ctx } from '#platform/context.ts';
import { orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { unitMatchKey } from '../names.ts';
import { presentUnit } from '../present/unit.ts';
import { indexUnits } from '../search-entries.ts';
import { buildingOf, lockForEdit, TAKEN, touch } from '../unit-edit.ts';

/** 修改房屋. */
export function updateUnit(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
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
