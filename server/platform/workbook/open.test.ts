import { deflateRawSync } from 'node:zlib';
import { truncate } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { CFB } from '@e965/xlsx';
import { inspectUpload } from './open.ts';
import { workbookLimits } from './limits.ts';
import { readXlsx } from './read-xlsx.ts';
import { readAll, oldFormatOf, temporaryFolder, xlsxOf } from './workbook.fixture.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

/** A zip of the given parts, written by hand so that its directory may lie. */
function zipOf(parts: Readonly<Record<string, Buffer>>, declared: (bytes: number) => number = (bytes) => bytes): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(parts)) {
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared(bytes.length), 18);
    const tail = Buffer.concat([fields.subarray(0, 22), Buffer.from([name.length, 0, 0, 0])]);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), tail, Buffer.from(name), packed]);
    const central = Buffer.alloc(46);
    central.write('PK\u0001\u0002', 'latin1');
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(declared(bytes.length), 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    directory.push(Buffer.concat([central, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

function oleOf(...streams: string[]): Buffer {
  const file = CFB.utils.cfb_new();
  for (const stream of streams) CFB.utils.cfb_add(file, stream, Buffer.from('content of the stream'));
  const bytes: Buffer = CFB.write(file, { type: 'buffer' });
  return Buffer.from(bytes);
}

const rows = [['企业名称', '联系电话'], ['甲物业有限公司', '13800000000']];
const goodXlsx = await xlsxOf([{ name: '台账', rows }]);
const workbookParts = { '[Content_Types].xml': Buffer.from('<Types/>'), 'xl/workbook.xml': Buffer.from('<workbook/>') };

const refused: [string, string, Uint8Array, string, RegExp][] = [
  ['an empty file', 'a.xlsx', Buffer.alloc(0), 'empty-file', /空的/],
  ['a PDF named .xlsx', 'a.xlsx', Buffer.from('%PDF-1.7 …'), 'not-a-workbook', /PDF/],
  ['a picture', 'a.xls', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), 'not-a-workbook', /图片/],
  ['a text file with commas', 'a.csv', Buffer.from('企业名称,电话\n甲,1'), 'csv-file', /另存为 xlsx/],
  ['a web page named .xls', 'a.xls', Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), 'old-text-table', /网页/],
  ['a web page that begins with its table', 'a.xls', Buffer.from('\n<div><table border=1><tr><td>1</td></tr></table></div>'), 'old-text-table', /网页/],
  ['a web archive named .xls', 'a.xls', Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>'), 'old-text-table', /网页/],
  ['text in UTF-16', 'a.xls', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('企业名称\t电话\r\n', 'utf16le')]), 'csv-file', /另存为 xlsx/],
  ['a workbook with a password', 'a.xlsx', oleOf('EncryptedPackage', 'EncryptionInfo'), 'password', /取消密码/],
  ['a WPS .et file', 'a.et', oldFormatOf({ 台账: rows }, 'biff8'), 'wps-et', /请用 WPS 另存为 xlsx 后再上传/],
  ['a Word document of the old format', 'a.xls', oleOf('WordDocument'), 'not-a-workbook', /Word/],
  ['an .xls with macros', 'a.xls', oleOf('Workbook', '_VBA_PROJECT_CUR/VBA/dir', '_VBA_PROJECT_CUR/VBA/_VBA_PROJECT'), 'macro', /宏/],
  ['an .xlsm whatever its name', 'a.xlsx', zipOf({ ...workbookParts, 'xl/vbaProject.bin': Buffer.from('x') }), 'macro', /宏/],
  ['an .xlsb', 'a.xlsx', oldFormatOf({ 台账: rows }, 'xlsb'), 'binary-xlsb', /xlsb/],
  ['an .ods', 'a.xlsx', oldFormatOf({ 台账: rows }, 'ods'), 'ods-file', /ods/],
  ['a Word document', 'a.xlsx', zipOf({ '[Content_Types].xml': Buffer.from('<Types/>'), 'word/document.xml': Buffer.from('<w/>') }), 'not-a-workbook', /Word/],
  ['a plain zip', 'a.xlsx', zipOf({ 'readme.txt': Buffer.from('hello') }), 'not-a-workbook', /压缩包/],
  ['half a workbook', 'a.xlsx', goodXlsx.subarray(0, goodXlsx.length - 40), 'broken-zip', /损坏/],
  ['a bomb that declares its size', 'a.xlsx', zipOf({ ...workbookParts, 'xl/worksheets/sheet1.xml': Buffer.alloc(80 * 1024 * 1024) }), 'zip-bomb', /巨大/],
  ['bytes that are nothing', 'a.xlsx', Buffer.from([1, 2, 3, 0, 5]), 'not-a-workbook', /不是 Excel/],
];

describe('a file is judged by its bytes', () => {
  test.each(refused)('%s is refused with a sentence', async (_, name, bytes, code, says) => {
    const found = await inspectUpload(await folder.put('upload', bytes), name);
    expect(found).toMatchObject({ ok: false, code });
    expect(found.ok ? '' : found.message).toMatch(says);
  });

  test('a file of 200 MB is refused before it is read', async () => {
    const path = await folder.put('huge.xlsx', Buffer.from('PK'));
    await truncate(path, 200 * 1024 * 1024);
    expect(await inspectUpload(path)).toMatchObject({ ok: false, code: 'too-large', message: expect.stringContaining('200 MB') });
  });

  test('an .xlsx is taken under any name, an .xls too', async () => {
    expect(await inspectUpload(await folder.put('a.bin', goodXlsx))).toMatchObject({ ok: true, type: 'xlsx' });
    expect(await inspectUpload(await folder.put('b.xlsx', oldFormatOf({ 台账: rows }, 'biff8')))).toMatchObject({ ok: true, type: 'xls' });
  });
});

describe('what only reading can show', () => {
  test('a part that inflates to more than it declared is refused', async () => {
    const path = await folder.put('liar.xlsx', zipOf({ ...workbookParts, 'xl/workbook.xml': Buffer.alloc(100_000, '<workbook/>') }, () => 10));
    expect(await inspectUpload(path)).toMatchObject({ ok: true });
    await expect(readAll(path, 'xlsx')).rejects.toMatchObject({ code: 'broken-zip' });
  });

  test('inflated bytes are counted, not believed', async () => {
    const path = await folder.put('big.xlsx', zipOf({ ...workbookParts, 'xl/workbook.xml': Buffer.alloc(300_000, ' ') }));
    const drain = async () => { for await (const part of readXlsx(path, {}, { ...workbookLimits, inflatedBytes: 400_000, ratio: 1e9 })) expect(part).toBeDefined(); };
    await expect(drain()).resolves.toBeUndefined();
    const tight = async () => { for await (const part of readXlsx(path, {}, { ...workbookLimits, inflatedBytes: 300_050, ratioFromBytes: 100_000 })) expect(part).toBeDefined(); };
    await expect(tight()).rejects.toMatchObject({ code: 'zip-bomb' });
  });

  test('a workbook without a single filled cell is refused with a sentence', async () => {
    const path = await folder.put('blank.xlsx', await xlsxOf([{ name: '一', rows: [] }, { name: '二', rows: [[' ', null]] }]));
    await expect(readAll(path, 'xlsx')).rejects.toMatchObject({ code: 'no-sheets', message: expect.stringMatching(/全是空的/) });
  });

  test('an .xls whose records are damaged is refused with a sentence', async () => {
    const path = await folder.put('bad.xls', oleOf('Workbook'));
    await expect(readAll(path, 'xls')).rejects.toMatchObject({ code: 'broken-workbook', message: expect.stringMatching(/损坏/) });
  });
});
