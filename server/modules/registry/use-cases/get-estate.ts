import type { Input, Output } from '#contract/define-route.ts';
import type { getEstate as route, getHeads as headsRoute } from '#contract/registry/estate.ts';
import type { AreaSource } from '#domain/registry/area-source.ts';
import { areaCm2 } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentEstate } from '../present/estate.ts';
import { headsOf } from '../recount.ts';
import { getEstate as loadEstate } from '../store/estates.ts';
import { unitTitles } from '../store/units.ts';

/** 小区详情. */
export function getEstate(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read((db) => presentEstate(db, ctx, params.estateId, asOf(query, ctx.today)));
}

/** 业主人数及其说明. */
export function getHeads(ctx: Ctx, { params, query }: Input<typeof headsRoute>): Promise<Output<typeof headsRoute>> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    await loadEstate(db, ctx.scope, params.estateId);
    const found = (await headsOf(db, [params.estateId], at)).get(params.estateId);
    const flags = found?.count.flags ?? [];
    const titles = await unitTitles(db, flags.flatMap((flag) => flag.unitIds));
    return {
      ...at, count: found?.count.count ?? 0, areaCm2: found?.count.area ?? areaCm2(0), explanation: found?.count.explanation ?? '尚未登记房屋',
      flags: flags.map(({ kind, message, unitIds }) => ({ kind, message, units: unitIds.flatMap((id) => titles.get(id) ?? []) })),
      bySource: (found?.bySource ?? []).map((row) => ({ areaSource: row.areaSource as AreaSource, count: row.count, areaCm2: areaCm2(row.areaCm2) })),
    };
  });
}
