import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { readXlsx } from 'hucre/xlsx';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { safeName } from '#platform/files/store.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { zipOf } from '#platform/workbook/fill/zip-bytes.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { getDiagnosis } from '#contract/operations/watch.ts';
import { getPublicFeed } from '#contract/publication.ts';
import { modules } from './modules.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld } from './testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let clerk: Signed;
beforeAll(async () => {
  kit = await testKit(modules, { size: 2 });
  await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  clerk = await signedIn(app, 'clerk');
});
afterAll(async () => { await app.close(); await kit.stop(); });

let sent = 0;
function upload(url: string, fields: Readonly<Record<string, string>>, bytes: Uint8Array, fileName = '台账.xlsx', mediaType = 'application/octet-stream') {
  sent += 1;
  const text = Object.entries(fields).map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
  const payload = Buffer.concat([Buffer.from(`${text}--b\r\nContent-Disposition: form-data; name="files"; filename="${fileName}"\r\nContent-Type: ${mediaType}\r\n\r\n`), bytes, Buffer.from('\r\n--b--\r\n')]);
  return app.inject({ method: 'POST', url, headers: { ...clerk.headers, 'idempotency-key': `upload-${sent}-key`, 'content-type': 'multipart/form-data; boundary=b' }, payload });
}
const ledger = (bytes: Uint8Array, fileName?: string) => upload('/api/ledger-batches', { kind: 'companies' }, bytes, fileName);
const form = (bytes: Uint8Array, fileName?: string) => upload('/api/report-forms', { title: '表' }, bytes, fileName);

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const sheetXml = (rows: string, head = '') => `<?xml version="1.0" encoding="UTF-8"?>${head}<worksheet ${NS}><sheetData>${rows}</sheetData></worksheet>`;
const textCell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const header = `<row r="1">${textCell('A1', '企业名称')}${textCell('B1', '联系电话')}</row>`;

/** A workbook put together by hand, so that any part may be what no program would write. */
function workbookOf(sheet: string, more: Readonly<Record<string, Buffer | string>> = {}): Buffer {
  const parts: Record<string, Buffer | string> = {
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': `<?xml version="1.0"?><workbook ${NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet, ...more,
  };
  return zipOf(new Map(Object.entries(parts).map(([name, content]) => [name, Buffer.from(content)])));
}

/** Says in the directory and before the part that it holds `declared` bytes. */
function lying(zip: Buffer, name: string, declared: number): Buffer {
  const out = Buffer.from(zip);
  for (let at = out.indexOf(name); at >= 0; at = out.indexOf(name, at + 1)) {
    if (out.readUInt32LE(Math.max(0, at - 30)) === 0x04034b50) out.writeUInt32LE(declared, at - 8);
    else if (at >= 46 && out.readUInt32LE(at - 46) === 0x02014b50) out.writeUInt32LE(declared, at - 22);
  }
  return out;
}

const written = () => kit.kit.database.read(everything, async (db) => [
  await db.selectFrom('audit.entry').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(), await db.selectFrom('platform.file').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
]);

const good = await xlsxOf([{ name: '一', rows: [['企业名称', '联系电话'], ['甲物业有限公司', '13800000000']] }]);
const entities = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + Array.from({ length: 12 }, (_, at) => `<!ENTITY ${'bcdefghijklm'[at]} "${`&${'abcdefghijkl'[at]};`.repeat(10)}">`).join('') + ']>';

const bad: [string, Uint8Array, string?][] = [
  ['a bomb by its ratio', workbookOf(sheetXml(header), { 'xl/media/a.xml': Buffer.alloc(80 * 1_048_576) })],
  ['a bomb by the number of its parts', workbookOf(sheetXml(header), Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`xl/x${at}.xml`, '']))) ],
  ['a zip in a zip', zipOf(new Map([['a.xlsx', workbookOf(sheetXml(header))]]))],
  ['a workbook with macros', workbookOf(sheetXml(header), { 'xl/vbaProject.bin': 'x' })],
  ['a workbook with old macro sheets', workbookOf(sheetXml(header), { 'xl/macrosheets/sheet1.xml': '<x/>' })],
  ['a PDF with a workbook behind it', Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), good])],
  ['a page with a workbook behind it', Buffer.concat([Buffer.from('<html><script>alert(1)</script></html>\n'), good])],
  ['a picture with a workbook behind it', Buffer.concat([Buffer.from('GIF89a\u0001\u0000'), good])],
  ['a program', Buffer.from('MZ\u0090\u0000')],
  ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n')],
  ['a zip whose directory points outside', zipOf(new Map([['../../../../tmp/x.xml', Buffer.from('x')], ['[Content_Types].xml', Buffer.from('x')]]))],
  ['a part that is cut off in a tag', workbookOf(sheetXml(header).slice(0, -30) + '<row r="2" x="')],
];

describe('what is no workbook, or is one that harms,', () => {
  test.each(bad)('%s is refused in words by both doors, and nothing of it is kept', async (_name, bytes, fileName) => {
    const before = await written();
    for (const answer of [await ledger(bytes, fileName), await form(bytes, fileName)]) {
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'workbook.refused']);
      expect(answer.json().detail).toMatch(/[\u4e00-\u9fff]/);
      expect(answer.body).not.toMatch(/\/tmp\/|pending|node_modules/);
    }
    expect(await written()).toEqual(before);
  });

  test('a part that holds more than it says never gets to a reader that believes it', async () => {
    const zip = workbookOf(sheetXml(header), { 'xl/media/big.bin': Buffer.alloc(60 * 1_048_576) });
    const answer = await form(lying(zip, 'xl/media/big.bin', 10));
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'workbook.refused']);
  });

  test('two parts of one name are refused: one would be looked at and the other read', async () => {
    const twice = zipOf(new Map([['[Content_Types].xml', Buffer.from('<Types/>')], ['xl/workbook.xml', Buffer.from('<a/>')], ['xl/workbook.xmI', Buffer.from('<b/>')]]));
    const same = Buffer.from(twice.toString('latin1').replaceAll('xl/workbook.xmI', 'xl/workbook.xml'), 'latin1');
    expect((await ledger(same)).json().code).toBe('workbook.refused');
  });
});

describe('a sheet that defines entities', () => {
  const rows = (text: string) => `${header}<row r="2">${textCell('A2', text)}${textCell('B2', '13800000000')}</row>`;
  test.each([['of a file', '<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/passwd">]>'], ['of another host', '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY m SYSTEM "http://127.0.0.1:9/">]>'], ['that laugh', entities]])('%s has none of them expanded', async (_name, head) => {
    for (const answer of [await ledger(workbookOf(sheetXml(rows('&m;'), head))), await form(workbookOf(sheetXml(rows('&m;'), head)))]) {
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.body).not.toMatch(/root:|哈哈哈哈哈哈哈哈哈哈/);
    }
  });
  test('of a megabyte of quoted brackets is read or refused in one pass', async () => {
    const answer = await ledger(workbookOf(sheetXml(`${header}<row r="2" x="${'>'.repeat(900_000)}">${textCell('A2', '甲')}</row>`)));
    expect(answer.statusCode).toBeLessThan(500);
    expect((await ledger(workbookOf(sheetXml(`${header}<row r="2" x="${'<'.repeat(5_000_000)}`)))).json().code).toBe('workbook.refused');
  });
});

describe('the name of a file', () => {
  const names: [string, string][] = [
    ['../../../etc/passwd', 'passwd'], ['..\\..\\windows\\x.xlsx', 'x.xlsx'], ['a\0.xlsx', 'a.xlsx'], ['报表\u202excod.exe', '报表xcod.exe'], ['CON.xlsx', 'CON_.xlsx'], ['nul', 'nul_'], ['LPT1.txt', 'LPT1_.txt'], ['..', '未命名'], ['', '未命名'],
    ['a:b*?.xlsx', 'a_b__.xlsx'], ['x\r\nSet-Cookie: a=b.xlsx', 'xSet-Cookie_ a=b.xlsx'], ['名称. . ', '名称'], ['.htaccess', 'htaccess'], ['甲\ud800.xlsx', '甲\ufffd.xlsx'], ['年度台账 2026（第1版）.xlsx', '年度台账 2026（第1版）.xlsx'],
  ];
  test.each(names)('%j is kept as %j', (given, kept) => { expect(safeName(given)).toBe(kept); });
  test('of 300 characters keeps its end, where the extension is, in whole characters', () => {
    const kept = safeName(`${'𠮷'.repeat(300)}.xlsx`);
    expect([Array.from(kept).length, kept.endsWith('𠮷.xlsx'), kept.isWellFormed()]).toEqual([120, true, true]);
  });
  test('never becomes a path, nor a header, when it is handed back', async () => {
    for (const name of ['../../../etc/passwd', '报表\u202excod.exe', 'CON.xlsx', `${'长'.repeat(300)}.xlsx`, 'x%0d%0aSet-Cookie%3a a.xlsx']) {
      const answer = await form(await xlsxOf([{ name: '一', rows: [[`填报表${sent}`], ['小区数', null]] }]), name);
      expect([name, answer.statusCode]).toEqual([name, 200]);
      const back = await app.inject({ method: 'GET', url: `/api/report-forms/${String(answer.json().id)}/blank`, headers: clerk.headers });
      expect([back.statusCode, back.headers['set-cookie'], back.headers['x-content-type-options']]).toEqual([200, undefined, 'nosniff']);
      expect(back.headers['content-disposition']).toMatch(/^attachment; filename="download"; filename\*=UTF-8''(?!.*(?:%2F|%5C|%E2%80%AE|%0D|%00))[\w%.~()!'*-]+$/i);
    }
  });
});

describe('what is written into an exported workbook', () => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|\' /C calc\'!A0', '=HYPERLINK("http://evil.example","x")', '|x', '%x', '"=1+1'];
  test('is text, whatever it begins with, and comes back letter by letter', async () => {
    for (const [at, name] of hostile.entries()) {
      const answer = await app.inject({ method: 'POST', url: '/api/companies', headers: { ...clerk.headers, 'idempotency-key': `hostile-${at}-key` }, payload: companyOf(name) });
      expect([name, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([name, 200, '']);
    }
    const file = await app.inject({ method: 'GET', url: '/api/companies/export', headers: clerk.headers });
    const book = await readXlsx(file.rawPayload);
    const cells = new Set(book.sheets.flatMap((sheet) => sheet.rows.flat()));
    for (const name of hostile) expect([name, cells.has(name)]).toEqual([name, true]);
    expect(await formulasIn(file.rawPayload)).toEqual([]);
  });

  // Those that answer a workbook: the bundle for finding faults and the feed of public items are none.
  const exports = modules.flatMap((module) => module.routes).map(({ route }) => route).filter((route) => route.kind === 'download' && !route.path.includes(':') && route !== getDiagnosis && route !== getPublicFeed);
  test.each(exports.map((route) => route.path))('%s holds no formula, even where a name of a user, a company or a place is one', async (path) => {
    await kit.kit.database.write(everything, async (db) => {
      await db.updateTable('platform.appUser').set({ name: '=2+5' }).execute();
      await db.updateTable('registry.estate').set({ managerName: '@x', address: '\t=1+1', note: '\r=1' }).execute();
      await db.updateTable('registry.practitioner').set({ name: '+1' }).execute();
    });
    let formulas = 0;
    let files = 0;
    for (const login of ['clerk', 'system', 'security', 'auditor', '左侧-township']) {
      const by = await signedIn(app, login);
      const file = await app.inject({ method: 'GET', url: `/api${path}`, headers: by.headers });
      if (file.statusCode !== 200) continue;
      files += 1;
      formulas += (await formulasIn(file.rawPayload)).length;
    }
    expect([files > 0, formulas]).toEqual([true, 0]);
  });
});

const companyOf = (name: string) => ({ name, shortName: null, creditCode: null, legalPerson: name, phone: null, registeredOn: null, address: name, claimedEstates: null, claimedStaff: null, registeredCapitalFen: null, contactName: null, status: 'active', note: name });

/** Formulas, links and outside data in any part of a workbook. */
async function formulasIn(bytes: Buffer): Promise<string[]> {
  const zip = await fromBufferPromise(bytes);
  const found: string[] = [];
  for await (const entry of zip.eachEntry()) {
    if (/externalLink|connections|vbaProject/i.test(entry.fileName)) found.push(entry.fileName);
    const text = (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8');
    found.push(...(/worksheets\//.test(entry.fileName) ? text.match(/<f[ >/]|<hyperlink|t="str"/g) ?? [] : []));
  }
  return found;
}
