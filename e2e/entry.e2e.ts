import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { epochOf } from '#domain/kernel/local-date.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';

const PASSWORD = '城南的桂花树开了两次';
let here: Console;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

/** On a computer and on a telephone: nothing for axe to find, nothing to drag sideways. */
async function looksWell(page: Page): Promise<void> {
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    expect([width, page.url().replace(/#.*/, ''), await axeFaults(page), await overflow(page)]).toEqual([width, expect.anything(), [], 0]);
  }
}

const codeOf = (key: string, steps = 0) => generateSync({ secret: key, epoch: epochOf(here.kit.clock.now()) / 1000 + 30 * steps });

async function signIn(page: Page, login: string): Promise<void> {
  await page.getByRole('textbox', { name: '账号' }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

test('安全管理员邀请一名审计管理员；本人打开链接设置密码，启用动态口令，退出后用口令登录；链接不能再用', async () => {
  const office = await here.signInAs('secadmin');
  await office.goto('/users');
  await office.getByRole('button', { name: '邀请用户' }).click();
  const dialog = office.getByRole('dialog', { name: '邀请用户' });
  await dialog.getByLabel('角色').selectOption({ label: '审计管理员' });
  await dialog.getByLabel('账号').fill('xinshen');
  await dialog.getByLabel('姓名').fill('辛审');
  await dialog.getByLabel('职务').fill('数据局科员');
  await looksWell(office);
  await dialog.getByRole('button', { name: '生成邀请链接' }).click();
  const link = await office.getByLabel('邀请链接', { exact: true }).textContent() ?? '';
  await office.getByRole('img', { name: '辛审的邀请链接二维码' }).waitFor();
  await looksWell(office);
  await office.getByRole('button', { name: '已经交给本人' }).click();
  await office.getByText('邀请链接等本人打开').first().waitFor();

  const page = await here.open();
  await page.goto(link);
  await page.getByText('审计管理员').waitFor();
  for (const said of ['辛审', 'xinshen', '数据局科员', '发链接的人']) expect(await page.getByRole('main').textContent()).toContain(said);
  await looksWell(page);
  await page.getByLabel('新密码').fill('123456');
  await page.getByRole('button', { name: '设置密码' }).click();
  await page.getByText(/密码至少10个字符/).first().waitFor();
  await page.getByLabel('新密码').fill(PASSWORD);
  await page.getByRole('button', { name: '设置密码' }).click();
  await page.getByRole('heading', { name: '密码已设置' }).waitFor();
  await page.getByRole('link', { name: '去登录' }).click();
  await signIn(page, 'xinshen');
  // A role of the list: the person is led there and finds no other page.
  await page.getByRole('heading', { name: '请先启用动态口令' }).waitFor();
  await page.goto('/audit');
  await page.getByRole('heading', { name: '请先启用动态口令' }).waitFor();
  await page.getByLabel('登录密码').fill(PASSWORD);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('img', { name: /动态口令的二维码/ }).waitFor();
  const key = (await page.getByLabel('密钥', { exact: true }).textContent() ?? '').replaceAll(' ', '');
  await looksWell(page);
  await page.getByLabel('动态口令', { exact: true }).fill(codeOf(key));
  await page.getByRole('button', { name: '启用', exact: true }).click();
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor();
  expect(await page.getByRole('list', { name: 'xinshen的恢复码' }).getByRole('listitem').count()).toBe(10);
  await looksWell(page);
  await page.getByRole('button', { name: '已经保存好，开始工作' }).click();
  await page.getByRole('heading', { name: '待办与时限' }).waitFor();

  await page.goto('/me/sessions');
  await page.getByText('还有 10 个恢复码').waitFor();
  await page.getByRole('region', { name: '登录记录列表' }).getByText('登录成功').first().waitFor();
  await looksWell(page);
  await page.getByRole('button', { name: /辛审/ }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL('**/sign-in');

  await signIn(page, 'xinshen');
  await page.getByLabel('动态口令', { exact: true }).fill('000000');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText(/动态口令不正确或已经用过/).first().waitFor();
  await looksWell(page);
  await page.getByLabel('动态口令', { exact: true }).fill(codeOf(key, 1));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.getByRole('button', { name: /辛审/ }).waitFor();

  const stranger = await here.open();
  await stranger.goto(link);
  await stranger.getByText(/已经用过，只能用一次/).waitFor();
  await looksWell(stranger);
  expect(here.foreign).toEqual([]);

  // What the security administrator sees afterwards, and can take back.
  await office.goto('/users?q=xinshen');
  await office.getByRole('table').getByRole('link', { name: '辛审' }).click();
  await office.getByRole('button', { name: '移除动态口令' }).waitFor();
  await looksWell(office);
  await office.goto('/sign-ins?q=xinshen');
  await office.getByRole('region', { name: '登录记录列表' }).getByText('密码正确，动态口令不正确').first().waitFor();
  await looksWell(office);
  await office.goto('/account-links');
  await office.getByRole('table').getByText('已用过').first().waitFor();
  await looksWell(office);
});
