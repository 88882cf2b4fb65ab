import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { bomb, forwarded, gbk, letter, nested } from '#platform/mail/testing/letters.ts';
import { systemContext } from '#platform/make-context.ts';
import { complaintRetentions } from './personal-data.ts';
import { desk, given, type Desk, type Person } from './testing/desk.ts';
import { addLetterFacts, bringLetterBack, downloadLetter, listLetters, openLetter, setLetterAside, takeInLetter } from './use-cases/incoming-letters.ts';
import { readLetter } from './use-cases/letter-reading.ts';

const { nobody } = given;
let hall: Desk;
beforeAll(async () => { hall = await desk(); });
afterAll(() => hall.stop());

let serial = 0;
const fresh = (more: Parameters<typeof letter>[0] = {}) => letter({ id: `<in${serial += 1}@mail.example>`, ...more });
const withFile = async (by: Person, content: Buffer) => ({ ...hall.who(by), uploads: [await hall.kit.files.put(Readable.from([content]), { name: '来信.eml', mediaType: 'application/octet-stream', limitBytes: 60_000_000 })] });
const drop = async (content: Buffer, by: Person = 'clerk') => takeInLetter(await withFile(by, content));
const list = async (by: Person = 'clerk', status?: 'aside' | 'registered' | 'added') => (await listLetters(hall.who(by), { ...nobody, query: { limit: 100, ...(status === undefined ? {} : { status }) } })).rows;
const newest = async (by: Person = 'clerk') => { const [row] = await list(by); if (row === undefined) throw new Error('no letter waits'); return row; };
const one = (row: { id: Awaited<ReturnType<typeof newest>>['id'] }) => ({ ...nobody, params: { letterId: row.id } });
const audited = async (row: { id: string }) => (await hall.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select('action').where('subjectId', '=', row.id).orderBy('entryNo').execute())).map(({ action }) => action);

test('a letter waits with its sender covered and its day of arrival; opening it fills the form and is recorded; registering ends its waiting, and the letter lies in the file', async () => {
  expect(await drop(fresh())).toMatchObject({ outcome: 'kept' });
  const row = await newest();
  expect(row).toMatchObject({ subject: '三号楼电梯', sender: '秦**', mail: 'q***@mail.example', receivedOn: '2026-11-19', status: 'waiting', suggested: null });
  const stored = await hall.kit.database.read(everything, (db) => db.selectFrom('complaint.incomingLetter').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow());
  expect(JSON.stringify(stored)).not.toMatch(/qin@|秦来访/u);
  const read = await openLetter(hall.who('clerk'), one(row));
  expect(read).toMatchObject({ name: '秦来访', mail: 'qin@mail.example', receivedOn: '2026-11-19', known: null });
  const slip = await hall.register({ origin: 'mail', name: read.name, phone: '', mail: read.mail, body: read.body, receivedOn: read.receivedOn, letter: read.ticket }, 'clerk');
  expect((await list()).map(({ id }) => id)).not.toContain(row.id);
  expect((await list('clerk', 'registered'))[0]).toMatchObject({ id: row.id, complaint: { id: slip.id, no: slip.no }, sender: '', mail: '' });
  expect(await hall.look(slip.id, 'clerk')).toMatchObject({ receivedOn: '2026-11-19', files: [{ kind: 'letter', name: '来件原件.eml' }] });
  expect(await audited(row)).toEqual(['incoming-letter.keep', 'incoming-letter.open', 'incoming-letter.register']);
  await expect(openLetter(hall.who('clerk'), one(row))).rejects.toMatchObject({ code: 'state.conflict' });
});

test('the same letter is listed once, also when two drop it at one moment; one that is a complaint already is told with its number; one registered straight from the file is done where it waits', async () => {
  const content = fresh();
  const ends = await Promise.all([drop(content), drop(content, 'township')]);
  expect(ends.map(({ outcome }) => outcome).toSorted()).toEqual(['kept', 'listed']);
  expect(await drop(content)).toMatchObject({ outcome: 'listed' });
  const read = await readLetter(await withFile('clerk', content), nobody);
  const slip = await hall.register({ origin: 'mail', letter: read.ticket }, 'clerk');
  expect((await list('clerk', 'registered'))[0]).toMatchObject({ complaint: { no: slip.no } });
  expect(await drop(content)).toMatchObject({ outcome: 'registered', words: expect.stringContaining(slip.no) });
});

test('a township sees what came to it and not what came to another; the county sees both', async () => {
  await drop(fresh({ subject: '东镇的信' }), 'township');
  const [row] = await list('township');
  expect([row?.subject, (await list('other')).length, (await list()).some(({ id }) => id === row?.id)]).toEqual(['东镇的信', 0, true]);
  if (row !== undefined) await expect(openLetter(hall.who('other'), one(row))).rejects.toMatchObject({ code: 'not-found' });
});

test('a letter that is set aside leaves the list with its reason, can be brought back, and goes when its days are over', async () => {
  await drop(fresh({ subject: '装修优惠' }));
  const row = await newest();
  const aside = await setLetterAside(hall.who('clerk', row.version), { ...one(row), body: { reason: 'advert', note: '' } });
  expect(aside).toMatchObject({ status: 'aside', asideReason: 'advert' });
  await expect(setLetterAside(hall.who('clerk', row.version), { ...one(row), body: { reason: 'advert', note: '' } })).rejects.toMatchObject({ code: 'state.stale' });
  expect((await list()).some(({ id }) => id === row.id)).toBe(false);
  const back = await bringLetterBack(hall.who('clerk', aside.version), one(row));
  expect(back).toMatchObject({ status: 'waiting', sender: '秦**' });
  await setLetterAside(hall.who('clerk', back.version), { ...one(row), body: { reason: 'advert', note: '' } });
  expect(await audited(row)).toEqual(['incoming-letter.keep', 'incoming-letter.set-aside', 'incoming-letter.bring-back', 'incoming-letter.set-aside']);
  const kept = complaintRetentions.find(({ kind }) => kind === 'complaint.aside-letters');
  const purge = (by: string) => systemContext(hall.kit).transact(async (tx) => { tx.auditNothing('test'); return kept?.purge(tx, hall.county, by as never, hall.kit); });
  expect(await purge('2026-11-30')).toBe(0);
  expect(await purge('2027-03-01')).toBe(1);
  const [gone] = await list('clerk', 'aside');
  expect(gone).toMatchObject({ id: row.id, subject: '', sender: '', mail: '', can: { bringBack: '这封信的内容已到期删除' } });
  await expect(downloadLetter(hall.who('clerk'), one(row))).rejects.toMatchObject({ code: 'state.conflict' });
});

test('a reply that names a complaint is suggested for it, and goes into it as what the complainant adds; into one that is over it does not', async () => {
  const item = await hall.registered({ mail: 'qin@mail.example' });
  await drop(fresh({ subject: `回复：${item.no}的回执`, text: '昨晚又冒烟了' }));
  const row = await newest();
  expect(row.suggested).toEqual({ id: item.id, no: item.no, isSameSender: true });
  expect(await addLetterFacts(hall.who('clerk'), { ...one(row), body: { no: item.no, words: '昨晚又冒烟了' } })).toEqual({ id: item.id, no: item.no });
  const after = await hall.look(item.id);
  expect([after.steps.at(-1)?.note, after.files.map(({ kind }) => kind)]).toEqual(['昨晚又冒烟了', ['letter']]);
  expect((await list('clerk', 'added'))[0]).toMatchObject({ id: row.id, complaint: { no: item.no } });
  await drop(fresh({ subject: '没有编号' }));
  const other = await newest();
  await expect(addLetterFacts(hall.who('clerk'), { ...one(other), body: { no: '投诉〔2026〕9999号', words: '补充' } })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('whatever comes ends in a clear state and stops nothing after it: what cannot be read is listed with the reason, what is no letter is refused in words', async () => {
  for (const [content, outcome] of [[nested(200), 'unreadable'], [bomb.head(), 'unreadable'], [bomb.parts(1_000), 'unreadable'], [Buffer.concat([fresh(), Buffer.alloc(26_000_000, 'x')]), 'unreadable'], [gbk('gb18030'), 'kept'], [forwarded(2), 'kept'], [fresh(), 'kept']] as const) expect((await drop(content)).outcome).toBe(outcome);
  expect(['kept', 'unreadable']).toContain((await drop(forwarded(40))).outcome);
  for (const content of [Buffer.from('没有信头'), Buffer.from('%PDF-1.7')]) await expect(drop(content)).rejects.toMatchObject({ code: 'input.invalid' });
  const unreadable = (await list()).filter(({ status }) => status === 'unreadable');
  expect(unreadable.length).toBeGreaterThanOrEqual(4);
  for (const { fault, can } of unreadable) expect([fault, can.open, can.download]).toEqual([expect.stringMatching(/手工登记/u), expect.stringContaining('下载原件'), true]);
  expect((await list()).find(({ subject }) => subject === '车库积水')).toMatchObject({ sender: '秦**' });
});
