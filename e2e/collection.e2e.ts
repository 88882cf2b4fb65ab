import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '#platform/make-context.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { addColleague } from './support/colleague.ts';
import { openConsole, type Console } from './support/console.ts';

let here: Console;
let clerk: Page;
beforeAll(async () => {
  here = await openConsole();
  clerk = await here.signInAs('clerk');
});
afterAll(() => here.stop());

const faultless = async (page: Page) => expect([await axeFaults(page), await overflow(page)]).toEqual([[], 0]);
/** The link of one township, as the clerk makes it to be passed on. */
async function linkOf(name: string): Promise<string> {
  await clerk.getByRole('region', { name: '各单位列表' }).getByRole('row').filter({ hasText: name }).getByRole('button', { name: '链接' }).click();
  await clerk.getByRole('button', { name: '生成链接' }).click();
  const link = /\/l\/collection-answer#[\w-]+/.exec((await clerk.locator('[data-link]').textContent()) ?? '')?.[0] ?? '';
  await clerk.getByRole('button', { name: /^(Close|关闭)$/ }).click();
  return link;
}

/** The townships that have not answered, and the estates of each. */
const waiting = () => systemContext(here.kit).read(async (db) => db.selectFrom('collection.part as p').innerJoin('collection.collection as k', 'k.id', 'p.collectionId').innerJoin('registry.estate as e', 'e.townshipId', 'p.townshipId').select(['p.recipientName as township', 'e.name', 'e.totalUnits'])
  .where('k.title', '=', '小区户数和充电设施核对').where('p.status', '=', 'waiting').where('e.archivedAt', 'is', null).orderBy('p.id').orderBy('e.name').execute());

async function tableOf(page: Page): Promise<(string | number | null)[][]> {
  const address = await page.getByRole('link', { name: '下载要填的表' }).getAttribute('href');
  const [sheet] = readBlank(await (await page.request.get(address ?? '')).body());
  const rows: (string | number | null)[][] = [];
  for (const cell of sheet?.cells ?? []) (rows[cell.row - 1] ??= [])[cell.column] = cell.number ?? (cell.text === '' ? null : cell.text);
  return Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? null));
}

/** Column C of the first row of data. */
const withUnits = (table: (string | number | null)[][], units: number) => { const at = table.findIndex((line) => line[1] === '名称') + 1; return table.map((line, row) => (row === at ? line.map((cell, column) => (column === 2 ? units : cell)) : line)); };

let address = '';
test('经办人拟任务：写明依据，选 12 个乡镇街道，页面先说台账里已有多少，再下发', async () => {
  await clerk.goto('/collections/new');
  await clerk.getByLabel('任务名称').fill('小区户数和充电设施核对');
  await clerk.getByLabel('采集依据').fill('《物业管理条例》第五条');
  await clerk.getByLabel('小区有没有业委会').selectOption({ label: '没有业委会的小区' });
  await clerk.getByText(/^符合条件的有 \d+ 个$/).waitFor();
  expect(await clerk.getByLabel('每份只列符合条件的小区').isChecked()).toBe(true);
  await clerk.getByText(/所选对象一共 \d+ 行|全部对象一共 \d+ 行/).waitFor();
  await clerk.getByRole('button', { name: '只选这些' }).click();
  await clerk.getByLabel('每份只列符合条件的小区').uncheck();
  await clerk.getByRole('button', { name: '去掉文澜街道' }).click();
  await clerk.getByRole('button', { name: '去掉文澜街道' }).waitFor({ state: 'detached' });
  await clerk.getByRole('button', { name: '全选' }).click();
  await clerk.getByText('已选 12 / 12').waitFor();
  await clerk.getByLabel('台账里有的栏目').selectOption('totalUnits');
  await clerk.getByText(/这一栏系统里已有 \d+\/\d+ 个小区的数据/).waitFor();
  await clerk.getByRole('button', { name: '加一栏台账里没有的' }).click();
  await clerk.getByLabel('栏目名称').last().fill('是否有飞线充电');
  await clerk.getByLabel('填什么').last().selectOption('flag');
  await clerk.getByLabel('允许通过链接填报（不用登录）').check();
  await clerk.reload();
  await clerk.getByText('已恢复您上次填写、还没有保存的内容').waitFor();
  await faultless(clerk);
  await clerk.getByRole('button', { name: '存为草稿，下一步核对' }).click();
  await clerk.getByText(/台账已有 \d+\/\d+/).waitFor();
  await clerk.getByRole('button', { name: '下发', exact: true }).click();
  await clerk.getByRole('tooltip').getByRole('button', { name: '下发' }).click();
  await clerk.getByText('共 12 份，已提交 0，未提交 12，其中逾期 0').waitFor();
  address = new URL(clerk.url()).pathname;
});

test('一个街道登录填报：台账里有的已填好，改一格，提交', async () => {
  const page = await here.signInAs('wenlan');
  await page.getByRole('region', { name: '由我单位办' }).getByRole('link', { name: '小区户数和充电设施核对' }).waitFor();
  await faultless(page);
  await page.getByRole('link', { name: '待填任务' }).first().click();
  await page.getByRole('link', { name: '小区户数和充电设施核对' }).click();
  await page.getByText('《物业管理条例》第五条').waitFor();
  const units = page.getByRole('textbox', { name: / 总户数$/ }).first();
  expect(Number(await units.inputValue())).toBeGreaterThan(0);
  await units.fill('一百');
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('请填整数，如 120').waitFor();
  await units.fill('8888');
  await faultless(page);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('button', { name: '收回修改' }).waitFor();
  const returned = await xlsxOf([{ name: '核对', rows: withUnits(await tableOf(page), 7777) }]);
  await clerk.goto(address);
  const town = await here.signInAs('jianzhi');
  await town.goto('/collection-parts');
  await town.getByRole('link', { name: '小区户数和充电设施核对' }).waitFor();
  await faultless(town);
  await town.getByRole('link', { name: '小区户数和充电设施核对' }).click();
  await town.getByRole('button', { name: '提交', exact: true }).waitFor();
  const other = await xlsxOf([{ name: '核对', rows: withUnits(await tableOf(town), 6666) }]);
  await clerk.getByLabel('选择填好的表文件').setInputFiles([{ name: '文澜.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(returned) }, { name: '宁川.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(other) }, { name: '错.xlsx', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }]);
  await clerk.getByText('文澜.xlsx：已收下（文澜街道）').waitFor();
  await clerk.getByText('宁川.xlsx：已收下（宁川街道）').waitFor();
  await clerk.getByText('错.xlsx：没有收下').waitFor();
});

test('一个镇用链接在手机上填：不登录，只留姓名，点“无变化”', async () => {
  const link = await linkOf('清棠');
  const phone = await here.open('phone');
  await phone.goto(link);
  await phone.getByRole('heading', { name: '小区户数和充电设施核对' }).waitFor();
  await faultless(phone);
  await phone.getByRole('button', { name: '无变化，直接提交' }).last().click();
  await phone.getByText('请填写填表人姓名').waitFor();
  await phone.getByLabel('填表人姓名').fill('陈阿姨');
  await phone.getByRole('button', { name: '无变化，直接提交' }).last().click();
  await phone.getByText('已提交，谢谢').first().waitFor();
  await phone.close();
});

test('其余九个：一个登录后一点“无变化”，四个用各自的链接点“无变化”，四个交回自己的表，一次收下', async () => {
  const left = Map.groupBy(await waiting(), ({ township }) => township);
  const [byLink, byTable] = [[...left.keys()].slice(0, 5), [...left].slice(5)];
  expect([byLink.length, byTable.length]).toEqual([5, 4]);
  const [signedIn = '', ...linked] = byLink;
  const place = await systemContext(here.kit).read((db) => db.selectFrom('platform.orgUnit').select('id').where('name', '=', signedIn).where('kind', '=', 'township').executeTakeFirstOrThrow());
  await addColleague(here.kit, 'zhenjingban', { like: 'wenlan', of: place.id });
  const town = await here.signInAs('zhenjingban', 'phone');
  await town.goto('/collection-parts');
  await town.getByRole('link', { name: '小区户数和充电设施核对' }).click();
  await town.getByRole('button', { name: '无变化，直接提交' }).last().click();
  await town.getByRole('button', { name: '收回修改' }).waitFor();
  await faultless(town);
  await town.context().close();
  const phone = await here.open('phone');
  for (const township of linked) {
    const link = await linkOf(township);
    // Another address behind `#` alone is no new page.
    await phone.goto('about:blank');
    await phone.goto(link);
    await phone.getByText(township).first().waitFor();
    await phone.getByLabel('填表人姓名').fill(`${township}经办`);
    await phone.getByRole('button', { name: '无变化，直接提交' }).last().click();
    await phone.getByText('已提交，谢谢').first().waitFor();
  }
  await phone.close();
  const files = await Promise.all(byTable.map(async ([township, estates]) => ({ name: `${township}.xlsx`, mimeType: 'application/octet-stream', buffer: Buffer.from(await xlsxOf([{ name: township, rows: [['小区名称', '总户数', '是否有飞线充电'], ...estates.map(({ name, totalUnits }) => [name, totalUnits, '否'])] }])) })));
  await clerk.goto(address);
  await clerk.getByLabel('选择填好的表文件').setInputFiles(files);
  for (const [township] of byTable) await clerk.getByText(`${township}.xlsx：已收下（${township}）`).waitFor();
  await clerk.goto('/');
  const sent = clerk.getByRole('region', { name: '下发的采集任务' });
  await sent.getByRole('listitem').filter({ hasText: '小区户数和充电设施核对' }).getByText('已提交 12/12').waitFor();
  await clerk.goto('/notices');
  // The answers that came by themselves are one notice; what the clerk took in himself tells him nothing.
  await clerk.getByText('采集任务“小区户数和充电设施核对”有新的填报，已提交 8/12').waitFor();
  expect(await clerk.getByText('采集任务“小区户数和充电设施核对”').count()).toBe(1);
});

test('合并：不一致的并排，取一份；合计随之算出；看过再更新到台账', async () => {
  await clerk.goto(address);
  await clerk.getByText('共 12 份，已提交 12，未提交 0，其中逾期 0').waitFor();
  const conflict = clerk.getByRole('region', { name: '不一致' });
  await conflict.getByText('8888').waitFor();
  await faultless(clerk);
  await conflict.getByRole('radio', { name: /7777/ }).check();
  await conflict.getByRole('button', { name: '取选中的' }).click();
  await conflict.waitFor({ state: 'detached' });
  const merged = clerk.getByRole('region', { name: '合并表列表' });
  await merged.getByText('交回的表《文澜.xlsx》').first().waitFor();
  await clerk.getByRole('button', { name: /^看全部 \d+ 行$/ }).click();
  await merged.getByText('7777', { exact: true }).waitFor();
  await clerk.getByRole('region', { name: '合并表', exact: true }).getByRole('button', { name: '下一页' }).click();
  await merged.getByText(/^链接填报（陈阿姨，.*），无变化$/).first().waitFor();
  const update = clerk.getByRole('region', { name: '更新到台账' });
  await update.getByText('2 处与台账不同').waitFor();
  await update.getByRole('row').filter({ hasText: '7777' }).getByRole('checkbox').check();
  await update.getByRole('button', { name: '更新勾选的 1 处' }).click();
  await update.getByText('1 处与台账不同').waitFor();
  const held = await systemContext(here.kit).read((db) => db.selectFrom('registry.estate').select(['totalUnits']).where('totalUnits', 'in', [7777, 8888, 6666]).execute());
  expect(held).toEqual([{ totalUnits: 7777 }]);
  await clerk.setViewportSize({ width: 360, height: 740 });
  await faultless(clerk);
  await clerk.goto('/collections');
  await clerk.getByRole('link', { name: '小区户数和充电设施核对' }).waitFor();
  await faultless(clerk);
  await clerk.goto('/collections/new');
  await clerk.getByText('已选 0 / 12').waitFor();
  await faultless(clerk);
  await clerk.setViewportSize({ width: 1366, height: 768 });
});
