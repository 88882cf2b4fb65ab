import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn } from './testing/sign-in.ts';
import { makeWorld } from './testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
});
afterAll(async () => { await app.close(); await kit.stop(); });

test('200 requests of different users at once over 4 connections each see their own half and nothing of the other', async () => {
  const users = await Promise.all(['左侧-township', '右侧-township', '左侧-company', '右侧-company', '左侧-manager', '右侧-manager', 'other-county'].map((login) => signedIn(app, login)));
  const answers = await Promise.all(Array.from({ length: 200 }, async (_, index) => {
    const user = users[(index * 5) % users.length] ?? users[0];
    const answer = await app.inject({ method: 'GET', url: index % 3 === 0 ? '/api/committees' : '/api/estates', headers: user?.headers ?? {} });
    return { login: user?.login ?? '', status: answer.statusCode, marks: ['左侧', '右侧', '外侧'].filter((mark) => new RegExp(`(?<!企)${mark}`).test(answer.body)) };
  }));
  const ownMark = (login: string) => (login === 'other-county' ? '外侧' : login.slice(0, 2));
  expect(answers.filter(({ login, status, marks }) => status !== 200 || marks.join() !== ownMark(login))).toEqual([]);
});
