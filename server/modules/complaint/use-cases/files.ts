import { open } from 'node:fs/promises';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { decideAct } from '#domain/complaint/lifecycle.ts';
import type { Ctx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { isNamedAs, MOST_BYTES, typeOfHead } from '../attachment-type.ts';
import { circumstancesOf, factsOf } from '../facts.ts';
import { officeOf } from '../office.ts';
import { presentComplaint, revealAbility } from '../present.ts';
import { change, recordStep } from '../record.ts';
import { filesOf, getRecord, lockRecord, placeOf } from '../store.ts';
import type { Answer } from './perform.ts';

const MOST_FILES = 30;

/** 上传附件: a photo, or the scan of a paper answer; PDF or picture by its bytes. */
export async function attachToComplaint(ctx: Ctx, { params }: Input<typeof route.postComplaintFile>): Promise<Answer> {
  await ctx.read(async (db) => getRecord(db, ctx, await officeOf(db, ctx), params.complaintId));
  const [upload, more] = ctx.uploads;
  if (upload === undefined || more !== undefined) throw new Problem('input.invalid', '请选择一个附件，一次上传一个', { errors: [{ pointer: '/files', message: '请选择一个文件' }] });
  const mediaType = await typeOf(upload);
  return ctx.transact(async (tx) => {
    const office = await officeOf(tx.db, ctx);
    const before = await lockRecord(tx.db, ctx, office, params.complaintId);
    orRefuse(decideAct('note', factsOf(ctx, before, office, await circumstancesOf(tx.db, before, ctx))));
    if (ctx.actor.userId === null) throw new Problem('access.denied', '请登录后再上传');
    const files = await filesOf(tx.db, before.id);
    if (files.length >= MOST_FILES) throw new Problem('input.invalid', `一件投诉最多 ${MOST_FILES} 个附件，请合并后再上传`);
    const fileId = newId<'File'>();
    const place = { ...placeOf(before), companyId: null };
    await tx.db.insertInto('platform.file').values({ id: fileId, ...place, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType, name: upload.name, subjectKind: 'Complaint', subjectId: before.id, uploadedBy: ctx.actor.userId, createdAt: ctx.now }).execute();
    await tx.db.insertInto('complaint.complaintFile').values({ complaintId: before.id, fileNo: Math.max(0, ...files.map(({ fileNo }) => fileNo)) + 1, ...place, fileId, kind: before.status === 'replied' || before.status === 'closed' ? 'reply' : 'handling', createdAt: ctx.now }).execute();
    const after = await change(tx, before, ctx.now, {});
    await recordStep(tx, ctx, before, after, { act: 'note', note: `上传附件：${upload.name}`, bodyName: office.body?.name ?? '' });
    return presentComplaint(tx.db, ctx, await getRecord(tx.db, ctx, office, before.id), office);
  });
}

/** 下载附件. The letter as it came names its writer: only for who may look at the complainant, and recorded as such a look. */
export async function downloadComplaintFile(ctx: Ctx, { params }: Input<typeof route.downloadComplaintFile>): Promise<Output<typeof route.downloadComplaintFile>> {
  const file = await ctx.transact(async (tx) => {
    const office = await officeOf(tx.db, ctx);
    const row = await getRecord(tx.db, ctx, office, params.complaintId);
    const found = (await filesOf(tx.db, row.id)).find(({ fileNo }) => fileNo === params.fileNo);
    if (found === undefined) throw new Problem('not-found', '没有这个附件');
    if (found.kind !== 'letter') { tx.auditNothing('an attachment without a name on it'); return found; }
    const may = revealAbility(ctx, factsOf(ctx, row, office, await circumstancesOf(tx.db, row, ctx)).isHandling);
    if (may !== true) throw new Problem('rule.violated', `来件原件写有投诉人。${may}`);
    tx.audit({ action: 'complainant.reveal', subject: ['Complaint', row.id], before: null, after: { field: 'letter' }, reason: '下载来件原件', countyId: row.countyId, townshipId: row.townshipId });
    return found;
  });
  return { fileName: file.name, mediaType: file.mediaType, content: await ctx.kit.files.open(file.hash) };
}

async function typeOf(upload: Upload): Promise<string> {
  if (upload.sizeBytes > MOST_BYTES) throw new Problem('input.too-large', `附件“${upload.name}”超过 20 MB，请压缩或拆分后再上传`);
  const head = await headOf(upload.path);
  const type = typeOfHead(head);
  if (type === undefined) throw new Problem('input.invalid', '附件可以是 PDF 或图片（.jpg、.png），其他格式请另存为 PDF');
  if (!isNamedAs(upload.name, type)) throw new Problem('input.invalid', `附件“${upload.name}”的内容和扩展名不一致，请改正文件名后再上传`);
  return type.mediaType;
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(8);
    const { bytesRead } = await file.read(head, 0, 8, 0);
    return head.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
