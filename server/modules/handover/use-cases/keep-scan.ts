import { open } from 'node:fs/promises';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { outgoingSigns, standInApart } from '#domain/handover/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { asParty } from '../party.ts';
import { listOf, presentHandOver } from '../present.ts';
import { getHandOver, lockHandOver, mayStandIn } from '../store.ts';

const kinds: readonly (readonly [mediaType: string, begins: string])[] = [['application/pdf', '25504446'], ['image/jpeg', 'ffd8ff'], ['image/png', '89504e470d0a1a0a']];

/** 上传手工签字的清单: a scan or a photo, by its first bytes and not by its name. It belongs to the hand-over and is kept as it came. */
export async function keepScan(ctx: Ctx, { params }: Input<typeof route.postStandInScan>): Promise<Output<typeof route.getHandOver>> {
  const wide = await asParty(ctx);
  await wide.read((db) => getHandOver(db, ctx, params.handOverId));
  const [upload, more] = ctx.uploads;
  if (upload === undefined || more !== undefined) throw new Problem('input.invalid', '请选择一个文件：签好字的清单的扫描件或照片', { errors: [{ pointer: '/files', message: '请选择一个文件' }] });
  const mediaType = await mediaTypeOf(upload.path);
  if (mediaType === null) throw new Problem('input.invalid', '只收 PDF、JPG 或 PNG 格式的扫描件、照片，请另存后再上传', { errors: [{ pointer: '/files', message: '只收 PDF、JPG、PNG' }] });
  const { userId } = ctx.actor;
  return wide.transact(async (tx) => {
    const before = await lockHandOver(tx.db, ctx, params.handOverId);
    orRefuse(decide([...outgoingSigns.check(before), ...standInApart.check({ signerId: userId, fromId: before.fromId, toId: before.toId, startedById: before.startedBy, covers: await mayStandIn(tx.db, ctx, before) })], null));
    // What was signed on stays; a new scan belongs to a new signature, which only a changed list asks for.
    if (before.status === 'signed' && (await listOf(ctx, tx.db, before, { forSigning: true })).added.length === 0) throw new Problem('state.conflict', '已经签过字，扫描件不能再换；清单有变化、需要重新签字时才能换');
    const fileId = newId<'File'>();
    await tx.db.insertInto('platform.file').values({ id: fileId, countyId: before.countyId, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType, name: upload.name, subjectKind: 'HandOver', subjectId: before.id, uploadedBy: userId, createdAt: ctx.now }).execute();
    const after = await tx.db.updateTable('handover.handOver').set({ scanFileId: fileId, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'handover.scan', subject: ['HandOver', before.id], before: null, after: { file: upload.name }, countyId: before.countyId });
    return presentHandOver(ctx, tx.db, after);
  });
}

async function mediaTypeOf(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const head = buffer.subarray(0, bytesRead).toString('hex');
    return kinds.find(([, begins]) => head.startsWith(begins))?.[0] ?? null;
  } finally {
    await file.close();
  }
}
