import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner.ts';
import { publishedNear } from '#modules/publication/index.ts';
import { findOpenEstates, openEntrances, openEstate, type OpenEstate } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';

const MOST_FOUND = 10;
const MOST_ITEMS = 15;

/** 找小区 by name or initials; one that sounds like it where none is called so. */
export async function findEstates(ctx: Ctx, { query }: Input<typeof route.findEstates>): Promise<Output<typeof route.findEstates>> {
  const { rows, isNear } = await findOpenEstates(ctx.kit, query.q, MOST_FOUND + 1);
  return { rows: rows.slice(0, MOST_FOUND).map(presentLine), hasMore: rows.length > MOST_FOUND, isNear };
}

/** 看小区: its name and place, and of the rest what was published. @throws Problem estate.not-found */
export async function lookAtEstate(ctx: Ctx, { params }: Input<typeof route.lookAtEstate>): Promise<Output<typeof route.lookAtEstate>> {
  const estate = await estateForOwners(ctx, params.estateId);
  const [near, entrances] = await Promise.all([publishedNear(ctx, estate, MOST_ITEMS), openEntrances(ctx.kit, estate.estateId)]);
  return { ...presentLine(estate), entrances, facts: near.facts, counters: [...near.counters], items: [...near.items] };
}

/** 业主所指的小区. @throws Problem estate.not-found */
export async function estateForOwners({ kit }: Pick<Ctx, 'kit'>, estateId: string): Promise<OpenEstate> {
  const estate = await openEstate(kit, estateId);
  if (estate === undefined) throw new Problem('estate.not-found', '没有找到这个小区，可能二维码已经过时，请按名称查找');
  return estate;
}

const presentLine = ({ estateId, name, phase, countyName, townshipName, neighbourhoodName }: Pick<OpenEstate, 'estateId' | 'name' | 'phase' | 'countyName' | 'townshipName' | 'neighbourhoodName'>): Output<typeof route.findEstates>['rows'][number] =>
  ({ id: estateId, name, phase, county: countyName, township: townshipName, neighbourhood: neighbourhoodName });
