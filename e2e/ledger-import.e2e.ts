import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { addCounty, addUser, readDivisions } from '#modules/administration/index.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { openConsole, type Console } from './support/console.ts';

type Cell = string | number | null;
interface Book { readonly name: string; readonly bytes: Uint8Array }

let here: Console;
let page: Page;

const book = async (name: string, sheet: string, rows: Cell[][]): Promise<Book> => ({ name, bytes: await xlsxOf([{ name: sheet, rows }]) });

beforeAll(async () => {
  here = await openConsole({ withDemo: false, at: '2025-06-30T01:00:00.000Z' });
  const county = await addCounty(here.kit, { code: '990101', divisions: await readDivisions(fileURLToPath(new URL('../seeds/ledgers/divisions.csv', import.meta.url)), '990101') });
  const { password } = await addUser(here.kit, { login: 'taizhang', name: '周敏', role: 'bureau-clerk', countyId: county.id });
  page = await here.signInFirst('taizhang', password);
});
afterAll(() => here.stop());

/** As from the desktop: all at once onto the drop zone. */
async function drop(books: readonly Book[]): Promise<void> {
  const files = books.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const { name, base64 } of list) made.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)], name));
    return made;
  }, files);
  await page.locator('.sz-drop').dispatchEvent('drop', { dataTransfer: transfer });
  await page.getByRole('list', { name: '已选文件' }).waitFor();
}

const send = () => page.getByRole('button', { name: '上传并预览' }).click();
const confirm = async (words: string, done: RegExp) => {
  await page.getByRole('button', { name: words }).click();
  await page.getByText(done).waitFor();
};

test('表头用的是谁也想不到的词：自己选工作表、表头行和每一列，确认之后导入', async () => {
  await page.goto('/imports/new');
  await drop([await book('2025年底数.xlsx', '底数', [['二〇二五年底数'], ['哪个口子', '院落', '家数', '谁在管'], ['城关街道', '和平里', 120, '业主自管'], ['云岭镇', '幸福里', 80, '']])]);
  await page.getByLabel('台账种类').selectOption({ label: '住宅小区台账' });
  await send();
  await page.getByRole('heading', { name: '请指认表头和列' }).waitFor();
  await page.getByRole('button', { name: '按这样读取' }).click();
  await page.getByText(/还没有指认必需的列：“底数”缺“小区名称”/).waitFor();
  await page.getByLabel('表头在第几行').selectOption('2');
  await page.getByLabel(/^A 列“哪个口子”是/).selectOption({ label: '乡镇（街道）' });
  await page.getByLabel(/^B 列“院落”是/).selectOption({ label: '小区名称（必需）' });
  await page.getByLabel(/^C 列“家数”是/).selectOption({ label: '总户数' });
  await page.getByLabel(/^D 列“谁在管”是/).selectOption({ label: '物业服务企业' });
  await page.getByRole('button', { name: '按这样读取' }).click();
  await page.getByText(/共读到\s*2\s*行/).waitFor();
  await confirm('确认导入 2 行', /已导入：新增 2/);
});

test('再来一个同样格式的文件，不用再指认', async () => {
  await page.goto('/imports/new');
  await drop([await book('2025年底数（补）.xlsx', '补报', [['二〇二五年底数（补报）'], ['填报人：张三'], ['哪个口子', '院落', '家数', '谁在管'], ['青石镇', '安居里', 60, '']])]);
  await page.getByLabel('台账种类').selectOption({ label: '住宅小区台账' });
  await send();
  await page.getByText(/共读到\s*1\s*行/).waitFor();
  await page.getByText('青石镇 · 安居里').waitFor();
  await confirm('确认导入 1 行', /已导入：新增 1/);
});

test('几种台账一起拖进来，文件名什么也没说：看表头认出种类，提示先后，先导一种，其余留着，依次导到房屋业主名册确认', async () => {
  await page.goto('/imports/new');
  const rows: Record<string, Cell[][]> = { Sheet1: [['小区名称', '总户数', '物业公司'], ['锦绣花园', 3, '甲物业有限公司']], Sheet2: [['企业名称', '信用代码', '法人'], ['甲物业有限公司', '91990101MA10000002', '赵六']] };
  await drop([
    await book('新建 XLSX 工作表.xlsx', '锦绣花园', [['房号', '建筑面积', '业主姓名', '手机', '办证日期'], ['1-1-101', 88.5, '张三', '13900000001', '2013-05-20'], ['1-1-102', 90, '李四', '13900000002', ''], ['1-1-103', '待测', '王五', '', '']]),
    await book('底数.xlsx', 'Sheet1', [['哪个口子', '院落', '家数'], ['城关街道', '和平里', 120]]),
    { name: '工作簿1.xlsx', bytes: await xlsxOf(Object.entries(rows).map(([name, lines]) => ({ name, rows: lines }))) },
  ]);
  await page.getByText('是房屋业主名册').waitFor();
  await page.getByText('从表头看不出是哪种台账，请在下面选').waitFor();
  await page.getByText('有几种台账：物业服务企业台账（“Sheet2”表）、住宅小区台账（“Sheet1”表）').waitFor();
  await page.getByText('放进来的不止一种台账，一次只能导入一种').waitFor();
  expect(await page.getByRole('button', { name: '上传并预览' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '这次只导物业服务企业台账' }).click();
  await page.getByText(/还有 3 个文件要接着导（.*工作簿1\.xlsx）/).waitFor();
  await send();
  await page.getByText('工作簿里还有别的台账，这次没有读取：“Sheet1”表是《住宅小区台账》，请另行导入。').waitFor();
  await confirm('确认导入 1 行', /已导入：新增 1/);

  await page.getByRole('link', { name: '继续导入' }).click();
  await page.getByRole('button', { name: '这次只导住宅小区台账' }).click();
  await page.getByLabel('乡镇街道').selectOption({ label: '城关街道' });
  await send();
  await confirm('确认导入 1 行', /已导入：新增 1/);

  await page.getByRole('link', { name: '继续导入' }).click();
  await page.getByText('新建 XLSX 工作表.xlsx').waitFor();
  await page.getByRole('button', { name: '去掉 底数.xlsx' }).click();
  await page.getByLabel('使用目的').fill('核定业主大会表决权名册');
  await page.getByLabel('依据文件').fill('云住建函〔2025〕8号');
  await page.getByLabel('到期删除日期').fill('2026-12-31');
  await send();
  await page.getByText(/共读到\s*3\s*行/).waitFor();
  await page.getByText(/“待测”，不是数字/).waitFor();
  await confirm('确认导入 2 行', /已导入：新增 2.*退回 1 行没有导入/);
});

test('台账写明业主自管的，预览里写着物业服务合同终止；撤销后合同还在', async () => {
  await page.goto('/imports/new');
  await drop([await book('小区情况（7月）.xlsx', '城关街道', [['小区名称', '物业公司'], ['锦绣花园', '业主自管']])]);
  await send();
  const row = page.getByRole('region', { name: '改动' });
  await row.getByText('物业服务合同终止').waitFor();
  await row.getByText('甲物业有限公司').waitFor();
  await confirm('确认导入 1 行', /已导入：新增 0，变更 1/);
  await page.getByRole('button', { name: '撤销这次导入' }).click();
  await page.getByLabel('撤销理由').fill('企业其实没有退出');
  await page.getByRole('button', { name: '先看会怎样' }).click();
  await page.getByText(/将恢复 1 条/).waitFor();
  await page.getByRole('button', { name: '确认撤销' }).click();
  await page.getByText(/撤销了这次导入/).waitFor();
});

test('没有一个请求离开本机', () => {
  expect(here.foreign).toEqual([]);
});
