import { Readable } from 'node:stream';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '#contract/define-route.ts';
import type { getComplaint as oneRoute } from '#contract/complaint.ts';
import { obligation } from '#modules/obligation/index.ts';
import { everything } from '#platform/access/scope.ts';
import { readPdf, squeezed } from '#platform/document/testing/read-back.ts';
import { newId } from '#platform/ids.ts';
import { complaint as complaintModule } from './index.ts';
import { hall, type Hall, type Person } from './testing/hall.ts';
import { revealComplainant } from './use-cases/correct.ts';
import { downloadCaseFile, getCaseFile } from './use-cases/case-file.ts';
import { assignComplaint } from './use-cases/hand-on.ts';
import { draftLetter } from './use-cases/letter.ts';
import { getComplaint } from './use-cases/look.ts';
import { registerComplaint } from './use-cases/receive.ts';
import { acceptComplaint } from './use-cases/take-up.ts';

type Item = Output<typeof oneRoute>;
let world: Hall;
beforeAll(async () => { world = await hall([complaintModule, obligation]); });
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const at = (id: Item['id']) => ({ ...nobody, params: { complaintId: id } });
const look = (id: Item['id'], by: Person = 'community') => getComplaint(world.who(by), at(id));
/** One white dot. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

async function twoPages(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const words of ['SCANNED ANSWER ONE', 'SCANNED ANSWER TWO']) pdf.addPage([595, 842]).drawText(words, { x: 50, y: 700, size: 12, font });
  return Buffer.from(await pdf.save());
}

async function attach(item: Item, fileNo: number, name: string, mediaType: string, content: Buffer): Promise<string> {
  const upload = await world.kit.files.put(Readable.from([content]), { name, mediaType, limitBytes: 1_000_000 });
  await world.kit.database.write(everything, async (db) => {
    const place = await db.selectFrom('complaint.complaint').select(['countyId', 'townshipId', 'neighbourhoodId', 'estateId']).where('id', '=', item.id).executeTakeFirstOrThrow();
    const id = newId<'File'>();
    await db.insertInto('platform.file').values({ id, ...place, companyId: null, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType, name, subjectKind: 'Complaint', subjectId: item.id, uploadedBy: world.who('community').actor.userId, createdAt: world.who('community').now }).execute();
    await db.insertInto('complaint.complaintFile').values({ complaintId: item.id, fileNo, ...place, companyId: null, fileId: id, kind: 'handling', createdAt: world.who('community').now }).execute();
  });
  return upload.hash;
}

async function filed(): Promise<Item> {
  const { id } = await registerComplaint(world.who('community'), { ...nobody, body: {
    origin: 'counter', originNo: '', originDueOn: null, receivedOn: '2026-11-20' as never, estateId: world.estateId, spot: '3幢2单元', category: 'F04', body: `楼道里有人飞线给电动车充电。${'夜里冒烟，邻居都很担心。'.repeat(300)}`, ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: false, isForFamily: false, name: '令狐不显', phone: '13900007777', mail: '', letter: null,
  } });
  const item = await look(id);
  return acceptComplaint(world.who('community', item.version), { ...at(id), body: { pace: 'ordinary', note: '' } });
}

const pdfOf = async (item: Item, by: Person = 'community') => {
  const { content } = await downloadCaseFile(world.who(by), at(item.id));
  if (!(content instanceof Buffer)) throw new Error('a case file is bytes');
  return readPdf(content);
};

test('one PDF of everything in order: contents with the pages on which each begins, figures, pictures and the pages of other PDFs; never who complained', async () => {
  const item = await filed();
  await attach(item, 1, '现场照片.png', 'image/png', PNG);
  await attach(item, 2, '答复扫描件.pdf', 'application/pdf', await twoPages());
  const broken = await attach(item, 3, '坏文件.pdf', 'application/pdf', Buffer.from('%PDF-1.4 broken'));
  await revealComplainant(world.who('community'), { params: { complaintId: item.id, complainantId: item.complainants[0]?.id ?? ('' as never) }, query: {}, body: { field: 'name', reason: '电话核实情况' } });
  const listed = await getCaseFile(world.who('community'), at(item.id));
  expect(listed.entries.map(({ kind, title }) => [kind, title])).toEqual([['register', '登记信息'], ['steps', '办理过程'], ['dues', '时限和计算说明'], ['looks', '查看投诉人的记录'], ['file', '现场照片.png'], ['file', '答复扫描件.pdf'], ['file', '坏文件.pdf']]);
  const { pages, pieces, title } = await pdfOf(item);
  const textOn = (page: number) => squeezed(pieces.filter((piece) => piece.page === page).map(({ text }) => text).join(''));
  const all = squeezed(pieces.map(({ text }) => text).join(''));
  expect(title).toBe(`${item.no}卷宗`);
  // Every page is numbered, in order.
  expect(Array.from({ length: pages }, (_, page) => new RegExp(`[—-]${String(page + 1)}[—-]$`, 'u').test(textOn(page + 1)))).toEqual(Array(pages).fill(true));
  // The contents name the page on which each begins.
  const begin = Number(/6答复扫描件\.pdf办理中(\d+)7坏文件/u.exec(textOn(1))?.[1]);
  expect(textOn(begin)).toContain('SCANNEDANSWERONE');
  expect(textOn(begin + 1)).toContain('SCANNEDANSWERTWO');
  expect(textOn(begin - 1)).toContain('现场照片.png');
  expect(all).toContain('7坏文件.pdf办理中未装订');
  expect(all).toContain(`SHA-256：${broken}`);
  for (const words of ['收到投诉', '期限届满日', '电话核实情况', '当日不计']) expect(all).toContain(words);
  expect(all).not.toMatch(/令狐不显|13900007777/u);
});

test('whoever does not handle it reads nothing of who looked at the complainant; out of scope there is no case file; each taking is recorded', async () => {
  const accepted = await filed();
  const item = await assignComplaint(world.who('community', accepted.version), { ...at(accepted.id), body: { leadId: world.fire, assistingId: null, why: '请依法办理' } });
  expect((await getCaseFile(world.who('community'), at(item.id))).entries.map(({ kind }) => kind)).not.toContain('looks');
  expect((await getCaseFile(world.who('fireman'), at(item.id))).entries.map(({ kind }) => kind)).toContain('looks');
  for (const who of ['other', 'enforcer'] as const) await expect(getCaseFile(world.who(who), at(item.id))).rejects.toMatchObject({ code: 'not-found' });
  await pdfOf(item, 'fireman');
  const taken = await world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['actorName']).where('action', '=', 'complaint.case-file').where('subjectId', '=', item.id).execute());
  expect(taken).toEqual([{ actorName: 'fireman某' }]);
});

test('a letter of transfer lies in the case file; whoever may not see it reads its title only', async () => {
  const accepted = await filed();
  const item = await assignComplaint(world.who('community', accepted.version), { ...at(accepted.id), body: { leadId: world.police, assistingId: null, why: '请依法办理' } });
  const { paperId } = await draftLetter(world.who('community'), at(item.id));
  const own = (await getCaseFile(world.who('community'), at(item.id))).entries.find(({ kind }) => kind === 'paper');
  expect(own).toMatchObject({ paperId, note: '没有签发，只列标题' });
  expect(squeezed((await pdfOf(item)).pieces.map(({ text }) => text).join(''))).toContain('未装订');
});
