import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/incoming-letter.ts';
import type { Download } from '#contract/kernel.ts';
import { asideReasons, incomingStatusLabels } from '#domain/complaint/incoming.ts';
import { isOpen } from '#domain/complaint/lifecycle.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { notify } from '#platform/notices/notify.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, day, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { keepLetter, type LetterPlace } from '../incoming/keep.ts';
import { changeLetter, getLetter, lockLetter, mustBe, presentLetters, visibleLetters, type LetterRecord } from '../incoming/store.ts';
import { adoptLetter, LETTER_NAME, takeLetter } from '../letter-mail.ts';
import { officeOf } from '../office.ts';
import { noOf } from '../present.ts';
import { change, recordStep } from '../record.ts';
import { complaintByNo } from '../store.ts';
import { keepTime } from '../time.ts';
import { readHeld } from './letter-reading.ts';

type Shown = Output<typeof route.listIncomingLetters>['rows'][number];
type Query = Input<typeof route.exportIncomingLetters>['query'];
const COUNTED_UP_TO = 1_000;

/** What still has to be looked at, unless another state is asked for. */
function lettersLike(db: Db, ctx: Ctx, { status }: Query) {
  const query = visibleLetters(db, ctx);
  return status === undefined ? query.where('l.status', 'in', ['waiting', 'unreadable']) : query.where('l.status', '=', status);
}

/** 来信待登记, the newest first. */
export function listLetters(ctx: Ctx, { query }: Input<typeof route.listIncomingLetters>): Promise<Output<typeof route.listIncomingLetters>> {
  return ctx.read(async (db) => {
    const filtered = lettersLike(db, ctx, query);
    const { total } = await db.selectFrom(filtered.select('l.id').limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await (query.after === undefined ? filtered : filtered.where('l.id', '<', makeId<'IncomingLetter'>(query.after))).selectAll('l').orderBy('l.id', 'desc').limit(query.limit + 1).execute();
    const rows = await presentLetters(db, ctx, await officeOf(db, ctx), found.slice(0, query.limit));
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, COUNTED_UP_TO), totalIsExact: total <= COUNTED_UP_TO };
  });
}

/** 导出来信; never who wrote. */
export const exportLetters = (ctx: Ctx, { query }: Input<typeof route.exportIncomingLetters>): Promise<Download> => exportList<Shown>(ctx, {
  title: '来信待登记', kind: 'incoming-letter', on: ctx.today, query,
  columns: [
    column('收到日期', 'date', (row) => day(row.receivedOn)), column('主题', 'text', (row) => text(row.subject)), column('附件', 'count', (row) => count(row.fileCount)), column('收信单位', 'text', (row) => text(row.place)), column('状态', 'text', (row) => text(incomingStatusLabels[row.status])), column('读不了的原因', 'text', (row) => text(row.fault)), column('投诉件', 'text', (row) => text(row.complaint?.no ?? null)),
    column('不登记的理由', 'text', (row) => text(row.asideReason === null ? null : asideReasons[row.asideReason])), column('说明', 'text', (row) => text(row.asideNote)), column('放入人', 'text', (row) => text(row.keptBy)), column('放入时间', 'moment', (row) => moment(row.keptAt)), column('办理人', 'text', (row) => text(row.handledBy)), column('办理时间', 'moment', (row) => moment(row.handledAt)),
  ],
  rows: async (db) => presentLetters(db, ctx, await officeOf(db, ctx), refuseTooManyRows(await lettersLike(db, ctx, query).selectAll('l').orderBy('l.id', 'desc').limit(EXPORT_MOST + 1).execute())),
});

/** 放入来信. @throws Problem input.invalid where it is no letter at all */
export async function takeInLetter(ctx: Ctx): Promise<Output<typeof route.postIncomingLetter>> {
  const [upload, more] = ctx.uploads;
  if (upload === undefined || more !== undefined) throw new Problem('input.invalid', '请选择一封来信（.eml 文件），一次一封', { errors: [{ pointer: '/files', message: '请选择一个文件' }] });
  const kept = await keepLetter(ctx, { upload, place: await ctx.read((db) => placeOfPost(db, ctx)) });
  if ('fault' in kept) throw new Problem('input.invalid', kept.words, { errors: [{ pointer: '/files', message: kept.words }] });
  return kept;
}

async function placeOfPost(db: Db, { scope }: Pick<Ctx, 'scope'>): Promise<LetterPlace> {
  const [countyId, id] = [makeId<'OrgUnit'>(scope.countyId ?? ''), makeId<'OrgUnit'>(scope.id ?? '')];
  if (scope.level === 'county') return { countyId, townshipId: null, neighbourhoodId: null };
  if (scope.level === 'township') return { countyId, townshipId: id, neighbourhoodId: null };
  if (scope.level !== 'neighbourhood') throw new Problem('access.denied', '请用县、乡镇街道或者社区的岗位放入来信');
  const { townshipId } = await db.selectFrom('platform.orgUnit').select('townshipId').where('id', '=', id).executeTakeFirstOrThrow();
  return { countyId, townshipId, neighbourhoodId: id };
}

/** 打开来信: who wrote and what, for the form; the look is recorded. The day of receipt is the one it is listed with. */
export async function openLetter(ctx: Ctx, { params }: Input<typeof route.postIncomingLetterReading>): Promise<Output<typeof route.postIncomingLetterReading>> {
  const { row, file, letter } = await ctx.transact(async (tx) => {
    const row = await getLetter(tx.db, ctx, params.letterId);
    mustBe(row, 'open');
    tx.audit({ action: 'incoming-letter.open', subject: ['IncomingLetter', row.id], before: null, after: null, reason: '打开来信登记', countyId: row.countyId, townshipId: row.townshipId });
    return { row, file: await fileOf(tx.db, row), letter: await presentOne(tx.db, ctx, row) };
  });
  const read = await readHeld(ctx, await held(ctx, file));
  return { ...read, receivedOn: row.receivedOn, isDayRead: row.isDayRead, letter };
}

const fileOf = (db: Db, { fileId }: LetterRecord) => db.selectFrom('platform.file').select(['hash', 'sizeBytes']).where('id', '=', fileId).executeTakeFirstOrThrow();
/** @throws Problem file.not-found */
async function held({ kit }: Pick<Ctx, 'kit'>, file: { readonly hash: string; readonly sizeBytes: number }) {
  (await kit.files.open(file.hash)).destroy();
  return { ...file, path: kit.files.pathOf(file.hash), name: LETTER_NAME };
}
async function presentOne(db: Db, ctx: Ctx, row: LetterRecord): Promise<Shown> {
  const [shown] = await presentLetters(db, ctx, await officeOf(db, ctx), [row]);
  if (shown === undefined) throw new Error('one letter is presented as one');
  return shown;
}

/** 不登记, with the reason; it can be brought back until its days are over. */
export function setLetterAside(ctx: Ctx, { params, body }: Input<typeof route.putIncomingLetterAside>): Promise<Shown> {
  return ctx.transact(async (tx) => {
    const before = await lockLetter(tx.db, ctx, params.letterId);
    mustBe(before, 'setAside');
    const after = await changeLetter(tx, before, { status: 'aside', asideReason: body.reason, asideNote: body.note === '' ? null : body.note, handledByName: ctx.actor.name, handledAt: ctx.now });
    tx.audit({ action: 'incoming-letter.set-aside', subject: ['IncomingLetter', after.id], before: { status: before.status }, after: { status: after.status }, reason: asideReasons[body.reason], countyId: after.countyId, townshipId: after.townshipId });
    return presentOne(tx.db, ctx, after);
  });
}

/** 移回来信待登记. */
export function bringLetterBack(ctx: Ctx, { params }: Input<typeof route.putIncomingLetterBack>): Promise<Shown> {
  return ctx.transact(async (tx) => {
    const before = await lockLetter(tx.db, ctx, params.letterId);
    mustBe(before, 'bringBack');
    const after = await changeLetter(tx, before, { status: before.fault === null ? 'waiting' : 'unreadable', asideReason: null, asideNote: null, handledByName: null, handledAt: null });
    tx.audit({ action: 'incoming-letter.bring-back', subject: ['IncomingLetter', after.id], before: { status: before.status }, after: { status: after.status }, countyId: after.countyId, townshipId: after.townshipId });
    return presentOne(tx.db, ctx, after);
  });
}

/** 作为补充情况登记: as if who complained had written it on his receipt; the letter goes into the file, and its handler is told. */
export async function addLetterFacts(ctx: Ctx, { params, body }: Input<typeof route.postIncomingLetterFacts>): Promise<Output<typeof route.postIncomingLetterFacts>> {
  const file = await ctx.read(async (db) => { const row = await getLetter(db, ctx, params.letterId); mustBe(row, 'open'); return fileOf(db, row); });
  const letter = await takeLetter(ctx, file);
  return ctx.transact(async (tx) => {
    mustBe(await lockLetter(tx.db, { ...ctx, ifMatch: null }, params.letterId), 'open');
    const office = await officeOf(tx.db, ctx);
    const before = await complaintByNo(tx.db, ctx, office, body.no);
    if (before === undefined) throw new Problem('input.invalid', `没有编号为“${body.no}”的投诉件，或者不在管辖范围内`, { errors: [{ pointer: '/no', message: '请核对编号' }] });
    if (!isOpen(before.status)) throw new Problem('state.conflict', `${noOf(before)}已经结束：有新的事实的，请打开那一件点“重新办理”；是另一件事的，登记为新的投诉`);
    const after = await change(tx, before, ctx.now, before.isWaiting ? { isWaiting: false, waitsUntilOn: null } : {});
    await recordStep(tx, ctx, before, after, { act: 'addFacts', note: body.words, bodyName: '投诉人（来信）' });
    if (before.isWaiting) await keepTime(tx, ctx, after, { act: 'takeInformation', reason: '投诉人来信补充情况' });
    await adoptLetter(tx, ctx, after, letter, 'added');
    if (office.body?.id !== after.handlerId) await notify(tx, { kind: 'complaint.waiting', to: [{ orgUnitId: after.handlerId, permission: 'complaint.handle' }], except: ctx.actor.userId, text: `投诉件${noOf(after)}收到来信补充的情况，请查看。`, subject: ['Complaint', after.id], path: `/complaints/${after.id}` });
    return { id: after.id, no: noOf(after) };
  });
}

/** 来信原件; it names who wrote, so the download is recorded. */
export async function downloadLetter(ctx: Ctx, { params }: Input<typeof route.downloadIncomingLetter>): Promise<Download> {
  const file = await ctx.transact(async (tx) => {
    const row = await getLetter(tx.db, ctx, params.letterId);
    mustBe(row, 'download');
    tx.audit({ action: 'incoming-letter.file', subject: ['IncomingLetter', row.id], before: null, after: null, reason: '下载来信原件', countyId: row.countyId, townshipId: row.townshipId });
    return fileOf(tx.db, row);
  });
  return { fileName: LETTER_NAME, mediaType: 'application/octet-stream', content: await ctx.kit.files.open(file.hash) };
}
