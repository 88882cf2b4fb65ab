import type { Vault } from '#platform/crypto/vault.ts';
import type { Tx } from '#platform/context.ts';
import { makeId, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { estateWords } from '#modules/publication/kinds/registry-facts.ts';
import { publicEstateFacts } from '#modules/registry/overview/sheet/public-facts.ts';
import { everything } from '#platform/access/scope.ts';
import { recountEstate } from '#modules/registry/recount.ts';
import { indexCompanies, indexEstates, indexPractitioners, indexUnits } from '#modules/registry/search-entries.ts';
import { newId } from '#platform/ids.ts';
import { copyRows } from './copy.ts';
import type { DemoPlan } from './plan.ts';
import { planCollections } from './plan/collections.ts';
import { planComplaints } from './plan/complaints.ts';
import type { Told } from './plan/complaint-story.ts';
import { ESTATES_DAYS_AGO, planPublications, type PublishedEstate, type PublishingStaff } from './plan/publications.ts';
import { sealedComplainant, sealedOwner, sealedPractitioner, withPhone } from './seal.ts';
import type { DemoUsers } from './users.ts';

const PUBLISHED = 6;

/** 写入演示县: every table by COPY, then rollups and search entries by the registry's own functions, in the caller's transaction. @returns what the clocks of the complaints are to be told */
export async function storeDemo({ db, client }: Pick<Tx, 'db' | 'client'>, { plan, users, vault, today, now }: { plan: DemoPlan; users: DemoUsers; vault: Vault; today: LocalDate; now: Instant }): Promise<{ readonly told: readonly Told[] }> {
  const put = (table: string, rows: readonly object[]) => copyRows(client, table, rows.map((row) => ({ ...row })));
  await put('platform.org_unit', plan.places.bodies);
  await put('platform.app_user', users.users);
  await put('platform.user_grant', users.grants);
  await put('registry.company', plan.companies.map((row) => withPhone(vault, row, { last4: true })));
  await put('registry.estate', plan.estates);
  await put('registry.estate_name', plan.names);
  await put('registry.estate_lineage', plan.lineage);
  await put('registry.practitioner', plan.practitioners.map((row) => sealedPractitioner(vault, row)));
  await put('registry.service_contract', plan.contracts);
  await put('registry.estate_manager', plan.managers);
  await put('registry.contact', plan.contacts.map((row) => withPhone(vault, row, { last4: true })));
  await put('committee.committee', plan.committees);
  await put('committee.member', plan.members.map((row) => withPhone(vault, row, { last4: false })));
  await put('paper.issuer_code', issuerCodes(plan, now));
  const asked = collections(plan, users, { vault, today, now });
  await put('collection.collection', asked.tasks);
  await put('collection.part', asked.parts);
  await put('collection.answer', asked.answers);
  const complained = planComplaints(plan, { today });
  await put('complaint.complaint', complained.complaints);
  await put('complaint.complainant', complained.complainants.map((row) => sealedComplainant(vault, row)));
  await put('complaint.step', complained.steps);
  await put('complaint.participant', complained.participants);
  await put('complaint.number_register', complained.registers);
  await put('registry.building', plan.stocks.flatMap(({ buildings }) => buildings));
  await put('registry.unit', plan.stocks.flatMap(({ units }) => units));
  await put('registry.unit_area', plan.stocks.flatMap(({ areas }) => areas));
  await put('registry.owner_purpose', plan.holdings.map(({ purpose }) => purpose));
  await put('registry.owner', ownerRows(plan, vault));
  await put('registry.ownership', plan.holdings.flatMap(({ ownerships }) => ownerships));
  const published = publications(plan, users, { estates: await publishedEstates(db, plan, { vault, on: addDays(today, -ESTATES_DAYS_AGO) }), today, now });
  await put('publication.publication', published.items);
  await put('publication.step', published.steps);
  await put('publication.index_register', published.registers);
  await derive({ db }, plan, { today, now });
  return { told: complained.told };
}

/** 公开了信息的小区: the first few that have a company and a list of homes, drawn from the register as the bureau would. */
async function publishedEstates(db: Tx['db'], { stocks }: DemoPlan, { vault, on }: { vault: Vault; on: LocalDate }): Promise<PublishedEstate[]> {
  const made: PublishedEstate[] = [];
  for (const { estate } of stocks.filter(({ estate: { companyId } }) => companyId !== null).slice(0, PUBLISHED)) {
    const { name, townshipId, facts } = await publicEstateFacts(db, { scope: everything, kit: { vault } }, makeId<'Estate'>(estate.id), { on, knownOn: null });
    made.push({ estateId: estate.id, townshipId, ...estateWords(name, facts, on) });
  }
  return made;
}

/** 机关代字 of the bureau and one street, so that a paper can be issued on the first day. */
function issuerCodes({ places }: DemoPlan, now: Instant): object[] {
  const row = (body: string, paperKind: string, code: string) => {
    const { id, townshipId = null } = places.bodyNamed(body);
    return { id: newId<'IssuerCode'>(), countyId: places.countyId, townshipId, issuerId: id, paperKind, code, effectiveFrom: '2025-01-01', basis: '演示数据', createdAt: now };
  };
  const county = places.bodies.find(({ id }) => id === places.countyId);
  const bureau = `${county?.name ?? ''}住房和城乡建设局`;
  return [row(bureau, 'transfer-letter', '安建函'), row(bureau, 'notice', '安建'), row(bureau, 'request', '安建'), row(bureau, 'report', '安建'), row('文澜街道', 'transfer-letter', '文街函'), row('文澜街道', 'notice', '文街')];
}

/** 公开事项 of the bureau; where the accounts are others than the demo's, there are none. */
function publications({ places }: DemoPlan, { users }: DemoUsers, { estates, today, now }: { estates: readonly PublishedEstate[]; today: LocalDate; now: Instant }): ReturnType<typeof planPublications> {
  const county = places.bodies.find(({ id }) => id === places.countyId);
  const bureauName = `${county?.name ?? ''}住房和城乡建设局`;
  const [drafter, reviewer, leader] = [personOf(users, 'clerk'), personOf(users, 'kezhang'), personOf(users, 'leader')];
  if (drafter === null || reviewer === null || leader === null) return { items: [], steps: [], registers: [] };
  const staff: PublishingStaff = { drafter, reviewer, leader };
  return planPublications({ countyId: places.countyId, countyCode: county?.code ?? 'GK', bureauId: places.bodyNamed(bureauName).id, bureauName, staff, estates, today, now });
}

/** 采集任务 sent down by the bureau and one street; where the accounts are others than the demo's, there are none. */
function collections(plan: DemoPlan, { users, grants }: DemoUsers, when: { vault: Vault; today: LocalDate; now: Instant }): ReturnType<typeof planCollections> {
  const [clerk, street] = [personOf(users, 'clerk'), personOf(users, 'wenlan')];
  return clerk === null || street === null ? { tasks: [], parts: [], answers: [] } : planCollections(plan, { clerk, street, companyIds: grants.flatMap(({ level, scopeId }) => (level === 'company' ? [String(scopeId)] : [])), ...when });
}

function personOf(users: DemoUsers['users'], login: string): { id: string; name: string } | null {
  const found = users.find((user) => user['login'] === login);
  return found === undefined ? null : { id: String(found['id']), name: String(found['name']) };
}

/** Each owner with the first unit held, which tells bare names apart. */
function ownerRows({ holdings, stocks }: DemoPlan, vault: Vault): object[] {
  const units = new Map(stocks.flatMap((stock) => stock.units.map((unit) => [unit.id, unit])));
  return holdings.flatMap(({ owners, ownerships }) => {
    const first = new Map(ownerships.toReversed().map(({ ownerId, unitId }) => [ownerId, units.get(unitId)]));
    return owners.flatMap((owner) => { const unit = first.get(owner.id); return unit ? [sealedOwner(vault, owner, unit)] : []; });
  });
}

/** What follows from the rows: rollups and search entries. */
async function derive({ db }: Pick<Tx, 'db'>, plan: DemoPlan, { today, now }: { today: LocalDate; now: Instant }): Promise<void> {
  const { countyId } = plan.places;
  await indexCompanies(db, await db.selectFrom('registry.company').selectAll().where('countyId', '=', countyId).execute());
  await indexEstates(db, await db.selectFrom('registry.estate').selectAll().where('countyId', '=', countyId).execute());
  await indexPractitioners(db, await db.selectFrom('registry.practitioner').selectAll().where('countyId', '=', countyId).execute());
  for (const { estate, units, buildings } of plan.stocks) {
    const named = new Map(buildings.map(({ id, name }) => [id, name]));
    await indexUnits(db, units.map((unit) => ({
      id: unit.id, countyId: unit.countyId, townshipId: unit.townshipId, neighbourhoodId: unit.neighbourhoodId ?? null, estateId: unit.estateId, companyId: unit.companyId ?? null,
      matchKey: unit.matchKey, entrance: unit.entrance ?? '', room: unit.room, building: named.get(unit.buildingId) ?? '', estate: estate.name,
    })), true);
  }
  await recountEstate(db, plan.stocks.map(({ estate }) => estate.id), { on: today, now });
}
