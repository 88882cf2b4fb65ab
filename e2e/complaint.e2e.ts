import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { everything } from '#platform/access/scope.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
let estate = '';
beforeAll(async () => {
  here = await openConsole();
  // An estate of the community at whose counter the test stands.
  const { rows } = await here.kit.database.read(everything, (db) => sql<{ name: string }>`select e.name from registry.estate e join platform.user_grant g on g.scope_id = e.neighbourhood_id join platform.app_user u on u.id = g.user_id where u.login = 'shequ' and e.archived_at is null order by e.id limit 1`.execute(db));
  estate = rows[0]?.name ?? '';
});
afterAll(() => here.stop());

const clean = async (page: Page) => [await axeFaults(page), await overflow(page)];
const dialog = (page: Page) => page.getByRole('dialog');
const inBox = (page: Page) => page.getByRole('region', { name: '下一步' });

async function register(page: Page, { category, body, receivedOn }: { category: string; body: string; receivedOn?: string }): Promise<string> {
  await page.goto('/complaints/new');
  await page.getByRole('combobox', { name: /^小区/ }).fill(estate);
  await page.getByRole('option', { name: new RegExp(estate) }).first().click();
  await page.getByLabel('类别', { exact: true }).selectOption({ label: category });
  await page.getByLabel('反映的情况').fill(body);
  if (receivedOn !== undefined) await page.getByLabel('收到日期').fill(receivedOn);
  await page.getByLabel('投诉人姓名').fill('秦来访');
  await page.getByLabel('联系电话').fill('19900007777');
  return body;
}

test('窗口登记出回执，受理、交办，转办一次，再转被拒并说明原因，答复、办结', async () => {
  const hall = await here.signInAs('shequ');
  await register(hall, { category: 'F04 飞线充电、电动车进楼', body: '二单元楼道里拉线给电动车充电，夜里有焦味' });
  await shot(hall, 'complaint-form');
  expect(await clean(hall)).toEqual([[], 0]);
  await hall.getByRole('button', { name: '登记并出回执' }).click();
  await hall.getByRole('heading', { name: '投诉登记回执' }).waitFor();
  await hall.getByRole('img', { name: '查询办理情况的二维码' }).waitFor();
  await shot(hall, 'complaint-slip');
  expect(await clean(hall)).toEqual([[], 0]);
  await hall.getByRole('link', { name: '打开这件投诉' }).click();
  await hall.getByText('由承办单位决定受理或者不予受理').waitFor();
  const address = new URL(hall.url()).pathname;
  await hall.getByRole('button', { name: '受理', exact: true }).click();
  await dialog(hall).getByRole('button', { name: '受理', exact: true }).click();
  await hall.getByText('交办给主办单位，或者自己办理').waitFor();
  await shot(hall, 'complaint-file');
  expect(await clean(hall)).toEqual([[], 0]);
  await inBox(hall).getByRole('button', { name: '交办', exact: true }).click();
  await dialog(hall).getByLabel('主办单位').selectOption({ label: '安和县消防救援大队' });
  await dialog(hall).getByRole('button', { name: '交办', exact: true }).click();
  await hall.getByText('没有账号，线下办理').waitFor();

  // 消防没有账号：社区按纸面意见补录转办，转给有账号的综合执法局。
  await inBox(hall).getByRole('button', { name: '转办', exact: true }).click();
  await dialog(hall).getByLabel('转给').selectOption({ label: '安和县综合行政执法局' });
  await dialog(hall).getByLabel('转办理由').fill('现场为小区外架空线，由综合执法办理');
  await dialog(hall).getByRole('button', { name: '转办', exact: true }).click();
  await inBox(hall).getByText('安和县综合行政执法局', { exact: true }).waitFor();

  const enforcer = await here.signInAs('chengguan');
  await enforcer.goto('/complaints');
  await enforcer.getByRole('link', { name: /投诉〔2026〕\d+号/ }).first().click();
  await enforcer.getByText('由承办单位首次联系投诉人并办理').waitFor();
  expect(new URL(enforcer.url()).pathname).toBe(address);
  expect(await inBox(enforcer).getByRole('button', { name: '转办', exact: true }).getAttribute('aria-description')).toContain('已经转办过一次');
  await inBox(enforcer).getByRole('button', { name: '答复', exact: true }).click();
  await dialog(enforcer).getByLabel('办理结果').selectOption({ label: '已解决' });
  await dialog(enforcer).getByLabel(/^答复内容/).fill('已拆除飞线，并设置集中充电点。');
  await dialog(enforcer).getByRole('button', { name: '答复', exact: true }).click();
  await enforcer.getByText('由承办单位办结').waitFor();
  await inBox(enforcer).getByRole('button', { name: '办结', exact: true }).click();
  await dialog(enforcer).getByRole('button', { name: '办结', exact: true }).click();
  await enforcer.getByText('回访；易反弹的到期复查').waitFor();
  await shot(enforcer, 'complaint-closed');
  expect(await clean(enforcer)).toEqual([[], 0]);

  const phone = await here.signInAs('shequ', 'phone');
  await phone.goto(address);
  await phone.getByText('回访；易反弹的到期复查').waitFor();
  await shot(phone, 'complaint-file-phone');
  expect(await clean(phone)).toEqual([[], 0]);
  await phone.goto('/complaints');
  await phone.getByRole('heading', { name: '投诉', level: 1 }).waitFor();
  await shot(phone, 'complaint-list-phone');
  expect(await overflow(phone)).toBe(0);
  expect(here.foreign).toEqual([]);
});

test('涉业委会投诉 2026-02-13 收到，期限显示 2026-02-25，并逐日说明', async () => {
  const hall = await here.signInAs('shequ');
  await register(hall, { category: 'D01 业委会选举、履职、违法决定', body: '业委会没有召开业主大会就决定续聘物业', receivedOn: '2026-02-13' });
  await hall.getByRole('button', { name: '登记并出回执' }).click();
  await hall.getByRole('link', { name: '打开这件投诉' }).click();
  await inBox(hall).getByText('社区党组织介入').first().waitFor();
  await inBox(hall).getByText('2026年2月25日').first().waitFor();
  await inBox(hall).getByRole('button', { name: '为什么是这一天' }).first().click();
  const reckoning = dialog(hall);
  await reckoning.getByText('三（二）3').first().waitFor();
  await shot(hall, 'complaint-why');
  expect(await axeFaults(hall)).toEqual([]);
});
