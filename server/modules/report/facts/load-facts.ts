import { sql } from 'kysely';
import { managementKindLabels } from '#contract/registry/words.ts';
import { definitionText, estateStanding, formationDefinition } from '#domain/committee/formation.ts';
import { instant, type AreaCm2, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import type { EstateFact, Facts, TownshipFact } from '#domain/report/facts.ts';
import { estateStage } from '#domain/registry/estate-stage.ts';
import { organisationKindOfName } from '#domain/registry/organisation-kind.ts';
import { committeesAt, standingCommittee, type CommitteeAt } from '#modules/committee/index.ts';
import { orgNames } from '#modules/registry/index.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { overridesOf } from '#platform/parameters/read.ts';
import { loadCompanies, loadPractitioners } from './load-firms.ts';

/** 取数: as of a day, and as our books stood on a day (null: now). Phones are opened only for posts that may read the directory. */
export interface FactsWanted { readonly scope: Scope; readonly on: LocalDate; readonly knownOn: LocalDate | null; readonly today: LocalDate; readonly vault: Vault | null }

/** The instant at which `day` is over in Asia/Shanghai. */
const endOf = (day: LocalDate): Instant => instant(`${day}T16:00:00.000Z`);

/** 当时掌握 of rows with two book times. */
const known = (alias: string, knownOn: LocalDate | null) => (knownOn === null ? sql<boolean>`${sql.ref(`${alias}.superseded_at`)} is null`
  : sql<boolean>`(${sql.ref(`${alias}.recorded_at`)} < ${endOf(knownOn)} and (${sql.ref(`${alias}.superseded_at`)} is null or ${sql.ref(`${alias}.superseded_at`)} >= ${endOf(knownOn)}))`);

/** 一天的情况 of a scope, in a fixed number of queries. */
export async function loadFacts(db: Db, wanted: FactsWanted): Promise<Facts> {
  const { scope, on, knownOn, vault } = wanted;
  const estates = await estateRows(db, wanted);
  const [contracts, managers, committees, townships, overrides] = [await contractRows(db, wanted), await managerRows(db, wanted), await committeesAt(db, null, { on, knownOn }), await townshipFacts(db, scope), await overridesOf(db, scope.countyId)];
  const names = await orgNames(db, estates.flatMap((row) => (row.neighbourhoodId === null ? [] : [row.neighbourhoodId])));
  const [companies, people] = [await loadCompanies(db, wanted), scope.level === 'township' ? null : await loadPractitioners(db, wanted)];
  const companyName = new Map(companies.map((row) => [row.id, row.name]));
  const contractOf = new Map(contracts.map((row) => [row.estateId, row]));
  const managerOf = new Map(managers.map((row) => [row.estateId, row]));
  const townshipOf = new Map(townships.map((row) => [row.id, row]));
  const byEstate = Map.groupBy(committees, (row: CommitteeAt) => row.estateId);
  const definition = formationDefinition(overrides, on);
  const facts = estates.map((row): EstateFact => {
    const contract = contractOf.get(row.id);
    const own = byEstate.get(row.id) ?? [];
    const committee = standingCommittee(own, on);
    const stage = estateStage(row, on);
    // Without a contract on the day, what is registered as kept by a company is kept by nobody that we know of.
    const kind = contract === undefined && row.managementKind === 'company' ? 'unknown' : contract === undefined ? row.managementKind : 'company';
    const sealed = managerOf.get(row.id)?.phoneCipher ?? (managerOf.has(row.id) ? null : row.managerPhoneCipher);
    return {
      id: row.id, name: row.name, townshipId: row.townshipId, township: townshipOf.get(row.townshipId)?.name ?? '', isUrban: townshipOf.get(row.townshipId)?.isUrban ?? false,
      neighbourhood: row.neighbourhoodId === null ? null : names.get(row.neighbourhoodId) ?? null, address: row.address, stage, managementKind: kind, management: managementKindLabels[kind],
      company: contract === undefined ? null : { id: contract.companyId, name: companyName.get(contract.companyId) ?? contract.companyName }, contractEndsOn: contract?.endsOn ?? null, deliveredOn: row.deliveredOn,
      units: row.totalUnits, occupiedUnits: row.occupiedUnits, areaCm2: row.totalCm2, buildings: row.buildingCount, lifts: row.liftCount, parking: row.parkingCount, charging: row.chargingCount,
      formation: estateStanding({ estateId: row.id, isOccupied: stage === 'occupied', committees: own }, definition, on),
      committeeName: committee?.name ?? null, chair: committee?.chairName ?? null, termEndsOn: committee?.untilOn ?? null,
      manager: managerOf.get(row.id)?.name ?? row.managerName, managerPhone: sealed === null || vault === null ? null : vault.open(sealed),
    };
  });
  const served = Map.groupBy(facts, (row) => row.company?.id ?? '');
  const own = companies.map((row) => ({ ...row, estateIds: (served.get(row.id) ?? []).map(({ id }) => id) }));
  return { on, readOn: wanted.today, estates: facts, companies: scope.level === 'township' ? own.filter(({ estateIds }) => estateIds.length > 0) : own, practitioners: people, townships, formationText: definitionText(definition, on) };
}

interface EstateRow {
  readonly id: Id<'Estate'>; readonly name: string; readonly townshipId: Id<'OrgUnit'>; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly address: string | null; readonly managementKind: keyof typeof managementKindLabels;
  readonly deliveredOn: LocalDate | null; readonly totalUnits: number | null; readonly occupiedUnits: number | null; readonly totalCm2: AreaCm2 | null; readonly buildingCount: number | null; readonly liftCount: number | null; readonly parkingCount: number | null; readonly chargingCount: number | null;
  readonly managerName: string | null; readonly managerPhoneCipher: string | null;
}

/** On record on the day; one delivered only after it counts from the day on which it was recorded. */
async function estateRows(db: Db, { scope, on, knownOn }: FactsWanted): Promise<EstateRow[]> {
  const query = within(scope, db.selectFrom('registry.estate as e'), { own: 'estate', alias: 'e' });
  const inBooks = knownOn === null ? query.where('e.archivedAt', 'is', null) : query.where('e.createdAt', '<', endOf(knownOn)).where((eb) => eb.or([eb('e.archivedAt', 'is', null), eb('e.archivedAt', '>=', endOf(knownOn))]));
  const rows = await inBooks.select(['e.id', 'e.name', 'e.townshipId', 'e.neighbourhoodId', 'e.address', 'e.managementKind', 'e.deliveredOn', 'e.totalUnits', 'e.occupiedUnits', 'e.totalCm2', 'e.buildingCount', 'e.liftCount', 'e.parkingCount', 'e.chargingCount', 'e.managerName', 'e.managerPhoneCipher', 'e.createdAt']).orderBy('e.id').execute();
  return rows.filter(({ deliveredOn, createdAt }) => deliveredOn === null || deliveredOn <= on || todayIn(createdAt) <= on);
}

interface ContractRow { readonly estateId: Id<'Estate'>; readonly companyId: Id<'Company'>; readonly companyName: string; readonly endsOn: LocalDate | null }

/** Of several contracts in force on the day the one begun last counts, then the one recorded last; past its end a contract goes on (民法典 948). */
async function contractRows(db: Db, { scope, on, knownOn }: FactsWanted): Promise<ContractRow[]> {
  return within(scope, db.selectFrom('registry.serviceContract as k'), { alias: 'k', only: ['county', 'township'] }).innerJoin('registry.company as c', 'c.id', 'k.companyId').distinctOn('k.estateId')
    .select(['k.estateId', 'k.companyId', 'c.name as companyName', 'k.endsOn']).where(known('k', knownOn))
    .where(sql<boolean>`(k.starts_on is null or k.starts_on <= ${on}) and (k.terminated_on is null or k.terminated_on > ${on})`)
    .orderBy('k.estateId').orderBy(sql`k.starts_on desc nulls last`).orderBy('k.recordedAt', 'desc').orderBy('k.id', 'desc').execute();
}

async function managerRows(db: Db, { scope, on, knownOn }: FactsWanted) {
  return within(scope, db.selectFrom('registry.estateManager as m'), { alias: 'm', only: ['county', 'township'] }).innerJoin('registry.practitioner as p', 'p.id', 'm.practitionerId')
    .select(['m.estateId', 'p.name', 'p.phoneCipher']).where(known('m', knownOn)).where(sql<boolean>`(m.valid_from is null or m.valid_from <= ${on}) and (m.valid_to is null or m.valid_to > ${on})`).orderBy('m.id').execute();
}

/** 乡镇街道 of the scope, in the county's order, with what was said of printed names in the blanks that the scope may see; a street is 城区. */
export async function townshipFacts(db: Db, scope: Scope): Promise<TownshipFact[]> {
  let query = db.selectFrom('platform.orgUnit').select(['id', 'name', 'subkind']).where('kind', '=', 'township').where('archivedAt', 'is', null).where('countyId', '=', sql<Id<'OrgUnit'>>`${scope.countyId}::uuid`);
  if (scope.level === 'township') query = query.where('id', '=', sql<Id<'OrgUnit'>>`${scope.id}::uuid`);
  const rows = await query.orderBy('sortNo').orderBy('code').orderBy('name').execute();
  const { rows: said } = await sql<{ printed: string; townshipId: string }>`
    select distinct n ->> 'printed' as printed, n ->> 'townshipId' as township_id from report.form f, jsonb_path_query(f.marks, '$[*].names[*]') n
     where f.county_id = ${scope.countyId}::uuid and f.archived_at is null order by 1`.execute(db);
  return rows.map(({ id, name, subkind }) => ({ id, name, otherNames: said.filter(({ townshipId }) => townshipId === id).map(({ printed }) => printed), isUrban: subkind === 'street' || subkind === '街道' || organisationKindOfName(name) === 'street' }));
}
