import type { Issuer } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { drawnDigest } from './content.ts';
import { draw } from './kinds.ts';
import type { PublicationRecord } from './store.ts';

/** 来源未变: whether what it was drawn from still reads as it was drawn, on the same day asked. Only its own body can tell; for others it is taken as such. */
export async function isCurrent(db: Db, ctx: Ctx, item: PublicationRecord, issuer: Issuer | null): Promise<boolean> {
  if (item.drawnSha256 === null || issuer?.id !== item.issuerId || item.status === 'discarded') return true;
  try {
    const drawn = await draw(item.kind, { db, ctx, issuer, subjectId: item.subjectId, on: item.drawnOn });
    return drawn !== null && drawnDigest(drawn) === item.drawnSha256;
  } catch (error) {
    // What cannot be drawn any more (a cancelled paper, an archived estate) is no longer what it was.
    if (error instanceof Problem) return false;
    throw error;
  }
}
