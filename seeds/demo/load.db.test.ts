import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { roles } from '#contract/permissions.ts';
import { formationDefinition, formationRate, formationRateText } from '#domain/committee/formation.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { passwordMatches } from '#platform/identity/password.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { recountEstate } from '#modules/registry/recount.ts';
import { demoAccounts, loadDemo } from './load.ts';
import { DEMO_SEED, planDemo } from './plan.ts';
import { storeDemo } from './store.ts';

let running: TestKit;
let answer: { loaded: boolean; seconds: number };
beforeAll(async () => {
  running = await testKit([], { isDemo: true });
  answer = await loadDemo(running);
});
afterAll(() => running.stop());

const read = <T>(text: string): Promise<T[]> => running.kit.database.read(everything, async (db) => (await sql.raw<T>(text).execute(db)).rows);
const one = async (text: string): Promise<number> => Number((await read<{ n: number }>(`select (${text})::bigint as n`))[0]?.n);
const TODAY = localDate('2026-11-20');

test('the demo county has what its description says', async () => {
  expect(answer.loaded).toBe(true);
  expect(await one('select count(*) from registry.estate')).toBe(180);
  expect(await one('select count(*) from registry.company')).toBe(64);
  expect(await one('select count(*) from registry.practitioner')).toBe(450);
  expect(await one("select count(*) from platform.org_unit where kind = 'township'")).toBe(12);
  expect(await one("select count(*) from platform.org_unit where kind = 'neighbourhood'")).toBe(70);
  expect(await one('select count(distinct estate_id) from registry.unit')).toBe(12);
  expect(await one('select sum(total_units) from registry.estate')).toBeGreaterThan(85_000);
  expect(await one('select sum(total_units) from registry.estate')).toBeLessThan(95_000);
  expect(await one('select count(*) from registry.unit')).toBeGreaterThan(5_500);
  expect(await read<{ kind: string }>('select distinct management_kind as kind from registry.estate')).toHaveLength(7);
  expect(await read<{ kind: string }>("select distinct subkind as kind from platform.org_unit where kind = 'township'")).toHaveLength(4);
});

test('no township is empty: each has estates, neighbourhoods, officers and a number that is answered day and night', async () => {
  const empty = await read<{ name: string }>(`
    select t.name from platform.org_unit t where t.kind = 'township' and (
      (select count(*) from registry.estate e where e.township_id = t.id) < 3
      or not exists (select from platform.org_unit n where n.parent_id = t.id)
      or not exists (select from registry.contact c where c.township_id = t.id and c.kind = 'officer')
      or not exists (select from registry.contact c where c.township_id = t.id and c.is_all_hours))`);
  expect(empty).toEqual([]);
});

test('everything made up says so', async () => {
  for (const table of ['platform.org_unit', 'platform.app_user', 'registry.company', 'registry.estate', 'registry.practitioner', 'registry.contact', 'registry.search_entry']) {
    expect([table, await one(`select count(*) from ${table} where not is_demo`)]).toEqual([table, 0]);
  }
});

test('the kept rollup is what a recount finds', async () => {
  const kept = () => read('select estate_id, unit_count, area_cm2, head_count, weak_head_count from registry.estate_rollup order by estate_id');
  const before = await kept();
  expect(before).toHaveLength(12);
  expect(before).toEqual(await read(`
    select e.id as estate_id, (select count(*)::int from registry.unit u where u.estate_id = e.id) as unit_count,
           (select sum(best.area_cm2)::bigint from registry.unit u, lateral (select a.area_cm2 from registry.unit_area a where a.unit_id = u.id and a.superseded_at is null order by array_position(array['register','survey','contract','unknown'], a.area_source) limit 1) best where u.estate_id = e.id) as area_cm2,
           r.head_count, r.weak_head_count from registry.estate e join registry.estate_rollup r on r.estate_id = e.id order by e.id`));
  await running.kit.database.write(everything, async (db) => {
    await sql`update registry.estate_rollup set unit_count = 0, head_count = 0, weak_head_count = 0, area_cm2 = 0`.execute(db);
    const ids = await db.selectFrom('registry.estateRollup').select('estateId').execute();
    await recountEstate(db, ids.map((row) => row.estateId), { on: TODAY, now: running.kit.clock.now() });
  });
  expect(await kept()).toEqual(before);
});

test('about half of the occupied estates have a committee, some of them past their term', () => {
  const { estates, committees } = planDemo(DEMO_SEED, TODAY);
  const facts = estates.map((estate) => ({
    estateId: estate.id, isOccupied: estate.occupiedUnits !== 0,
    committees: committees.filter(({ estateId }) => estateId === estate.id).map((row) => ({
      kind: row.kind ?? 'committee', status: row.status, sinceOn: row.sinceOn ?? null, untilOn: row.untilOn ?? null, filedOn: row.filedOn ?? null, endedOn: row.endedOn ?? null,
    })),
  }));
  const rate = formationRate(facts, formationDefinition([], TODAY), TODAY);
  expect(rate.occupied).toBe(171);
  expect(Number.parseFloat(formationRateText(rate))).toBeGreaterThanOrEqual(48);
  expect(Number.parseFloat(formationRateText(rate))).toBeLessThanOrEqual(52);
  expect(rate.expired).toBeGreaterThanOrEqual(5);
  expect(rate.preparing).toBe(8);
});

test('the same seed and day give the same county; another seed another', () => {
  expect(JSON.stringify(planDemo(DEMO_SEED, TODAY))).toBe(JSON.stringify(planDemo(DEMO_SEED, TODAY)));
  expect(JSON.stringify(planDemo('another', TODAY).estates)).not.toBe(JSON.stringify(planDemo(DEMO_SEED, TODAY).estates));
});

test('a home sold early in 2025 is the seller\'s in the books of April and the buyer\'s in ours', async () => {
  const holders = (knownOn: string) => one(`select count(distinct s.unit_id) from registry.ownership s
     where s.valid_from between '2025-01-06' and '2025-04-25' and s.recorded_at < '${knownOn}' and (s.superseded_at is null or s.superseded_at >= '${knownOn}')
       and exists (select from registry.ownership p where p.unit_id = s.unit_id and p.valid_to = s.valid_from)`);
  expect(await holders('2025-04-01')).toBe(0);
  expect(await holders('2026-01-01')).toBeGreaterThan(20);
  expect(await one('select count(*) from registry.ownership a join registry.ownership b on b.unit_id = a.unit_id and b.owner_id = a.owner_id and b.id > a.id where a.superseded_at is null and b.superseded_at is null and a.valid_to is null and b.valid_to is null')).toBe(0);
});

test('there is an account for every role, with the password that is told, and one person with two posts', async () => {
  expect(new Set(demoAccounts.map(({ role }) => role))).toEqual(new Set(Object.keys(roles)));
  const stored = await read<{ login: string; passwordHash: string; posts: number; role: string }>(`
    select u.login, u.password_hash, count(*)::int as posts, min(g.role) as role from platform.app_user u join platform.user_grant g on g.user_id = u.id group by u.id order by u.login`);
  expect(stored.map(({ login }) => login)).toEqual(demoAccounts.map(({ login }) => login).toSorted());
  expect(stored.filter(({ posts }) => posts === 2).map(({ login }) => login)).toEqual(['jianzhi']);
  expect(await passwordMatches(stored[0]?.passwordHash ?? null, demoAccounts[0].password)).toBe(true);
  expect(await one(`select count(*) from platform.user_grant g where not exists (select from platform.org_unit o where o.id = g.scope_id) and not exists (select from registry.estate e where e.id = g.scope_id) and not exists (select from registry.company c where c.id = g.scope_id)`)).toBe(0);
});

test('loading is one audit entry, and loading again does nothing', async () => {
  expect(await one('select count(*) from audit.entry')).toBe(1);
  expect(await loadDemo(running)).toEqual({ loaded: false, seconds: 0 });
  expect(await one('select count(*) from audit.entry')).toBe(1);
});

test('every record that can be searched has its entry, and no number is readable in the tables', async () => {
  const entries = await read<{ kind: string; n: number }>('select kind, count(*)::int as n from registry.search_entry group by kind order by kind');
  expect(entries).toEqual([{ kind: 'company', n: 64 }, { kind: 'estate', n: 180 }, { kind: 'practitioner', n: 450 }, { kind: 'unit', n: await one('select count(*) from registry.unit') }]);
  expect(await one("select count(*) from registry.owner o where o::text ~ '199[0-9]{8}' or o::text ~ '990100[0-9]{11}[0-9X]'")).toBe(0);
});

test('a county of any code and name is stored the same way, without owners, beside the demo county', async () => {
  const ctx = systemContext(running.kit);
  const plan = planDemo('another', ctx.today, { code: '990299', name: '测算县' });
  await ctx.transactBulk(async (tx) => {
    await storeDemo(tx, { plan: { ...plan, stocks: [], holdings: [] }, users: { users: [], grants: [] }, vault: running.kit.vault, today: ctx.today, now: ctx.now });
    tx.auditNothing('fixture');
  });
  expect(await one(`select count(*) from registry.estate where county_id = '${plan.places.countyId}'`)).toBe(plan.estates.length);
  expect(await one("select count(*) from registry.estate e join platform.org_unit c on c.id = e.county_id where c.code = '990100'")).toBe(180);
});
