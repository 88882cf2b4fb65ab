import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Actor } from '#platform/context.ts';
import { buildServer } from '#platform/http/serve.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import { makeContext } from '#platform/make-context.ts';
import { defineModule } from '#platform/module.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn } from './testing/sign-in.ts';
import { makeWorld, type World } from './testing/world.ts';

const REFUSED = '第三行的面积不对';
/** Jobs that end as jobs do: refused, or by a fault. */
const failing = defineModule({
  name: 'failing', routes: [],
  jobs: [
    { name: 'failing.refused', title: '核对面积', opens: () => '/ledger-batches', run: async () => { throw new Problem('input.invalid', REFUSED); } },
    { name: 'failing.broken', title: '生成清册', run: async () => { throw new Error('disk full'); } },
  ],
});

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let people: ReadonlyMap<string, Id<'AppUser'>>;
beforeAll(async () => {
  kit = await testKit([...modules, failing], { size: 6 });
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  // Each township has a second officer, and each company a second head: only those of the right one may be told.
  await kit.kit.database.write(everything, async (db) => {
    // Officers whom the world keeps for its hand-overs are left out of it.
    await db.updateTable('platform.userGrant').set({ endedAt: kit.clock.now() }).where('userId', 'in', db.selectFrom('platform.appUser').select('id').where('login', 'like', '交-%')).execute();
    await db.updateTable('platform.userGrant').set({ orgUnitId: world.countyId }).where('userId', 'in', db.selectFrom('platform.appUser').select('id').where('login', '=', 'clerk')).execute();
    for (const mark of ['左侧', '右侧']) for (const [from, to] of [['township', 'manager'], ['company', 'owner']]) {
      const grant = await db.selectFrom('platform.userGrant as g').innerJoin('platform.appUser as u', 'u.id', 'g.userId').selectAll('g').where('u.login', '=', `${mark}-${from}`).executeTakeFirstOrThrow();
      const { id } = await db.selectFrom('platform.appUser').select('id').where('login', '=', `${mark}-${to}`).executeTakeFirstOrThrow();
      await db.insertInto('platform.userGrant').values({ ...grant, id: newId<'UserGrant'>(), userId: id }).execute();
    }
  });
  people = new Map((await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select(['login', 'id']).execute())).map(({ login, id }) => [login, id]));
});
afterAll(async () => { await app.close(); await kit.stop(); });

/** Who was told of this thing, and where they are led. */
const toldOf = (kind: 'paper.waiting' | 'job.failed', subjectId: string) => kit.kit.database.read(everything, (db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id')
  .innerJoin('platform.appUser as u', 'u.id', 'r.userId').select(['u.login', 'n.text', 'n.path']).where('n.kind', '=', kind).where('n.subjectId', '=', subjectId).orderBy('u.login').execute());

let serial = 0;
async function draft(login: string): Promise<string> {
  const by = await signedIn(app, login);
  const answer = await app.inject({ method: 'POST', url: '/api/papers/notices', headers: { ...by.headers, 'idempotency-key': `told-paper-${serial += 1}` }, payload: { layout: 'plain', subject: '做好冬季消防检查', addressee: '各小区', body: '请检查。', estateId: null } });
  expect([login, answer.statusCode, answer.body]).toEqual([login, 200, expect.any(String)]);
  return answer.json().id;
}

test.each([
  ['clerk', ['leader']], ['左侧-township', ['左侧-manager']], ['右侧-company-clerk', ['右侧-company', '右侧-owner']], ['左侧-company', ['左侧-owner']], ['左侧-committee', []],
])('of what %s drafts only those who may issue it at the very same body are told: %j', async (login, meant) => {
  const id = await draft(login);
  expect(await toldOf('paper.waiting', id)).toEqual(meant.map((each) => ({ login: each, text: '有一件通知已拟稿，待核稿签发。', path: `/papers/${id}` })));
});

/** Runs a job as somebody of the left township asked for it. */
async function failed(job: string, login: string): Promise<string> {
  const userId = people.get(login) ?? null;
  const actor: Actor = { userId, name: login, grantId: null, role: 'township-officer', sessionId: null };
  const ctx = makeContext(kit.kit, { actor, scope: { level: 'township', id: world.left.ids.townshipId ?? '', countyId: world.countyId }, requestId: 'told', ip: null });
  return ctx.transact(async (tx) => { tx.auditNothing('test'); return kit.kit.queue.start(ctx, tx, { kind: job, input: {} }); });
}

test('of a job that was refused only who asked for it is told, and led to the page that says why', async () => {
  const id = await failed('failing.refused', '左侧-township');
  await runJob(kit.kit, id);
  expect(await toldOf('job.failed', id)).toEqual([{ login: '左侧-township', text: '“核对面积”没有完成，请查看原因。', path: '/ledger-batches' }]);
});

test('of a job that broke only those who run this county’s system are told, once however often it is tried', async () => {
  const id = await failed('failing.broken', '左侧-township');
  await expect(runJob(kit.kit, id)).rejects.toThrow('disk full');
  await expect(runJob(kit.kit, id)).rejects.toThrow('disk full');
  expect(await toldOf('job.failed', id)).toEqual([{ login: 'system', text: '后台作业“生成清册”出错，系统会自动再试，请查看原因。', path: '/jobs' }]);
});
