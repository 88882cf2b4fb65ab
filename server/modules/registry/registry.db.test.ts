import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { areaCm2, localDate, makeId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import type { EstateDraft } from '#contract/registry/estate.ts';
import type { z } from 'zod';
import { getFormation, getFormationEstates } from '#modules/target/use-cases/get-formation.ts';
import { createCommittee } from '#modules/committee/use-cases/record-committee.ts';
import { ownersOf } from './store/units.ts';
import { estateScoped } from './move-scope.ts';
import { testWorld, type World } from './testing/world.ts';
import { createBuilding } from './use-cases/create-building.ts';
import { listBuildings } from './use-cases/list-buildings.ts';
import { archiveCompany } from './use-cases/archive-company.ts';
import { createCompany } from './use-cases/create-company.ts';
import { getCompany } from './use-cases/get-company.ts';
import { listCompanies } from './use-cases/list-companies.ts';
import { mergeCompany } from './use-cases/merge-company.ts';
import { updateCompany } from './use-cases/update-company.ts';
import { archiveContract } from './use-cases/archive-contract.ts';
import { getContract, listContracts } from './use-cases/list-contracts.ts';
import { createContract, updateContract } from './use-cases/record-contract.ts';
import { updateEstateManager } from './use-cases/update-estate-manager.ts';
import { createEstate } from './use-cases/create-estate.ts';
import { exportQuality } from './overview/quality/export-quality.ts';
import { exportContracts } from './use-cases/export-contracts.ts';
import { exportCompanies, exportEstates, exportPractitioners, exportUnits } from './use-cases/exports.ts';
import { getEstate, getHeads } from './use-cases/get-estate.ts';
import { archiveEstate } from './use-cases/archive-estate.ts';
import { listEstates } from './use-cases/list-estates.ts';
import { mergeEstate } from './use-cases/merge-estate.ts';
import { createOwnerPurpose } from './use-cases/create-owner-purpose.ts';
import { getOwner } from './use-cases/get-owner.ts';
import { listOwners } from './use-cases/list-owners.ts';
import { revealOwner } from './use-cases/reveal-owner.ts';
import { updateOwner } from './use-cases/update-owner.ts';
import { createPractitioner } from './use-cases/create-practitioner.ts';
import { listPractitioners } from './use-cases/list-practitioners.ts';
import { mergePractitioner } from './use-cases/merge-practitioner.ts';
import { revealPractitioner } from './use-cases/reveal-practitioner.ts';
import { getPractitioner } from './use-cases/get-practitioner.ts';
import { renameEstate } from './use-cases/rename-estate.ts';
import { search } from './overview/search/search.ts';
import { splitEstate } from './use-cases/split-estate.ts';
import { transferOwnership } from './use-cases/transfer-ownership.ts';
import { archiveUnit } from './use-cases/archive-unit.ts';
import { createUnit } from './use-cases/create-unit.ts';
import { getUnit } from './use-cases/get-unit.ts';
import { listUnits } from './use-cases/list-units.ts';
import { updateUnitArea } from './use-cases/update-unit-area.ts';
import { updateEstate } from './use-cases/update-estate.ts';

let world: World;
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.stop());

const page = { limit: 50, sort: 'newest' as const };
const draft = (name: string, more: Partial<z.output<typeof EstateDraft>> = {}): z.output<typeof EstateDraft> => ({
  townshipId: world.east, neighbourhoodId: world.eastCommunity, name, phase: null, address: null, managementKind: 'unknown', deliveredOn: null, totalCm2: null, deliveredCm2: null, totalUnits: 10, occupiedUnits: 5, buildingCount: null,
  developerName: null, managerName: null, feeFenPerM2Month: null, feeBasis: null, collectionRateBp: null, liftCount: null, parkingCount: null, chargingCount: null, fireSystem: null, gridMember: null, note: null, ...more,
});
const nobody = { params: {}, query: {}, body: {} };
const newEstate = (name: string, more: Partial<z.output<typeof EstateDraft>> = {}) => createEstate(world.clerk(), { ...nobody, body: draft(name, more) });
const newCompany = (name: string, creditCode: string | null = null) => createCompany(world.clerk(), { ...nobody, body: { name, shortName: null, creditCode, legalPerson: '陈负责', phone: '13911112222', registeredOn: null, address: null, claimedEstates: null, claimedStaff: null, registeredCapitalFen: null, contactName: null, status: 'active', note: null } });
const contract = (companyId: Id<'Company'>, startsOn: string | null = null) => ({ companyId, kind: 'ordinary' as const, feeBasis: null, feeFenPerM2Month: null, startsOn: startsOn === null ? null : localDate(startsOn), endsOn: null, terminatedOn: null });
const sign = (estateId: Id<'Estate'>, companyId: Id<'Company'>, startsOn: string | null = null) => createContract(world.clerk(), { ...nobody, params: { estateId }, body: contract(companyId, startsOn) });
const see = (estateId: Id<'Estate'>, query: { on?: LocalDate; knownOn?: LocalDate } = {}) => getEstate(world.clerk(), { ...nobody, params: { estateId }, query });

async function newUnit(estateId: Id<'Estate'>, room: string, building = '1幢') {
  const ctx = world.clerk();
  const { rows } = await listBuildings(ctx, { ...nobody, params: { estateId } });
  const found = rows.find((row) => row.name === building) ?? await createBuilding(ctx, { ...nobody, params: { estateId }, body: { name: building, floors: null, liftCount: null } });
  return createUnit(ctx, { ...nobody, params: { estateId }, body: { buildingId: found.id, entrance: '', room, usage: 'residential', deliveredOn: null, areaCm2: areaCm2(1_000_000), areaSource: 'contract' } });
}
const transfer = (unit: { id: Id<'Unit'>; version: number }, name: string, onDate: string | null, more: { idNumber?: string; phone?: string } = {}) =>
  transferOwnership(world.clerk(unit.version), { ...nobody, params: { unitId: unit.id }, body: { onDate: onDate === null ? null : localDate(onDate), basis: 'register', holders: [{ name, kind: 'owner', ...more }] } });

describe('estates', () => {
  test('a page that read an older version is told so and changes nothing', async () => {
    const estate = await newEstate('陈旧苑');
    const { name: _name, ...body } = draft('陈旧苑', { totalUnits: 20 });
    const edited = await updateEstate(world.clerk(estate.version), { ...nobody, params: { estateId: estate.id }, body });
    expect(edited.totalUnits).toBe(20);
    await expect(updateEstate(world.clerk(estate.version), { ...nobody, params: { estateId: estate.id }, body })).rejects.toMatchObject({ code: 'state.stale' });
  });

  test('a township sees and edits its own estates only: a sibling gets 404, another township cannot be written into', async () => {
    const estate = await newEstate('东边苑');
    await expect(getEstate(world.township(world.west), { ...nobody, params: { estateId: estate.id }, query: {} })).rejects.toMatchObject({ code: 'estate.not-found' });
    await expect(createEstate(world.township(world.west), { ...nobody, body: draft('越界苑') })).rejects.toMatchObject({ code: 'access.denied' });
    expect((await getEstate(world.township(world.east), { ...nobody, params: { estateId: estate.id }, query: {} })).can.edit).toBe(true);
    const { name: _name, ...body } = draft('东边苑', { townshipId: world.west, neighbourhoodId: null });
    await expect(updateEstate(world.township(world.east, estate.version), { ...nobody, params: { estateId: estate.id }, body })).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('a list pages by key without repeats, filters, and counts', async () => {
    for (const name of ['列表甲', '列表乙', '列表丙']) await newEstate(name, { townshipId: world.west, neighbourhoodId: world.westCommunity });
    const first = await listEstates(world.clerk(), { ...nobody, query: { ...page, limit: 2, sort: 'name', q: '列表' } });
    const second = await listEstates(world.clerk(), { ...nobody, query: { ...page, limit: 2, sort: 'name', q: '列表', after: first.next ?? '' } });
    expect([...first.rows, ...second.rows].map((row) => row.name).toSorted()).toEqual(['列表丙', '列表乙', '列表甲'].toSorted());
    expect(first).toMatchObject({ total: 3, totalIsExact: true });
    expect(second.next).toBeNull();
    expect((await listEstates(world.township(world.east), { ...nobody, query: { ...page, q: '列表' } })).rows).toEqual([]);
    expect((await listEstates(world.clerk(), { ...nobody, query: { ...page, q: 'lby' } })).rows.map((row) => row.name)).toEqual(['列表乙']);
  });

  test('renaming keeps the old name findable', async () => {
    const estate = await newEstate('旧名花园');
    await renameEstate(world.clerk(estate.version), { ...nobody, params: { estateId: estate.id }, body: { name: '新名花园', onDate: localDate('2026-01-01'), basis: null } });
    expect((await search(world.clerk(), { ...nobody, query: { q: '旧名', limit: 5 } })).hits[0]).toMatchObject({ title: '新名花园' });
    const seen = await see(estate.id);
    expect(seen.names).toMatchObject([{ name: '旧名花园', kind: 'former' }]);
    expect(seen.history[0]).toMatchObject({ action: 'estate.rename', actionText: '更名' });
  });

  test('merging moves what refers to the estate and keeps its name; the same room on both sides is refused first', async () => {
    const [from, into] = [await newEstate('并出苑'), await newEstate('并入苑')];
    const unit = await newUnit(from.id, '101');
    const twin = await newUnit(into.id, '101');
    const merge = async () => mergeEstate(world.clerk((await see(from.id)).version), { ...nobody, params: { estateId: from.id }, body: { intoId: into.id, reason: '重复登记' } });
    await expect(merge()).rejects.toMatchObject({ code: 'state.conflict' });
    await archiveUnit(world.clerk(twin.version), { ...nobody, params: { unitId: twin.id }, body: { reason: '重复登记' } });
    const after = await merge();
    expect(after).toMatchObject({ id: into.id, unitsRecorded: 1, names: [{ name: '并出苑' }] });
    expect((await getUnit(world.clerk(), { ...nobody, params: { unitId: unit.id }, query: {} })).estate.id).toBe(into.id);
    expect((await see(from.id)).mergedInto).toEqual({ id: into.id, name: '并入苑' });
    expect((await search(world.clerk(), { ...nobody, query: { q: '并出苑', limit: 5 } })).hits.filter((hit) => hit.kind === 'estate').map((hit) => hit.id)).toEqual([into.id]);
  });

  test('splitting takes the chosen buildings with units and owners; an owner on both sides is kept on both', async () => {
    const estate = await newEstate('分立苑');
    const one = await newUnit(estate.id, '101', '1幢');
    const two = await newUnit(estate.id, '101', '2幢');
    await transfer(one, '李两套', null, { idNumber: '990101199007230768' });
    await transfer(two, '李两套', null, { idNumber: '990101199007230768' });
    expect((await see(estate.id)).headCount).toBe(1);
    const made = await splitEstate(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body: { name: '分立二苑', buildingIds: [two.building.id], onDate: localDate('2026-05-01'), basis: null } });
    expect(made).toMatchObject({ unitsRecorded: 1, headCount: 1, lineage: [{ kind: 'split' }] });
    expect(await see(estate.id)).toMatchObject({ unitsRecorded: 1, headCount: 1 });
  });

  test('archiving needs a reason and takes the estate out of lists and search', async () => {
    const estate = await newEstate('归档苑');
    const unit = await transfer(await newUnit(estate.id, '101'), '归档户', null);
    const listed = async (query: object) => (await listUnits(world.clerk(), { ...nobody, query: { ...page, limit: 200, ...query } })).rows.some((row) => row.id === unit.id);
    expect(await listed({})).toBe(true);
    await archiveEstate(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body: { reason: '已拆除完毕' } });
    expect([await listed({}), await listed({ archived: 'true' }), await listed({ estateId: estate.id })]).toEqual([false, true, true]);
    expect((await listOwners(world.clerk(), { ...nobody, query: { ...page, limit: 200 } })).rows.map((row) => row.name)).not.toContain('归档户');
    expect((await search(world.clerk(), { ...nobody, query: { q: '归档苑', limit: 5 } })).hits).toEqual([]);
    expect((await see(estate.id)).can.edit).toBe('已归档，不能再修改');
  });
});

describe('scope columns', () => {
  test('every table with an estate is either moved with it or is the estate-less exception, column by column', async () => {
    const { rows: found } = await world.clerk().read((db) => sql<{ nspname: string; relname: string; attname: string }>`
      select n.nspname, c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema')`.execute(db));
    // Gone within a week; they name only the county, which no estate leaves.
    const SHORT_LIVED = new Set(['owner.phone_code', 'owner.filing']);
    const tables = Map.groupBy(found, (row) => `${row.nspname}.${row.relname}`);
    const scoped = [...tables].map(([table, of]) => ({ table, columns: of.map((row) => row.attname) })).filter(({ table, columns }) => columns.includes('estate_id') && columns.includes('county_id') && !SHORT_LIVED.has(table));
    const OWN = new Set(['registry.service_contract.company_id', 'registry.contact.company_id', 'paper.paper.company_id', 'paper.number_register.company_id', 'publication.publication.company_id', 'publication.publication_file.company_id', 'publication.step.company_id', 'obligation.obligation.company_id', 'complaint.complaint.company_id', 'complaint.step.company_id', 'complaint.complaint_file.company_id']);
    const expected = scoped.map(({ table, columns }) => ({ table, columns: ['county_id', 'township_id', 'neighbourhood_id', 'company_id'].filter((column) => columns.includes(column) && !OWN.has(`${table}.${column}`)) }));
    const by = (a: { table: string }, b: { table: string }) => a.table.localeCompare(b.table);
    expect([...estateScoped].map(({ table, columns }) => ({ table, columns: [...columns] })).toSorted(by)).toEqual(expected.toSorted(by));
  });

  test('when the contract in force changes, the company follows in every row below; a change of township likewise', async () => {
    const [first, second] = [await newCompany('先来物业有限公司'), await newCompany('后到物业有限公司')];
    const estate = await newEstate('移交苑');
    const unit = await newUnit(estate.id, '101');
    await transfer(unit, '业主甲', null);
    await sign(estate.id, first.id, '2020-01-01');
    await sign(estate.id, second.id, '2026-01-01');
    const company = world.as({ level: 'company', id: second.id, countyId: world.county }, 'company-head');
    expect((await listUnits(company, { ...nobody, query: page })).rows.map((row) => row.id)).toEqual([unit.id]);
    expect((await listUnits(world.as({ level: 'company', id: first.id, countyId: world.county }, 'company-head'), { ...nobody, query: page })).rows).toEqual([]);
    expect((await see(estate.id)).company?.id).toBe(second.id);
    expect((await see(estate.id, { on: localDate('2025-06-30') })).company?.id).toBe(first.id);

    const { name: _name, ...body } = draft('移交苑', { townshipId: world.west, neighbourhoodId: world.westCommunity });
    await updateEstate(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body });
    for (const { table, columns } of estateScoped.filter((each) => each.columns.includes('township_id'))) {
      const rows = await world.kit.database.read({ level: 'everything', id: null, countyId: null }, (db) => db.selectFrom(table.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as 'registry.unit').select(['townshipId', 'neighbourhoodId']).where('estateId', '=', estate.id).execute());
      for (const row of rows) expect({ table, ...row }).toEqual({ table, townshipId: world.west, neighbourhoodId: columns.includes('neighbourhood_id') ? world.westCommunity : row.neighbourhoodId });
    }
    expect((await listUnits(world.township(world.west), { ...nobody, query: page })).rows.map((row) => row.id)).toContain(unit.id);
    expect((await listUnits(world.township(world.east), { ...nobody, query: { ...page, estateId: estate.id } })).rows).toEqual([]);
  });
});

describe('what is argued about', () => {
  test('who owned this on a day, as we knew it on a day, is one query', async () => {
    const estate = await newEstate('双时苑');
    world.clock.set('2025-01-10T02:00:00.000Z');
    const unit = await newUnit(estate.id, '101');
    const sold = await transfer(unit, '张三', null);
    world.clock.set('2025-04-20T02:00:00.000Z');
    await transfer(sold, '李四', '2025-02-15');
    const owners = async (on: string, knownOn: string | null) => (await world.clerk().read((db) => ownersOf(db, [unit.id], { on: localDate(on), knownOn: knownOn === null ? null : localDate(knownOn) }))).map((line) => line.name);
    expect(await owners('2025-03-01', '2025-04-01')).toEqual(['张三']);
    expect(await owners('2025-03-01', '2025-04-20')).toEqual(['李四']);
    expect(await owners('2025-03-01', null)).toEqual(['李四']);
    expect(await owners('2025-02-14', null)).toEqual(['张三']);
    expect(await owners('2025-03-01', '2024-12-31')).toEqual([]);
    world.clock.set('2026-11-20T02:00:00.000Z');
  });

  test('the register prevails over the contract, and heads say what they were counted from', async () => {
    const estate = await newEstate('面积苑');
    const unit = await newUnit(estate.id, '101');
    const after = await updateUnitArea(world.clerk(unit.version), { ...nobody, params: { unitId: unit.id }, body: { areaCm2: areaCm2(1_010_000), areaSource: 'register', validFrom: null } });
    expect(after).toMatchObject({ areaCm2: 1_010_000, areaSource: 'register' });
    await updateUnitArea(world.clerk(after.version), { ...nobody, params: { unitId: unit.id }, body: { areaCm2: areaCm2(990_000), areaSource: 'contract', validFrom: null } });
    const heads = await getHeads(world.clerk(), { ...nobody, params: { estateId: estate.id }, query: {} });
    expect(heads).toMatchObject({ count: 1, areaCm2: 1_010_000, bySource: [{ areaSource: 'register', count: 1 }], flags: [{ kind: 'no-holder' }] });
  });

  test('a contract edited from an old version is refused, and every version stays readable', async () => {
    const company = await newCompany('续签物业有限公司');
    const estate = await newEstate('续签苑');
    const made = await sign(estate.id, company.id, '2024-01-01');
    const path = { ...nobody, params: { contractId: made.contractId } };
    const edited = await updateContract(world.clerk(made.version), { ...path, body: contract(company.id, '2024-02-01') });
    await expect(updateContract(world.clerk(made.version), { ...path, body: contract(company.id, '2024-03-01') })).rejects.toMatchObject({ code: 'state.stale' });
    const seen = await getContract(world.clerk(), { ...path, query: {} });
    expect(seen).toMatchObject({ versionId: edited.versionId, version: edited.version, history: [{ actionText: '登记合同' }, { actionText: '登记合同' }] });
    expect((await see(estate.id)).history.map((entry) => entry.actionText)).toEqual(['登记合同', '登记合同', '登记']);
    expect(seen.versions.map((version) => version.startsOn)).toEqual(['2024-02-01', '2024-01-01']);
    expect((await see(estate.id)).contracts.map((line) => line.startsOn)).toEqual(['2024-02-01']);
  });

  test('a contract recorded by mistake is archived: it counts nowhere, frees the estate, and stays known as of its time', async () => {
    const company = await newCompany('误录物业有限公司');
    const estate = await newEstate('误录苑');
    world.clock.set('2026-03-01T02:00:00.000Z');
    const made = await sign(estate.id, company.id, '2024-01-01');
    const path = { ...nobody, params: { contractId: made.contractId } };
    world.clock.set('2026-11-20T02:00:00.000Z');
    expect((await see(estate.id)).company?.id).toBe(company.id);
    const body = { reason: '登记到了别的小区' };
    await expect(archiveContract(world.as({ level: 'township', id: world.east, countyId: world.county }, 'township-officer', made.version), { ...path, body })).rejects.toMatchObject({ code: 'access.denied' });
    await expect(archiveContract(world.clerk(made.version + 1), { ...path, body })).rejects.toMatchObject({ code: 'state.stale' });
    const gone = await archiveContract(world.clerk(made.version), { ...path, body });
    expect(gone).toMatchObject({ archivedAt: '2026-11-20T02:00:00.000Z', isCurrent: false, can: { edit: expect.stringContaining('已归档') } });
    expect((await getContract(world.clerk(), { ...path, query: {} })).history).toMatchObject([{ actionText: '归档合同', reason: '登记到了别的小区' }, { actionText: '登记合同' }]);
    await expect(updateContract(world.clerk(gone.version), { ...path, body: contract(company.id) })).rejects.toMatchObject({ code: 'state.conflict' });
    expect(await see(estate.id)).toMatchObject({ company: null, contracts: [] });
    expect((await see(estate.id, { knownOn: localDate('2026-04-01') })).company?.id).toBe(company.id);
    const listed = async (query: object) => (await listContracts(world.clerk(), { ...nobody, query: { ...page, estateId: estate.id, ...query } })).rows.map((row) => row.contractId);
    expect(await listed({})).toEqual([]);
    expect(await listed({ archived: 'true' })).toEqual([made.contractId]);
    expect(await listed({ knownOn: localDate('2026-04-01') })).toEqual([made.contractId]);
  });

  test('an estate manager is assigned from a day and the one before ends that day', async () => {
    const company = await newCompany('经理物业有限公司');
    const estate = await newEstate('经理苑');
    await sign(estate.id, company.id);
    const person = (name: string, phone: string) => createPractitioner(world.clerk(), { ...nobody, body: { name, companyId: company.id, post: 'estate-manager', phone, hiredOn: null, leftOn: null, certificate: null } });
    const [one, two] = [await person('经理一', '13700000011'), await person('经理二', '13700000012')];
    const assign = async (practitionerId: Id<'Practitioner'>, from: string | null) => updateEstateManager(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body: { practitionerId, validFrom: from === null ? null : localDate(from) } });
    await assign(one.id, null);
    expect((await assign(two.id, '2026-06-01')).manager?.practitioner.name).toBe('经理二');
    expect((await see(estate.id, { on: localDate('2026-05-31') })).manager?.practitioner.name).toBe('经理一');
    expect((await getPractitioner(world.clerk(), { ...nobody, params: { practitionerId: one.id } })).estates).toMatchObject([{ estate: { name: '经理苑' }, validTo: '2026-06-01' }]);
  });
});

describe('people and their numbers', () => {
  test('numbers are stored sealed, shown masked, and a look is recorded with its reason', async () => {
    const estate = await newEstate('隐私苑');
    const unit = await transfer(await newUnit(estate.id, '101'), '王私', null, { idNumber: '990101199007230768', phone: '19920570654' });
    const [holder] = unit.holders;
    expect(holder).toMatchObject({ phone: '199****0654', idNumber: '990***********0768' });
    const ownerId = holder?.ownerId ?? makeId('00000000-0000-7000-8000-000000000000');
    const stored = await world.clerk().read((db) => db.selectFrom('registry.owner').selectAll().where('id', '=', ownerId).executeTakeFirstOrThrow());
    expect(JSON.stringify(stored)).not.toMatch(/19920570654|990101199007230768/);
    await expect(revealOwner(world.township(world.west), { ...nobody, params: { ownerId }, body: { field: 'phone', reason: '核对信访件' } })).rejects.toMatchObject({ code: 'owner.not-found' });
    expect(await revealOwner(world.clerk(), { ...nobody, params: { ownerId }, body: { field: 'phone', reason: '核对信访件' } })).toEqual({ value: '19920570654' });
    const entry = await world.clerk().read((db) => db.selectFrom('audit.entry').selectAll().where('action', '=', 'owner.reveal').executeTakeFirstOrThrow());
    expect(entry).toMatchObject({ reason: '核对信访件', subjectId: ownerId, townshipId: world.east });
    expect(JSON.stringify(entry)).not.toContain('19920570654');
    for (const q of ['19920570654', '0654', '990101199007230768', '王私']) expect((await search(world.clerk(), { ...nobody, query: { q, limit: 5 } })).hits).toContainEqual(expect.objectContaining({ kind: 'owner', id: ownerId }));
    expect((await search(world.township(world.west), { ...nobody, query: { q: '19920570654', limit: 5 } })).hits).toEqual([]);
    expect((await search(world.as({ level: 'county', id: world.county, countyId: world.county }, 'department-officer'), { ...nobody, query: { q: '王私', limit: 5 } })).hits).toEqual([]);
    const seen = await getOwner(world.clerk(), { ...nobody, params: { ownerId }, query: {} });
    expect(seen).toMatchObject({ unitCount: 1, areaCm2: 1_000_000, units: [{ unit: { name: '1幢101室' } }] });
    const edited = await updateOwner(world.clerk(seen.version), { ...nobody, params: { ownerId }, body: { name: '王公', kind: 'person' } });
    expect(edited).toMatchObject({ name: '王公', phone: '199****0654' });
    await createOwnerPurpose(world.clerk(), { ...nobody, params: { estateId: estate.id }, body: { purpose: '业主大会', document: '东街道函〔2026〕3号', deleteOn: localDate('2027-06-30') } });
    expect((await getOwner(world.clerk(), { ...nobody, params: { ownerId }, query: {} })).purpose).toMatchObject({ document: '东街道函〔2026〕3号' });
    expect((await listOwners(world.clerk(), { ...nobody, query: { ...page, estateId: estate.id } })).rows).toHaveLength(1);
  });

  test('practitioners: a wrong number is refused, a duplicate named, merging moves assignments', async () => {
    const company = await newCompany('人员物业有限公司');
    const create = (name: string, idNumber: string | null, phone: string) => createPractitioner(world.clerk(), { ...nobody, body: { name, companyId: company.id, post: 'head', idNumber, phone, hiredOn: null, leftOn: null, certificate: null } });
    await expect(create('错号', '990101196709137522', '13700000021')).rejects.toMatchObject({ code: 'input.invalid' });
    const one = await create('郭明', '990101196709137521', '13700000021');
    await expect(create('郭明', '990101196709137521', '13700000021')).rejects.toMatchObject({ code: 'state.duplicate' });
    const two = await create('郭明英', null, '13700000022');
    const merged = await mergePractitioner(world.clerk(one.version), { ...nobody, params: { practitionerId: one.id }, body: { intoId: two.id, reason: '同一个人' } });
    expect(merged.idNumber).toBe('990***********7521');
    expect(await revealPractitioner(world.clerk(), { ...nobody, params: { practitionerId: two.id }, body: { field: 'idNumber', reason: '核对身份' } })).toEqual({ value: '990101196709137521' });
    expect((await listPractitioners(world.clerk(), { ...nobody, query: { ...page, companyId: company.id } })).rows.map((row) => row.name)).toEqual(['郭明英']);
  });
});

describe('companies', () => {
  test('a wrong credit code is warned of and kept; a rename keeps the former name; merging brings the estates along', async () => {
    const made = await newCompany('警告物业有限公司', '91990101MALYNJJ7EB');
    expect(made).toMatchObject({ creditCodeCheck: 'check-digit', warnings: [expect.stringContaining('校验位')] });
    const { name: _n, ...rest } = { name: '', shortName: null, creditCode: null, legalPerson: null, phone: null, registeredOn: null, address: null, claimedEstates: null, claimedStaff: null, registeredCapitalFen: null, contactName: null, status: 'active' as const, note: null };
    const renamed = await updateCompany(world.clerk(made.version), { ...nobody, params: { companyId: made.id }, body: { name: '改名物业有限公司', ...rest } });
    expect(renamed.formerNames).toEqual(['警告物业有限公司']);
    const estate = await newEstate('公司合并苑');
    await sign(estate.id, made.id);
    await expect(archiveCompany(world.clerk(renamed.version), { ...nobody, params: { companyId: made.id }, body: { reason: '已经注销' } })).rejects.toMatchObject({ code: 'state.conflict' });
    const into = await newCompany('总部物业有限公司');
    await mergeCompany(world.clerk(renamed.version), { ...nobody, params: { companyId: made.id }, body: { intoId: into.id, reason: '同一企业' } });
    expect((await getCompany(world.clerk(), { ...nobody, params: { companyId: into.id }, query: {} })).estates.map((row) => row.name)).toEqual(['公司合并苑']);
    expect((await see(estate.id)).company?.id).toBe(into.id);
    expect((await listCompanies(world.clerk(), { ...nobody, query: { ...page, q: '警告物业' } })).rows.map((row) => row.id)).toEqual([into.id]);
  });
});

describe('search and papers', () => {
  test('finds by part of a name, initials, code and room, estates first, and only in scope', async () => {
    const estate = await newEstate('碧波春晓');
    await newCompany('碧波物业有限公司', '91990101MA9MPU87BM');
    await newUnit(estate.id, '1203', '8幢');
    const titles = async (q: string, ctx = world.clerk()) => (await search(ctx, { ...nobody, query: { q, limit: 10 } })).hits.map((hit) => hit.title);
    expect(await titles('碧波')).toEqual(['碧波春晓', '碧波物业有限公司']);
    expect(await titles('bbcx')).toEqual(['碧波春晓']);
    expect(await titles('bibochun')).toEqual(['碧波春晓']);
    expect(await titles('波 晓')).toEqual(['碧波春晓']);
    expect(await titles('MA9MPU87')).toEqual(['碧波物业有限公司']);
    expect(await titles('碧波 8-1203')).toEqual(['碧波春晓 8幢1203室']);
    expect(await titles('碧波春晓8幢1203室')).toEqual(['碧波春晓 8幢1203室']);
    expect(await titles('100%')).toEqual([]);
    expect(await titles('碧波', world.township(world.west))).toEqual(['碧波物业有限公司']);
    expect(await titles('碧波', world.as({ level: 'nothing', id: null, countyId: null }))).toEqual([]);
    expect(await titles('碧波 8-1203', world.township(world.west))).toEqual([]);
  });

  test('exports answer exactly what is filtered, as a workbook that carries its day', async () => {
    await newEstate('一页苑');
    const files = [await exportEstates(world.clerk(), { ...nobody, query: { ...page, q: '一页' } }), await exportCompanies(world.clerk(), { ...nobody, query: page }), await exportPractitioners(world.clerk(), { ...nobody, query: page }), await exportUnits(world.clerk(), { ...nobody, query: page }), await exportContracts(world.clerk(), { ...nobody, query: page }), await exportQuality(world.clerk(), { ...nobody, query: { after: 0, limit: 1 } })];
    for (const file of files) {
      const parts: Buffer[] = [];
      for await (const part of file.content as AsyncIterable<Buffer>) parts.push(part);
      expect(Buffer.concat(parts).subarray(0, 2).toString()).toBe('PK');
    }
    expect(files[0]?.fileName).toBe('住宅小区台账_2026-11-20.xlsx');
  });

  test('the formation rate names every estate and why it is not counted', async () => {
    const estate = await newEstate('组建苑', { townshipId: world.west, neighbourhoodId: world.westCommunity });
    const none = await newEstate('未组建苑', { townshipId: world.west, neighbourhoodId: world.westCommunity });
    await createCommittee(world.clerk(), { ...nobody, params: { estateId: estate.id }, body: { name: '组建苑业委会', kind: 'committee', status: 'established', sinceOn: localDate('2020-01-01'), untilOn: localDate('2025-01-01'), filedOn: null, endedOn: null } });
    const rate = await getFormationEstates(world.clerk(), { ...nobody, query: { townshipId: world.west } });
    expect(rate.estates.find((row) => row.estate.id === estate.id)).toMatchObject({ standing: 'counted-expired', inNumerator: true, isExpired: true });
    expect(rate.estates.find((row) => row.estate.id === none.id)).toMatchObject({ standing: 'none', reason: '已入住，无业委会' });
    const { estates: _, ...figures } = rate;
    expect(await getFormation(world.clerk(), { ...nobody, query: { townshipId: world.west } })).toEqual(figures);
    expect((await getFormation(world.clerk(), { ...nobody, query: { townshipId: world.west, on: localDate('2019-12-31') } })).withCommittee).toBe(0);
  });
});
