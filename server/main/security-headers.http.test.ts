import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld } from './testing/world.ts';

let kit: TestKit;
let folder: string;
let plain: FastifyInstance;
let https: FastifyInstance;
let clerk: Signed;

beforeAll(async () => {
  kit = await testKit(modules, { size: 2 });
  await makeWorld(kit.kit);
  folder = await mkdtemp(join(tmpdir(), 'shanzhi-web-'));
  await mkdir(join(folder, 'assets'));
  await cp(join(import.meta.dirname, '../../web/index.html'), join(folder, 'index.html'));
  await cp(join(import.meta.dirname, '../../web/owner/index.html'), join(folder, 'owner', 'index.html'));
  await writeFile(join(folder, 'assets', 'a.js'), 'export {};');
  plain = await buildServer(kit.kit, { logLevel: 'silent', webFolder: folder });
  https = await buildServer({ ...kit.kit, origin: 'https://wuye.example.gov.cn' }, { logLevel: 'silent', webFolder: folder });
  clerk = await signedIn(plain, 'clerk');
});
afterAll(async () => { await plain.close(); await https.close(); await kit.stop(); await rm(folder, { recursive: true, force: true }); });

type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

/** What is missing or wrong in the headers of any answer. */
function faultsOf(headers: Headers): string[] {
  const is = (name: string, right: (value: string) => boolean) => (right(headers[name]?.toString() ?? '') ? [] : [`${name}: ${headers[name]?.toString() ?? 'missing'}`]);
  return [
    ...is('x-content-type-options', (value) => value === 'nosniff'), ...is('x-frame-options', (value) => value === 'DENY'), ...is('referrer-policy', (value) => value === 'no-referrer'),
    ...is('cross-origin-opener-policy', (value) => value === 'same-origin'), ...is('cross-origin-resource-policy', (value) => value === 'same-origin'),
    ...is('permissions-policy', (value) => /camera=\(\)/.test(value) && /geolocation=\(\)/.test(value)),
    ...is('content-security-policy', (value) => policyIsTight(value)),
    ...['server', 'x-powered-by'].filter((name) => headers[name] !== undefined),
  ];
}

function policyIsTight(policy: string): boolean {
  const directives = new Map(policy.split(';').map((each) => { const [name = '', ...values] = each.trim().split(/\s+/); return [name, values.join(' ')] as const; }));
  return directives.get('default-src') === "'self'" && directives.get('script-src') === "'self'" && directives.get('script-src-attr') === "'none'" && directives.get('object-src') === "'none'"
    && directives.get('frame-ancestors') === "'none'" && directives.get('base-uri') === "'self'" && directives.get('form-action') === "'self'" && !/https?:|\*|unsafe-eval/.test(policy);
}

const answers: [string, string, number, RegExp][] = [
  ['a page', '/', 200, /^no-cache$/], ['a page by its own address', '/estates', 200, /^no-cache$/], ['the owners’ page', '/o', 200, /^no-cache$/], ['an owners’ page by its own address', '/o/e/x?b=1', 200, /^no-cache$/], ['an asset', '/assets/a.js', 200, /immutable/], ['a missing asset', '/assets/none.js', 404, /.*/],
  ['an answer of the API', '/api/me', 200, /^private, no-store$/], ['a list', '/api/estates', 200, /^private, no-store$/], ['a download', '/api/estates/export', 200, /^private, no-store$/],
  ['a refusal', '/api/estates/none', 400, /^private, no-store$/], ['an unknown address of the API', '/api/none', 404, /^private, no-store$/], ['a page about a problem', '/problems/not-found', 200, /.*/],
  ['the description of the API', '/openapi.json', 200, /.*/], ['health', '/healthz', 200, /.*/],
];

describe('the headers of every answer', () => {
  test.each(answers)('%s', async (_name, url, status, cache) => {
    const answer = await plain.inject({ method: 'GET', url, headers: clerk.headers });
    expect([answer.statusCode, faultsOf(answer.headers)]).toEqual([status, []]);
    expect(answer.headers['cache-control'] ?? '').toMatch(cache);
  });

  test('the owners’ page may ask for the microphone and allows no style written into it; the console’s may not and does', async () => {
    const told = async (url: string) => { const { headers } = await plain.inject({ method: 'GET', url }); return [/microphone=\(self\)/.test(String(headers['permissions-policy'])), String(headers['content-security-policy']).includes('unsafe-inline')]; };
    expect([await told('/o'), await told('/o?q=x'), await told('/o/r'), await told('/org-units'), await told('/')]).toEqual([[true, false], [true, false], [true, false], [false, true], [false, true]]);
  });

  test('an answer of the API names the pages that go with it, where they are built', async () => {
    const built = join(folder, 'built');
    await mkdir(built);
    await writeFile(join(built, 'index.html'), '<script type="module" crossorigin src="/assets/index-B1x_2.js"></script>');
    const app = await buildServer(kit.kit, { logLevel: 'silent', webFolder: built });
    const named = async (server: FastifyInstance, url: string) => (await server.inject({ method: 'GET', url, headers: clerk.headers })).headers['x-shanzhi-web'];
    expect([await named(app, '/api/me'), await named(app, '/'), await named(plain, '/api/me')]).toEqual(['index-B1x_2.js', undefined, undefined]);
    await app.close();
  });

  test('a page whose address only begins like the API’s is a page', async () => {
    const types = await Promise.all(['/api-keys', '/apiary', '/api/keys-nowhere'].map(async (url) => (await plain.inject({ method: 'GET', url })).headers['content-type']));
    expect(types).toEqual(['text/html; charset=utf-8', 'text/html; charset=utf-8', 'application/problem+json; charset=utf-8']);
  });

  test('a stranger’s refusal is not kept by any cache either', async () => {
    const answer = await plain.inject({ method: 'GET', url: '/api/me' });
    expect([answer.statusCode, answer.headers['cache-control'], faultsOf(answer.headers)]).toEqual([401, 'private, no-store', []]);
  });

  test.each([['half a byte', '/%ff'], ['half a character', '/api/estates/%E0%A4%A'], ['an endless id', `/api/estates/${'x'.repeat(5_000)}`]])('an address with %s is refused in words', async (_name, url) => {
    const answer = await plain.inject({ method: 'GET', url, headers: clerk.headers });
    expect([answer.headers['content-type'], answer.headers['x-content-type-options']]).toEqual(['application/problem+json; charset=utf-8', 'nosniff']);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body).toMatch(/[\u4e00-\u9fff]/);
    expect(answer.body).not.toContain('xxxx');
  });
});

describe('https for good', () => {
  test('is asked for where the origin is https, and only there', async () => {
    const at = async (app: FastifyInstance) => (await app.inject({ method: 'GET', url: '/' })).headers['strict-transport-security'];
    expect(await at(https)).toMatch(/max-age=\d{8}/);
    expect(await at(plain)).toBeUndefined();
  });
});

test('no page holds a script of its own or asks anything of another host', async () => {
  const { body } = await plain.inject({ method: 'GET', url: '/' });
  expect(body).toMatch(/<script[^>]+src="\//);
  expect(body.match(/<script(?![^>]*\ssrc=)[^>]*>/g)).toBeNull();
  expect(body.match(/\son\w+=|javascript:|(?:src|href)="(?:https?:)?\/\//g)).toBeNull();
});

test('a download is an attachment of a stated type', async () => {
  const { headers } = await plain.inject({ method: 'GET', url: '/api/estates/export', headers: clerk.headers });
  expect(headers['content-disposition']).toMatch(/^attachment; /);
  expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
});
