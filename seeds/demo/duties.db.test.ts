import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeId, type Id, type Instant } from '#domain/kernel/brand.ts';
import { modules } from '#server/main/modules.ts';
import { getCommittee } from '#modules/committee/use-cases/list-committees.ts';
import { getContract } from '#modules/registry/use-cases/list-contracts.ts';
import { getOnePart } from '#modules/collection/use-cases/look.ts';
import { receiveComplaint } from '#modules/complaint/index.ts';
import { closeComplaint, followUpComplaint, recheckComplaint, replyToComplaint } from '#modules/complaint/use-cases/end.ts';
import { assignComplaint, objectToHandling } from '#modules/complaint/use-cases/hand-on.ts';
import { askCompany, contactComplainant, interveneInComplaint } from '#modules/complaint/use-cases/handle.ts';
import { getComplaint } from '#modules/complaint/use-cases/look.ts';
import { acceptComplaint } from '#modules/complaint/use-cases/take-up.ts';
import { stepsOf, type ComplaintRecord } from '#modules/complaint/store.ts';
import { ensureHolidays } from '#modules/administration/index.ts';
import { getMyObligations } from '#modules/obligation/use-cases/list-obligations.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import type { DemoLogin } from './accounts.ts';
import { loadDemo } from './load.ts';

let running: TestKit;
let seconds = 0;
const NOW = '2026-11-20T02:00:00.000Z';
beforeAll(async () => {
  running = await testKit(modules, { isDemo: true, at: NOW });
  await ensureHolidays(running.kit);
  ({ seconds } = await loadDemo(running));
}, 120_000);
afterAll(() => running.stop());

const rows = async <T>(text: ReturnType<typeof sql<T>>): Promise<T[]> => (await running.kit.database.read(everything, (db) => text.execute(db))).rows;
const blank = { params: {}, query: {}, body: {} };

/** One account's post as the product sees it. */
async function accountOf(login: DemoLogin): Promise<Ctx> {
  const [post] = await rows(sql<{ userId: string; grantId: string; role: 'bureau-clerk'; level: 'county'; scopeId: string; countyId: string }>`select u.id as user_id, g.id as grant_id, g.role, g.level, g.scope_id, g.county_id from platform.user_grant g join platform.app_user u on u.id = g.user_id where u.login = ${login} order by g.id limit 1`);
  if (post === undefined) throw new Error(`no ${login}`);
  return makeContext(running.kit, { actor: { userId: makeId<'AppUser'>(post.userId), name: login, grantId: makeId<'UserGrant'>(post.grantId), role: post.role, sessionId: null }, scope: { level: post.level, id: post.scopeId, countyId: makeId<'OrgUnit'>(post.countyId) }, requestId: login, ip: null });
}

test('every complaint that is open has its next day, and the day on the file is the first of its open duties', async () => {
  const [sum] = await rows(sql<{ open: number; undated: number; differs: number; closed: number }>`
    select count(*) filter (where c.status <> 'closed')::int as open, count(*) filter (where c.status <> 'closed' and c.next_due_on is null)::int as undated, count(*) filter (where c.status = 'closed')::int as closed,
           count(*) filter (where c.next_due_on is distinct from (select min(o.due_on) from obligation.obligation o where o.subject_id = c.id::text and o.ended_on is null))::int as differs from complaint.complaint c`);
  expect(sum?.open).toBeGreaterThan(40);
  expect(sum?.closed).toBeGreaterThan(140);
  expect(sum).toMatchObject({ undated: 0, differs: 0 });
  expect(seconds).toBeLessThan(60);
});

/** What stands at the page a duty leads to. */
async function opened(ctx: Ctx, path: string): Promise<{ readonly id: string }> {
  const [, page, id = ''] = path.split('/');
  if (page === 'collection-parts') return getOnePart(ctx, { ...blank, params: { partId: makeId<'Part'>(id) } });
  if (page === 'committees') return { id: (await getCommittee(ctx, { ...blank, params: { committeeId: makeId<'Committee'>(id) } })).committeeId };
  if (page === 'service-contracts') return { id: (await getContract(ctx, { ...blank, params: { contractId: makeId<'Contract'>(id) } })).contractId };
  expect(page).toBe('complaints');
  return getComplaint(ctx, { ...blank, params: { complaintId: makeId<'Complaint'>(id) } });
}

describe.each(['company1', 'manager', 'lianxi'] as const)('%s', (login) => {
  test('finds something over its day and something still to be done in time', async () => {
    const { counts } = await getMyObligations(await accountOf(login));
    expect([counts.overdue > 0, counts.today + counts.week > 0]).toEqual([true, true]);
  });
});

test.each(['company1', 'lianxi'] as const)('%s opens each thing that waits there, and may do what it waits for', async (login) => {
  const ctx = await accountOf(login);
  for (const { path, dutyTitle } of (await getMyObligations(ctx)).rows.filter((row) => row.path.startsWith('/complaints/'))) {
    const { can } = await getComplaint(ctx, { ...blank, params: { complaintId: makeId<'Complaint'>(path.split('/')[2] ?? '') } });
    expect([dutyTitle, login === 'lianxi' ? can.designate : can.feedback]).toEqual([login === 'lianxi' ? '指定承办单位' : '处理并反馈情况', true]);
  }
});

describe.each(['clerk', 'chengguan', 'wenlan', 'qingtang', 'shequ', 'jianzhi'] as const)('%s', (login) => {
  test('finds something over its day, due today, due this week and waited for', async () => {
    const { counts } = await getMyObligations(await accountOf(login));
    expect(Object.entries(counts).filter(([group, n]) => group !== 'suspended' && n === 0)).toEqual([]);
  });
  test('opens each thing that waits there', async () => {
    const ctx = await accountOf(login);
    const { rows: mine } = await getMyObligations(ctx);
    for (const { path } of mine) await expect(opened(ctx, path)).resolves.toMatchObject({ id: path.split('/').at(-1) });
  });
});

/** Another file of the same estate and kind, driven through the product's own acts at the times at which the demo's was. */
async function again(file: ComplaintRecord): Promise<Id<'Complaint'>> {
  const steps = await running.kit.database.read(everything, (db) => stepsOf(db, file.id));
  const bodies = new Map((await rows(sql<{ id: Id<'OrgUnit'>; name: string; kind: string; grantId: Id<'UserGrant'> | null }>`select o.id, o.name, o.kind, (select g.id from platform.user_grant g where g.org_unit_id = o.id order by g.id limit 1) as grant_id from platform.org_unit o`)).map((body) => [body.name, body]));
  const as = (name: string, at: Instant): Ctx => {
    running.clock.set(at);
    const body = bodies.get(name);
    if (body === undefined) throw new Error(`no ${name}`);
    const level = body.kind === 'neighbourhood' || body.kind === 'township' ? body.kind : 'county';
    return makeContext(running.kit, { actor: { userId: null, name: '经办人', grantId: body.grantId, role: level === 'county' ? 'department-officer' : null, sessionId: null }, scope: { level, id: level === 'county' ? file.countyId : body.id, countyId: file.countyId }, requestId: file.id, ip: null });
  };
  const [first, ...rest] = steps;
  const estateId = file.estateId;
  if (first === undefined || estateId === null) throw new Error('a file without a first step');
  const receiving = as(first.bodyName, first.actedAt);
  const { id } = await receiving.transact((tx) => receiveComplaint(tx, receiving, { origin: file.origin, estateId, category: file.categoryCode, body: file.body, ownerCount: file.ownerCount, complainant: { isAnonymous: true }, receivedBy: bodies.get(first.bodyName) ?? null }));
  for (const step of rest) {
    const [ctx, one] = [as(step.bodyName, step.actedAt), { ...blank, params: { complaintId: id } }];
    switch (step.act) {
      case 'accept': await acceptComplaint(ctx, { ...one, body: { pace: file.pace, note: '' } }); break;
      case 'assign': await assignComplaint(ctx, { ...one, body: { leadId: makeId<'OrgUnit'>(step.handlerId), assistingId: null, why: '' } }); break;
      case 'ask': await askCompany(ctx, { ...one, body: { note: '请先处理' } }); break;
      case 'object': await objectToHandling(ctx, { ...one, body: { why: '不属于本单位职责' } }); break;
      case 'contact': await contactComplainant(ctx, { ...one, body: { note: '已联系投诉人' } }); break;
      case 'intervene': await interveneInComplaint(ctx, { ...one, body: { note: '已约谈双方' } }); break;
      case 'reply': await replyToComplaint(ctx, { ...one, body: { outcome: 'resolved', agreement: '', reply: '已处理' } }); break;
      case 'close': await closeComplaint(ctx, { ...one, body: { note: '' } }); break;
      case 'followUp': await followUpComplaint(ctx, { ...one, body: { satisfaction: 'satisfied', why: '' } }); break;
      case 'recheck': await recheckComplaint(ctx, { ...one, body: { result: 'kept', note: '' } }); break;
      default: throw new Error(`the demo does not ${step.act}`);
    }
  }
  running.clock.set(NOW);
  return id;
}

const duties = (id: string) => rows(sql`
  select duty_id, state, opened_on, due_on, due_at, warn_at, ends_at, next_at, is_provisional, is_extended, ended_on, is_late, holder_kind, holder_org_id, holder_name, county_id, township_id, neighbourhood_id, estate_id, company_id, facts,
         (select json_agg(json_build_array(e.kind, e.event, e.acted_at, e.acted_on, e.holder_org_id) order by e.acted_at, e.event, e.kind) from obligation.entry e where e.obligation_id = o.id) as log
    from obligation.obligation o where subject_kind = 'Complaint' and subject_id = ${id} order by duty_id`);

describe('the duties of the demo are those the product makes of the same acts', () => {
  const kinds: readonly (readonly [string, ReturnType<typeof sql<boolean>>])[] = [
    ['closed at the community', sql<boolean>`status = 'closed' and handler_id = first_id and category_code = 'G01'`],
    ['about a committee, answered by the township', sql<boolean>`status = 'closed' and category_code in ('D01', 'D03') and handler_id = township_id`],
    ['with the department, closed, not looked at again yet', sql<boolean>`status = 'closed' and category_code = 'F01' and handler_id <> first_id and rechecked_at is null`],
    ['open and over its day', sql<boolean>`status = 'handling' and handler_id = neighbourhood_id and next_due_on < '2026-11-20'`],
    ['just assigned', sql<boolean>`status = 'assigned'`],
    ['put to the company', sql<boolean>`company_id is not null and status = 'closed' and handler_id = first_id`],
    ['waited for from the company', sql<boolean>`company_id is not null and status = 'handling' and handler_id = first_id`],
    ['objected to', sql<boolean>`is_objected`],
  ];
  test.each(kinds)('%s', async (_words, which) => {
    const file = await running.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').selectAll().where(which).orderBy('id').limit(1).executeTakeFirst());
    if (file === undefined) throw new Error('the demo has none of them');
    const made = await duties(await again(file));
    expect(made.length).toBeGreaterThan(1);
    expect(await duties(file.id)).toEqual(made);
    expect(systemContext(running.kit).now).toBe(NOW);
  });
});
