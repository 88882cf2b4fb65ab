import { Client } from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';

const NOTICE_2027 = `一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。`;

let here: Console;
beforeAll(async () => { here = await openConsole({ at: '2026-11-20T02:00:00.000Z' }); });
afterAll(() => here.stop());

async function newUser(page: Page, login: string, name: string): Promise<string> {
  await page.goto('/users');
  await page.getByRole('button', { name: '新增用户' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('账号').fill(login);
  await dialog.getByLabel('姓名').fill(name);
  await dialog.getByRole('button', { name: '新增', exact: true }).click();
  await page.getByRole('dialog', { name: '请记下一次性密码' }).waitFor();
  const password = await page.locator('.sz-once').textContent();
  await page.getByRole('button', { name: '已经告诉本人' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  return password ?? '';
}

test('安全管理员新增用户、授予岗位；本人用一次性密码登录后先改密码', async () => {
  const page = await here.signInAs('secadmin');
  const password = await newUser(page, 'xinren', '辛仁');
  await page.getByRole('button', { name: '授予岗位' }).click();
  const dialog = page.getByRole('dialog', { name: '授予岗位' });
  await dialog.getByLabel('角色').selectOption({ label: '乡镇街道经办人' });
  await dialog.getByLabel('管辖对象').selectOption({ label: '清棠镇' });
  await dialog.getByLabel('职务').fill('综合行政执法办科员');
  await dialog.getByRole('button', { name: '授予', exact: true }).click();
  await page.getByRole('region', { name: '岗位' }).getByRole('cell', { name: '清棠镇' }).first().waitFor();

  const own = await here.open();
  await own.goto('/');
  await own.getByLabel('账号').fill('xinren');
  await own.getByLabel('密码', { exact: true }).fill(password);
  await own.getByRole('button', { name: '登录', exact: true }).click();
  await own.getByRole('heading', { name: '请先设置自己的密码' }).waitFor();
});

test('一次性密码不会因为按了 Esc 而丢掉', async () => {
  const page = await here.signInAs('secadmin');
  await page.goto('/users');
  await page.getByRole('button', { name: '新增用户' }).click();
  await page.getByRole('dialog').getByLabel('账号').fill('buduiren');
  await page.getByRole('dialog').getByLabel('姓名').fill('卜对');
  await page.getByRole('dialog').getByRole('button', { name: '新增', exact: true }).click();
  await page.locator('.sz-once').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.sz-once').isVisible()).toBe(true);
});

test('审计管理员核验：没改过就通过；数据库里被人改过一条，就指出是哪一条', async () => {
  const page = await here.signInAs('auditadmin');
  await page.goto('/audit');
  await page.getByRole('button', { name: /核验$/ }).click();
  await page.getByRole('status').filter({ hasText: '核验通过' }).waitFor();

  const owner = new Client({ connectionString: here.ownerUrl });
  await owner.connect();
  await owner.query("update audit.entry set actor_name = '别人' where entry_no = 2");
  await owner.end();
  await page.getByRole('button', { name: /核验$/ }).click();
  const verdict = page.getByRole('status').filter({ hasText: '核验不通过' });
  await verdict.waitFor();
  expect(await verdict.textContent()).toMatch(/第\s*2\s*条/);
});

test('操作记录能按对象收窄，逐项写明改前改后', async () => {
  const page = await here.signInAs('auditadmin');
  const { name } = await here.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('name').where('login', '=', 'secadmin').executeTakeFirstOrThrow());
  await page.goto(`/audit?actor=${encodeURIComponent(name)}`);
  await page.getByRole('row', { name: /授予岗位/ }).first().getByRole('link', { name: '看改动' }).click();
  await page.getByRole('region', { name: '改动' }).getByRole('cell', { name: '清棠镇' }).waitFor();
  await page.getByRole('link', { name: '同一对象的全部记录' }).click();
  await page.getByText('只看同一对象的记录').waitFor();
  expect(new URL(page.url()).searchParams.get('subjectKind')).toBe('AppUser');
});

test('登记节假日通知：没有登记时推算结果是暂定的；粘贴通知正文登记后，逐日说明不再暂定', async () => {
  const page = await here.signInAs('sysadmin');
  await page.goto('/calendar');
  await page.getByText('还没有登记 2027 年的节假日通知').waitFor();
  const reckon = async () => {
    await page.getByLabel(/起算日/).fill('2027-01-28');
    await page.getByLabel('工作日数').fill('8');
    await page.getByRole('button', { name: '推算' }).click();
  };
  await reckon();
  await page.getByRole('status').filter({ hasText: '暂定' }).waitFor();

  await page.getByRole('button', { name: '登记节假日通知' }).click();
  const dialog = page.getByRole('dialog', { name: '登记节假日通知' });
  await dialog.getByLabel('文号').fill('国办发明电〔2026〕9号');
  await dialog.getByLabel('发布日期').fill('2026-11-18');
  await dialog.getByLabel('粘贴通知正文').fill(NOTICE_2027);
  await dialog.getByText('认出 10 天：1月1日至3日（3天）、2月5日至11日（7天）').waitFor();
  await dialog.getByText('认出 2 天：1月31日、2月13日').waitFor();
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('row', { name: /2027年1月31日 星期日 第 2 个工作日 调休上班/ }).waitFor();
  await page.getByRole('row', { name: /2027年2月8日 星期一 不计/ }).waitFor();
  const told = page.getByRole('status').filter({ hasText: '第 8 个工作日是' });
  expect(await told.textContent()).toContain('2027年2月13日');
  expect(await told.textContent()).not.toContain('暂定');
});

test('参数：按百分数填写，说清原来是多少、从哪天起改成多少', async () => {
  const page = await here.signInAs('clerk');
  await page.goto('/parameters?about=committee');
  const block = page.getByRole('region', { name: '全市平均组建率', exact: true });
  await block.getByRole('button', { name: '本县设置' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('改为').fill('66.5');
  await dialog.getByLabel('依据').fill('市住建局通报〔2026〕8号');
  await dialog.getByRole('button', { name: '设置', exact: true }).click();
  await block.getByRole('status').filter({ hasText: /原为65%.*起为66\.5%/ }).waitFor();
});

test('系统管理员按区划调整把一个社区并入另一个：小区跟着走，沿革上写明日期和依据', async () => {
  const page = await here.signInAs('sysadmin');
  await page.goto('/org-units');
  const township = page.locator('details.sz-township').last();
  await township.locator('summary').click();
  const rows = township.getByRole('table').getByRole('row').filter({ has: page.getByRole('link') });
  const [from, into] = [await rows.first().getByRole('link').first().textContent(), await rows.last().getByRole('link').first().textContent()];
  await rows.first().getByRole('button', { name: '合并', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('并入').selectOption({ label: into ?? '' });
  await dialog.getByLabel('生效日期').fill('2026-11-01');
  await dialog.getByLabel('依据').fill('市政府批复〔2026〕3号');
  await dialog.getByRole('button', { name: '合并', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: into ?? '' }).waitFor();
  await page.getByRole('region', { name: '区划沿革' }).getByText(`${from ?? ''} 并入`).waitFor();
  await page.getByRole('region', { name: '区划沿革' }).getByRole('link', { name: from ?? '' }).click();
  await page.getByText('已撤销').first().waitFor();
  await page.getByRole('region', { name: '操作历史' }).getByText('市政府批复〔2026〕3号').waitFor();
});

test.each([
  ['secadmin', '/users?status=active', '用户与岗位'], ['sysadmin', '/org-units?q=清棠', '组织机构'], ['auditadmin', '/audit?from=2026-11-01', '操作记录'], ['clerk', '/parameters?about=committee', '参数'],
  ['clerk', '/rules?q=组建率', '规则与依据'], ['clerk', '/calendar', '节假日安排'], ['sysadmin', '/jobs', '后台作业'],
] as const)('%s 把 %s 所列的导出成 xlsx', async (login, path, name) => {
  const page = await here.signInAs(login);
  await page.goto(path);
  // The page's own export stands first; 运维 has a second one for deliveries. Asked for by its address: where no Chinese locale is installed, a browser renames the file.
  const address = await page.getByRole('link', { name: '导出 xlsx' }).first().getAttribute('href');
  const answer = await page.request.get(address ?? '');
  expect([answer.status(), decodeURIComponent(answer.headers()['content-disposition'] ?? '')]).toEqual([200, expect.stringContaining(`${name}_2026-11-20.xlsx`)]);
  expect(new URL(address ?? '', here.origin).search).toBe(new URL(encodeURI(path), here.origin).search);
  expect((await answer.body()).subarray(0, 2).toString()).toBe('PK');
});

test('没有权限的人看到原因，不是一串报错', async () => {
  const page = await here.signInAs('leader');
  await page.goto('/users');
  await page.getByRole('alert').filter({ hasText: '当前岗位没有权限' }).waitFor();
  await page.goto('/parameters');
  expect(await page.getByRole('button', { name: '本县设置' }).first().getAttribute('aria-description')).toMatch(/只能查看/);
});

test.each([
  ['secadmin', '/users'], ['auditadmin', '/audit'], ['sysadmin', '/org-units'], ['sysadmin', '/jobs'], ['sysadmin', '/calendar?from=2026-11-20&days=5'], ['clerk', '/parameters'], ['clerk', '/rules'], ['clerk', '/me/sessions'], ['clerk', '/dev/kit'],
] as const)('%s 打开 %s：电脑和手机上 axe 都找不到毛病，也不用左右拖动', async (login, path) => {
  const page = await here.signInAs(login);
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('main').getByRole('table').or(page.locator('main .sz-nothing')).or(page.locator('main .sz-section')).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
});
