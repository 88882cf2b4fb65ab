import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { writeSheets } from '#platform/workbook/write-sheets.ts';
import { axeFaults, overflow } from './support/axe.ts';
import { openConsole, type Console } from './support/console.ts';
import { shot } from './support/shot.ts';

let here: Console;
let clerk: Page;
let [estate, body] = ['', ''];
beforeAll(async () => {
  here = await openConsole();
  // An estate of the community whose officer answers.
  const { rows } = await here.kit.database.read(everything, (db) => sql<{ name: string; body: string }>`select e.name, o.name as body from registry.estate e join platform.org_unit o on o.id = e.neighbourhood_id join platform.user_grant g on g.scope_id = e.neighbourhood_id join platform.app_user u on u.id = g.user_id where u.login = 'shequ' and e.archived_at is null order by e.id limit 1`.execute(db));
  [estate, body] = [rows[0]?.name ?? '', rows[0]?.body ?? ''];
  clerk = await here.signInAs('clerk');
});
afterAll(() => here.stop());

const HEADINGS = ['工单号', '诉求标题', '诉求内容', '诉求类型', '来电人', '联系电话', '小区名称', '事发地点', '派单时间', '截止时间', '区域码'];
/** A page in both sizes: no fault of axe, nothing beyond the edge. */
async function clean(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[1366, 768], [360, 740]] as const) {
    await page.setViewportSize({ width, height });
    await shot(page, `${name}-${String(width)}`);
    expect([name, width, await axeFaults(page), await overflow(page)]).toEqual([name, width, [], 0]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}

test('热线的文件放进来，先预览；一行改好，导入；答复照热线的口径一点就复制；回传文件下载下来，表头还是热线的', async () => {
  const path = join(tmpdir(), 'shanzhi-hotline-e2e.xlsx');
  await writeFile(path, await writeSheets([{ name: '工单', headings: HEADINGS, rows: [
    ['H2026001', '楼道堆物', '二单元楼道堆放杂物', '物业服务', '来某', '19900008888', estate, '2栋2单元', '2026-11-19 09:00', '2026-12-04 18:00', '0031'],
    ['H2026002', '路灯不亮', '小区大门路灯不亮', '古怪的事', '往某', '19900009999', estate, '东门', '2026-11-19 09:10', '2026-12-04 18:00', '0032'],
  ] }]));
  await clerk.goto('/hotline/imports');
  await clerk.getByText('还没有导入过12345工单').waitFor();
  await clean(clerk, 'hotline-imports');
  await clerk.locator('input[type=file]').setInputFiles(path);
  await clerk.getByText('现在还没有写入任何内容').waitFor();
  await clerk.getByText(/诉求类型“古怪的事”还没有对应的投诉类别/).waitFor();
  await clean(clerk, 'hotline-preview');
  await clerk.getByLabel('这件是哪一类投诉？').selectOption({ label: 'A02 物业服务质量、不履约' });
  await clerk.getByRole('button', { name: '确认导入 2 行' }).click();
  await clerk.getByText(/已导入\s*2\s*行/).waitFor();
  await clerk.getByText(/已建件，编号投诉〔2026〕\d+号/).first().waitFor();
  await clean(clerk, 'hotline-result');
  await clerk.goto('/hotline/settings');
  await clerk.getByRole('cell', { name: '古怪的事' }).waitFor();
  await clean(clerk, 'hotline-settings');

  const { rows: [file] } = await here.kit.database.read(everything, (db) => sql<{ id: string }>`select complaint_id as id from complaint.hotline_order where order_no = 'H2026001'`.execute(db));
  const community = await here.signInAs('shequ');
  const inBox = community.getByRole('region', { name: '下一步' });
  const dialog = community.getByRole('dialog');
  await community.goto(`/complaints/${file?.id ?? ''}`);
  await inBox.getByRole('button', { name: '受理', exact: true }).click();
  await dialog.getByRole('button', { name: '受理', exact: true }).click();
  await inBox.getByRole('button', { name: '交办', exact: true }).click();
  await dialog.getByLabel('主办单位').selectOption({ label: body });
  await dialog.getByRole('button', { name: '交办', exact: true }).click();
  await inBox.getByRole('button', { name: '答复', exact: true }).click();
  await dialog.getByLabel('办理结果').selectOption({ label: '已解决' });
  await dialog.getByLabel(/^答复内容/).fill('已清理楼道，并张贴提示。');
  await dialog.getByRole('button', { name: '答复', exact: true }).click();
  await community.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await community.getByRole('button', { name: '复制为热线口径' }).click();
  await community.getByText('已复制，可以粘贴到热线系统').waitFor();
  const copied: unknown = await community.evaluate('navigator.clipboard.readText()');
  expect(copied).toContain('已清理楼道，并张贴提示。');

  await clerk.goto('/hotline/returns');
  const [download] = await Promise.all([clerk.waitForEvent('download'), clerk.getByRole('button', { name: '生成回传文件（1 件等待回传）' }).click()]);
  const back = join(tmpdir(), 'shanzhi-hotline-return-e2e.xlsx');
  await download.saveAs(back);
  await clerk.getByRole('button', { name: '生成回传文件（0 件等待回传）' }).waitFor();
  await clean(clerk, 'hotline-returns');
  const [headings, row, more] = await sheetOf(back);
  expect([headings?.slice(0, HEADINGS.length), row?.[0], row?.[4], row?.[5], row?.[10], more]).toEqual([HEADINGS, 'H2026001', null, null, '0031', undefined]);
  expect(row?.[headings?.indexOf('答复内容') ?? -1]).toBe(copied);
}, 120_000);

test('导入一确认就办完：结果页上的行是导入之后的，不是预览时的', async () => {
  const path = join(tmpdir(), 'shanzhi-hotline-quick-e2e.xlsx');
  await writeFile(path, await writeSheets([{ name: '工单', headings: HEADINGS, rows: [['H2026003', '水管漏水', '地下室水管漏水', '物业服务', '来某', '19900008888', estate, '3栋', '2026-11-19 09:20', '2026-12-04 18:00', '0033']] }]));
  await clerk.goto('/hotline/imports');
  await clerk.locator('input[type=file]').setInputFiles(path);
  await clerk.getByText('现在还没有写入任何内容').waitFor();
  await clerk.getByText('H2026003').waitFor();
  // The two answers of the refresh after the confirmation come as badly as they can: the rows from just before the import, the batch after it.
  const [rows, batch] = [/\/rows\?/, /\/hotline-batches\/[^/]+$/];
  const before = await clerk.request.get(`/api${new URL(clerk.url()).pathname.replace('/hotline/imports/', '/hotline-batches/')}/rows?outcome=new&limit=20`);
  const old = await before.text();
  const committed = async (id: string) => (await here.kit.database.read(everything, (db) => sql<{ status: string }>`select status from complaint.order_batch where id = ${id}`.execute(db))).rows[0]?.status === 'committed';
  const isNext = { rows: true, batch: true };
  await clerk.route(rows, async (route) => {
    const first = isNext.rows;
    isNext.rows = false;
    await (first ? route.fulfill({ contentType: 'application/json', body: old }) : route.continue());
  });
  await clerk.route(batch, async (route) => {
    const first = isNext.batch;
    isNext.batch = false;
    if (first) await expect.poll(() => committed(new URL(route.request().url()).pathname.split('/').at(-1) ?? ''), { timeout: 30_000 }).toBe(true);
    await route.continue();
  });
  await clerk.getByRole('button', { name: '确认导入 1 行' }).click();
  await clerk.getByText(/已导入\s*1\s*行/).waitFor();
  await clerk.getByText(/已建件，编号投诉〔2026〕\d+号/).waitFor();
  await clerk.unrouteAll();
  expect(isNext).toEqual({ rows: false, batch: false });
}, 120_000);

test('表头没人认得的文件：照前几行指认列，一次记住，下一个文件自动认出', async () => {
  const path = join(tmpdir(), 'shanzhi-hotline-strange-e2e.xlsx');
  const headings = ['单子号', '群众说了啥', '谁打来的', '怎么找他', '出事的地儿', '到几号'];
  const file = (no: string) => writeSheets([{ name: '导出', headings, rows: [[no, `${estate}二栋楼道堆物`, '来某', '19900008888', estate, '2026-12-04']] }]);
  await writeFile(path, await file('Q1'));
  await clerk.goto('/hotline/imports');
  await clerk.locator('input[type=file]').setInputFiles(path);
  await clerk.getByRole('heading', { name: '请指认表头和列' }).waitFor();
  await clerk.getByRole('button', { name: '按这样读取' }).click();
  await clerk.getByText(/还没有指认必需的列：“导出”缺“工单编号”；“导出”缺“诉求内容”/).waitFor();
  for (const [heading, field] of [['单子号', '工单编号（必需）'], ['群众说了啥', '诉求内容（必需）'], ['谁打来的', '诉求人'], ['怎么找他', '联系电话'], ['出事的地儿', '事发地址'], ['到几号', '办理时限']] as const) await clerk.getByLabel(new RegExp(`列“${heading}”是`)).selectOption({ label: field });
  await clean(clerk, 'hotline-columns');
  await clerk.getByRole('button', { name: '按这样读取' }).click();
  await clerk.getByText('现在还没有写入任何内容').waitFor();
  await clerk.getByText('Q1').waitFor();
  await clerk.getByRole('button', { name: '重新指认列' }).click();
  await clerk.getByRole('cell', { name: '（不显示）' }).first().waitFor();
  await clerk.getByRole('button', { name: '不改了' }).click();
  await clerk.getByRole('button', { name: '取消这次导入' }).click();
  await clerk.getByText('已取消，什么也没有写入').waitFor();
  await writeFile(path, await file('Q2'));
  await clerk.goto('/hotline/imports');
  await clerk.locator('input[type=file]').setInputFiles(path);
  await clerk.getByText('现在还没有写入任何内容').waitFor();
  await clerk.getByText('Q2').waitFor();
  await clerk.goto('/hotline/settings');
  await clerk.getByRole('cell', { name: '群众说了啥' }).waitFor();
  await clean(clerk, 'hotline-settings-headings');
}, 120_000);

async function sheetOf(path: string): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const part of readWorkbook(path, 'xlsx')) if (part.kind === 'rows') rows.push(...part.rows.map(({ cells }) => [...cells]));
  return rows;
}
