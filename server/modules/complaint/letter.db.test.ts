import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailbox, type Mailbox } from '#modules/notice/testing/receivers.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { letter } from '#platform/mail/testing/letters.ts';
import { systemContext } from '#platform/make-context.ts';
import { sendDue } from '#platform/notices/send.ts';
import { complaintPersonalData, complaintRetentions } from './personal-data.ts';
import { desk, given, tokenOf, type Desk, type Draft, type Opened, type Person } from './testing/desk.ts';
import { revealComplainant } from './use-cases/correct.ts';
import { downloadComplaintFile } from './use-cases/files.ts';
import { listLetters, takeInLetter } from './use-cases/incoming-letters.ts';
import { readLetter } from './use-cases/letter-reading.ts';
import { listComplaints } from './use-cases/look.ts';
import { refuseComplaint } from './use-cases/take-up.ts';

const { nobody, at } = given;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
let hall: Desk;
let box: Mailbox;
beforeAll(async () => { hall = await desk(); });
afterAll(() => hall.stop());
beforeEach(async () => { box = await mailbox(); });
afterEach(async () => { await hall.kit.database.write(everything, (db) => db.updateTable('platform.noticeChannel').set({ isOn: false, onSince: null }).execute()); await box.close(); });
const deliveries = () => hall.kit.database.read(everything, (db) => db.selectFrom('platform.noticeDelivery').select(['status', 'letterCipher', 'userId']).orderBy('id').execute());

/** What a browser sends along. */
async function withFile(by: Person, content: Buffer, name = '来信.eml'): Promise<Ctx> {
  return { ...hall.who(by), uploads: [await hall.kit.files.put(Readable.from([content]), { name, mediaType: 'application/octet-stream', limitBytes: 50_000_000 })] };
}
const read = async (content: Buffer, by: Person = 'community') => readLetter(await withFile(by, content), nobody);
let serial = 0;
const fresh = (more: Parameters<typeof letter>[0] = {}) => letter({ id: `<${serial += 1}@mail.example>`, ...more });
const mailed = (found: Awaited<ReturnType<typeof read>>): Partial<Draft> => ({ origin: 'mail', name: found.name, phone: '', mail: found.mail, body: found.body, receivedOn: found.receivedOn, letter: found.ticket });
const look = (item: Pick<Opened, 'id'>, by: Person = 'community') => hall.look(item.id, by);
const rowsIn = async () => (await hall.kit.database.read(everything, (db) => sql<{ files: number; complaints: number }>`select (select count(*)::integer from platform.file) as files, (select count(*)::integer from complaint.complaint) as complaints`.execute(db))).rows[0];
const mailOn = () => hall.kit.database.write(everything, async (db) => {
  const facts = JSON.stringify({ host: '127.0.0.1', port: String(box.port), security: 'none', user: '', from: 'shanzhi@county.example' });
  const there = await db.updateTable('platform.noticeChannel').set({ isOn: true, onSince: hall.who('clerk').now, facts }).where('kind', '=', 'mail').returning('id').executeTakeFirst();
  if (there === undefined) await db.insertInto('platform.noticeChannel').values({ id: newId<'NoticeChannel'>(), countyId: hall.county, kind: 'mail', name: '邮件', isOn: true, facts, secretCipher: hall.kit.vault.seal(''), kinds: [], onSince: hall.who('clerk').now, createdAt: hall.who('clerk').now, updatedAt: hall.who('clerk').now }).execute();
});
const contentOf = async (item: Opened, fileNo: number, by: Person) => { const { content } = await downloadComplaintFile(hall.who(by), { ...nobody, params: { complaintId: item.id, fileNo } }); if (!(content instanceof Readable)) throw new Error('a stored file is a stream'); return text(content); };

describe('a letter becomes a file', () => {
  test('what the letter says fills the form, and letter and pictures lie in the file it becomes', async () => {
    const content = fresh({ files: [{ name: '楼道', bytes: PNG }, { name: '说明.docx', bytes: Buffer.from('PK\u0003\u0004') }] });
    const found = await read(content);
    expect(found).toMatchObject({ name: '秦来访', mail: 'qin@mail.example', body: '主题：三号楼电梯\n电梯停了三天，老人下不来。\n\n请尽快修。', receivedOn: '2026-11-19', isDayRead: true, files: [{ name: '楼道.png' }], left: ['说明.docx'], known: null, isCut: false });
    const item = await look(await hall.register(mailed(found)));
    expect(item).toMatchObject({ origin: 'mail', receivedOn: '2026-11-19', files: [{ fileNo: 1, kind: 'letter', name: '来件原件.eml' }, { fileNo: 2, kind: 'given', name: '楼道.png' }], complainants: [{ hasMail: true, hasPhone: false, name: '秦**' }] });
    expect(await contentOf(item, 1, 'community')).toBe(content.toString());
  });

  test('the same letter again is told which file it is, by whoever reads or registers it; out of sight only the number', async () => {
    const content = fresh();
    const [found, other] = [await read(content), await read(content)];
    const made = await hall.register(mailed(found));
    expect((await read(content)).known).toEqual({ no: made.no, id: made.id });
    expect((await read(content, 'other')).known).toEqual({ no: made.no, id: null });
    const before = await rowsIn();
    await expect(hall.register(mailed(other))).rejects.toMatchObject({ code: 'state.duplicate', message: expect.stringContaining(made.no) });
    expect(await rowsIn()).toEqual(before);
  });

  test('of two who register one letter at the same moment one does', async () => {
    const content = fresh();
    const [one, two] = [await read(content), await read(content)];
    const before = (await rowsIn())?.complaints ?? 0;
    const ends = await Promise.allSettled([hall.register(mailed(one)), hall.register(mailed(two))]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find((end) => end.status === 'rejected')?.reason).toMatchObject({ code: 'state.duplicate' });
    expect((await rowsIn())?.complaints).toBe(before + 1);
  });

  test('reading writes nothing; a ticket made up, another person’s, or of yesterday opens nothing', async () => {
    const before = await rowsIn();
    const found = await read(fresh());
    await expect(read(Buffer.from('没有信头'))).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('不是一封邮件') });
    expect(await rowsIn()).toEqual(before);
    const refused = { code: 'input.invalid', message: expect.stringContaining('请再选一次') };
    for (const ticket of ['x', 'v1.a.b.c', hall.kit.vault.seal('{}')]) await expect(hall.register({ ...mailed(found), letter: ticket })).rejects.toMatchObject(refused);
    await expect(hall.register(mailed(found), 'township')).rejects.toMatchObject(refused);
    expect(await rowsIn()).toEqual(before);
  });
});

describe('the address of who wrote', () => {
  test('is sealed, found again by its index, shown to the handler for a reason and to nobody else; the letter too', async () => {
    const item = await look(await hall.register(mailed(await read(fresh()))));
    const [complainantId] = item.complainants.map(({ id }) => id);
    const { rows: [stored] } = await hall.kit.database.read(everything, (db) => sql<{ row: string; index: string }>`select to_jsonb(x)::text as row, mail_index as index from complaint.complainant x where id = ${complainantId}`.execute(db));
    expect([stored?.row.includes('qin@'), stored?.index === hall.kit.vault.index('mail', 'qin@mail.example')]).toEqual([false, true]);
    const reveal = (by: Person) => revealComplainant(hall.who(by), { params: { complaintId: item.id, complainantId: complainantId ?? ('' as never) }, query: {}, body: { field: 'mail', reason: '写信核实情况' } });
    expect(await reveal('community')).toEqual({ value: 'qin@mail.example' });
    await expect(reveal('clerk')).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(contentOf(item, 1, 'clerk')).rejects.toMatchObject({ code: 'rule.violated', message: expect.stringContaining('来件原件写有投诉人') });
    await contentOf(item, 1, 'community');
    const looks = await hall.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['actorName', 'reason']).where('action', '=', 'complainant.reveal').where('subjectId', '=', item.id).orderBy('entryNo').execute());
    expect(looks).toEqual([{ actorName: 'community某', reason: '写信核实情况' }, { actorName: 'community某', reason: '下载来件原件' }]);
    const found = async (by: Person) => (await listComplaints(hall.who(by), { ...nobody, query: { limit: 100, q: 'Qin@mail.example' } })).rows.some(({ id }) => id === item.id);
    expect([await found('community'), await found('clerk')]).toEqual([true, false]);
  });

  test('goes when who wrote is erased, and the letter with the next clearing; the file and its pictures stay', async () => {
    const accepted = await hall.accept(await look(await hall.register({ ...mailed(await read(fresh({ files: [{ name: 'a.png', bytes: PNG }] }))), phone: '13900001234' })));
    await hall.close(await hall.reply(await hall.assign(accepted, hall.eastCommunity), 'community'), 'community');
    const id = accepted.complainants[0]?.id ?? '';
    await systemContext(hall.kit).transact(async (tx) => { tx.auditNothing('test'); await complaintPersonalData.erase(tx, [{ kind: 'complaint.complainant', id }], { countyId: hall.county, today: hall.who('clerk').today, vault: hall.kit.vault, name: null, idIndex: null, phoneIndexes: [], numbers: [], subjects: [] }); });
    const letters = complaintRetentions.find(({ kind }) => kind === 'complaint.letters');
    const { today } = hall.who('clerk');
    expect(await hall.kit.database.read(everything, (db) => letters?.count(db, hall.county, today) ?? Promise.resolve(0))).toBe(1);
    await systemContext(hall.kit).transact(async (tx) => { tx.auditNothing('test'); await letters?.purge(tx, hall.county, today, hall.kit); });
    const after = await look(accepted);
    expect([after.complainants[0]?.hasMail, after.files.map(({ name }) => name)]).toEqual([false, ['来件原件（已到期删除）.txt', 'a.png']]);
    expect(await contentOf(after, 1, 'community')).not.toContain('mail.example');
  });
});

describe('answers by mail', () => {
  test('who left an address gets receipt and answer by the county’s mail, each with a link that opens his file; who left none gets nothing', async () => {
    await mailOn();
    await hall.register({ mail: '' });
    await hall.register({ mail: 'hidden@mail.example', isAnonymous: true });
    const slip = await hall.register({ mail: 'Qin@mail.example' });
    await sendDue(hall.kit);
    expect(box.letters).toMatchObject([{ to: ['qin@mail.example'], subject: `${slip.no}的回执` }]);
    expect(box.letters[0]?.body).toContain(`/o/r#${tokenOf(slip)}`);
    await hall.reply(await hall.assign(await hall.accept(await look(slip)), hall.eastCommunity), 'community');
    await sendDue(hall.kit);
    expect(box.letters.map(({ subject }) => subject)).toEqual([`${slip.no}的回执`, `${slip.no}的答复`]);
    expect(box.letters[1]?.body).toContain('已拆除飞线并教育当事人');
    expect(await deliveries()).toEqual([{ status: 'sent', letterCipher: null, userId: null }, { status: 'sent', letterCipher: null, userId: null }]);
  });

  test('a refusal is an answer too; without mail switched on nothing waits to be sent', async () => {
    const before = (await deliveries()).length;
    const silent = await look(await hall.register({ mail: 'qin@mail.example' }));
    expect(await deliveries()).toHaveLength(before);
    await mailOn();
    await refuseComplaint(hall.who('community', silent.version), { ...at(silent), body: { ground: 'court', where: '', why: '已经在法院立案' } });
    await sendDue(hall.kit);
    expect(box.letters).toMatchObject([{ subject: `${silent.no}的答复`, body: expect.stringContaining('不予受理') }]);
  });

  test('a reply to a receipt is suggested for its file by what it refers to, whatever its subject says; a reference of nobody suggests nothing', async () => {
    await mailOn();
    const slip = await hall.register({ mail: 'qin@mail.example' });
    await sendDue(hall.kit);
    const sent = await hall.kit.database.read(everything, (db) => db.selectFrom('platform.noticeDelivery').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow());
    const dropped = async (replyTo: string) => { await takeInLetter(await withFile('community', fresh({ subject: '昨晚又冒烟', replyTo: [replyTo] }))); return (await listLetters(hall.who('community'), { ...nobody, query: { limit: 1 } })).rows[0]?.suggested; };
    expect(await dropped(`<${sent.id}@county.example>`)).toEqual({ id: slip.id, no: slip.no, isSameSender: true });
    expect(await dropped(`<${newId()}@county.example>`)).toBeNull();
    expect(await dropped("<x' or 1=1@county.example>")).toBeNull();
  });
});
