import { createHash } from 'node:crypto';
import type { Input, Output } from '#contract/define-route.ts';
import type { postReportForm as route } from '#contract/report.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Mark } from '#domain/report/mark.ts';
import { lookAt, shapeOf, type SheetFace } from '#domain/report/sheet.ts';
import { placeOf } from '#domain/report/address.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { openBlank } from '#platform/workbook/fill/fill-blank.ts';
import { ownerOf } from '../access.ts';
import { plainSheet, refused } from '../fill.ts';
import { presentFormDetail } from '../present.ts';
import { marksOf, visibleForms, type FormRecord, type Sheet } from '../store/forms.ts';

/** 上传空表: a new form; or, when a form of the same shape is known, its new blank, with all its marks. */
export async function uploadForm(ctx: Ctx, { body }: Input<typeof route>): Promise<Output<typeof route>> {
  const owner = ownerOf(ctx);
  const [upload, more] = ctx.uploads;
  if (upload === undefined) throw new Problem('input.invalid', '请选择要上传的空表', { errors: [{ pointer: '/files', message: '请选择文件' }] });
  if (more !== undefined) throw new Problem('input.invalid', '一次上传一张空表', { errors: [{ pointer: '/files', message: '一次上传一个文件' }] });
  const blank = await refused(() => openBlank(upload.path, upload.name));
  const sheets = blank.sheets.map(plainSheet);
  if (sheets.every(({ cells }) => cells.length === 0)) throw new Problem('workbook.refused', '工作簿里没有印着字的表，请检查后再上传');
  const shape = createHash('sha256').update(shapeOf(sheets)).digest('hex');
  return ctx.transact(async (tx) => {
    const known = await visibleForms(tx.db, ctx.scope).selectAll('f').where('f.shape', '=', shape).where('f.archivedAt', 'is', null)
      .where((eb) => (owner.townshipId === null ? eb('f.townshipId', 'is', null) : eb('f.townshipId', '=', owner.townshipId))).forUpdate().executeTakeFirst();
    const id = known?.id ?? newId<'Form'>();
    const fileId = await adopt(tx, ctx, upload, { id, ...owner });
    const facts = { fileId, fileType: blank.type, sheets: JSON.stringify(sheets), updatedAt: ctx.now };
    const form = known === undefined
      ? await tx.db.insertInto('report.form').values({ id, ...owner, ...facts, title: body.title || titleOf(sheets, upload.name), shape, marks: '[]', createdBy: ctx.actor.userId, createdAt: ctx.now }).returningAll().executeTakeFirstOrThrow()
      : await tx.db.updateTable('report.form').set((eb) => ({ ...facts, version: eb('version', '+', 1) })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: known === undefined ? 'report.upload' : 'report.renew', subject: ['Form', id], before: null, after: { title: form.title, file: upload.name }, ...owner });
    return presentFormDetail(tx.db, ctx, form, { isRecognised: known !== undefined, notices: known === undefined ? [] : noticesOf(known, form, sheets) });
  });
}

/** 收下文件: the uploaded content now belongs to the form. */
export async function adopt(tx: Tx, ctx: Ctx, upload: Upload, { id, countyId, townshipId, kind = 'Form' }: { id: string; countyId: Id<'OrgUnit'>; townshipId: Id<'OrgUnit'> | null; kind?: string }): Promise<Id<'File'>> {
  if (ctx.actor.userId === null) throw new Problem('access.denied', '请登录后再上传');
  const fileId = newId<'File'>();
  await tx.db.insertInto('platform.file').values({
    id: fileId, countyId, townshipId, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: kind, subjectId: id, uploadedBy: ctx.actor.userId, createdAt: ctx.now,
  }).execute();
  return fileId;
}

/** The title printed over the table: the longest line of the first rows, else the file's name. */
function titleOf(sheets: readonly SheetFace[], fileName: string): string {
  const lines = (sheets[0]?.cells ?? []).filter(({ row, text }) => row <= 3 && !/[：:]/.test(text) && /[\u4e00-\u9fff]{4,}/.test(text)).map(({ text }) => text.trim());
  const longest = lines.toSorted((a, b) => b.length - a.length)[0] ?? fileName.replace(/\.[^.]*$/, '');
  return longest.slice(0, 100);
}

/** What the clerk should know: renamed sheets, and marks that now point at a formula. */
function noticesOf(before: FormRecord, after: FormRecord, sheets: readonly Sheet[]): string[] {
  const names = (record: FormRecord): string[] => (Array.isArray(record.sheets) ? record.sheets.map((sheet: { name?: unknown }) => String(sheet.name)) : []);
  const [old, now] = [names(before), names(after)];
  const renamed = now.flatMap((name, at) => (old[at] !== undefined && old[at] !== name ? [`工作表“${old[at]}”改名为“${name}”，标记照旧`] : []));
  const lost = marksOf(after).flatMap((mark: Mark) => {
    const sheet = sheets[mark.sheet];
    const place = mark.kind === 'list' ? null : placeOf(mark.cell);
    return sheet !== undefined && place !== null && mark.kind !== 'list' && (lookAt(sheet).at(place)?.formula ?? null) !== null ? [`${mark.cell} 现在是公式，这个标记不再填`] : [];
  });
  return [...renamed, ...lost];
}
