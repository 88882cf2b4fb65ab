import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';

let here: Console;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

/** 电脑和手机: the two widths on which everything must work. */
const WIDTHS = [1366, 360] as const;

interface Step { readonly login: string; readonly path: string; readonly title: string | RegExp; readonly open: (page: Page) => Promise<void> }

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first();
const press = (...names: readonly (string | RegExp)[]) => async (page: Page) => { for (const name of names) await button(page, name).click(); };
const person = (login: string, ...names: readonly (string | RegExp)[]) => async (page: Page) => {
  await page.goto(`/users?q=${login}`);
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('region', { name: '账号' }).waitFor();
  await press(...names)(page);
};
const townships = async (page: Page) => { await page.locator('details.sz-township > summary').first().click(); };

/** Fills in the dialog that is open and waits until it is gone. */
async function settle(page: Page, filled: Readonly<Record<string, string>>, submit: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [label, words] of Object.entries(filled)) await dialog.getByLabel(label).fill(words);
  await dialog.getByRole('button', { name: submit, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}
const isThere = async (page: Page, name: string) => await page.getByRole('main').getByRole('button', { name, exact: true }).count() > 0;

/** What can only be taken back once it was done: done at the first width, met again at the second. */
async function withdrawal(page: Page): Promise<void> {
  const block = page.getByRole('region', { name: '全市平均组建率', exact: true });
  await block.locator('details > summary').click();
  if (!await isThere(page, '撤回')) {
    await block.getByRole('button', { name: '本县设置' }).click();
    await settle(page, { 改为: '66.5', 依据: '市住建局通报〔2026〕8号' }, '设置');
  }
  await press('撤回')(page);
}
async function enabling(page: Page): Promise<void> {
  await person('staff')(page);
  if (!await isThere(page, '启用')) {
    await press('停用')(page);
    await settle(page, { 理由: '调离物业岗位' }, '停用');
  }
  await press('启用')(page);
}
async function restoring(page: Page): Promise<void> {
  await townships(page);
  const township = page.locator('details.sz-township').first();
  if (!await isThere(page, '恢复')) {
    await township.getByRole('button', { name: '撤销', exact: true }).last().click();
    await settle(page, { 理由: '批复〔2026〕7号' }, '撤销');
  }
  await township.getByRole('button', { name: '恢复', exact: true }).first().click();
}

/** 弹窗 of the administration pages, each by who opens it, where and how. */
const dialogs: readonly Step[] = [
  { login: 'secadmin', path: '/users', title: '新增用户', open: press('新增用户') },
  { login: 'secadmin', path: '/users', title: '各角色能做什么', open: press('各角色能做什么') },
  { login: 'secadmin', path: '/users', title: '修改用户', open: person('clerk', '修改') },
  { login: 'secadmin', path: '/users', title: /^重置.*的密码$/, open: person('clerk', '重置密码') },
  { login: 'secadmin', path: '/users', title: /^停用.*的账号$/, open: person('clerk', '停用') },
  { login: 'secadmin', path: '/users', title: /^终止岗位：/, open: person('jianzhi', '终止') },
  { login: 'secadmin', path: '/users', title: '授予岗位', open: person('clerk', '授予岗位') },
  { login: 'secadmin', path: '/users', title: '授予岗位', open: async (page) => { await person('clerk', '授予岗位')(page); await page.getByRole('dialog').getByLabel('角色').selectOption({ label: '企业经办人' }); await page.getByRole('dialog').getByLabel('管辖对象').waitFor(); } },
  { login: 'sysadmin', path: '/org-units', title: '新增机构', open: press('新增机构') },
  { login: 'sysadmin', path: '/org-units', title: /^修改：/, open: press('修改') },
  { login: 'sysadmin', path: '/org-units', title: /^撤销：/, open: async (page) => { await townships(page); await page.locator('details.sz-township').first().getByRole('button', { name: '撤销', exact: true }).first().click(); } },
  { login: 'sysadmin', path: '/org-units', title: /的社区（村）$/, open: async (page) => { await townships(page); await press('在此新增社区（村）')(page); } },
  { login: 'sysadmin', path: '/org-units', title: /^把.*并入$/, open: async (page) => { await townships(page); await page.locator('details.sz-township').first().getByRole('button', { name: '合并', exact: true }).first().click(); } },
  { login: 'sysadmin', path: '/org-units?archived=true', title: /^恢复：/, open: restoring },
  { login: 'secadmin', path: '/users', title: /^启用.*的账号$/, open: enabling },
  { login: 'clerk', path: '/parameters?about=committee', title: /^撤回：/, open: withdrawal },
  { login: 'sysadmin', path: '/calendar', title: '登记节假日通知', open: press(/登记节假日通知/) },
  { login: 'sysadmin', path: '/calendar', title: /节假日通知/, open: press('更正') },
  { login: 'clerk', path: '/parameters', title: /./, open: press('本县设置') },
  { login: 'clerk', path: '/rules', title: /二维码/, open: press(/二维码/) },
];

test.each(dialogs)('$login 在 $path 打开的「$title」：电脑和手机上 axe 都找不到毛病，不用左右拖动', async ({ login, path, title, open }) => {
  const page = await here.signInAs(login);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await open(page);
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    const box = await dialog.boundingBox();
    expect([(box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? width + 1) <= width]).toEqual([true, true]);
  }
});

test('一次性密码的弹窗：写明有效期，电脑和手机上 axe 都找不到毛病', async () => {
  for (const width of WIDTHS) {
    const page = await here.signInAs('secadmin');
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/users');
    await press('新增用户')(page);
    await page.getByRole('dialog').getByLabel('账号').fill(`xin${width}`);
    await page.getByRole('dialog').getByLabel('姓名').fill('辛任');
    await press(/^新增$/)(page);
    const dialog = page.getByRole('dialog', { name: '请记下一次性密码' });
    await dialog.getByText(/2026.11.27.*前有效/).waitFor();
    expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  }
});

/** 详情页 and other states that a list does not show. */
const pages: readonly Step[] = [
  { login: 'secadmin', path: '/users', title: '', open: person('clerk') },
  { login: 'auditadmin', path: '/audit', title: '', open: async (page) => { await page.getByRole('link', { name: '看改动' }).first().click(); await page.getByRole('heading', { level: 1 }).waitFor(); await page.locator('main .sz-section').first().waitFor(); } },
  { login: 'auditadmin', path: '/audit', title: '', open: async (page) => { await press(/核验$/)(page); await page.getByRole('status').filter({ hasText: '核验' }).first().waitFor(); } },
  { login: 'clerk', path: '/parameters', title: '', open: async (page) => { await page.locator('main details > summary').filter({ hasText: '历次的值' }).first().click(); await page.getByRole('table').first().waitFor(); } },
  { login: 'sysadmin', path: '/org-units', title: '', open: townships },
  { login: 'sysadmin', path: '/org-units', title: '', open: async (page) => { await townships(page); await page.locator('details.sz-township').first().getByRole('table').getByRole('link').first().click(); await page.getByRole('region', { name: '区划沿革' }).waitFor(); } },
  { login: 'clerk', path: '/me/password', title: '', open: async () => undefined },
  { login: 'leader', path: '/users', title: '', open: async (page) => { await page.getByRole('alert').waitFor(); } },
];

test.each(pages)('$login 看 $path 的详情：电脑和手机上 axe 都找不到毛病，不用左右拖动', async ({ login, path, open }) => {
  const page = await here.signInAs(login);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await open(page);
    expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  }
});

test('登录页：演示账号和输错密码的提示，电脑和手机上 axe 都找不到毛病', async () => {
  const page = await here.open();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: '账号' }).fill(`meiyou${width}`);
    await page.getByLabel('密码', { exact: true }).fill('buzhidao');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('账号或密码不正确').first().waitFor();
    expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  }
});
