import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { notify } from '#platform/notices/notify.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { settled } from './support/windows.ts';

let here: Console;
beforeAll(async () => { here = await openConsole(); });
afterAll(() => here.stop());

async function look(page: Page, addresses: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const address of addresses) {
    await page.goto(address);
    // The gallery shows the signs of waiting themselves, for ever.
    await settled(page, { showsWaiting: address === '/dev/kit' });
    const one = [...await axeFaults(page), ...await overflow(page) > 0 ? ['横向滚动'] : []];
    if (one.length > 0) found[address] = one;
  }
  return found;
}

/** The id of the first record of a list, asked as the signed-in person would. */
async function firstOf(page: Page, path: string, key = 'id'): Promise<string> {
  const answer: unknown = await (await page.request.get(`/api${path}`)).json();
  const { rows } = z.object({ rows: z.array(z.record(z.string(), z.unknown())).min(1) }).parse(answer);
  return z.string().parse(rows[0]?.[key]);
}

async function addressesOfClerk(page: Page): Promise<string[]> {
  const unit = await firstOf(page, '/units?limit=1');
  const estate = z.object({ rows: z.array(z.object({ estate: z.object({ id: z.string() }) })) }).parse(await (await page.request.get('/api/units?limit=1')).json()).rows[0]?.estate.id ?? '';
  const [company, person, owner] = [await firstOf(page, '/companies?limit=1'), await firstOf(page, '/practitioners?limit=1'), await firstOf(page, '/owners?limit=1')];
  const contract = await firstOf(page, '/service-contracts?limit=1', 'contractId');
  const committee = await firstOf(page, '/committees?limit=1', 'committeeId');
  const township = await firstOf(page, '/org-units?kind=township');
  const building = await firstOf(page, `/estates/${estate}/buildings`);
  return [
    '/', '/estates', '/estates/new', `/estates/${estate}`, `/estates/${estate}/edit`, `/estates/${estate}/sheet`, `/estates/${estate}/units`, `/estates/${estate}/owners`, `/estates/${estate}/units/new`, `/estates/${estate}/buildings`, `/buildings/${building}`, `/quality?estateId=${estate}`, `/units/${unit}?fix=holders`, `/committees/${committee}?fix=members`, `/estates/${estate}?fix=contract`,
    '/companies', '/companies/new', `/companies/${company}`, `/companies/${company}/edit`, `/companies/${company}/sheet`,
    '/practitioners', '/practitioners/new', `/practitioners/${person}`, `/practitioners/${person}/edit`,
    '/units', `/units/${unit}`, `/units/${unit}/edit`, '/owners', `/owners/${owner}`, `/owners/${owner}/edit`,
    '/service-contracts', `/service-contracts/${contract}`, '/committees', `/committees/${committee}`, '/townships', `/townships/${township}/sheet`,
    '/directory', '/quality', '/formation', '/imports', '/imports/new', '/parameters', '/rules', '/calendar', '/me/sessions', '/me/password', '/dev/kit', '/nowhere', '/jobs',
  ];
}

describe.each(['office', 'phone'] as const)('%s', (screen) => {
  test('经办人的每一页都没有无障碍问题，也不横向滚动', async () => {
    const page = await here.signInAs('clerk', screen);
    expect(await look(page, await addressesOfClerk(page))).toEqual({});
  });

  test('登录页和三个管理员的页面都没有无障碍问题，也不横向滚动', async () => {
    expect(await look(await here.open(screen), ['/sign-in'])).toEqual({});
    const security = await here.signInAs('secadmin', screen);
    expect(await look(security, ['/', '/users', `/users/${await firstOf(security, '/users?limit=1')}`])).toEqual({});
    const audit = await here.signInAs('auditadmin', screen);
    expect(await look(audit, ['/audit', `/audit/${await firstOf(audit, '/audit-entries?limit=1')}`])).toEqual({});
    expect(await look(await here.signInAs('sysadmin', screen), ['/jobs', '/org-units'])).toEqual({});
  });
});

test('没有登录时先登录，登录后回到原来要看的页面', async () => {
  const page = await here.open();
  await page.goto('/companies?status=active');
  await page.getByRole('textbox', { name: '账号' }).fill('leader');
  await page.getByLabel('密码', { exact: true }).fill('不是这个密码');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: '账号或密码不正确' }).first().waitFor();
  await page.getByLabel('密码', { exact: true }).fill('Anhe-2026-demo');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '物业服务企业' }).waitFor();
  expect(page.url()).toContain('/companies?status=active');
});

test('密码框遮住所输入的内容；点一个演示账号会填好登录表单', async () => {
  const page = await here.open();
  await page.goto('/sign-in');
  expect(await page.getByLabel('密码', { exact: true }).getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: /^leader/ }).click();
  expect(await page.getByLabel('账号').inputValue()).toBe('leader');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '待办与时限' }).waitFor();
});

test('登记俗称以后用俗称搜得到小区；从一个小区分出楼栋，成为新的小区', async () => {
  const page = await here.signInAs('clerk');
  const { rows } = z.object({ rows: z.array(z.object({ estate: z.object({ id: z.string() }) })) }).parse(await (await page.request.get('/api/units?limit=1')).json());
  const estate = rows[0]?.estate.id ?? '';
  await page.goto(`/estates/${estate}`);
  await page.getByRole('button', { name: '登记俗称、地名' }).click();
  await page.getByRole('button', { name: '增加名称' }).click();
  await page.getByRole('textbox', { name: '名称', exact: true }).fill('老面粉厂大院');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('cell', { name: '老面粉厂大院' }).waitFor();
  const hits = z.object({ hits: z.array(z.object({ id: z.string() })) }).parse(await (await page.request.get(`/api/search?q=${encodeURIComponent('老面粉厂')}`)).json());
  expect(hits.hits.map((hit) => hit.id)).toContain(estate);

  await page.getByRole('button', { name: '分立', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('新小区名称').fill('面粉厂新苑');
  await dialog.getByLabel('分立日期').fill('2026-11-01');
  await dialog.getByRole('button', { name: '分立', exact: true }).click();
  await dialog.getByText('请选择分出的楼栋').waitFor();
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByRole('button', { name: '分立', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '面粉厂新苑' }).waitFor();
});

test('还有房屋的楼栋不能归档，并说明原因；楼栋可以修改', async () => {
  const page = await here.signInAs('clerk');
  const { rows } = z.object({ rows: z.array(z.object({ estate: z.object({ id: z.string() }) })) }).parse(await (await page.request.get('/api/units?limit=1')).json());
  await page.goto(`/estates/${rows[0]?.estate.id ?? ''}/buildings`);
  await page.getByRole('button', { name: '归档' }).first().click();
  await page.getByLabel('归档原因').fill('楼栋登记错了');
  await page.getByRole('dialog').getByRole('button', { name: '归档' }).click();
  await page.getByRole('alert').getByText('楼栋内还有房屋，请先归档或调整这些房屋').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await page.getByRole('button', { name: '修改' }).first().click();
  await page.getByRole('dialog').getByLabel('层数').fill('18');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await page.getByRole('cell', { name: '18', exact: true }).first().waitFor();
});

test('按斜杠键光标进搜索框，用拼音首字母找到小区，回车打开', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: '待办与时限' }).waitFor();
  await page.keyboard.press('/');
  const name = await firstOf(page, '/estates?limit=1&sort=name', 'name');
  await page.keyboard.type(name);
  await page.getByRole('option').filter({ hasText: name }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
});

test('搜索框里写乡镇街道的名字，打开它的一镇一表；写社区的名字，打开它的小区', async () => {
  const page = await here.signInAs('clerk');
  await page.getByRole('heading', { level: 1, name: '待办与时限' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('文澜');
  await page.getByRole('option').filter({ hasText: '乡镇街道 · 一镇一表' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '文澜街道住宅小区一览' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('振兴社区');
  await page.getByRole('option').filter({ hasText: '所辖小区' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('neighbourhoodId'));
});

test('只用键盘：第一下 Tab 是“跳到正文”', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: '待办与时限' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.getByRole('link', { name: '跳到正文' }).evaluate((link) => link === document.activeElement)).toBe(true);
});

test('设置了减少动画的人，点开的菜单也在窗口里', async () => {
  const page = await here.signInAs('clerk');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: /住建局经办人/ }).click();
  const menu = page.getByRole('tooltip');
  await menu.getByRole('link', { name: '登录与安全' }).click();
  await page.getByRole('heading', { level: 1, name: '登录与安全' }).waitFor();
  // Whatever moves, however shortly, is measured on its way.
  expect(await page.evaluate(() => [...new Set(Array.from(document.querySelectorAll('*'), (one) => getComputedStyle(one).transitionDuration))])).toEqual(['0s']);
});

test('改小区：没有保存的内容刷新后还在，保存后写入操作历史；别人先改过则提示刷新核对', async () => {
  const page = await here.signInAs('clerk');
  const id = await firstOf(page, '/estates?limit=1&managementKind=self');
  const other = await here.signInAs('clerk');
  await other.goto(`/estates/${id}/edit`);
  await other.getByLabel('备注').waitFor();
  await page.goto(`/estates/${id}/edit`);
  await page.getByLabel('备注').fill('门卫室在东门');
  await page.reload();
  await page.getByText('已恢复您上次填写、还没有保存的内容').waitFor();
  expect(await page.getByLabel('备注').inputValue()).toBe('门卫室在东门');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('region', { name: '操作历史' }).getByText('门卫室在东门').waitFor();
  await other.getByLabel('备注').fill('门卫室在西门');
  await other.getByRole('button', { name: '保存' }).click();
  await other.getByRole('alert').filter({ hasText: '刚被别人修改过' }).first().waitFor();
});

test('填到一半登录失效：保存时回到登录页，登录后回到原来的表单，填的还在；退出登录后，同一窗口的下一个人看不到', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/companies/new');
  await page.getByLabel('企业名称', { exact: true }).fill('半途物业服务有限公司');
  await page.context().clearCookies();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await signInHere(page, 'clerk');
  await page.getByText('已恢复您上次填写、还没有保存的内容').waitFor();
  expect(await page.getByLabel('企业名称', { exact: true }).inputValue()).toBe('半途物业服务有限公司');
  await page.getByRole('button', { name: /住建局经办人/ }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await signInHere(page, 'wenlan');
  await page.goto('/companies/new');
  expect(await page.getByLabel('企业名称', { exact: true }).inputValue()).toBe('');
});

async function signInHere(page: Page, login: string): Promise<void> {
  await page.getByRole('textbox', { name: '账号' }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill('Anhe-2026-demo');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

test('组建率里的数字点开就是它数的小区；乡镇看到的是自己的数，不写成全县', async () => {
  const { id } = await here.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', 'wenlan').executeTakeFirstOrThrow());
  await systemContext(here.kit).transact(async (tx) => {
    await notify(tx, { kind: 'complaint.waiting', to: [{ userId: id }], subject: ['Complaint', 'formation'], text: '投诉件等待签收。', path: '/complaints' });
    tx.auditNothing('a notice');
  });
  const page = await here.signInAs('wenlan');
  await page.goto('/formation');
  await page.getByRole('link', { name: /^通知，\d+ 条未读$/ }).waitFor();
  await page.getByRole('heading', { level: 2, name: '文澜街道' }).waitFor();
  expect(await page.getByRole('heading', { level: 2, name: '全县' }).count()).toBe(0);
  // The bell's link is a number too: only those of the rate are meant.
  const counted = page.getByRole('region', { name: '文澜街道', exact: true }).getByRole('link').filter({ hasText: /^\d+$/ }).first();
  const count = Number(await counted.textContent());
  await counted.click();
  await page.getByText(`${count} 个小区`, { exact: true }).waitFor();
  expect(await page.getByRole('region', { name: '各小区计入情况列表' }).locator('tbody tr').count()).toBe(count);
});

test('填写有误时，原因写在那一项下面', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/estates/new');
  await page.getByLabel('总建筑面积').fill('八千');
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByText('面积应写成 88.50 的样子').waitFor();
  await page.getByText('请填写小区名称').waitFor();
  await page.getByText('请选择乡镇街道').waitFor();
});

test('不能做的操作按钮还在，并说明原因；没有权限的页面说清楚找谁', async () => {
  const page = await here.signInAs('leader');
  const id = await firstOf(page, '/estates?limit=1');
  await page.goto(`/estates/${id}`);
  const refused = page.getByRole('button', { name: '归档' });
  await refused.waitFor();
  expect(await refused.getAttribute('aria-disabled')).toBe('true');
  expect((await refused.getAttribute('aria-description') ?? '').length).toBeGreaterThan(3);
  await page.goto('/imports');
  await page.getByRole('alert').getByText('请联系安全管理员').waitFor();
});

test('业主号码默认遮盖，写明原因才看到完整号码，并记入操作记录', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/owners');
  await page.getByRole('region', { name: '业主列表' }).getByRole('link').first().click();
  await page.getByRole('button', { name: '查看完整电话' }).click();
  await page.getByLabel('查看原因').fill('核对业主身份');
  await page.getByRole('button', { name: '查看并记录' }).click();
  await page.getByText(/^1\d{10}$|^没有登记号码$/).waitFor();
  const audit = await here.signInAs('auditadmin');
  await audit.goto('/audit');
  await audit.getByRole('cell', { name: '核对业主身份' }).first().waitFor();
});

test('小区一页纸打印出来不超过一张 A4', async () => {
  const page = await here.signInAs('clerk');
  const { rows } = z.object({ rows: z.array(z.object({ estate: z.object({ id: z.string() }) })) }).parse(await (await page.request.get('/api/units?limit=1')).json());
  await page.goto(`/estates/${rows[0]?.estate.id ?? ''}/sheet`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length).toBe(1);
});

test('以上各页没有一个请求离开本机', () => {
  expect(here.foreign).toEqual([]);
});
