import type { Ctx, Tx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import type { StoredSighting } from '../sightings.ts';
import { placeOf, type PublicationRecord } from '../store.ts';

/** 收下附件: the stored content now belongs to the item. */
export async function adoptFile(tx: Tx, ctx: Ctx, item: PublicationRecord, { upload, fileNo, isDrawn, sightings, unread }: { upload: Upload; fileNo: number; isDrawn: boolean; sightings: readonly StoredSighting[]; unread: string | null }): Promise<void> {
  if (ctx.actor.userId === null) throw new Problem('access.denied', '请登录后再上传');
  const fileId = newId<'File'>();
  await tx.db.insertInto('platform.file').values({ id: fileId, ...placeOf(item), hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: 'Publication', subjectId: item.id, uploadedBy: ctx.actor.userId, createdAt: ctx.now }).execute();
  await tx.db.insertInto('publication.publicationFile').values({ publicationId: item.id, fileNo, ...placeOf(item), fileId, isDrawn, sightings: JSON.stringify(sightings), unread }).execute();
}
