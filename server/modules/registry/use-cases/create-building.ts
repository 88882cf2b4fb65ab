import type { Input } from '#contract/define-route.ts';
import type { postBuilding as route } from '#contract/registry/unit.ts';
import { buildingKey } from '#domain/kernel/unit-number.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { estateCan, mustBeAble, orDuplicate } from '../access.ts';
import { type Building, TAKEN } from '../building-edit.ts';
import { presentBuilding } from '../present/building.ts';
import { lockEstate } from '../store/estates.ts';

/** 登记楼栋. */
export function createBuilding(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).units);
    const { countyId, townshipId, neighbourhoodId, companyId } = estate;
    const row = await orDuplicate(tx.db.insertInto('registry.building').values({ id: newId<'Building'>(), countyId, townshipId, neighbourhoodId, companyId, estateId: estate.id, ...body, matchKey: buildingKey(body.name), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'building_name_key', TAKEN);
    tx.audit({ action: 'building.create', subject: ['Building', row.id], before: null, after: row, countyId, townshipId });
    return presentBuilding(tx.db, ctx, row);
  });
}
