import type { Input, Output } from '#contract/define-route.ts';
import type { downloadPublicationFile, getPublication, postPublicationFile, putFileRemoval } from '#contract/publication.ts';
import { issuerOf } from '#modules/paper/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { factsOf, mustAct, officeOf, type Office } from '../access.ts';
import { adoptFile } from '../attachment/adopt.ts';
import { attachmentTypes, inspectAttachment } from '../attachment/inspect.ts';
import { textOfAttachment } from '../attachment/read-text.ts';
import { blocksIn, digestOf } from '../content.ts';
import { presentPublication } from '../present.ts';
import { lookThrough } from '../sightings.ts';
import { filesOf, getRecord, lockRecord, recordStep, type PublicationRecord } from '../store.ts';

type Answer = Output<typeof getPublication>;
const MOST_FILES = 10;

/** 上传附件: what it is by its bytes, looked through as far as its text can be read. */
export async function attachFile(ctx: Ctx, { params }: Input<typeof postPublicationFile>): Promise<Answer> {
  await ctx.read(async (db) => mustEdit(ctx, await getRecord(db, ctx.scope, params.publicationId), await officeOf(db, ctx, await issuerOf(db, ctx))));
  const [upload, more] = ctx.uploads;
  if (upload === undefined || more !== undefined) throw new Problem('input.invalid', '请选择一个附件，一次上传一个', { errors: [{ pointer: '/files', message: '请选择一个文件' }] });
  const type = await inspectAttachment(upload);
  const { passages, unread } = await textOfAttachment(upload, type);
  return ctx.transact(async (tx) => {
    const before = await lockRecord(tx.db, ctx, params.publicationId);
    const office = await officeOf(tx.db, ctx, await issuerOf(tx.db, ctx));
    mustEdit(ctx, before, office);
    const standing = await filesOf(tx.db, before.id);
    if (standing.length >= MOST_FILES) throw new Problem('input.invalid', `一件公开事项最多 ${MOST_FILES} 个附件，请合并后再上传`);
    if (standing.some(({ hash }) => hash === upload.hash)) throw new Problem('input.invalid', '这个附件已经在里面了');
    const { last } = await tx.db.selectFrom('publication.publicationFile').select((eb) => eb.fn.max('fileNo').as('last')).where('publicationId', '=', before.id).executeTakeFirstOrThrow();
    await adoptFile(tx, ctx, before, { upload: { ...upload, mediaType: attachmentTypes[type].mediaType }, fileNo: (last ?? 0) + 1, isDrawn: false, sightings: await lookThrough(tx.db, ctx, [{ where: `附件“${upload.name}”的文件名`, text: upload.name }, ...passages]), unread });
    return changed(tx, ctx, before, office);
  });
}

/** 移除附件. */
export function removeFile(ctx: Ctx, { params }: Input<typeof putFileRemoval>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockRecord(tx.db, ctx, params.publicationId);
    const office = await officeOf(tx.db, ctx, await issuerOf(tx.db, ctx));
    mustEdit(ctx, before, office);
    const { numUpdatedRows } = await tx.db.updateTable('publication.publicationFile').set({ removedAt: ctx.now }).where('publicationId', '=', before.id).where('fileNo', '=', params.fileNo).where('removedAt', 'is', null).executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new Problem('not-found', '没有这个附件，可能已经移除');
    return changed(tx, ctx, before, office);
  });
}

/** 下载附件, inside the office. */
export async function downloadFile(ctx: Ctx, { params }: Input<typeof downloadPublicationFile>): Promise<Output<typeof downloadPublicationFile>> {
  const file = await ctx.read(async (db) => (await filesOf(db, (await getRecord(db, ctx.scope, params.publicationId)).id)).find(({ fileNo }) => fileNo === params.fileNo));
  if (file === undefined) throw new Problem('not-found', '没有这个附件，可能已经移除');
  return { fileName: file.name, mediaType: file.mediaType, content: await ctx.kit.files.open(file.hash) };
}

const mustEdit = (ctx: Ctx, item: PublicationRecord, office: Office) => mustAct('edit', factsOf(ctx, item, office, { sightings: [], isCurrent: true }));

/** The content's digest takes its attachments in; who changes them has written it too. */
async function changed(tx: Tx, ctx: Ctx, before: PublicationRecord, office: Office): Promise<Answer> {
  const contentSha256 = digestOf({ kind: before.kind, title: before.title, blocks: blocksIn(before.content), files: await filesOf(tx.db, before.id) });
  const writerIds = [...new Set([...before.writerIds, ...(ctx.actor.userId === null ? [] : [ctx.actor.userId])])];
  const after = await tx.db.updateTable('publication.publication').set({ contentSha256, writerIds, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
  await recordStep(tx, ctx, after, { act: 'edit', before });
  return presentPublication(tx.db, ctx, after, office);
}
