import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let township: Signed;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  township = await signedIn(app, '左侧-township');
});
afterAll(async () => { await app.close(); await kit.stop(); });

const code = async () => (await kit.kit.database.read(everything, (db) => db.selectFrom('paper.paper').select('verifyCode').where('townshipId', '=', makeId<'OrgUnit'>(world.left.ids.townshipId ?? '')).executeTakeFirstOrThrow())).verifyCode ?? '';

test('anybody checks a paper without a session, and learns only what its head says', async () => {
  const answer = await app.inject({ url: `/api/paper-verifications/${await code()}` });
  expect(answer.statusCode).toBe(200);
  expect(Object.keys(answer.json()).toSorted()).toEqual(['cancelledOn', 'checkCode', 'isValid', 'issuedOn', 'issuer', 'kind', 'number', 'title']);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.body).not.toMatch(/signer|drafter|某/);
});

test.each(['x', '00000000000000000000', 'A'.repeat(40), "'%20or%201=1"])('%s answers 404 with a sentence that says what to do', async (wrong) => {
  const answer = await app.inject({ url: `/api/paper-verifications/${wrong}` });
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ code: 'not-found', detail: expect.stringContaining('向落款单位核实') });
});

test('a paper leaves as an attachment of its type, named by its number', async () => {
  for (const [path, type, magic] of [['pdf', 'application/pdf', '%PDF'], ['word', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK']] as const) {
    const answer = await app.inject({ url: `/api/papers/${world.left.ids.paperId ?? ''}/${path}`, headers: township.headers });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, type]);
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain('编号：2026-1 ');
    expect(answer.rawPayload.toString('latin1', 0, magic.length)).toBe(magic);
  }
});

test('a text too long and a field left out are each told at their field', async () => {
  const answer = await app.inject({ method: 'POST', url: '/api/papers/notices', headers: { ...township.headers, 'idempotency-key': 'paper-http-1' }, payload: { layout: 'plain', subject: '长'.repeat(81) } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.map((error: { pointer: string }) => error.pointer).toSorted()).toEqual(['/body', '/subject']);
});
