import fc from 'fast-check';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '#contract/define-route.ts';
import { roleMay, roles, type Role } from '#contract/permissions.ts';
import { problems } from '#contract/problems.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { put, sharpFor, spoiled, spotsOf, validValues } from './testing/hostile.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld, side, type Side, type World } from './testing/world.ts';

/**
 * 刁难: every input of every route, as those who may call it: valid, almost valid and hostile. Whatever is sent, the answer is an answer
 * or a problem of a known code in Chinese that tells nothing of the inside, and what was refused has written nothing.
 */
/** A stream that is accepted does not end; what it refuses is tried beside it (modules/notice). */
const routes = modules.flatMap((module) => module.routes.map((served) => served.route)).filter((route) => route.kind !== 'stream');
const SEED = 20_261_123;
/** Random requests of each route beside those that put something sharp into each of its fields. */
const RANDOM = 24;

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let here: Side;
const people = new Map<string, Signed>();
/** Ids of the requests that were refused. */
const refused = new Set<string>();
let sent = 0;

beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  world = await makeWorld(kit.kit);
  here = world.left;
  app = await buildServer(kit.kit, { logLevel: 'silent' });
});
afterAll(async () => { await app.close(); await kit.stop(); });

interface Request { readonly params: unknown; readonly query: unknown; readonly body: unknown; readonly headers?: Record<string, string> }

const knownOf = (): Record<string, unknown> => ({ ...here.ids, intoId: world.right.ids.estateId, parameterId: 'committee.formation-target', sessionId: 'a'.repeat(64), subscriber: 'registry' });

async function as(login: string): Promise<Signed> {
  const known = people.get(login);
  if (known !== undefined) return known;
  await kit.kit.database.write(everything, (db) => db.deleteFrom('platform.signInGuard').execute());
  const signed = await signedIn(app, login);
  people.set(login, signed);
  return signed;
}

/** Who may call it: one of each level, those of the county first. */
function callersOf(route: Route): (string | null)[] {
  if (route.permission === 'public') return [null];
  const may = ([, role]: readonly [string, Role]) => route.permission === 'signed-in' || (route.permission !== 'public' && roleMay(role, route.permission));
  const able = [...world.users].filter(([login, role]) => may([login, role]) && !login.startsWith('other') && !login.startsWith('右'));
  return [...Map.groupBy(able, ([, role]) => roles[role].level).values()].map(([first]) => first?.[0] ?? null).toSorted((a, b) => Number(a?.startsWith('左')) - Number(b?.startsWith('左')));
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
/** As it is; lone surrogates, which no address can carry, as the rubbish that stands for them. */
const encoded = (value: unknown): string => encodeURIComponent(wordOf(value).toWellFormed());

function urlOf(route: Route, { params, query }: Request): string {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encoded((Object(params) as Record<string, unknown>)[name] ?? '').slice(0, 3_000));
  const pairs = Object.entries(Object(query) as Record<string, unknown>).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((each) => `${encoded(key)}=${encoded(each).slice(0, 9_000)}`));
  return `/api${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

function formOf(body: unknown): string {
  const fields = Object.entries(Object(body) as Record<string, unknown>).map(([key, value]) => `--b\r\nContent-Disposition: form-data; name="${key.replaceAll(/["\r\n]/g, '')}"\r\n\r\n${wordOf(value).slice(0, 30_000)}\r\n`);
  return `${fields.join('')}--b\r\nContent-Disposition: form-data; name="files"; filename="../../a.xlsx"\r\nContent-Type: x\r\n\r\nPK\u0003\u0004\r\n--b--\r\n`;
}

async function send(route: Route, request: Request, login: string | null, raw: InjectOptions = {}) {
  const by = login === null ? null : await as(login);
  sent += 1;
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const answer = await app.inject({
    method: route.method, url: urlOf(route, request),
    ...(route.kind === 'upload' ? { payload: formOf(request.body) } : hasBody ? { payload: JSON.stringify(request.body) ?? 'null' } : {}),
    ...raw,
    headers: {
      ...by?.headers, 'idempotency-key': `fuzz-${sent}-key`, 'if-match': '"1"',
      ...(route.kind === 'upload' ? { 'content-type': 'multipart/form-data; boundary=b' } : hasBody ? { 'content-type': 'application/json' } : {}), ...request.headers, ...raw.headers,
    },
  });
  if (answer.statusCode >= 400) refused.add(String(answer.headers['x-request-id']));
  const code = codeOf(answer.body);
  if (login !== null && (code.startsWith('session.') || (route.permission === 'signed-in' && route.method !== 'GET'))) people.delete(login);
  // What went through may have changed the rows it named: the next request finds fresh ones.
  if (answer.statusCode < 400 && route.method !== 'GET' && route.path.includes(':')) here = await kit.kit.database.write(everything, (db) => side(db, kit.kit, world.countyId, `左侧${sent}`));
  return answer;
}

const codeOf = (body: string): string => /"code":"([^"]*)"/.exec(body)?.[1] ?? '';
const INSIDE = /\bat [\w.<>]+ \(|node_modules|\.ts:\d|\/server\/|\/tmp\/|\/home\/|syntax error|violates|relation "|column "|invalid input|invalid byte|out of range|select .* from |insert into|ECONN|外侧|外县/i;

/** What is wrong with an answer, or null. */
function faultOf(answer: { statusCode: number; body: string; headers: Record<string, unknown> }): string | null {
  if (answer.statusCode < 400) return null;
  if (answer.statusCode >= 500) return 'server error';
  if (!String(answer.headers['content-type']).startsWith('application/problem+json')) return 'no problem+json';
  const body: { code?: string; status?: number; detail?: string; errors?: { message?: string }[] } = JSON.parse(answer.body);
  if (!Object.hasOwn(problems, body.code ?? '') || body.status !== answer.statusCode) return 'unknown code';
  const sentences = [body.detail, ...(body.errors ?? []).map((each) => each.message)];
  if (!sentences.every((each) => /[\u4e00-\u9fff]/.test(each ?? ''))) return `no Chinese sentence: ${sentences.join(' | ').slice(0, 200)}`;
  const inside = INSIDE.exec(answer.body);
  return inside ? `tells of the inside: ${inside[0]}` : null;
}

function requestsOf(route: Route, seed: number): Request[] {
  const known = knownOf();
  const parts = { params: validValues(route.params, known), query: validValues(route.query, {}), body: validValues(route.body, known) };
  const whole = fc.record(parts);
  const random = fc.sample(fc.oneof(
    { weight: 2, arbitrary: whole },
    { weight: 3, arbitrary: fc.record({ ...parts, body: spoiled(parts.body) }) },
    { weight: 2, arbitrary: fc.record({ ...parts, query: spoiled(parts.query) }) },
    { weight: 1, arbitrary: fc.record({ ...parts, params: spoiled(parts.params) }) },
  ), { seed, numRuns: RANDOM });
  // The fullest of some valid requests, so that optional fields are met too.
  const fullest = fc.sample(whole, { seed, numRuns: 12 }).toSorted((a, b) => spotsOf(b).length - spotsOf(a).length)[0] ?? { params: {}, query: {}, body: {} };
  const sharp = spotsOf(fullest).filter((spot) => spot.length > 1).flatMap((spot) => {
    const current = spot.reduce<unknown>((value, key) => (Object(value) as Record<string, unknown>)[key], fullest);
    return sharpFor(current).map((nasty): Request => put(fullest, spot, nasty) as Request);
  });
  return [...random, ...sharp];
}

describe('whatever is sent', () => {
  test.each(routes.map((route, index) => [`${route.method} ${route.path}`, route, index] as const))('%s answers or refuses in words', async (_name, route, index) => {
    const callers = callersOf(route);
    const faults: unknown[] = [];
    for (const [at, request] of requestsOf(route, SEED + index).entries()) {
      const fresh = { ...request, params: renewed(request.params) };
      const answer = await send(route, fresh, callers[at % 5 === 4 ? (at / 5 | 0) % callers.length : 0] ?? null);
      const fault = faultOf(answer);
      if (fault !== null) faults.push({ fault, params: fresh.params, query: request.query, body: JSON.stringify(request.body ?? null).slice(0, 300), answer: answer.body.slice(0, 300) });
    }
    expect(faults).toEqual([]);
    expect((await app.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(200);
  });
});

/** Parameters that named the half of the world now used up name the fresh one. */
function renewed(params: unknown): unknown {
  if (typeof params !== 'object' || params === null) return params;
  const known = knownOf();
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) && known[key] !== undefined ? known[key] : value]));
}

test('what was refused has written nothing: no entry, no mark of a carried-out intent', async () => {
  const written = await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['action', 'requestId']).where('action', 'not in', ['session.sign-in-failed', 'session.password-change-failed', 'session.proof-failed']).execute());
  expect(refused.size).toBeGreaterThan(1_000);
  expect(written.filter(({ requestId }) => refused.has(requestId))).toEqual([]);
});
