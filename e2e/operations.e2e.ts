import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';

let site: Console;
beforeAll(async () => {
  site = await openConsole();
  const text = 'select e.id, e.name from registry.estate as e where e.county_id = $1 order by e.id desc limit $2';
  await site.kit.database.write(everything, async (_db, client) => { site.kit.slow.note({ text, ms: 1234.6, rows: 50, client }); });
});
afterAll(() => site.stop());

test('系统管理员看慢查询和它的执行计划，并下载诊断包', async () => {
  const page = await site.signInAs('sysadmin');
  await page.getByRole('navigation').getByRole('link', { name: '慢查询' }).click();
  await page.getByRole('heading', { name: '慢查询', level: 1 }).waitFor();
  await page.getByText('1,234').or(page.getByText('1,235')).or(page.getByText('1235')).first().waitFor();
  expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  await page.getByRole('button', { name: '执行计划' }).click();
  await page.getByText(/Scan/).first().waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载诊断包' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^shanzhi-diagnosis-.*\.tar\.gz$/);
  const phone = await site.signInAs('sysadmin', 'phone');
  await phone.goto('/slow-statements');
  await phone.getByRole('heading', { name: '慢查询', level: 1 }).waitFor();
  expect(await overflow(phone)).toBe(0);
});

test('系统升级以后，升级前打开的页面请人刷新，刷新后不再提示', async () => {
  const page = await site.signInAs('clerk');
  await page.getByRole('main').waitFor();
  expect(await page.getByText('系统已升级').count()).toBe(0);
  await page.route(/\/api\/estates(?:\?|$)/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'x-shanzhi-web': 'index-of-the-next-version.js' } });
  });
  await page.getByRole('navigation').getByRole('link', { name: '小区', exact: true }).click();
  await page.getByText('系统已升级，请刷新页面').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('button', { name: '刷新页面' }).click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  expect(await page.getByText('系统已升级').count()).toBe(0);
});
