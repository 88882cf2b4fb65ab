import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { areaCm2, localDate, makeId, type Id } from '#domain/kernel/brand.ts';
import { testWorld, type World } from '../testing/world.ts';
import { newId } from '#platform/ids.ts';
import { dropEntries } from '../search-entries.ts';
import { bulkWriteEstates, unitIndex, UnitWriter, type BulkOptions, type HolderFields, type UnitWrite } from '../bulk.ts';

let world: World;
let estateId: Id<'Estate'>;
let otherId: Id<'Estate'>;
let made = 0;
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.stop());

const options = (): BulkOptions => ({
  countyId: world.county, batchId: makeId<'Batch'>('00000000-0000-7000-8000-000000000001'), at: world.clock.now(), on: localDate('2026-11-20'), vault: world.kit.vault,
  ownerPurpose: { purpose: '业主身份核对', document: '函', deleteOn: localDate('2027-12-31'), recordedBy: null },
});

beforeEach(async () => {
  made += 1;
  const ids = await inOne((tx) => bulkWriteEstates(tx, ['金色里', '银色里'].map((name) => ({ id: null, set: { townshipId: world.east, neighbourhoodId: null, name: `${name}${made}` } })), options()));
  [estateId, otherId] = ids.ids as [Id<'Estate'>, Id<'Estate'>];
});

function inOne<T>(work: (tx: ConstructorParameters<typeof UnitWriter>[0]) => Promise<T>): Promise<T> {
  return world.clerk().transactBulk((tx) => { tx.auditNothing('test'); return work(tx); });
}

const unit = (room: string, holders: readonly HolderFields[], of = estateId): UnitWrite =>
  ({ id: null, estateId: of, set: { building: '1栋', entrance: '1单元', room, areaCm2: areaCm2(1_000_000), areaSource: 'register', holders } });
const LI: HolderFields = { name: '李强', idNumber: '990101199007230768', phone: '13800000001' };

/** All parts are opened before the first is written: later ones must not need to read what earlier ones wrote. */
async function writeInParts(...parts: readonly (readonly UnitWrite[])[]): Promise<void> {
  await inOne(async (tx) => {
    const writer = new UnitWriter(tx, options());
    const opened = [];
    for (const part of parts) opened.push(await writer.open(part));
    const stored = [];
    for (const part of opened) stored.push((await writer.write(part)).stored);
    await Promise.all(stored);
    await writer.recount();
  });
}

const count = (table: 'registry.owner' | 'registry.building' | 'registry.ownerPurpose' | 'registry.unit') => world.clerk().read(async (db) => (await db.selectFrom(table).select('id').where('estateId', '=', estateId).execute()).length);

test('a building, an owner and a purpose met in several parts are one each, and the estate is counted once all are in', async () => {
  await writeInParts([unit('101', [LI]), unit('901', [LI], otherId)], [unit('102', [LI, { name: '韩华' }]), unit('103', [{ name: '郑敏' }])]);
  expect([await count('registry.building'), await count('registry.owner'), await count('registry.ownerPurpose')]).toEqual([1, 3, 1]);
  const units = await world.clerk().read((db) => unitIndex(db, [estateId]));
  expect(units.map(({ room, holders }) => [room, holders.map(({ name }) => name)])).toEqual([['101', ['李强']], ['102', ['李强', '韩华']], ['103', ['郑敏']]]);
  const [rollup] = await world.clerk().read((db) => db.selectFrom('registry.estateRollup').selectAll().where('estateId', '=', estateId).execute());
  expect(rollup).toMatchObject({ unitCount: 3, areaCm2: 3_000_000, headCount: 2 });
});

test('what an earlier part changed of an owner is known to the next: his new number is written once', async () => {
  await writeInParts([unit('101', [{ name: '李强', phone: '13800000001' }]), unit('102', [{ name: '李强', phone: '13800000001' }])]);
  const units = await world.clerk().read((db) => unitIndex(db, [estateId]));
  const again = units.map(({ id, room }) => ({ ...unit(room, [{ name: '李强', phone: '13800000001', idNumber: '990101199007230768' }]), id }));
  await writeInParts(...again.map((row) => [row]));
  const owners = await world.clerk().read((db) => db.selectFrom('registry.owner').select(['name', 'version', 'idIndex']).where('estateId', '=', estateId).where('archivedAt', 'is', null).execute());
  expect(owners).toEqual([{ name: '李强', version: 2, idIndex: world.kit.vault.index('id', '990101199007230768') }]);
});

test('a part that cannot be taken fails as itself, nothing follows it and nothing stays', async () => {
  await expect(writeInParts([unit('101', [LI])], [unit('101', [LI])], [unit('102', [LI])])).rejects.toThrow('unit_key');
  expect([await count('registry.unit'), await count('registry.owner'), await count('registry.building')]).toEqual([0, 0, 0]);
  await writeInParts([unit('101', [LI])]);
  expect(await count('registry.unit')).toBe(1);
});

test('an estate that is out of scope is told before its rows are sent', async () => {
  await expect(writeInParts([unit('101', [LI], makeId<'Estate'>('00000000-0000-7000-8000-00000000dead'))])).rejects.toThrow('out of scope');
});

test('the search entries of more units than a statement holds parameters are dropped at once, and no other', async () => {
  await writeInParts([unit('101', [LI]), unit('102', [LI])]);
  const [first] = await world.clerk().read((db) => unitIndex(db, [estateId]));
  await inOne((tx) => dropEntries(tx.db, 'unit', [first?.id ?? '', ...Array.from({ length: 70_000 }, () => newId())]));
  const left = await world.clerk().read((db) => db.selectFrom('registry.searchEntry').select('title').where('kind', '=', 'unit').where('estateId', '=', estateId).execute());
  expect(left.map(({ title }) => title)).toEqual([`金色里${made} 1栋1单元102室`]);
});
