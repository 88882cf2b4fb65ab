import type { Input, Output } from '#contract/define-route.ts';
import type { getBuilding as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { presentBuildingDetail } from '../present/building.ts';
import { getBuilding as loadBuilding } from '../store/buildings.ts';

/** 楼栋详情. */
export function getBuilding(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read(async (db) => presentBuildingDetail(db, ctx, await loadBuilding(db, ctx.scope, params.buildingId)));
}
