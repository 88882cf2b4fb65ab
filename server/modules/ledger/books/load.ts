import { committeeIndex } from '#modules/committee/index.ts';
import { companyIndex, estateIndex, mergedNames, orgIndex, practitionerIndex, unitIndex } from '#modules/registry/index.ts';
import { makeId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { fen } from '#domain/kernel/brand.ts';
import { countyScope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import type { CompanyState, EstateState, Place, PractitionerState, UnitState } from '../judge/states.ts';

/** 读乡镇和社区 of the county, in their order, and the county's own names; `former` names lead to where the place went when the divisions changed. */
export async function loadPlaces(db: Db, countyId: string): Promise<{ areas: string[]; townships: Place[]; neighbourhoods: Place[]; former: ReadonlyMap<string, readonly string[]> }> {
  const [rows, gone] = await Promise.all([orgIndex(db, makeId<'OrgUnit'>(countyId)), mergedNames(db, makeId<'OrgUnit'>(countyId))]);
  const of = (kind: string): Place[] => rows.filter((row) => row.kind === kind).map(({ id, name, townshipId }) => ({ id, name, townshipId }));
  return { areas: of('county').map(({ name }) => name), townships: of('township'), neighbourhoods: of('neighbourhood'), former: formerNames(gone) };
}

/** By the place that stands now; a place may have gone on with the one it went into. */
function formerNames(gone: readonly { readonly id: string; readonly name: string; readonly mergedIntoId: string | null }[]): Map<string, string[]> {
  const next = new Map(gone.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
  const end = (id: string): string => { const into = next.get(id); return into ? end(into) : id; };
  return new Map([...Map.groupBy(gone, ({ id }) => end(id))].map(([id, places]) => [id, places.map(({ name }) => name)]));
}

/** 读企业: all of the county's, whoever imports, since names are resolved among all; row-level security still holds. */
export async function loadCompanies(db: Db, countyId: string): Promise<CompanyState[]> {
  return companyIndex(db, countyScope(countyId));
}

/** 读小区 with names, the contract in force and the committee. Estates out of the importer's own scope are not there: row-level security hides them. */
export async function loadEstates(db: Db, countyId: string, today: LocalDate): Promise<EstateState[]> {
  const estates = await estateIndex(db, countyScope(countyId), today);
  const committees = await committeeIndex(db, estates.map(({ id }) => id));
  return estates.map((estate) => {
    const committee = committees.get(estate.id);
    return {
      ...estate, feeFen: estate.feeFenPerM2Month === null ? null : fen(estate.feeFenPerM2Month),
      committee: committee === undefined ? null : { status: committee.status, sinceOn: committee.sinceOn, untilOn: committee.untilOn, claimedMembers: committee.claimedMembers, headName: committee.chairName, headPhoneIndex: committee.chairPhoneIndex, headPhoneMoreIndex: committee.chairPhoneMoreIndex },
    };
  });
}

/** 读从业人员 with the estates they manage. */
export async function loadPractitioners(db: Db, countyId: string, today: LocalDate): Promise<PractitionerState[]> {
  return (await practitionerIndex(db, countyScope(countyId), today)).map((person) => ({ ...person, managedEstateIds: person.managesEstateIds }));
}

/** 读房屋 of these estates with their current areas and holders: a few queries whatever their number. */
export async function loadUnits(db: Db, estateIds: readonly string[]): Promise<Map<string, Map<string, UnitState>>> {
  const books = new Map<string, Map<string, UnitState>>(estateIds.map((id) => [id, new Map()]));
  for (const unit of await unitIndex(db, estateIds.map((id): Id<'Estate'> => makeId(id)))) {
    const holders = unit.holders.map(({ kind, name, idIndex, phoneIndex, phoneMoreIndex, validFrom, sharePart, shareWhole }) => ({ kind, name, idIndex, phoneIndex, phoneMoreIndex, since: validFrom, share: sharePart === null || shareWhole === null ? null : `${sharePart}/${shareWhole}` }));
    const owner = holders.find(({ kind }) => kind !== 'co-owner') ?? null;
    books.get(unit.estateId)?.set(unit.matchKey, {
      id: unit.id, version: unit.version, matchKey: unit.matchKey, building: unit.building, entrance: unit.entrance, room: unit.room, usage: unit.usage, deliveredOn: unit.deliveredOn, note: unit.note,
      areas: unit.areas.map(({ areaSource, areaCm2 }) => ({ source: areaSource, areaCm2 })), owner,
      coOwners: holders.filter(({ kind }) => kind === 'co-owner'),
    });
  }
  return books;
}
