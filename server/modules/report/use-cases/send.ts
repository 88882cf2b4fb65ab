import { Readable } from 'node:stream';
import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { exportReportSendings, getReportSending, getReportSendingFile, getReportSendingRows, listReportSendings, postReportSending } from '#contract/report.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { withMerged } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { column, day, exportList, moment, refuseTooManyRows, text, EXPORT_MOST } from '#platform/workbook/export-list.ts';
import { formCan, mustBeAble } from '../access.ts';
import { tellForm } from '../cadence.ts';
import { facesOf, fileWith, fillForm, type Filled } from '../fill.ts';
import { lacksLooks, withLooksOf } from '../looks-once.ts';
import { presentLast, presentSending } from '../present.ts';
import { counted } from '../store/counted.ts';
import { fileOf, getForm, type FormRecord } from '../store/forms.ts';
import { frozenOf, getSending, sendingsLike, type FrozenCell, type SendingRecord, type Subject } from '../store/sendings.ts';
import { mediaTypeOf } from './look-at-forms.ts';
import { presentCell, warningsOf } from './preview.ts';
import { adopt } from './upload-form.ts';

const MOST_BYTES = 32 * 1_048_576;

/** 上报并固定: the file, every number with its 口径 and the records behind it; never changed afterwards. A correction is a new one that names what it corrects. */
export async function sendReport(ctx: Ctx, { params, body }: Input<typeof postReportSending>): Promise<Output<typeof postReportSending>> {
  if (body.correctsId !== undefined && !body.correction) throw new Problem('input.invalid', '更正已上报的表，请写明更正原因', { errors: [{ pointer: '/correction', message: '请写明更正原因' }] });
  const seen = await ctx.read((db) => filledAsSeen(db, ctx, params.formId, body));
  const { bytes, sheets: faces } = await fileWith(ctx, seen.form, seen.filled);
  return ctx.transact(async (tx) => {
    // Again under this transaction, because the file was made outside of it: what is frozen is what the file holds.
    const { form, filled } = await filledAsSeen(tx.db, ctx, params.formId, body);
    if (form.version !== seen.form.version || filled.fileHash !== seen.filled.fileHash) throw new Problem('state.stale', '这张表的标记刚被改动，请重新核对预览再上报');
    const sheets = facesOf(faces, filled.plan);
    const upload = await ctx.kit.files.put(Readable.from([bytes]), { name: filled.fileName, mediaType: mediaTypeOf(form.fileType), limitBytes: MOST_BYTES });
    const id = newId<'Sending'>();
    const fileId = await adopt(tx, ctx, upload, { id, countyId: form.countyId, townshipId: form.townshipId, kind: 'Sending' });
    const { cells, subjects } = frozen(filled);
    const row = await tx.db.insertInto('report.sending').values({
      id, countyId: form.countyId, townshipId: form.townshipId, formId: form.id, title: form.title, fileId, fileHash: upload.hash, asOfOn: filled.on, knownOn: filled.knownOn, reportedTo: body.reportedTo, signer: body.signer,
      filler: body.filler || ctx.actor.name, correctsId: body.correctsId ?? null, correction: body.correctsId === undefined ? null : body.correction ?? null, previousId: filled.previous?.id ?? null, cells: JSON.stringify(cells), subjects: JSON.stringify(subjects),
      differences: JSON.stringify(filled.differences), warnings: JSON.stringify(warningsOf(filled, sheets)), sheets: JSON.stringify(sheets), sentAt: ctx.now, sentBy: ctx.actor.userId,
    }).returningAll().executeTakeFirstOrThrow();
    // A correction mends what was sent; it is no sending of another period.
    if (body.correctsId === undefined) await tellForm(tx, ctx, form, 'report.form-sent', id);
    tx.audit({ action: 'report.send', subject: ['Sending', id], before: null, after: { title: form.title, asOfOn: filled.on, reportedTo: body.reportedTo, signer: body.signer, fileHash: upload.hash, correctsId: body.correctsId ?? null }, ...(body.correction ? { reason: body.correction } : {}), countyId: form.countyId, townshipId: form.townshipId });
    tx.emit({ name: 'report.sent', key: id, payload: { sendingId: id } });
    return presentSending(tx.db, row);
  });
}

/** @throws Problem state.stale when the numbers are no longer those of the preview, state.conflict without a mark, access.denied */
async function filledAsSeen(db: Db, ctx: Ctx, formId: Id<'Form'>, body: Input<typeof postReportSending>['body']): Promise<{ form: FormRecord; filled: Filled }> {
  const form = await getForm(db, ctx.scope, formId);
  mustBeAble(formCan(ctx, form).send);
  const filled = await fillForm(db, ctx, form, body);
  if (filled.plan.cells.length === 0) throw new Problem('state.conflict', '这张表还没有标记，没有可上报的数，请先标记');
  if (filled.digest !== body.digest) throw new Problem('state.stale', '看过预览之后台账又有变动，数字已不同，请重新核对预览再上报');
  return { form, filled };
}

/** Records are kept once and named by their place, because many numbers stand on the same estates. */
function frozen({ plan }: Filled): { cells: FrozenCell[]; subjects: Subject[] } {
  const subjects: Subject[] = [];
  const places = new Map<string, number>();
  const placeOf = (subject: Subject): number => {
    const known = places.get(subject.id);
    if (known !== undefined) return known;
    places.set(subject.id, subjects.length);
    return subjects.push({ ...subject }) - 1;
  };
  return { cells: plan.cells.map((cell) => ({ ...presentCell(cell), line: cell.line, mark: cell.mark, rows: cell.rows.map((subject) => placeOf({ ...subject, id: subject.id })) })), subjects };
}

/** 已上报, newest first. */
export function listSendings(ctx: Ctx, { query }: Input<typeof listReportSendings>): Promise<Output<typeof listReportSendings>> {
  return ctx.read(async (db) => {
    const like = sendingsLike(db, await withMerged(db, ctx.scope), query);
    const page = query.after === undefined ? like : like.where('s.id', '<', makeId<'Sending'>(query.after));
    const found = await page.selectAll('s').orderBy('s.id', 'desc').limit(query.limit + 1).execute();
    const rows = [];
    for (const row of found.slice(0, query.limit)) rows.push(await presentSending(db, row));
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, ...await counted(db, like.select('s.id')) };
  });
}

/** 一次上报 as it was frozen. */
export async function getOneSending(ctx: Ctx, { params }: Input<typeof getReportSending>): Promise<Output<typeof getReportSending>> {
  const { sending, stored } = await ctx.read(async (db) => {
    const row = await getSending(db, ctx.scope, params.sendingId);
    const { cells, sheets, warnings, differences } = frozenOf(row);
    const shown = await presentSending(db, row);
    const form = await getForm(db, ctx.scope, row.formId);
    const previous = row.previousId === null ? undefined : await getSending(db, ctx.scope, row.previousId);
    const sending = { ...shown, cells: cells.map(({ line: _line, mark: _mark, rows: _rows, ...cell }) => cell), sheets, warnings, differences, previous: presentLast(previous), can: { correct: shown.correctedById === null ? formCan(ctx, form).send : '已有更正，请打开最新的一次' } };
    return { sending, stored: lacksLooks(row.sheets) ? await fileOf(db, row.fileId) : null };
  });
  // Kept before looks were read: the file has them.
  return stored === null ? sending : { ...sending, sheets: await withLooksOf(ctx, sending.sheets, stored) };
}

/** 已上报数字的依据, as it was frozen. */
export function sendingRows(ctx: Ctx, { params, query }: Input<typeof getReportSendingRows>): Promise<Output<typeof getReportSendingRows>> {
  return ctx.read(async (db) => {
    const { cells, subjects } = frozenOf(await getSending(db, ctx.scope, params.sendingId));
    const cell = cells.find(({ sheet, address }) => sheet === query.sheet && address === query.cell.toUpperCase());
    if (cell === undefined) throw new Problem('not-found', `${query.cell} 没有填数`);
    return { rows: cell.rows.flatMap((at) => subjects[at] ?? []) };
  });
}

/** 下载已上报的文件: the same bytes as were sent. */
export function downloadSending(ctx: Ctx, { params }: Input<typeof getReportSendingFile>): Promise<Download> {
  return ctx.transact(async (tx) => {
    const row: SendingRecord = await getSending(tx.db, ctx.scope, params.sendingId);
    const { hash, name, mediaType } = await fileOf(tx.db, row.fileId);
    tx.audit({ action: 'report.download', subject: ['Sending', row.id], before: null, after: { file: name }, countyId: row.countyId, townshipId: row.townshipId });
    return { fileName: name, mediaType, content: await ctx.kit.files.open(hash) };
  });
}

/** 导出已上报清单. */
export function exportSendings(ctx: Ctx, { query }: Input<typeof exportReportSendings>): Promise<Download> {
  type Row = Awaited<ReturnType<typeof presentSending>>;
  return exportList<Row>(ctx, {
    title: '已上报', kind: 'report-sending', on: ctx.today, query,
    columns: [column('表名', 'text', (row) => text(row.title)), column('截至', 'date', (row) => day(row.asOfOn)), column('报送单位', 'text', (row) => text(row.reportedTo)), column('签发人', 'text', (row) => text(row.signer)), column('填表人', 'text', (row) => text(row.filler)), column('上报时间', 'moment', (row) => moment(row.sentAt)), column('文件', 'text', (row) => text(row.fileName)), column('SHA-256', 'text', (row) => text(row.fileHash)), column('更正原因', 'text', (row) => text(row.correction))],
    rows: async (db) => {
      const found = refuseTooManyRows(await sendingsLike(db, await withMerged(db, ctx.scope), query).selectAll('s').orderBy('s.id', 'desc').limit(EXPORT_MOST + 1).execute());
      const rows: Row[] = [];
      for (const row of found) rows.push(await presentSending(db, row));
      return rows;
    },
  });
}
