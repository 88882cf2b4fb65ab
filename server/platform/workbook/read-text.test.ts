import { afterAll, describe, expect, test } from 'vitest';
import { CFB } from '@e965/xlsx';
import { biff5Of } from './biff5.fixture.ts';
import { workbookLimits } from './limits.ts';
import { inspectReadable } from './open-text.ts';
import { oldFormatOf, readAll, temporaryFolder, xlsxOf } from './workbook.fixture.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

/** 「企业名称」 in GBK. */
const COMPANY_NAME = Buffer.from([0xc6, 0xf3, 0xd2, 0xb5, 0xc3, 0xfb, 0xb3, 0xc6]);

async function readFile(name: string, bytes: Buffer) {
  const path = await folder.put(name, bytes);
  const found = await inspectReadable(path, name);
  if (!found.ok) throw new Error(found.message);
  return { type: found.type, sheets: await readAll(path, found.type) };
}

describe('tables that systems export as text under the name of a workbook', () => {
  test('a web page named .xls: merged cells, line breaks, blanks, words above the table, what is crossed out', async () => {
    const page = `<html><head><style>td{color:red}</style><title>导出</title></head><body><h3>城关街道台账</h3>
      <TABLE border=1><tr><th rowspan=2>名称</th><th colspan="2">规模<tr><th>户数</th><th>面积</th></tr>
      <tr><td>甲苑</td><td align=right>1,020</td><td>面积<90㎡&nbsp;</td></tr><tr style="display:none"><td><s>乙苑</s></td><td>一<br>二</td></tr></table></body></html>`;
    const { type, sheets } = await readFile('a.xls', Buffer.from(page));
    expect(type).toBe('html');
    expect(sheets[0]?.sheet).toMatchObject({ name: 'Sheet1', hidden: false, hiddenRows: 1, merges: [{ top: 2, left: 0, bottom: 3, right: 0 }, { top: 2, left: 1, bottom: 2, right: 2 }] });
    expect(sheets[0]?.rows).toEqual([
      { sheet: 'Sheet1', row: 1, cells: ['城关街道台账'] }, { sheet: 'Sheet1', row: 2, cells: ['名称', '规模'] }, { sheet: 'Sheet1', row: 3, cells: [null, '户数', '面积'] },
      { sheet: 'Sheet1', row: 4, cells: ['甲苑', '1,020', '面积<90㎡'] }, { sheet: 'Sheet1', row: 5, cells: ['乙苑', '一\n二'], struck: [0] },
    ]);
  });

  test('a web page and separated text in GBK, whether they say so or not; long numbers keep their digits', async () => {
    const page = Buffer.concat([Buffer.from('<table><tr><td>'), COMPANY_NAME, Buffer.from('</td><td>110105194912310021</td></tr></table>')]);
    expect((await readFile('b.xls', page)).sheets[0]?.rows[0]?.cells).toEqual(['企业名称', '110105194912310021']);
    const text = Buffer.concat([COMPANY_NAME, Buffer.from(',"a ""b"", c"\r\n="0571",1\r\n\r\n2,3')]);
    const { type, sheets } = await readFile('c.xlsx', text);
    expect([type, sheets[0]?.rows.map(({ row, cells }) => [row, ...cells])]).toEqual(['csv', [[1, '企业名称', 'a "b", c'], [2, '0571', '1'], [4, '2', '3']]]);
    expect((await readFile('d.xls', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('名称\t电话\r\n甲\t1', 'utf16le')]))).sheets[0]?.rows.map(({ cells }) => cells)).toEqual([['名称', '电话'], ['甲', '1']]);
  });

  test('a web page larger than may be held is refused with what to do; separated text, which is read row by row, may be larger', async () => {
    const limits = { ...workbookLimits, pageBytes: 20 };
    expect(await inspectReadable(await folder.put('large.xls', Buffer.from('<table><tr><td>名称</td></tr></table>')), 'large.xls', limits)).toMatchObject({ ok: false, code: 'too-large', message: expect.stringMatching(/另存为 xlsx/) });
    expect(await inspectReadable(await folder.put('large.csv', Buffer.from('名称,电话,地址,备注\r\n甲,1,2,3')), 'large.csv', limits)).toMatchObject({ ok: true, type: 'csv' });
  });

  test('an XML spreadsheet of 2003: places, merges, days, errors, formulas without a result, what is crossed out or hidden', async () => {
    const xml = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
      <Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet ss:Name="甲镇"><Table>
      <Row ss:Index="2"><Cell ss:MergeAcross="1" ss:MergeDown="1"><ss:Data ss:Type="String"><B>名</B>称</ss:Data><Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell><Data ss:Type="DateTime">2015-06-01T00:00:00.000</Data></Cell></Row>
      <Row><Cell><Data ss:Type="Number">3</Data></Cell></Row>
      <Row ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s1"><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=1"/></Row></Table></Worksheet>
      <Worksheet ss:Name="乙"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`;
    const { type, sheets } = await readFile('e.xls', Buffer.from(xml));
    expect(type).toBe('sheetml');
    expect(sheets.map(({ sheet: { name, hidden, hiddenRows, merges } }) => [name, hidden, hiddenRows, merges])).toEqual([['甲镇', false, 1, [{ top: 2, left: 0, bottom: 3, right: 1 }]], ['乙', true, 0, []]]);
    expect(sheets[0]?.rows.map(({ row, cells, struck }) => [row, cells, struck])).toEqual([
      [2, ['名称', null, { date: '2015-06-01' }], undefined], [3, [null, null, 3], undefined], [4, [null, '#REF!', '#未计算'], [1]],
    ]);
  });

  test('a web archive, and XML that is no spreadsheet, are refused with the sentence', async () => {
    for (const text of ['MIME-Version: 1.0\r\n\r\n<html><table>', '<?xml version="1.0"?><books/>']) {
      expect(await inspectReadable(await folder.put('f.xls', Buffer.from(text)), 'f.xls')).toMatchObject({ ok: false, code: 'old-text-table' });
    }
  });
});

describe('workbooks of other programs', () => {
  test('an .xls that WPS saved is read; an .et gets the sentence', async () => {
    const file = CFB.read(oldFormatOf({ 台账: [['名称'], ['甲']] }, 'biff8'), { type: 'buffer' });
    CFB.utils.cfb_add(file, '/ETExtData', Buffer.from('x'));
    const written: Buffer = CFB.write(file, { type: 'buffer' });
    const path = await folder.put('g.xls', Buffer.from(written));
    expect(await inspectReadable(path, 'g.xls')).toMatchObject({ ok: true, type: 'xls' });
    expect((await readAll(path, 'xls'))[0]?.rows.map(({ cells }) => cells[0])).toEqual(['名称', '甲']);
    expect(await inspectReadable(path, 'g.et')).toMatchObject({ ok: false, code: 'wps-et' });
  });

  test('an .xls of Excel 95 in code page 936 is read in Chinese', async () => {
    const { sheets } = await readFile('h.xls', biff5Of('台账', [['企业名称', '电话'], ['甲物业公司', '13900000001']]));
    expect([sheets[0]?.sheet.name, sheets[0]?.rows.map(({ cells }) => cells)]).toEqual(['台账', [['企业名称', '电话'], ['甲物业公司', '13900000001']]]);
  });

  test('shared texts without a relation are found by their name; without them the workbook is broken, not empty', async () => {
    const file = CFB.read(Buffer.from(await xlsxOf([{ name: '一', rows: [['名称', '户数'], ['甲', 3]] }])), { type: 'buffer' });
    const rels = CFB.find(file, '/xl/_rels/workbook.xml.rels');
    if (rels === null) throw new Error('no relations');
    const save = async (name: string) => { const bytes: Buffer = CFB.write(file, { type: 'buffer', fileType: 'zip' }); return folder.put(name, Buffer.from(bytes)); };
    rels.content = Buffer.from(Buffer.from(rels.content).toString().replace(/<Relationship [^>]*sharedStrings[^>]*>/, ''));
    expect((await readAll(await save('j.xlsx'), 'xlsx'))[0]?.rows.map(({ cells }) => cells)).toEqual([['名称', '户数'], ['甲', 3]]);
    CFB.utils.cfb_del(file, '/xl/sharedStrings.xml');
    await expect(readAll(await save('k.xlsx'), 'xlsx')).rejects.toMatchObject({ code: 'broken-workbook' });
  });

  test('a formula without a result is told from an empty cell', async () => {
    const path = await folder.put('i.xlsx', Buffer.from(await xlsxOf([{ name: '一', rows: [['名称', '户数'], ['甲', null]], cells: new Map([['1,1', { formula: 'A1' }]]) }])));
    const [sheet] = await readAll(path, 'xlsx');
    expect(sheet?.rows[1]?.cells).toEqual(['甲', '#未计算']);
  });
});
