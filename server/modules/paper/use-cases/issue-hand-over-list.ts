import type { Output } from '#contract/define-route.ts';
import type { getPaper } from '#contract/paper.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { issuerOf } from '../issuer.ts';
import { draftHandOverList } from './draft-paper.ts';
import { issueWithin } from './issue-paper.ts';

/**
 * 签发移交清单 in the transaction that moves what it lists: drafted, numbered and frozen at once. `posts` are contexts of the posts concerned; the
 * first that has a body to issue papers does it. Null when none has.
 */
export async function issueHandOverList(tx: Tx, posts: readonly Ctx[], data: Parameters<typeof draftHandOverList>[2], signer: string): Promise<Output<typeof getPaper> | null> {
  for (const ctx of posts) {
    if ((await issuerOf(tx.db, ctx)) === null) continue;
    const { id } = await draftHandOverList(tx, ctx, data);
    return issueWithin(tx, ctx, id, signer);
  }
  return null;
}
