import { sql } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import type { getRegistryRollup as route } from '#contract/registry/estate.ts';
import type { Ctx } from '#platform/context.ts';
import { visibleEstates } from '../store/visible.ts';

/** 家底合计 of the scope: what the estates' ledger tells, and what their registers of units hold; archived estates are left out. */
export function getRegistryRollup(ctx: Ctx): Promise<Output<typeof route>> {
  return ctx.read((db) => visibleEstates(db, ctx.scope).leftJoin('registry.estateRollup as r', 'r.estateId', 'e.id').where('e.archivedAt', 'is', null)
    .select([
      sql<number>`count(*)`.as('estates'), sql<number>`coalesce(sum(e.total_units), 0)::bigint`.as('totalUnits'), sql<number>`coalesce(sum(e.occupied_units), 0)::bigint`.as('occupiedUnits'),
      sql<number>`count(*) filter (where e.total_units is null)`.as('withoutTotalUnits'),
      sql<number>`coalesce(sum(r.unit_count), 0)::bigint`.as('unitsRecorded'), sql<number>`coalesce(sum(r.head_count), 0)::bigint`.as('headCount'), sql<number>`count(*) filter (where r.unit_count > 0)`.as('listedEstates'),
    ]).executeTakeFirstOrThrow());
}
