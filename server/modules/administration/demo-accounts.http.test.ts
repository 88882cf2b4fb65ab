import { afterEach, expect, test } from 'vitest';
import { demoPassword } from '#contract/administration/session.ts';
import { buildServer } from '#platform/http/serve.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { administration } from './index.ts';
import { world } from './testing/world.ts';

let kit: TestKit | undefined;
afterEach(() => kit?.stop());

/** Two accounts, one of them marked as demo, asked for by somebody who is not signed in. */
async function asked(isDemo: boolean): Promise<{ status: number; body: unknown }> {
  kit = await testKit([administration], { isDemo });
  const given = await world(kit.kit);
  await given.user('zhen', ['bureau-clerk']);
  const demo = await given.user('yanshi', [{ role: 'township-officer', at: '城关街道' }]);
  await systemContext(kit.kit).transact(async (tx) => {
    tx.auditNothing('fixture');
    await tx.db.updateTable('platform.appUser').set({ isDemo: true }).where('id', '=', demo).execute();
    await tx.db.updateTable('platform.userGrant').set({ title: '物业管理经办人' }).where('userId', '=', demo).execute();
  });
  const app = await buildServer(kit.kit, { logLevel: 'silent' });
  const answer = await app.inject({ method: 'GET', url: '/api/demo-accounts' });
  await app.close();
  return { status: answer.statusCode, body: answer.json() };
}

test('in a demo the sign-in page is told the demo accounts, and no other', async () => {
  expect(await asked(true)).toEqual({ status: 200, body: { rows: [{ login: 'yanshi', roleTitle: expect.stringMatching(/\p{Script=Han}/u), posts: ['城关街道 物业管理经办人'], password: demoPassword }] } });
});

test('where it is no demo nothing is told, even if an account is marked as one', async () => {
  expect(await asked(false)).toEqual({ status: 200, body: { rows: [] } });
});
