import { afterAll, describe, expect, test } from 'vitest';
import { areaCm2, localDate, makeId, type Id } from '#domain/kernel/brand.ts';
import { ownersOf } from './store/units.ts';
import { archiveCompany } from './use-cases/archive-company.ts';
import { getCompany } from './use-cases/get-company.ts';
import { listCompanies } from './use-cases/list-companies.ts';
import { mergeCompany } from './use-cases/merge-company.ts';
import { updateCompany } from './use-cases/update-company.ts';
import { archiveContract } from './use-cases/archive-contract.ts';
import { getContract, listContracts } from './use-cases/list-contracts.ts';
import { updateContract } from './use-cases/record-contract.ts';
import { updateEstateManager } from './use-cases/update-estate-manager.ts';
import { getHeads } from './use-cases/get-estate.ts';
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
import { search } from './overview/search/search.ts';
import { updateUnitArea } from './use-cases/update-unit-area.ts';
import { registryDesk } from './testing/desk.ts';

const { world, nobody, page, newEstate, newCompany, contract, sign, see, newUnit, transfer } = await registryDesk();
afterAll(() => world.stop());

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
