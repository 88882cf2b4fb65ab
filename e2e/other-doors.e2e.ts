import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { startProvider, type TestProvider } from '#platform/identity/oidc/testing/provider.ts';
import { demoPassword } from '#contract/administration/session.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';

let here: Console;
let provider: TestProvider;
beforeAll(async () => {
  here = await openConsole({
    provider: async (origin) => {
      provider = await startProvider(`${origin}/sign-in/oidc`);
      return provider.config;
    },
  });
});
afterAll(async () => { await here.stop(); await provider.stop(); });

/** 电脑和手机: the two widths on which everything must work. */
async function isClean(page: Page): Promise<void> {
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}

test('安全管理员建一把接口密钥，别的系统拿它取数；吊销以后马上取不到', async () => {
  const page = await here.signInAs('secadmin');
  await page.getByRole('link', { name: '接口密钥' }).click();
  await page.getByRole('heading', { name: '接口密钥', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: '新建密钥' }).click();
  const dialog = page.getByRole('dialog', { name: '新建接口密钥' });
  await dialog.getByLabel('名称').fill('县数据共享平台');
  await dialog.getByLabel('管辖范围').selectOption({ label: '安和县（全县）' });
  await dialog.getByLabel('有效期至').fill('2027-06-30');
  const keeper = await pick(page, dialog, 'clerk');
  await isClean(page);
  await dialog.getByRole('button', { name: '新建', exact: true }).click();
  const secret = await page.getByLabel('接口密钥原文').textContent() ?? '';
  await page.keyboard.press('Escape');
  await isClean(page);
  await page.getByRole('button', { name: '已经保存好' }).click();

  const ask = (path: string) => fetch(`${here.origin}/api${path}`, { headers: { authorization: `Bearer ${secret}` } });
  expect(await (await ask('/whoami')).json()).toMatchObject({ kind: 'key', name: '县数据共享平台', permissions: ['registry.read'] });
  expect((await ask('/estates?limit=5')).status).toBe(200);
  expect((await ask('/users')).status).toBe(403);

  const row = page.getByRole('row', { name: /县数据共享平台/ });
  await row.getByText('在用').waitFor();
  await row.getByText(keeper).first().waitFor();
  await row.getByRole('button', { name: '换保管人' }).click();
  const giving = page.getByRole('dialog', { name: '更换「县数据共享平台」的保管人' });
  const next = await pick(page, giving, 'chengguan');
  await giving.getByLabel('理由').fill('分工调整');
  await isClean(page);
  await giving.getByRole('button', { name: '更换', exact: true }).click();
  await row.getByText(next).first().waitFor();
  await page.getByText('给对方技术人员的说明和例子').click();
  await isClean(page);
  await row.getByRole('button', { name: '吊销' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('对接结束');
  await page.getByRole('dialog').getByRole('button', { name: '吊销', exact: true }).click();
  await row.getByText('已吊销').first().waitFor();
  expect(await (await ask('/estates?limit=5')).json()).toMatchObject({ code: 'key.refused' });
});

/** Picks who answers for the key by the account. @returns the name */
async function pick(page: Page, dialog: Locator, login: string): Promise<string> {
  await dialog.getByLabel('保管人').fill(login);
  await page.getByRole('option', { name: new RegExp(login) }).first().click();
  await dialog.getByLabel('保管人').blur();
  return dialog.getByLabel('保管人').inputValue();
}

/** Fills the provider's two pages. */
async function signInThere(page: Page, as: string): Promise<void> {
  await page.locator('input[name=login]').fill(as);
  await page.locator('input[name=password]').fill('任意');
  await page.locator('button[type=submit]').click();
  await page.locator('form button[autofocus], form button[type=submit]').first().click();
}

test('本人绑定统一身份以后，用它登录；没有绑定的人看得懂该怎么办', async () => {
  const page = await here.signInAs('wenlan');
  await page.goto('/me/oidc-bindings');
  await page.getByLabel('本系统的密码').fill(demoPassword);
  await isClean(page);
  await page.getByRole('button', { name: '去绑定' }).click();
  await signInThere(page, 'zzd-wenlan');
  await page.getByRole('cell', { name: 'zzd-wenlan' }).waitFor();
  await isClean(page);

  const other = await here.open();
  await other.goto('/estates');
  await other.getByRole('button', { name: '用「浙政钉」登录' }).waitFor();
  await isClean(other);
  await other.getByRole('button', { name: '用「浙政钉」登录' }).click();
  await signInThere(other, 'zzd-wenlan');
  await other.getByRole('heading', { name: '小区', level: 1 }).waitFor();

  // Out here is out there: on a shared machine the next person is asked who he is.
  await other.locator('header button[aria-haspopup=dialog]').last().click();
  await other.getByRole('button', { name: '退出登录' }).click();
  await other.locator('button[name=logout][value=yes]').click();
  await other.getByRole('button', { name: '用「浙政钉」登录' }).click();
  await other.locator('input[name=login]').waitFor();

  // The security administrator sees who is bound in the whole county, and ends it there.
  const security = await here.signInAs('secadmin');
  await security.goto('/users');
  await security.getByRole('link', { name: '统一身份绑定情况' }).click();
  const row = security.getByRole('row', { name: /zzd-wenlan/ });
  await row.getByText('有效').waitFor();
  await isClean(security);
  await row.getByRole('button', { name: '解除' }).click();
  await security.getByRole('dialog').getByLabel('理由').fill('标识登记错了');
  await security.getByRole('dialog').getByRole('button', { name: '解除', exact: true }).click();
  await row.getByText('已解除').waitFor();

  const stranger = await here.open();
  await stranger.goto('/');
  await stranger.getByRole('button', { name: '用「浙政钉」登录' }).click();
  await signInThere(stranger, 'zzd-nobody');
  await stranger.getByRole('heading', { name: '没有登录成功' }).waitFor();
  await stranger.getByText(/还没有绑定本系统的账号.*zzd-nobody/u).waitFor();
  await isClean(stranger);
  await stranger.getByRole('button', { name: '回到登录页' }).or(stranger.getByRole('link', { name: '回到登录页' })).click();
  await stranger.getByRole('button', { name: '登录', exact: true }).waitFor();
});

test('认证平台连不上时，登录页说清楚，密码照样能登录', async () => {
  const page = await here.open();
  await page.goto('/');
  provider.tamper({ isDown: true });
  await page.getByRole('button', { name: '用「浙政钉」登录' }).click();
  await page.getByText(/「浙政钉」现在不能用.*用账号和密码登录/u).waitFor();
  provider.tamper({});
  await page.getByRole('textbox', { name: '账号' }).fill('clerk');
  await page.getByLabel('密码', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
});
