import { sql } from 'kysely';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import type { Received } from './receive.ts';

/** 所在地. `id`: the estate, null where there is none or none that anybody could tell. */
export interface Place { readonly id: Id<'Estate'> | null; readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'> | null; readonly neighbourhoodId: Id<'OrgUnit'> | null }
/** 收到的一件 with where it lies and when it was received. */
export interface Placed { readonly given: Received; readonly place: Place; readonly receivedAt: Instant; readonly receivedOn: LocalDate }

/** 小区的所在地 for whoever sees it. @throws Problem estate.not-found */
export async function placeIn(tx: Tx, scope: Scope, estateId: Id<'Estate'>): Promise<Place> {
  return found(await within(scope, tx.db.selectFrom('registry.estate'), { own: 'estate' }).select(['id', 'countyId', 'townshipId', 'neighbourhoodId']).where('id', '=', estateId).where('archivedAt', 'is', null).executeTakeFirst());
}

/** 所在地 of each: the estate's; of a file without one, that of the body that took it in. @throws Problem estate.not-found */
export async function placesFor(tx: Tx, givens: readonly Received[]): Promise<Placed[]> {
  const takenBy = ({ receivedBy, receivedFor }: Received) => receivedBy?.id ?? receivedFor?.id;
  const [estateIds, bodyIds] = [idsOf(givens.map(({ estateId, place }) => (place === undefined ? estateId : null))), idsOf(givens.map((given) => (given.estateId === null ? takenBy(given) : null)))];
  const [estates, bodies] = await Promise.all([
    estateIds.length === 0 ? [] : tx.db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId']).where(sql<boolean>`id = any(${estateIds}::uuid[])`).where('archivedAt', 'is', null).execute(),
    bodyIds.length === 0 ? [] : tx.db.selectFrom('platform.orgUnit').select(['countyId', 'kind', 'id', 'townshipId']).where(sql<boolean>`id = any(${bodyIds}::uuid[])`).execute(),
  ]);
  const [estateBy, bodyBy] = [new Map(estates.map((each) => [each.id, each])), new Map(bodies.map((each) => [each.id, each]))];
  const placeOf = (given: Received): Place => {
    if (given.place !== undefined) return given.place;
    if (given.estateId !== null) return found(estateBy.get(given.estateId));
    const takerId = takenBy(given);
    const body = found(takerId === undefined ? undefined : bodyBy.get(takerId));
    return { id: null, countyId: body.countyId, townshipId: body.kind === 'township' ? body.id : body.townshipId ?? given.townshipId ?? null, neighbourhoodId: body.kind === 'neighbourhood' ? body.id : null };
  };
  return givens.map((given) => { const receivedAt = given.receivedAt ?? tx.now; return { given, place: placeOf(given), receivedAt, receivedOn: todayIn(receivedAt) }; });
}

const idsOf = <T extends string>(ids: readonly (T | null | undefined)[]): T[] => [...new Set(ids.flatMap((id) => (id === null || id === undefined ? [] : [id])))];

function found<T>(place: T | undefined): T {
  if (place === undefined) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
  return place;
}
