import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineRoute } from '#contract/define-route.ts';
import { z } from 'zod';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { recall } from '#platform/identity/remembered.ts';
import { systemContext } from '#platform/make-context.ts';
import { defineModule, serve } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { administration } from './index.ts';
import { PASSWORD, world, type World } from './testing/world.ts';

const probe = (path: `/${string}`) => defineRoute({ method: 'GET', path, summary: '试探', permission: 'signed-in', params: z.object({}), query: z.object({}), body: z.undefined(), response: z.object({ bodies: z.array(z.string()) }), problems: ['not-found'] });
/** One that reads within its scope, one that reads nothing, one that refuses before it reads. */
const probes = defineModule({
  name: 'probe', on: {}, jobs: [],
  routes: [
    serve(probe('/probe/reading'), (ctx) => ctx.read(async (db) => ({ bodies: (await db.selectFrom('platform.orgUnit').select('name').where('kind', '=', 'township').execute()).map((row) => row.name) }))),
    serve(probe('/probe/silent'), async () => ({ bodies: [] })),
    serve(probe('/probe/refusing'), async () => { throw new Problem('not-found', '没有'); }),
  ],
});

let kit: TestKit;
let app: FastifyInstance;
let given: World;
beforeEach(async () => {
  kit = await testKit([administration, probes]);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  given = await world(kit.kit);
});
afterEach(async () => { await app.close(); await kit.stop(); });

const PATHS = ['/probe/reading', '/probe/silent', '/probe/refusing', '/me'];

/** Signs in, and asks once so that the session is remembered. */
async function rememberedUser(login: string): Promise<{ token: string; get: (path: string) => Promise<{ status: number; body: { bodies?: string[]; active?: unknown } }> }> {
  const answer = await app.inject({ method: 'POST', url: '/api/sessions', payload: { login, password: PASSWORD } });
  const token = /shanzhi_session=([^;]*)/.exec([answer.headers['set-cookie'] ?? ''].flat().join(';'))?.[1] ?? '';
  const get = async (path: string) => {
    const { statusCode, json } = await app.inject({ method: 'GET', url: `/api${path}`, headers: { cookie: `shanzhi_session=${token}` } });
    return { status: statusCode, body: json<{ bodies?: string[]; active?: unknown }>() };
  };
  expect((await get('/probe/reading')).status).toBe(200);
  expect(recall(kit.kit, token)).toBeDefined();
  return { token, get };
}

const change = (work: Parameters<ReturnType<typeof systemContext>['transact']>[0]) => systemContext(kit.kit).transact(async (tx) => { tx.auditNothing('fixture'); await work(tx); });

describe('a session believed from memory', () => {
  test('reads what the session may see, without asking who it is beforehand', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { get } = await rememberedUser('wang');
    expect((await get('/probe/reading')).body.bodies).toContain('城关街道');
    expect((await get('/probe/refusing')).status).toBe(404);
  });

  test.each(PATHS)('once revoked answers 401 at the very next request for %s', async (path) => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { token, get } = await rememberedUser('wang');
    await change((tx) => tx.db.updateTable('platform.session').set({ revokedAt: kit.kit.clock.now(), revokedReason: '注销' }).execute());
    expect((await get(path)).status).toBe(401);
    expect(recall(kit.kit, token)).toBeUndefined();
  });

  test.each(PATHS)('of a user just disabled answers 401 for %s', async (path) => {
    const wang = await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { get } = await rememberedUser('wang');
    await change((tx) => tx.db.updateTable('platform.appUser').set({ disabledAt: kit.kit.clock.now() }).where('id', '=', wang).execute());
    expect((await get(path)).status).toBe(401);
  });

  test('whose post was just ended sees nothing, and says it has no post', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { get } = await rememberedUser('wang');
    await change((tx) => tx.db.updateTable('platform.userGrant').set({ endedAt: kit.kit.clock.now() }).execute());
    expect((await get('/probe/reading')).body.bodies).toEqual([]);
    expect((await get('/me')).body.active).toBeNull();
  });

  test('idle past its limit answers 401, and one in use keeps its time last seen', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { get } = await rememberedUser('wang');
    const seen = () => kit.kit.database.read(everything, (db) => db.selectFrom('platform.session').select('lastSeenAt').executeTakeFirstOrThrow());
    const before = await seen();
    kit.clock.set(`${before.lastSeenAt.slice(0, 11)}23:00:00.000Z`);
    expect((await get('/probe/reading')).status).toBe(401);
    expect(await seen()).toEqual(before);
  });
});
