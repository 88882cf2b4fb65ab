import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaCm2, fen, instant, localDate, makeId, type Id } from '#domain/kernel/brand.ts';
import { testWorld, type World } from '../testing/world.ts';
import { archiveContract } from '../use-cases/archive-contract.ts';
import { listContracts } from '../use-cases/list-contracts.ts';
import { bulkWriteCompanies, bulkWriteEstates, bulkWritePractitioners, bulkWriteUnits, companyIndex, estateIndex, practitionerIndex, undoBatch, unitIndex, type BulkOptions, type UnitWrite } from '../bulk.ts';

let world: World;
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.stop());

const batch = (at: string, id = 1): BulkOptions => ({ countyId: world.county, batchId: makeId<'Batch'>(`00000000-0000-7000-8000-00000000000${id}`), at: world.clock.now(), on: localDate(at), vault: world.kit.vault });

async function write<T>(work: (tx: Parameters<typeof bulkWriteCompanies>[0]) => Promise<T>): Promise<T> {
  return world.clerk().transactBulk(async (tx) => { tx.auditNothing('test'); return work(tx); });
}

const unitRow = (estateId: Id<'Estate'>, room: string, holder: string, extra: Partial<UnitWrite['set']> = {}): UnitWrite =>
  ({ id: null, estateId, set: { building: '1栋', entrance: '1单元', room, areaCm2: areaCm2(1_000_000), areaSource: 'register', holders: [{ name: holder, phone: '13800000001' }], ...extra } });

test('a whole county is written at once, the same again changes nothing, and undo takes it back', async () => {
  world.clock.set('2026-11-20T02:00:00.000Z');
  const first = await write(async (tx) => {
    const companies = await bulkWriteCompanies(tx, [{ id: null, set: { name: '安心物业有限公司', creditCode: '91990101MALYNJJ7EA', phone: '13900000001' } }], batch('2026-11-20'));
    const [companyId] = companies.ids;
    const estates = await bulkWriteEstates(tx, [
      { id: null, set: { townshipId: world.east, neighbourhoodId: null, name: '金色里', totalUnits: 2, occupiedUnits: 1, feeFenPerM2Month: fen(130), aliases: ['老金色'], ...(companyId ? { companyId } : {}) } },
      { id: null, set: { townshipId: world.west, neighbourhoodId: null, name: '银色里', totalUnits: 2 } },
    ], batch('2026-11-20'));
    const [estateId] = estates.ids;
    if (!estateId || !companyId) throw new Error('nothing written');
    const people = await bulkWritePractitioners(tx, [{ id: null, set: { name: '王敏', companyId, post: 'estate-manager', idNumber: '990101196709137521', phone: '13700000001', managesEstateId: estateId } }], batch('2026-11-20'));
    const units = await bulkWriteUnits(tx, [unitRow(estateId, '101', '李强'), unitRow(estateId, '102', '李强'), unitRow(estateId, '103', '郑敏', { holders: [{ name: '郑敏', idNumber: '990101199007230768' }, { name: '韩华' }] })], batch('2026-11-20'));
    return { companyId, estateId, changes: [...companies.changes, ...estates.changes, ...people.changes, ...units.changes], unitIds: units.ids };
  });
  const ctx = world.clerk();
  const at = localDate('2026-11-20');
  const [company] = await ctx.read((db) => companyIndex(db, ctx.scope));
  expect(company?.creditCodeCheck).toBe('ok');
  const estates = await ctx.read((db) => estateIndex(db, ctx.scope, at));
  const [gold] = estates.filter((row) => row.name === '金色里');
  expect(gold).toMatchObject({ companyId: first.companyId, managementKind: 'company', otherNames: ['老金色'], contract: { companyId: first.companyId } });
  expect(await ctx.read((db) => practitionerIndex(db, ctx.scope, at))).toMatchObject([{ name: '王敏', managesEstateIds: [first.estateId] }]);
  const units = await ctx.read((db) => unitIndex(db, [first.estateId]));
  expect(units).toHaveLength(3);
  expect(units[2]?.holders.map((holder) => [holder.name, holder.kind])).toEqual([['郑敏', 'owner'], ['韩华', 'co-owner']]);
  const rollup = await ctx.read((db) => db.selectFrom('registry.estateRollup').selectAll().execute());
  expect(rollup).toMatchObject([{ unitCount: 3, areaCm2: 3_000_000, headCount: 2, weakHeadCount: 1 }]);

  world.clock.set('2026-11-21T02:00:00.000Z');
  const again = await write(async (tx) => {
    const one = await bulkWriteCompanies(tx, [{ id: first.companyId, set: { name: '安心物业有限公司', phone: '139 0000 0001' } }], batch('2026-11-21', 2));
    const two = await bulkWriteEstates(tx, [{ id: first.estateId, set: { name: '金色里', totalUnits: 2, companyId: first.companyId } }], batch('2026-11-21', 2));
    const three = await bulkWriteUnits(tx, units.map((unit, index) => ({ ...unitRow(first.estateId, unit.room, unit.holders[0]?.name ?? '', index === 2 ? { holders: [{ name: '郑敏' }, { name: '韩华' }] } : {}), id: unit.id })), batch('2026-11-21', 2));
    return [...one.changes, ...two.changes, ...three.changes];
  });
  expect(again).toEqual([]);
  const versions = await ctx.read((db) => db.selectFrom('registry.ownership').selectAll().execute());
  expect(versions).toHaveLength(4);

  world.clock.set('2026-11-22T02:00:00.000Z');
  const later = await write((tx) => undoBatch(tx, { batchId: makeId('00000000-0000-7000-8000-000000000001'), changes: first.changes, at: world.clock.now(), on: localDate('2026-11-22'), writtenAt: instant('2026-11-20T02:00:00.000Z') }));
  expect(later).toEqual([]);
  expect(await ctx.read((db) => estateIndex(db, ctx.scope, at))).toEqual([]);
  expect(await ctx.read((db) => db.selectFrom('registry.searchEntry').selectAll().execute())).toEqual([]);
  expect(await ctx.read((db) => db.selectFrom('registry.ownership').selectAll().where('supersededAt', 'is', null).execute())).toEqual([]);
});

test('a new holder in a later ledger begins on its day, the earlier one stays on record, and undo brings them back', async () => {
  world.clock.set('2026-03-01T02:00:00.000Z');
  const estateId = await write(async (tx) => {
    const { ids: [id] } = await bulkWriteEstates(tx, [{ id: null, set: { townshipId: world.east, name: '转手苑' } }], batch('2026-03-01', 3));
    if (!id) throw new Error('nothing written');
    await bulkWriteUnits(tx, [unitRow(id, '101', '甲')], batch('2026-03-01', 3));
    return id;
  });
  world.clock.set('2026-05-01T02:00:00.000Z');
  const [unit] = await world.clerk().read((db) => unitIndex(db, [estateId]));
  if (!unit) throw new Error('no unit');
  const { changes } = await write((tx) => bulkWriteUnits(tx, [{ ...unitRow(estateId, '101', '乙', { areaCm2: areaCm2(1_100_000) }), id: unit.id }], batch('2026-05-01', 4)));
  const lines = await world.clerk().read((db) => db.selectFrom('registry.ownership').select(['validFrom', 'validTo', 'supersededAt']).where('unitId', '=', unit.id).orderBy('recordedAt').orderBy('validFrom', (by) => by.asc().nullsFirst()).execute());
  expect(lines).toEqual([
    { validFrom: null, validTo: null, supersededAt: '2026-05-01T02:00:00.000Z' }, { validFrom: null, validTo: '2026-05-01', supersededAt: null }, { validFrom: '2026-05-01', validTo: null, supersededAt: null },
  ]);
  world.clock.set('2026-06-01T02:00:00.000Z');
  await write((tx) => undoBatch(tx, { batchId: makeId('00000000-0000-7000-8000-000000000004'), changes, at: world.clock.now(), on: localDate('2026-06-01'), writtenAt: instant('2026-05-01T02:00:00.000Z') }));
  expect((await world.clerk().read((db) => unitIndex(db, [estateId])))[0]).toMatchObject({ holders: [{ name: '甲' }], areas: [{ areaCm2: 1_000_000 }] });
});

test('a contract archived since the ledger stays archived when the ledger is undone', async () => {
  world.clock.set('2026-03-01T02:00:00.000Z');
  const { companyId, estateId } = await write(async (tx) => {
    const { ids: [company] } = await bulkWriteCompanies(tx, [{ id: null, set: { name: '归档在先物业有限公司' } }], batch('2026-03-01', 5));
    const { ids: [estate] } = await bulkWriteEstates(tx, [{ id: null, set: { townshipId: world.east, name: '归档在先苑', ...(company ? { companyId: company } : {}), contractUntil: localDate('2027-01-01') } }], batch('2026-03-01', 5));
    if (!company || !estate) throw new Error('nothing written');
    return { companyId: company, estateId: estate };
  });
  world.clock.set('2026-05-01T02:00:00.000Z');
  const { changes } = await write((tx) => bulkWriteEstates(tx, [{ id: estateId, set: { name: '归档在先苑', companyId, contractUntil: localDate('2028-01-01') } }], batch('2026-05-01', 6)));
  world.clock.set('2026-05-02T02:00:00.000Z');
  const query = { limit: 50, sort: 'newest' as const, estateId };
  const [contract] = (await listContracts(world.clerk(), { params: {}, query, body: {} })).rows;
  expect(contract?.endsOn).toBe('2028-01-01');
  if (!contract) throw new Error('no contract');
  await archiveContract(world.clerk(contract.version), { params: { contractId: contract.contractId }, query: {}, body: { reason: '登记到了别的小区' } });
  world.clock.set('2026-06-01T02:00:00.000Z');
  await write((tx) => undoBatch(tx, { batchId: makeId('00000000-0000-7000-8000-000000000006'), changes, at: world.clock.now(), on: localDate('2026-06-01'), writtenAt: instant('2026-05-01T02:00:00.000Z') }));
  expect((await listContracts(world.clerk(), { params: {}, query, body: {} })).rows).toEqual([]);
});
