import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type * as route from '#contract/collection.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { answerAbility, collectionCan, mustBeAble } from '../access.ts';
import { readFiles, takeFiles } from '../forms/take-files.ts';
import { writePart } from '../forms/write-part.ts';
import { presentPartDetail } from '../present.ts';
import { columnsOf, getCollectionRecord, type CollectionRecord } from '../store/collections.ts';
import { getPart, headOf, linesOf, lockParts, partsOf, type PartRecord } from '../store/parts.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 下载要填的表: prefilled; recorded, because full telephone numbers may stand in it. */
export function downloadPart(ctx: Ctx, { params }: Input<typeof route.getCollectionFile>): Promise<Download> {
  return ctx.transact(async (tx) => {
    const part = await getPart(tx.db, ctx.scope, params.partId);
    const head = await headOf(tx.db, part);
    const { values } = await presentPartDetail(tx.db, ctx, part);
    tx.audit({ action: 'collection.download', subject: ['Part', part.id], before: null, after: { rows: linesOf(part).length }, countyId: part.countyId, townshipId: part.townshipId });
    return { fileName: `${head.title}_${part.recipientName}.xlsx`, mediaType: XLSX, content: await writePart({ head, part, columns: columnsOf(head), lines: linesOf(part), values }) };
  });
}

/** 上传填好的表, by its recipient. */
export async function uploadPart(ctx: Ctx, { params }: Input<typeof route.postCollectionFile>): Promise<Output<typeof route.postCollectionFile>> {
  const { part, head } = await ctx.read(async (db) => { const found = await getPart(db, ctx.scope, params.partId); return { part: found, head: await headOf(db, found) }; });
  mustBeAble(answerAbility(ctx, head));
  return taken(ctx, head, [part], (now) => answerAbility(ctx, now));
}

/** 收回交来的表, several at once, by who sent it down: after the end too, because paper comes late. */
export async function uploadReturned(ctx: Ctx, { params }: Input<typeof route.postReturnedFiles>): Promise<Output<typeof route.postReturnedFiles>> {
  const { parts, head } = await ctx.read(async (db) => { const found = await getCollectionRecord(db, ctx.scope, params.collectionId); return { head: found, parts: await partsOf(db, ctx.scope, found.id) }; });
  mustBeAble(collectionCan(ctx, head).decide);
  return taken(ctx, head, parts, (now) => collectionCan(ctx, now).decide);
}

async function taken(ctx: Ctx, head: CollectionRecord, parts: readonly PartRecord[], may: (head: CollectionRecord) => true | string): Promise<Output<typeof route.postReturnedFiles>> {
  const files = await readFiles(ctx, head, parts);
  const named = new Set<Id<'Part'>>(files.flatMap(({ read }) => [...read.values.keys()]));
  return ctx.transact(async (tx) => {
    // Reading takes its time: the task may have been withdrawn meanwhile.
    const [some] = parts;
    if (some !== undefined) mustBeAble(may(await headOf(tx.db, some)));
    const locked = await lockParts(tx.db, ctx.scope, [...named]);
    const outcomes = await takeFiles(tx, ctx, { head, parts: locked }, files);
    tx.audit({ action: 'collection.files', subject: ['Collection', head.id], before: null, after: { taken: outcomes.filter(({ isTaken }) => isTaken).length, refused: outcomes.filter(({ isTaken }) => !isTaken).length }, countyId: head.countyId, townshipId: head.townshipId });
    return { files: outcomes };
  });
}
