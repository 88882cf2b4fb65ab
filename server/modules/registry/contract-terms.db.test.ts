import { afterEach, beforeEach, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { obligation } from '#modules/obligation/index.ts';
import { getMyObligations } from '#modules/obligation/use-cases/list-obligations.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { registry } from './index.ts';
import { testWorld, type World } from './testing/world.ts';
import { archiveContract } from './use-cases/archive-contract.ts';
import { createContract, updateContract } from './use-cases/record-contract.ts';

let world: World;
const [estateId, companyId] = [newId<'Estate'>(), newId<'Company'>()];
beforeEach(async () => {
  world = await testWorld([registry, obligation]);
  await world.clerk().transact(async (tx) => {
    await tx.db.insertInto('registry.company').values({ id: companyId, countyId: world.county, name: '甲物业有限公司', matchKey: '甲物业' }).execute();
    await tx.db.insertInto('registry.estate').values({ id: estateId, countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, name: '甲苑', matchKey: '甲苑', managementKind: 'company', totalUnits: 100, occupiedUnits: 50 }).execute();
    tx.auditNothing('test estate');
  });
  world.clock.set('2026-01-05T02:00:00.000Z');
});
afterEach(() => world.stop());

const blank = { params: {}, query: {}, body: {} };
const term = { companyId, kind: 'ordinary' as const, feeBasis: null, feeFenPerM2Month: null, startsOn: localDate('2024-01-01'), endsOn: localDate('2026-12-31'), terminatedOn: null };
const made = (more: object = {}) => createContract(world.clerk(), { ...blank, params: { estateId }, body: { ...term, ...more } });
const edited = ({ contractId, version }: Awaited<ReturnType<typeof made>>, more: object) => updateContract(world.clerk(version), { ...blank, params: { contractId }, body: { ...term, ...more } });
const rows = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').selectAll().orderBy('createdAt').orderBy('id').execute());
const night = async () => { for (const { name, run } of registry.schedules) if (name === 'registry.keep-contracts-timed') await run(systemContext(world.kit)); };
const waiting = async () => (await getMyObligations(world.as({ level: 'neighbourhood', id: world.eastCommunity, countyId: world.county }, 'neighbourhood-officer'))).rows.map(({ title, dueOn, path }) => ({ title, dueOn, path }));

test('a contract that ends stands with the community sixty days before, not a day sooner, and leads to the contract', async () => {
  const { contractId } = await made();
  expect(await rows()).toMatchObject([{ dutyId: 'registry.settle-contract', openedOn: '2026-11-01', dueOn: '2026-12-31', holderKind: 'neighbourhood', companyId }]);
  world.clock.set('2026-10-31T15:59:59.000Z');
  expect(await waiting()).toEqual([]);
  world.clock.set('2026-10-31T16:00:00.000Z');
  expect(await waiting()).toEqual([{ title: '甲苑物业服务合同', dueOn: '2026-12-31', path: `/service-contracts/${contractId}` }]);
});

test('the next contract settles it, and so does going on without a term and ending early', async () => {
  await made();
  world.clock.set('2026-11-20T02:00:00.000Z');
  await made({ startsOn: localDate('2027-01-01'), endsOn: localDate('2029-12-31') });
  await night();
  expect((await rows()).map(({ state, dueOn, isLate }) => [state, dueOn, isLate])).toEqual([['discharged', '2026-12-31', false], ['open', '2029-12-31', false]]);
});

test.each([['gone on without a term', { kind: 'open-ended' as const, endsOn: null }], ['ended early', { terminatedOn: localDate('2026-11-20') }]])('%s is settled', async (_words, change) => {
  await edited(await made(), change);
  expect(await rows()).toMatchObject([{ state: 'discharged' }]);
});

test('told again every night nothing changes; a last day put off ends it, and the new one begins in its own time', async () => {
  const first = await made();
  world.clock.set('2026-11-20T02:00:00.000Z');
  await edited(first, { endsOn: localDate('2027-12-31') });
  for (let time = 0; time < 2; time += 1) await night();
  expect((await rows()).map(({ state, openedOn, dueOn }) => [state, openedOn, dueOn])).toEqual([['void', '2026-11-01', '2026-12-31'], ['open', '2027-11-01', '2027-12-31']]);
  expect(await waiting()).toEqual([]);
});

test('recorded by mistake it asks nobody, and one that had ended before we knew of it neither', async () => {
  const { contractId, version } = await made();
  await archiveContract(world.clerk(version), { ...blank, params: { contractId }, body: { reason: '登记到了别的小区' } });
  await made({ endsOn: localDate('2026-01-04') });
  expect(await rows()).toMatchObject([{ state: 'void' }]);
});
