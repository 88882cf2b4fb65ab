import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';

let here: Console;
const SHOTS = process.env.SHANZHI_SHOTS;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

/** Looked at by people when a folder is named. */
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

test('安全管理员填写当年合规自查，逐项看到系统数据，签署后固定，住建局领导可以查看', async () => {
  const page = await here.signInAs('secadmin');
  await page.goto('/self-checks');
  await page.getByRole('link', { name: '填写2026年自查' }).click();
  await page.getByText('个字段存放个人信息', { exact: false }).first().waitFor();
  const answers = page.getByLabel('回答');
  expect(await answers.count()).toBeGreaterThan(8);
  for (const one of await answers.all()) await one.selectOption({ label: '是' });
  await answers.nth(1).selectOption({ label: '否' });
  await page.getByLabel('您的登录密码').fill('Anhe-2026-demo');
  await page.getByRole('button', { name: '签署自查' }).click();
  await page.getByRole('alert').filter({ hasText: '请写明情况和打算' }).waitFor();
  await page.getByLabel('说明').nth(1).fill('告知书正在印发，12月底前送达各小区。');
  await shot(page, 'self-check');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '签署自查' }).click();
  await page.getByText('不再修改', { exact: false }).waitFor();
  await page.getByText('告知书正在印发', { exact: false }).waitFor();

  const leader = await here.signInAs('leader');
  await leader.goto('/self-checks/2026');
  await leader.getByText('告知书正在印发', { exact: false }).waitFor();
  expect(await leader.getByRole('button', { name: '签署自查' }).count()).toBe(0);
});

test('个人信息清单、到期删除、批量查询提示、合规自查：电脑和手机上 axe 都找不到毛病，也不用左右拖动', async () => {
  const page = await here.signInAs('secadmin');
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of ['/personal-data', '/personal-data/deletions', '/lookup-flags', '/self-checks', '/self-checks/2026']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('main').getByRole('table').or(page.locator('main .sz-nothing')).or(page.locator('main .sz-section')).first().waitFor();
      expect([path, await axeFaults(page), await overflow(page)]).toEqual([path, [], 0]);
      await shot(page, `${path.slice(1).replaceAll('/', '-')}-${width}`);
    }
  }
});
