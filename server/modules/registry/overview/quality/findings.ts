import type { Input } from '#contract/define-route.ts';
import type { getQuality } from '#contract/registry/sheet.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { AsOf } from '../../as-of.ts';
import { estateFindings, qualityLimits } from '../../quality.ts';
import { factsOf } from '../../store/estates.ts';
import type { EstateRecord } from '../../store/records.ts';
import { visibleEstates } from '../../store/visible.ts';
import { ofCompanies, serving } from './of-companies.ts';
import { ofUnits } from './of-units.ts';
import { placed, placeOf, type Placed } from './placed.ts';

type Query = Input<typeof getQuality>['query'];

/** 是否限于一处: a township, neighbourhood or estate was asked for, or is all that is in scope. */
export const isLocal = ({ scope }: Pick<Ctx, 'scope'>, { townshipId, neighbourhoodId, estateId }: Query): boolean =>
  (townshipId ?? neighbourhoodId ?? estateId) !== undefined || !['everything', 'county', 'company'].includes(scope.level);

/** 全部数据问题 in scope and place, in a fixed number of queries, and the estate they were asked of. Homes are looked at one by one only of one estate. */
export async function findings(db: Db, ctx: Ctx, query: Query, at: AsOf): Promise<{ all: Placed[]; estate: EstateRecord | null }> {
  const [estates, limits] = await Promise.all([estatesOf(db, ctx, query), qualityLimits(db, ctx.scope, at.on)]);
  const facts = await factsOf(db, estates, at);
  const ofEstates = estates.flatMap((row) => estateFindings(ctx, row, facts, limits, at).map((finding) => placed(finding, row.name, placeOf(row, facts))));
  const estate = query.estateId === undefined ? null : estates[0] ?? null;
  return {
    estate,
    all: [...ofEstates, ...await ofCompanies(db, ctx, isLocal(ctx, query) ? serving(facts) : null, limits, at), ...(estate ? await ofUnits(db, ctx, estate, facts, limits, at) : [])],
  };
}

function estatesOf(db: Db, { scope }: Ctx, { townshipId, neighbourhoodId, estateId }: Query): Promise<EstateRecord[]> {
  let query = visibleEstates(db, scope).selectAll('e').where('e.archivedAt', 'is', null);
  if (townshipId) query = query.where('e.townshipId', '=', townshipId);
  if (neighbourhoodId) query = query.where('e.neighbourhoodId', '=', neighbourhoodId);
  if (estateId) query = query.where('e.id', '=', estateId);
  return query.orderBy('e.id').execute();
}
