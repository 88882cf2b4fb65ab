import { createHash } from 'node:crypto';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { needsPicking, type Detected } from '../read/detect.ts';
import type { BatchRecord } from './batch.ts';
import { json } from './rows.ts';

/** 新批次:what the user said about the upload. */
export interface NewBatch {
  readonly kind: LedgerKind; readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'> | null;
  readonly purpose: string | null; readonly document: string | null; readonly deleteOn: LocalDate | null;
  readonly detected: readonly Detected[];
  /** Nobody is there to be asked: unsure sheets are passed over. */
  readonly isUnattended?: boolean;
}

/** 建批次:adopts the uploaded files and records what was found in them, in the caller's transaction. */
export async function createBatch(ctx: Ctx, tx: Tx, draft: NewBatch): Promise<BatchRecord> {
  const { kind, countyId, townshipId, detected } = draft;
  const id = newId<'Batch'>();
  const isPicking = draft.isUnattended !== true && detected.some(needsPicking);
  const batch = await tx.db.insertInto('ledger.batch').values({
    id, countyId, townshipId, kind, status: isPicking ? 'mapping' : 'uploaded', purpose: draft.purpose, document: draft.document, deleteOn: draft.deleteOn,
    fingerprint: fingerprintOf(kind, detected), notice: isPicking ? noticeOf(detected) : null, createdBy: ctx.actor.userId, createdAt: ctx.now,
  }).returningAll().executeTakeFirstOrThrow();
  for (const [at, { upload, sheets }] of detected.entries()) {
    const fileId = newId<'File'>();
    await tx.db.insertInto('platform.file').values({
      id: fileId, countyId, townshipId, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name,
      subjectKind: 'Batch', subjectId: id, uploadedBy: ctx.actor.userId, createdAt: ctx.now,
    }).execute();
    await tx.db.insertInto('ledger.batchFile').values({ batchId: id, countyId, townshipId, fileNo: at + 1, fileId, name: upload.name, sheets: json(sheets) }).execute();
  }
  return batch;
}

function fingerprintOf(kind: LedgerKind, detected: readonly Detected[]): string {
  return createHash('sha256').update([kind, ...detected.map(({ upload }) => upload.hash).toSorted()].join(':')).digest('hex');
}

function noticeOf(detected: readonly Detected[]): string {
  const unsure = detected.flatMap(({ upload, sheets }) => sheets.filter(({ status }) => status === 'unsure').map(({ sheet, reason }) => `“${upload.name}”的“${sheet}”表${reason ?? ''}`));
  return `${unsure.slice(0, 3).join('；')}。请指认表头所在的行和各列的含义。`;
}
