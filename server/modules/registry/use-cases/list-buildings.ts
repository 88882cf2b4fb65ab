import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { listBuildings as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { presentBuildings } from '../present/building.ts';
import { getEstate } from '../store/estates.ts';
import { visibleBuildings } from '../store/visible.ts';

/** 楼栋列表 of an estate, in the order of their numbers. */
export function listBuildings(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read(async (db) => {
    const estate = await getEstate(db, ctx.scope, params.estateId);
    const rows = await visibleBuildings(db, ctx.scope).selectAll('b').where('b.estateId', '=', estate.id).where('b.archivedAt', 'is', null).orderBy(sql`char_length(b.match_key)`).orderBy('b.matchKey').limit(500).execute();
    return { rows: await presentBuildings(db, ctx, rows, estate) };
  });
}
