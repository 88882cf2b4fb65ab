import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '#contract/define-route.ts';
import type { listComplaints as listRoute } from '#contract/complaint.ts';
import type { getComplaintStatistics as statisticsRoute } from '#contract/complaint-statistics.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { measureNames } from '#domain/complaint/statistics.ts';
import { obligation } from '#modules/obligation/index.ts';
import { tick } from '#modules/obligation/tick.ts';
import { readWorkbookText } from '#server/main/testing/workbook-text.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { complaint as complaintModule } from './index.ts';
import { judgeAnew } from './judge.ts';
import { recountComplaints } from './recount.ts';
import { hall, type Hall, type Person } from './testing/hall.ts';
import { closeComplaint, followUpComplaint, mergeComplaint, reopenComplaint, replyToComplaint } from './use-cases/end.ts';
import { assignComplaint, transferComplaint } from './use-cases/hand-on.ts';
import { contactComplainant } from './use-cases/handle.ts';
import { listComplaints } from './use-cases/look.ts';
import { registerComplaint } from './use-cases/receive.ts';
import { exportComplaintStatistics, getComplaintStatistics } from './use-cases/statistics.ts';
import { acceptComplaint } from './use-cases/take-up.ts';

type Statistics = Output<typeof statisticsRoute>;
type By = 'group' | 'category' | 'township' | 'neighbourhood' | 'estate' | 'company';
const nobody = { params: {}, query: {}, body: {} };
const FIRST_NOW = '2026-11-20T02:00:00.000Z';
let world: Hall;
let owner: Client;
beforeAll(async () => {
  world = await hall([complaintModule, obligation]);
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => { await owner.end(); await world.stop(); });

const statistics = (who: Person, by: By, months: { from?: string; to?: string } = {}): Promise<Statistics> => getComplaintStatistics(world.who(who), { ...nobody, query: { by, ...months } });
const filterOf: Readonly<Record<By, string>> = { group: 'group', category: 'category', township: 'townshipId', neighbourhood: 'neighbourhoodId', estate: 'estateId', company: 'servingId' };

/** How many files a list holds, leafed through to its end: its total is told by the sums, and may not vouch for itself. */
async function listedBy(who: Person, query: object): Promise<{ total: number; isExact: boolean; rows: number }> {
  let [rows, after]: [number, string | undefined] = [0, undefined];
  for (;;) {
    const page: Output<typeof listRoute> = await listComplaints(world.who(who), { ...nobody, query: { limit: 200, ...query, ...(after === undefined ? {} : { after }) } });
    rows += page.rows.length;
    if (page.next === null) return { total: page.total, isExact: page.totalIsExact, rows };
    after = page.next;
  }
}

/** Every cell of a table whose number is not the total of the list it opens, and not the number of its rows. */
async function differing(who: Person, by: By, months: { from?: string; to?: string } = {}): Promise<{ cells: number; wrong: string[] }> {
  const found = await statistics(who, by, months);
  const wrong: string[] = [];
  let cells = 0;
  for (const row of [...found.rows, found.total]) {
    for (const measure of measureNames) {
      const place = row.key === null ? {} : row.key === '' ? { lacks: by === 'company' || by === 'estate' || by === 'township' ? by : 'neighbourhood' as const } : { [filterOf[by]]: row.key };
      const { total, isExact, rows } = await listedBy(who, { receivedFrom: found.firstOn, receivedTo: found.lastOn, measure, ...place });
      cells += 1;
      if (total !== row[measure] || rows !== total || !isExact) wrong.push(`${row.name} ${measure}: ${row[measure]}, total ${total}, rows ${rows}`);
    }
  }
  return { cells, wrong };
}

describe('sums that every change keeps', () => {
  const estates = ['estateId', 'otherEstateId'] as const;
  const change = fc.record({
    of: fc.nat(), estate: fc.constantFrom(...estates), lies: fc.constantFrom(null, null, null, 'east', 'west', 'county'), hands: fc.subarray(['enforcement', 'fire', 'police'] as const),  category: fc.constantFrom('A02', 'D01', 'F04', 'F05', 'J01'), day: fc.integer({ min: 0, max: 500 }), isAsked: fc.boolean(), status: fc.constantFrom('signed', 'handling', 'closed', 'withdrawn', 'merged', 'returned'), isReplied: fc.boolean(),
    answer: fc.constantFrom(null, 'on-time', 'late'), contact: fc.constantFrom(null, 'on-time', 'late'), reopened: fc.nat(2), relapsed: fc.nat(2), satisfaction: fc.constantFrom(null, 'satisfied', 'fair', 'dissatisfied', 'unreached'), isNew: fc.boolean(), isGone: fc.nat(9).map((n) => n === 0),
  });
  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
  let serial = 0;
  let target = '';

  /** One change of a file, or a new one, or one that goes, as SQL of its own: the sums may not depend on who writes. */
  async function apply(ids: string[], { of, isNew, isGone, ...to }: Change): Promise<void> {
    const [place] = (await world.kit.database.read(everything, (db) => sql<{ townshipId: string; neighbourhoodId: string | null }>`select township_id, neighbourhood_id from registry.estate where id = ${world[to.estate]}`.execute(db))).rows;
    const lying = to.lies === null ? [world[to.estate], place?.townshipId, place?.neighbourhoodId ?? null] : [null, to.lies === 'county' ? null : world[to.lies], null];
    const columns = sql`estate_id = ${lying[0]}::uuid, township_id = ${lying[1]}::uuid, neighbourhood_id = ${lying[2]}::uuid, category_code = ${to.category}, received_on = date '2025-07-01' + ${to.day}::int, company_id = ${to.isAsked ? world.companyId : null}::uuid, status = ${to.status}, merged_into_id = ${to.status === 'merged' ? target : null}::uuid,
      replied_at = ${to.isReplied ? FIRST_NOW : null}::timestamptz, answer_timing = ${to.answer}, contact_timing = ${to.contact}, reopen_count = ${to.reopened}, relapse_no = ${to.relapsed}, satisfaction = ${to.satisfaction}`;
    await world.kit.database.write(everything, async (db) => {
      let id = ids[of % Math.max(1, ids.length)];
      if (isNew || id === undefined) {
        id = newId<'Complaint'>();
        ids.push(id);
        serial += 1;
        await sql`insert into complaint.complaint (id, county_id, estate_id, township_id, neighbourhood_id, number_year, number_serial, origin, category_code, pace, body, status, handler_id, first_id, received_at, received_on, recorded_by_name, created_at, updated_at)
          values (${id}, ${world.county}, ${world.estateId}, ${world.east}, ${world.eastCommunity}, 2024, ${serial}, 'counter', 'A02', 'ordinary', '测', 'signed', ${world.eastCommunity}, ${world.eastCommunity}, ${FIRST_NOW}, '2026-01-05', '测', ${FIRST_NOW}, ${FIRST_NOW})`.execute(db);
      }
      await sql`update complaint.complaint set ${columns} where id = ${id}`.execute(db);
      for (const hand of to.hands) await sql`insert into complaint.participant (id, county_id, complaint_id, org_unit_id, part, created_at) values (${newId()}, ${world.county}, ${id}, ${world[hand]}, 'lead', ${FIRST_NOW}) on conflict (complaint_id, org_unit_id) do update set part = 'former'`.execute(db);
      if (to.hands.length === 1 && to.isReplied) await sql`update complaint.participant p set org_unit_id = ${world.bureau} where p.complaint_id = ${id} and p.org_unit_id = ${world.police} and not exists (select from complaint.participant o where o.complaint_id = ${id} and o.org_unit_id = ${world.bureau})`.execute(db);
    });
    const last = ids.at(-1);
    if (isGone && ids.length > 3 && last !== undefined) { ids.pop(); await owner.query('delete from complaint.participant where complaint_id = $1', [last]); await owner.query('delete from complaint.complaint where id = $1', [last]); }
  }

  test('after any history they are what a count over the files finds', async () => {
    target = newId<'Complaint'>();
    await world.kit.database.write(everything, (db) => sql`insert into complaint.complaint (id, county_id, estate_id, township_id, neighbourhood_id, number_year, number_serial, origin, category_code, pace, body, status, handler_id, first_id, received_at, received_on, recorded_by_name, created_at, updated_at)
      values (${target}, ${world.county}, ${world.estateId}, ${world.east}, ${world.eastCommunity}, 2023, 1, 'counter', 'A02', 'ordinary', '测', 'signed', ${world.eastCommunity}, ${world.eastCommunity}, ${FIRST_NOW}, '2026-01-05', '测', ${FIRST_NOW}, ${FIRST_NOW})`.execute(db));
    const ids: string[] = [];
    await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 25 }), async (history) => {
      for (const one of history) await apply(ids, one);
      expect(await recountComplaints(world.kit)).toEqual({ wrong: 0 });
    }), { numRuns: 12 });
    expect(ids.length).toBeGreaterThan(20);
  }, 60_000);

  test('a wrong sum is found and mended by the recount', async () => {
    await world.kit.database.write(everything, (db) => sql`update complaint.rollup set closed = closed + 3 where id = (select id from complaint.rollup order by id limit 1)`.execute(db));
    expect((await recountComplaints(world.kit)).wrong).toBeGreaterThan(0);
    expect(await recountComplaints(world.kit)).toEqual({ wrong: 0 });
  });

  test('every number, totals too, is the total of the list it opens: by each kind of line, for whoever may look', async () => {
    for (const by of ['group', 'category', 'township', 'neighbourhood', 'estate', 'company'] as const) {
      const { cells, wrong } = await differing('clerk', by, { from: '2025-07', to: '2026-11' });
      expect([by, wrong]).toEqual([by, []]);
      expect(cells).toBeGreaterThanOrEqual(2 * measureNames.length);
    }
    for (const who of ['township', 'community', 'company', 'other', 'conference', 'fireman', 'enforcer'] as const) expect([who, (await differing(who, 'category', { from: '2025-09', to: '2026-03' })).wrong]).toEqual([who, []]);
  }, 60_000);

  test('a township and a company count their own only, and never more than the county', async () => {
    const months = { from: '2025-07', to: '2026-11' };
    const [county, east, west, company] = [await statistics('clerk', 'township', months), await statistics('township', 'township', months), await statistics('other', 'township', months), await statistics('company', 'estate', months)];
    const ofNone = county.rows.find(({ key }) => key === '')?.received ?? 0;
    expect(east.total.received + west.total.received + ofNone).toBe(county.total.received);
    expect([east.rows.length, west.rows.length, county.rows.length, ofNone > 0]).toEqual([1, 1, 3, true]);
    expect(company.total.received).toBeGreaterThan(0);
    expect(company.total.received).toBeLessThan(county.total.received);
  });
});

describe('numbers beyond what a list counts by itself', () => {
  const months = { from: '2024-01', to: '2024-06' };
  beforeAll(async () => {
    await owner.query(`insert into complaint.complaint (id, county_id, estate_id, township_id, neighbourhood_id, number_year, number_serial, origin, category_code, pace, body, status, handler_id, first_id, received_at, received_on, replied_at, answer_timing, satisfaction, recorded_by_name, created_at, updated_at)
      select gen_random_uuid(), $1, $2, $3, $4, 2024, 100000 + i, 'counter', (array['A02', 'F04'])[1 + (i % 10 = 0)::int], 'ordinary', '测', 'handling', $4, $4, $5, date '2024-01-01' + i % 180, $5, (array['on-time', 'late'])[1 + (i % 3 = 0)::int], case when i % 2 = 0 then 'fair' end, '测', $5, $5 from generate_series(1, 2600) i`, [world.county, world.estateId, world.east, world.eastCommunity, FIRST_NOW]);
    await owner.query(`insert into complaint.participant (id, county_id, complaint_id, org_unit_id, part, created_at) select gen_random_uuid(), county_id, id, $1, 'assisting', $2 from complaint.complaint where number_year = 2024 and number_serial between 100001 and 101300`, [world.fire, FIRST_NOW]);
  });

  test('random cells over a thousand open lists of exactly so many rows, for an area and for a department', async () => {
    const seen: number[] = [];
    await fc.assert(fc.asyncProperty(fc.constantFrom('clerk', 'township', 'fireman'), fc.constantFrom('group', 'category', 'estate', 'company'), fc.constantFrom('received', 'answered', 'answerOnTime', 'answerDue', 'rated'), fc.nat(), async (who, by, measure, at) => {
      const found = await statistics(who, by, months);
      const cells = [...found.rows, found.total];
      const row = cells[at % cells.length];
      if (row === undefined) throw new Error('there is always a total');
      const listed = await listedBy(who, { receivedFrom: found.firstOn, receivedTo: found.lastOn, measure, ...(row.key === null ? {} : { [filterOf[by]]: row.key }) });
      expect(listed).toEqual({ total: row[measure], isExact: true, rows: row[measure] });
      seen.push(listed.rows);
    }), { numRuns: 12, examples: [['clerk', 'group', 'received', 0], ['fireman', 'category', 'received', 2]] });
    expect(seen.filter((rows) => rows > 1_000).length).toBeGreaterThan(2);
    expect((await statistics('clerk', 'group', months)).total.received).toBe(2_600);
    expect((await statistics('fireman', 'group', months)).total.received).toBe(1_300);
  }, 60_000);

  test('a list that was narrowed further counts by itself again, and says where it stops', async () => {
    const { total, totalIsExact } = await listComplaints(world.who('clerk'), { ...nobody, query: { limit: 1, measure: 'received', receivedFrom: localDate('2024-01-01'), receivedTo: localDate('2024-06-30'), status: 'handling' } });
    expect([total, totalIsExact]).toEqual([1_000, false]);
    expect(await listComplaints(world.who('clerk'), { ...nobody, query: { limit: 1, measure: 'received', receivedFrom: localDate('2024-01-02'), receivedTo: localDate('2024-06-30') } })).toMatchObject({ totalIsExact: false });
  });

  test('a department counts what it takes part in and nothing else; no area reads the lines of a department', async () => {
    const [fire, enforcer, county] = [await statistics('fireman', 'group', months), await statistics('enforcer', 'group', months), await statistics('clerk', 'group', months)];
    expect([fire.of, fire.total.units, fire.total.perThousand, county.of]).toEqual(['消防大队', null, null, null]);
    expect([enforcer.of, enforcer.total.received, enforcer.rows]).toEqual(['城管局', 0, []]);
    for (const who of ['township', 'community', 'company'] as const) {
      const { rows } = await world.who(who).read((db) => sql<{ n: number }>`select count(*)::int as n from complaint.rollup where hand_id is not null`.execute(db));
      expect([who, rows[0]?.n]).toEqual([who, 0]);
    }
    const { rows } = await world.who('clerk').read((db) => sql<{ n: number }>`select count(*)::int as n from complaint.rollup where hand_id is not null`.execute(db));
    expect(rows[0]?.n).toBeGreaterThan(0);
  });

  test('the export of a department says that it is its own and has no columns of homes, which would stand empty; the county’s has both', async () => {
    const exported = async (who: Person) => { const { fileName, content } = await exportComplaintStatistics(world.who(who), { ...nobody, query: { by: 'group', ...months } }); return `${fileName}${await readWorkbookText(content instanceof Readable ? await buffer(content) : content instanceof Uint8Array ? content : new Uint8Array())}`; };
    const [fire, county] = [await exported('fireman'), await exported('clerk')];
    expect(fire).toContain('本单位主办、协办或者办过的');
    expect(fire).toMatch(/大类[^]*收到[^]*合计/u);
    expect(fire).not.toMatch(/户数|每千户/u);
    expect(county).toMatch(/户数[^]*每千户/u);
    expect(county).not.toContain('本单位');
  });
});

describe('acts of the product', () => {
  const months = { from: '2026-11', to: '2026-11' };
  const now = async () => (await statistics('clerk', 'category', months)).rows.find(({ key }) => key === 'G01');
  const register = async () => { const { id } = await registerComplaint(world.who('community'), { ...nobody, body: { origin: 'counter', originNo: '', originDueOn: null, receivedOn: localDate('2026-11-20'), estateId: world.estateId, spot: '', category: 'G01', body: '夜里有噪声，休息不好', ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: true, isForFamily: false, name: '', phone: '', mail: '', letter: null } }); return id; };

  test('a file is counted as received, contacted, answered, closed and rated with the act itself; one that is merged counts no longer', async () => {
    world.clock.set(FIRST_NOW);
    const id = await register();
    expect(await now()).toMatchObject({ received: 1, answered: 0, answerDue: 0, contactDue: 0, units: 20, perThousand: 500 });
    const one = { ...nobody, params: { complaintId: id } };
    await acceptComplaint(world.who('community'), { ...one, body: { pace: 'ordinary', note: '' } });
    await contactComplainant(world.who('community'), { ...one, body: { note: '已联系投诉人' } });
    expect(await now()).toMatchObject({ contactOnTime: 1, contactLate: 0, contactRate: 1_000, answerDue: 0 });
    await replyToComplaint(world.who('community'), { ...one, body: { outcome: 'resolved', agreement: '', reply: '已劝导' } });
    await closeComplaint(world.who('community'), { ...one, body: { note: '' } });
    await followUpComplaint(world.who('community'), { ...one, body: { satisfaction: 'fair', why: '' } });
    expect(await now()).toMatchObject({ received: 1, answered: 1, answerOnTime: 1, closed: 1, rated: 1, content: 1, contentRate: 1_000 });
    await reopenComplaint(world.who('community'), { ...one, body: { newFact: '当晚又有噪声' } });
    expect(await now()).toMatchObject({ closed: 0, reopened: 1, answerOnTime: 0, answerDue: 0 });
    const second = await register();
    expect(await now()).toMatchObject({ received: 2 });
    const into = (await listComplaints(world.who('community'), { ...nobody, query: { limit: 50, category: 'G01' } })).rows.find((row) => row.id === id);
    await mergeComplaint(world.who('community'), { ...nobody, params: { complaintId: second }, body: { intoNo: into?.no ?? '', why: '同一件事重复登记' } });
    expect(await now()).toMatchObject({ received: 1 });
    expect(await recountComplaints(world.kit)).toEqual({ wrong: 0 });
  });

  test('a file assigned to a department counts there from that moment, and goes on counting once it is transferred', async () => {
    const ofFire = async (who: 'fireman' | 'enforcer') => (await statistics(who, 'category', months)).rows.find(({ key }) => key === 'F04')?.received ?? 0;
    const before = [await ofFire('fireman'), await ofFire('enforcer')];
    const { id } = await registerComplaint(world.who('community'), { ...nobody, body: { origin: 'counter', originNo: '', originDueOn: null, receivedOn: localDate('2026-11-20'), estateId: world.estateId, spot: '', category: 'F04', body: '楼道里飞线充电，冒烟了', ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: true, isForFamily: false, name: '', phone: '', mail: '', letter: null } });
    const one = { ...nobody, params: { complaintId: id } };
    await acceptComplaint(world.who('community'), { ...one, body: { pace: 'ordinary', note: '' } });
    expect([await ofFire('fireman'), await ofFire('enforcer')]).toEqual(before);
    await assignComplaint(world.who('community'), { ...one, body: { leadId: world.fire, assistingId: null, why: '请依法办理' } });
    expect([await ofFire('fireman'), await ofFire('enforcer')]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    await transferComplaint(world.who('fireman'), { ...one, body: { leadId: world.enforcement, why: '不属于本单位职责' } });
    expect([await ofFire('fireman'), await ofFire('enforcer')]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1]);
    expect(await recountComplaints(world.kit)).toEqual({ wrong: 0 });
  });

  test('a day that passes without an answer makes the file late, without anybody’s act', async () => {
    world.clock.set('2026-12-20T02:00:00.000Z');
    const before = await now();
    expect(before).toMatchObject({ answerLate: 0 });
    await tick(systemContext(world.kit));
    const ctx = systemContext(world.kit);
    const { rows } = await world.kit.database.read(everything, (db) => sql<{ id: string; key: string; payload: unknown }>`select id, key, payload from platform.event where name = 'obligation.overdue'`.execute(db));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) await ctx.transact((tx) => judgeAnew(ctx, tx, { ...row, countyId: world.county }));
    expect(await now()).toMatchObject({ answerLate: 1, answerOnTime: 0, answerRate: 0 });
    expect(await recountComplaints(world.kit)).toEqual({ wrong: 0 });
    world.clock.set(FIRST_NOW);
  });
});

test('a first month after the last, and more than ten years, are refused in words', async () => {
  await expect(statistics('clerk', 'group', { from: '2026-11', to: '2026-10' })).rejects.toMatchObject({ code: 'input.invalid', message: '起始月份晚于截止月份，请重新选择' });
  await expect(statistics('clerk', 'group', { from: '2010-01', to: '2026-10' })).rejects.toMatchObject({ code: 'input.invalid' });
});
