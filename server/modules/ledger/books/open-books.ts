import type { LocalDate } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { estateNameLevels } from '#domain/kernel/estate-name.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { indexCompanies, indexEstates, neighbourhoodKeys, placeKeys, type Books } from '../judge/books.ts';
import { NameIndex } from '../judge/name-index.ts';
import { practitionerKey } from '../judge/practitioners.ts';
import type { Entry } from '../judge/judged.ts';
import type { PractitionerState, UnitState } from '../judge/states.ts';
import { loadTold, tellingKey } from './told.ts';
import { loadCompanies, loadEstates, loadPlaces, loadPractitioners, loadUnits } from './load.ts';

/** 打开的在册情况: units come in estate by estate, as rows ask for them. */
export interface OpenBooks extends Books {
  /** Reads the units of the estates that these rows may be about. */
  need(db: Db, entries: readonly Entry[]): Promise<void>;
  readonly practitioners: readonly PractitionerState[];
}

export interface BooksOptions {
  readonly countyId: string; readonly vault: Vault; readonly today: LocalDate;
  readonly boundTo: string | null; readonly ownChoice: string | null; readonly inferred: string | null;
  /** Of the files, so that the same file again comes out the same. */
  readonly fingerprint: string | null;
}

const MOST_ESTATES = 20;
const nothing: ReadonlyMap<string, UnitState> = new Map();

/** 打开在册情况 for one run over one batch: a handful of queries, all in the caller's transaction. */
export async function openBooks(db: Db, kind: LedgerKind, { countyId, vault, today, boundTo, ownChoice, inferred, fingerprint }: BooksOptions): Promise<OpenBooks> {
  const { areas, townships, neighbourhoods, former } = await loadPlaces(db, countyId);
  const companies = kind === 'units' ? [] : await loadCompanies(db, countyId);
  const estates = kind === 'companies' ? [] : await loadEstates(db, countyId, today);
  const people = kind === 'practitioners' ? await loadPractitioners(db, countyId, today) : [];
  const told = kind === 'estates' ? await loadTold(db, countyId, fingerprint) : new Set<string>();
  const townshipNames = new NameIndex<(typeof townships)[number]>();
  for (const place of townships) for (const name of [place.name, ...former.get(place.id) ?? []]) townshipNames.add(placeKeys(name), place);
  const neighbourhoodNames = new NameIndex<(typeof townships)[number]>();
  for (const place of neighbourhoods) for (const name of [place.name, ...former.get(place.id) ?? []]) neighbourhoodNames.add(neighbourhoodKeys(name), place);
  const units = new Map<string, ReadonlyMap<string, UnitState>>();
  const managed = Map.groupBy(estates.filter(({ managerName }) => managerName !== null), ({ companyId, managerName }) => `${companyId ?? ''}/${normaliseName(managerName ?? '')}`);
  const estateNames = indexEstates(estates);
  const books: OpenBooks = {
    countyId, today, areas, boundTo, ownChoice, inferred, vault, townships,
    wasTold: (township, estate, company) => told.has(tellingKey(township, estate, company)),
    places: new Map([...townships, ...neighbourhoods].map((place) => [place.id, place])),
    townshipNames, neighbourhoodNames,
    companies: new Map(companies.map((company) => [company.id, company])),
    companyNames: indexCompanies(companies, areas),
    companyCodes: new Map(companies.flatMap((company) => (company.creditCode === null ? [] : [[company.creditCode, company]]))),
    estates: new Map(estates.map((estate) => [estate.id, estate])), estateNames,
    practitionersById: Map.groupBy(people.filter(({ idIndex }) => idIndex !== null), ({ idIndex }) => idIndex ?? ''),
    practitionersByKey: Map.groupBy(people, (person) => practitionerKey(null, person.companyId, person.name, person.phoneIndex)),
    estatesManagedBy: (companyId, name) => managed.get(`${companyId}/${normaliseName(name)}`) ?? [],
    unitsOf: (estateId) => units.get(estateId) ?? nothing,
    practitioners: people,
    async need(inner, entries) {
      if (kind !== 'units') return;
      const meant = estatesMeant(books, entries);
      const wanted = meant.filter((id) => !units.has(id));
      if (wanted.length === 0) return;
      // Rows come estate by estate: those of long ago are let go, and read again should they come back.
      const isMeant = new Set(meant);
      for (const id of units.keys()) if (units.size > MOST_ESTATES && !isMeant.has(id)) units.delete(id);
      for (const [id, found] of await loadUnits(inner, wanted)) units.set(id, found);
    },
  };
  return books;
}

/** All estates that the rows' names may mean: more than one where a name is ambiguous. */
function estatesMeant(books: Books, entries: readonly Entry[]): string[] {
  const names = new Set(entries.map(({ row }) => Reflect.get(row.values, 'estate') as unknown).filter((name) => typeof name === 'string'));
  const byName = [...names].flatMap((name) => books.estateNames.all(estateNameLevels(name)).map(({ id }) => id));
  return [...new Set([...byName, ...entries.flatMap(({ resolution }) => resolution?.estateId ?? [])])];
}
