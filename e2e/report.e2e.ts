import type { Page } from 'playwright-core';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCounty, addUser, readDivisions } from '#modules/administration/index.ts';
import { importFromFile } from '#modules/ledger/index.ts';
import { systemContext } from '#platform/make-context.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

const ledger = (name: string) => fileURLToPath(new URL(`../seeds/ledgers/${name}`, import.meta.url));
const blank = (name: string) => ledger(`blanks/${name}`);

let here: Console;
let page: Page;
beforeAll(async () => {
  here = await openConsole({ withDemo: false });
  const county = await addCounty(here.kit, { code: '990101', divisions: await readDivisions(ledger('divisions.csv'), '990101') });
  for (const [kind, file] of [['companies', '物业服务企业台账.xlsx'], ['estates', '住宅小区台账.xlsx'], ['practitioners', '从业人员名册.xlsx']] as const) await importFromFile(here.kit, { kind, path: ledger(file), countyCode: '990101' });
  const { password } = await addUser(here.kit, { login: 'baobiao', name: '周敏', role: 'bureau-clerk', countyId: county.id });
  page = await here.signInFirst('baobiao', password);
});
afterAll(() => here.stop());

async function put(name: string): Promise<void> {
  await page.goto('/reports');
  await page.getByLabel('选择空表文件').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: await readFile(blank(name)) });
  await page.getByLabel('标记这一格').waitFor();
}

async function saveMarks(): Promise<void> {
  await page.getByRole('button', { name: '保存标记' }).click();
  await page.getByText('标记已保存').first().waitFor();
}

const gridCell = (address: string) => page.locator(`td[data-address="${address}"]`);

async function download(words: string): Promise<{ name: string; bytes: Buffer }> {
  const address = await page.getByRole('link', { name: words }).getAttribute('href');
  const answer = await page.request.get(address ?? '');
  const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers()['content-disposition'] ?? '')?.[1] ?? '';
  return { name: decodeURIComponent(name), bytes: await answer.body() };
}

const cellIn = (bytes: Buffer, row: number, column: number) => readBlank(bytes)[0]?.cells.find((cell) => cell.row === row && cell.column === column);

test('市局月报表：放进去，核对建议的标记，在表上点格、用键盘和地址改标记，保存', async () => {
  await put('市局月报表（空表）.xlsx');
  await page.getByText(/建议了 \d+ 处标记/).waitFor();
  await page.getByRole('textbox', { name: '报送单位' }).fill('市住房和城乡建设局');
  await gridCell('E6').click();
  expect(await page.getByLabel('指标', { exact: true }).inputValue()).toBe('estates.total');
  await page.keyboard.press('ArrowLeft');
  await page.getByText('D6 这是公式（=E6+F6）').waitFor();
  await page.getByRole('textbox', { name: '单元格' }).fill('d15');
  await page.getByRole('textbox', { name: '单元格' }).press('Enter');
  expect(await page.getByLabel('指标', { exact: true }).inputValue()).toBe('companies.total');
  expect(await axeFaults(page)).toEqual([]);
  await saveMarks();
  await page.getByText(/建议了/).waitFor({ state: 'hidden' });
});

test('在截至日填好，看得到口径和依据，第一次没有可比的上次；上报并固定，下载的文件读回来数都对', async () => {
  await page.getByRole('link', { name: '去填报' }).click();
  await page.getByLabel('截至', { exact: true }).fill('2025-06-30');
  await page.getByRole('textbox', { name: '联系电话' }).fill('0571-88880000');
  await page.getByRole('button', { name: '按这样填' }).click();
  await page.getByText('截至2025年6月30日，按').first().waitFor();
  expect(await gridCell('D6').textContent()).toBe('173');
  expect(await gridCell('E3').textContent()).toBe('截至日期：2025年6月30日');
  await page.getByText('这张表还没有上报过').waitFor();
  await gridCell('E12').click();
  await page.getByText('口径：截至2025年6月30日').waitFor();
  const count = Number(await gridCell('E12').textContent());
  await page.getByRole('list', { name: 'E12 的依据' }).waitFor();
  expect(await page.getByRole('list', { name: 'E12 的依据' }).getByRole('listitem').count()).toBe(count);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '上报并固定' }).click();
  await page.getByRole('dialog').getByLabel('签发人').fill('李局长');
  await page.getByRole('button', { name: '确认上报' }).click();
  await page.getByRole('heading', { name: '已上报的表' }).waitFor();
  const file = await download('下载上报的文件');
  expect(file.name).toBe('市局月报表_截至2025-06-30.xlsx');
  expect(cellIn(file.bytes, 6, 3)).toMatchObject({ formula: 'E6+F6', number: 173 });
  expect(cellIn(file.bytes, 13, 3)?.number).toBe(50.87);
  expect(cellIn(file.bytes, 19, 0)?.text).toMatch(/单位负责人：李局长.*填表人：周敏.*联系电话：0571-88880000/);
  await page.getByText(createHash('sha256').update(file.bytes).digest('hex')).waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

test('台账变了以后再填：差别逐格列出，哪个小区少了写得清楚；已上报的不变，可以更正', async () => {
  const sent = page.url();
  const estate = await systemContext(here.kit).transact(async (tx) => {
    const row = await tx.db.updateTable('registry.estate').set({ archivedAt: here.kit.clock.now(), archivedReason: '并入别的小区' }).where('id', '=', (eb) => eb.selectFrom('registry.estate as e').innerJoin('platform.orgUnit as t', 't.id', 'e.townshipId').select('e.id').where('t.name', '=', '云岭镇').orderBy('e.id').limit(1)).returning('name').executeTakeFirstOrThrow();
    tx.auditNothing('test');
    return row;
  });
  await page.getByRole('link', { name: '更正' }).click();
  await page.getByText(/，\d+ 处不同/).first().waitFor();
  const row = page.getByRole('region', { name: '与上次的差别列表' }).getByRole('row').filter({ hasText: 'F6' }).first();
  expect(await row.textContent()).toContain(`${estate.name}（云岭镇）`);
  await page.getByRole('button', { name: '上报并固定' }).click();
  await page.getByRole('dialog').getByLabel('签发人').fill('李局长');
  await page.getByRole('dialog').getByLabel('更正原因').fill('一个小区重复登记');
  await page.getByRole('button', { name: '确认上报' }).click();
  await page.getByText('更正：一个小区重复登记').waitFor();
  await page.goto(sent);
  await page.getByText('这次上报已被更正').waitFor();
  expect(await gridCell('D6').textContent()).toBe('173');
});

test('同一张表下个月再发来，自己认出来，标记照旧', async () => {
  await put('市局月报表（空表）.xlsx');
  await page.getByText('认出了这张表').waitFor();
  expect(await page.getByText(/建议了/).count()).toBe(0);
  await page.goto('/reports');
  await page.getByRole('link', { name: '全市住宅物业管理工作情况月报表' }).waitFor();
  expect(await page.getByRole('region', { name: '上报表格列表' }).getByRole('row').count()).toBe(2);
});

test('屏幕上的表和文件一个样；“每次填写”的格填一次，记住上次填的，改了再填', async () => {
  await page.getByRole('link', { name: '全市住宅物业管理工作情况月报表' }).click();
  await page.getByLabel('标记这一格').waitFor();
  const drawn = await gridCell('A2').evaluate((cell) => { const { textAlign, fontSize } = getComputedStyle(cell); return [textAlign, Number.parseFloat(fontSize)]; });
  expect(drawn).toEqual(['center', 24]);
  expect(await gridCell('B4').evaluate((cell) => getComputedStyle(cell).borderTopStyle)).toBe('solid');
  await page.getByRole('textbox', { name: '单元格' }).fill('a20');
  await page.getByRole('textbox', { name: '单元格' }).press('Enter');
  await page.getByLabel('这一格填').selectOption('ask');
  await page.getByLabel('填什么').fill('备注');
  await page.getByLabel('填在哪里').fill('备注：{填写}');
  await shot(page, 'marking');
  await saveMarks();
  await page.getByRole('link', { name: '去填报' }).click();
  await page.getByText('A20 备注：还没有填写').waitFor();
  await page.getByLabel('备注（A20）').fill('本月无新增');
  await page.getByRole('button', { name: '填入', exact: true }).click();
  await page.getByText('A20 备注：还没有填写').waitFor({ state: 'hidden' });
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'filling');
  await page.reload();
  await page.getByText('填好的表').waitFor();
  expect([await page.getByLabel('备注（A20）').inputValue(), cellIn((await download('下载试填的表')).bytes, 20, 0)?.text]).toEqual(['本月无新增', '备注：本月无新增']);
});

test('老的 xls 按印好的乡镇往下填，给回 xls；按小区的名单自己增行，注留在最后', async () => {
  await put('创城办统计表（空表）.xls');
  await saveMarks();
  await page.getByRole('link', { name: '去填报' }).click();
  await page.getByText('填好的表').waitFor();
  const old = await download('下载试填的表');
  expect(old.name).toMatch(/^试填_创城办统计表_截至.*\.xls$/);
  expect([cellIn(old.bytes, 16, 2)?.number, cellIn(old.bytes, 4, 1)?.text]).toEqual([172, '城关街道']);
  expect(Array.from({ length: 12 }, (_, at) => cellIn(old.bytes, 4 + at, 2)?.number ?? 0).reduce((sum, value) => sum + value, 0)).toBe(172);

  await put('安委办排查表（空表）.xlsx');
  await saveMarks();
  await page.getByRole('link', { name: '去填报' }).click();
  await page.getByText('填好的表').waitFor();
  const list = await download('下载试填的表');
  expect([cellIn(list.bytes, 174, 0)?.number, cellIn(list.bytes, 175, 0)?.text]).toEqual([172, '（可自行增行）']);
  // A cell of a list opens the record of its line.
  await gridCell('C5').click();
  const opened = page.getByRole('list', { name: 'C5 的依据' }).getByRole('listitem');
  await opened.first().waitFor();
  expect([await opened.count(), await opened.first().textContent()]).toEqual([1, expect.stringContaining(await gridCell('C5').textContent() ?? '-')]);
});

test('手机上能看填报预览和已上报的表，页面不用左右拖动', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/reports', '/report-sendings']) {
    await page.goto(path);
    await page.getByRole('link', { name: '全市住宅物业管理工作情况月报表' }).first().click();
    await page.getByRole('grid').waitFor();
    expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('放进去的不是空表，说清楚是什么、怎么办', async () => {
  await page.goto('/reports');
  await page.getByLabel('选择空表文件').setInputFiles({ name: '带密码.pdf.xlsx', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.getByText('这是PDF 文件，不是 Excel 工作簿').waitFor();
});
