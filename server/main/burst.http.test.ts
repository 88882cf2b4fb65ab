import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureHolidays } from '#modules/administration/index.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld, type World } from './testing/world.ts';

const AT_ONCE = 200;
let kit: TestKit;
let world: World;
const open: FastifyInstance[] = [];
beforeAll(async () => {
  kit = await testKit(modules, { size: 4, isDemo: true });
  world = await makeWorld(kit.kit);
  await ensureHolidays(kit.kit);
});
afterEach(async () => { for (const app of open.splice(0)) await app.close(); });
afterAll(() => kit.stop());

interface Asked { readonly method: 'GET' | 'POST'; readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: object }
interface Answer { readonly status: number; readonly retryAfter: string | undefined; readonly body: string }
type Served = { readonly app: FastifyInstance; all(asked: readonly Asked[]): Promise<Answer[]> };

/** A real server on a port of its own; every request comes over a connection of its own, all at once. */
async function served(perMinute: number): Promise<Served> {
  const app = await buildServer(kit.kit, { logLevel: 'silent', limits: { perSession: perMinute, perAddress: perMinute } });
  open.push(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = z.object({ port: z.number() }).parse(app.server.address() satisfies AddressInfo | string | null);
  return { app, all: (asked) => Promise.all(asked.map((each) => once(port, each))) };
}

function once(port: number, { method, path, headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const sent = request({ host: '127.0.0.1', port, method, path: `/api${path}`, agent: false, headers: { ...headers, ...(content === undefined ? {} : { 'content-type': 'application/json' }) } }, (answer) => {
      text(answer).then((whole) => resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body: whole }), reject);
    });
    sent.once('error', reject);
    sent.end(content);
  });
}

const problem = z.object({ code: z.literal('rate.limited'), title: z.string(), detail: z.string().regex(/\p{Script=Han}.*[^.]$/u) });
/** Each is done, or refused in words with when to come again; nothing else. @returns how many were done */
function doneOrRefused(answers: readonly Answer[]): number {
  for (const { status, retryAfter, body } of answers) {
    expect([200, 429], body).toContain(status);
    if (status === 429) expect([Number(retryAfter) > 0, problem.safeParse(JSON.parse(body)).success], body).toEqual([true, true]);
  }
  return answers.filter(({ status }) => status === 200).length;
}

const counted = (table: 'complaint.complaint' | 'owner.phoneCode') => kit.kit.database.read(everything, async (db) => (await db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n);

describe('two hundred connections at once', () => {
  const file = ({ headers }: Signed, at: number): Asked => ({
    method: 'POST', path: '/complaints', headers: { ...headers, 'idempotency-key': `burst-complaint-${at}` },
    body: { origin: 'counter', receivedOn: '2026-11-20', estateId: world.left.ids.estateId, spot: `${at}号`, category: 'F04', body: `第${at}位来人反映飞线充电`, name: '来人', phone: '' },
  });

  test('at the counter: what was answered with 200 is stored, what was refused is not, and sent again with the same mark each is stored once', async () => {
    const narrow = await served(90);
    const officer = await signedIn(narrow.app, '左侧-neighbourhood');
    const before = await counted('complaint.complaint');
    const all = Array.from({ length: AT_ONCE }, (_, at) => file(officer, at));
    const first = await narrow.all(all);
    const done = doneOrRefused(first);
    expect([done > 0, done < AT_ONCE, await counted('complaint.complaint') - before]).toEqual([true, true, done]);
    // The minute is over: another server of the same deployment counts anew.
    const wide = await served(1_000);
    const again = await wide.all(all);
    const told = again.filter((_, at) => first[at]?.status === 429);
    expect([new Set(told.map(({ status }) => status)), again.filter(({ status }) => status >= 500)]).toEqual([new Set([200]), []]);
    expect(await counted('complaint.complaint') - before).toBe(AT_ONCE);
    const numbers = await kit.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select('numberSerial').where('origin', '=', 'counter').where('body', 'like', '第%位来人%').orderBy('numberSerial').execute());
    expect(numbers.map(({ numberSerial }) => numberSerial)).toEqual(numbers.map((_, at) => (numbers[0]?.numberSerial ?? 0) + at));
  });

  test('from telephones of one network: codes are drawn up to its limit, and every other telephone hears when to come again', async () => {
    const wide = await served(1_000);
    const asks = Array.from({ length: AT_ONCE }, (_, at): Asked => ({ method: 'POST', path: '/owner/phone-codes', body: { estateId: world.left.ids.estateId, phone: `138000${String(at).padStart(5, '0')}` } }));
    const before = await counted('owner.phoneCode');
    const done = doneOrRefused(await wide.all(asks));
    expect([done > 0, done < AT_ONCE, await counted('owner.phoneCode') - before]).toEqual([true, true, done]);
  });

  test('reading: lists, pages and counts of several people are all answered while somebody files', async () => {
    const wide = await served(1_000);
    const people = await Promise.all(['左侧-township', '右侧-township', 'clerk', '左侧-neighbourhood'].map((login) => signedIn(wide.app, login)));
    const paths = ['/complaints', '/estates', '/obligations/mine', '/obligations', `/search?q=${encodeURIComponent('左侧')}`, '/me', '/units?limit=50'];
    const reads = Array.from({ length: AT_ONCE }, (_, at): Asked => ({ method: 'GET', path: paths[at % paths.length] ?? '', headers: people[at % people.length]?.headers ?? {} }));
    const [officer] = people.slice(-1);
    const files = officer === undefined ? [] : Array.from({ length: 10 }, () => ({ ...file(officer, 0), headers: { ...officer.headers, 'idempotency-key': `burst-among-reads-${newId()}` } }));
    const answers = await wide.all([...reads, ...files]);
    expect(answers.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.slice(0, 200)}`)).toEqual([]);
  });
});
