import { sql } from 'kysely';
import { isAnswered } from '#domain/collection/standing.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { notify } from '#platform/notices/notify.ts';
import type { CollectionRecord } from './store/collections.ts';

/** 告知下发的经办人 that answers have come, in one notice that goes on until it is read: how many of how many. His own act tells him nothing. */
export async function tellIssuer(tx: Tx, { actor }: Pick<Ctx, 'actor'>, head: CollectionRecord): Promise<void> {
  const holder = head.holderId ?? head.createdBy;
  if (holder === null) return;
  const { rows: [progress] } = await sql<{ parts: number; answered: number }>`select * from collection.progress(${head.id}::uuid)`.execute(tx.db);
  const { parts, answered } = progress ?? { parts: 0, answered: 0 };
  const text = isAnswered(parts, answered) ? `采集任务“${head.title}”已全部提交，共 ${parts} 份` : `采集任务“${head.title}”有新的填报，已提交 ${answered}/${parts}`;
  await notify(tx, { kind: 'collection.answered', to: [{ userId: holder }], except: actor.userId, subject: ['Collection', head.id], text, path: `/collections/${head.id}`, isRenewed: true });
}
