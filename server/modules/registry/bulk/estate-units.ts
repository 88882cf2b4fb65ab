import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import type { OwnerRecord, OwnershipRecord, UnitAreaRecord } from '../store/records.ts';
import type { EstatePlace } from './place.ts';

/** A figure of a unit's area that stands. */
export type AreaLine = Pick<UnitAreaRecord, 'id' | 'unitId' | 'areaCm2' | 'areaSource'>;

/** An owner as far as writing compares him. */
export type KnownOwner = Pick<OwnerRecord, 'id' | 'version' | 'estateId' | 'kind' | 'name' | 'matchKey' | 'idCipher' | 'idIndex' | 'idLast4' | 'phoneCipher' | 'phoneIndex' | 'phoneLast4' | 'phoneMoreIndex'>;

/** 一个小区的在册房屋: all of it that writing units looks at, kept in step with what was written while a run goes on. */
export interface EstateUnits {
  readonly place: EstatePlace;
  /** By match key. */
  readonly buildings: Map<string, { readonly id: string; readonly name: string }>;
  readonly areasOf: Map<Id<'Unit'>, AreaLine[]>;
  readonly owners: Map<Id<'Owner'>, KnownOwner>;
  readonly ownersByKey: Map<string, KnownOwner>;
  /** All versions of a unit's ownership that are now known. */
  readonly linesOf: Map<Id<'Unit'>, OwnershipRecord[]>;
  /** How many units an owner holds now. */
  readonly heldBy: Map<string, number>;
}

/** 读小区的在册房屋, locking the estates for the change in the order of their ids. */
export async function loadEstateUnits(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<Map<Id<'Estate'>, EstateUnits>> {
  if (estateIds.length === 0) return new Map();
  const ids = sql`any(${[...estateIds]}::uuid[])`;
  const [places, buildings, areas, owners, lines] = await Promise.all([
    db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId', 'name', 'developerName', 'isDemo']).where('id', 'in', estateIds as Id<'Estate'>[]).orderBy('id').forUpdate().execute(),
    db.selectFrom('registry.building').select(['id', 'estateId', 'matchKey', 'name']).where('estateId', 'in', estateIds as Id<'Estate'>[]).where('archivedAt', 'is', null).execute(),
    sql<AreaLine & Pick<UnitAreaRecord, 'estateId' | 'validTo'>>`
      select id, estate_id, unit_id, area_cm2, area_source, valid_to from registry.unit_area where estate_id = ${ids} and superseded_at is null order by recorded_at`.execute(db),
    sql<KnownOwner>`
      select id, version, estate_id, kind, name, match_key, id_cipher, id_index, id_last4, phone_cipher, phone_index, phone_last4, phone_more_index from registry.owner where estate_id = ${ids} and archived_at is null`.execute(db),
    sql<OwnershipRecord>`select * from registry.ownership where estate_id = ${ids} and superseded_at is null`.execute(db),
  ]);
  const [buildingsOf, areasOf, ownersOf, linesOf] = [Map.groupBy(buildings, estateOf), Map.groupBy(areas.rows.filter(({ validTo }) => validTo === null), estateOf), Map.groupBy(owners.rows, estateOf), Map.groupBy(lines.rows, estateOf)];
  return new Map(places.map((place) => {
    const [known, held] = [ownersOf.get(place.id) ?? [], linesOf.get(place.id) ?? []];
    const heldBy = new Map<string, number>();
    for (const { ownerId, validTo } of held) if (validTo === null) heldBy.set(ownerId, (heldBy.get(ownerId) ?? 0) + 1);
    return [place.id, {
      place, buildings: new Map((buildingsOf.get(place.id) ?? []).map(({ id, matchKey, name }) => [matchKey, { id, name }])),
      areasOf: Map.groupBy(areasOf.get(place.id) ?? [], (row) => row.unitId),
      owners: new Map(known.map((row) => [row.id, row])), ownersByKey: new Map(known.map((row) => [row.matchKey, row])),
      linesOf: Map.groupBy(held, (row) => row.unitId), heldBy,
    }];
  }));
}

const estateOf = (row: { readonly estateId: Id<'Estate'> }): Id<'Estate'> => row.estateId;
