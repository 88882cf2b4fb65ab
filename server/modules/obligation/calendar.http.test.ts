import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn } from '#server/main/testing/sign-in.ts';
import { makeWorld } from '#server/main/testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
});
afterAll(async () => { await app.close(); await kit.stop(); });

let serial = 0;
async function make(login: string, feed: 'mine' | 'body'): Promise<string> {
  const by = await signedIn(app, login);
  const answer = await app.inject({ method: 'POST', url: '/api/me/duty-feeds', headers: { ...by.headers, 'idempotency-key': `feed-key-${serial += 1}` }, payload: { feed } });
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return new URL(answer.json<{ url: string }>().url).pathname;
}
const read = (path: string) => app.inject({ method: 'GET', url: path });

test('whoever has the address reads the calendar of that post’s body and of nobody else’s, without signing in', async () => {
  const left = await read(await make('左侧-township', 'body'));
  expect([left.statusCode, left.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
  const text = left.body.replaceAll('\r\n ', '');
  expect([/SUMMARY:.*左侧小区的事/.test(text), text.includes('DTSTART;VALUE=DATE:20261125'), text.includes('右侧')]).toEqual([true, true, false]);
  const right = await read(await make('右侧-township', 'mine'));
  expect([right.body.includes('右侧小区的事'), right.body.includes('左侧')]).toEqual([true, false]);
  expect((await read(await make('左侧-company', 'body'))).body).not.toContain('BEGIN:VEVENT');
});

test('a new address ends the one before, and ended by hand it is over; a wrong one opens nothing', async () => {
  const first = await make('左侧-township', 'mine');
  const second = await make('左侧-township', 'mine');
  expect([(await read(first)).statusCode, (await read(second)).statusCode]).toEqual([410, 200]);
  const by = await signedIn(app, '左侧-township');
  expect((await app.inject({ method: 'PUT', url: '/api/me/duty-feeds/end', headers: by.headers, payload: { feed: 'mine' } })).json()).toEqual({ ended: 1 });
  expect([(await read(second)).statusCode, (await read(`${second}x`)).statusCode]).toEqual([410, 404]);
});

test('the address ends with the post it was made in, and with its holder’s account', async () => {
  const [post, account] = [await make('右侧-township', 'body'), await make('右侧-neighbourhood', 'body')];
  await kit.kit.database.write(everything, async (db) => {
    const of = async (login: string) => (await db.selectFrom('platform.appUser').select('id').where('login', '=', login).executeTakeFirstOrThrow()).id;
    await db.updateTable('platform.userGrant').set({ endedAt: kit.clock.now() }).where('userId', '=', await of('右侧-township')).execute();
    await db.updateTable('platform.appUser').set({ disabledAt: kit.clock.now() }).where('id', '=', await of('右侧-neighbourhood')).execute();
  });
  expect([(await read(post)).statusCode, (await read(account)).statusCode]).toEqual([410, 410]);
});
