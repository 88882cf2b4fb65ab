import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { tellParts } from './part-facts.ts';

/** So many days back a task that ended is looked at: longer than any worker stays away. */
const LOOK_BACK_DAYS = 62;

/**
 * 到期的采集任务, every night: a task that ended by itself asks nobody any more; one that runs and was sent before its parts had time limits gets them. What is
 * known already changes nothing.
 */
export async function keepPartsTimed(ctx: Ctx): Promise<void> {
  const heads = await ctx.kit.database.read(everything, (db) => db.selectFrom('collection.collection').select(['id', 'title', 'recipientKind', 'dueOn', 'endsOn', 'issuedAt']).where('status', '=', 'issued').where('endsOn', '>=', addDays(ctx.today, -LOOK_BACK_DAYS)).orderBy('id').execute());
  for (const head of heads) {
    await ctx.transact(async (tx) => {
      tx.auditNothing('the task was sent and ends as its issuer said: both are recorded there');
      const parts = await tx.db.selectFrom('collection.part').select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId', 'recipientId']).where('collectionId', '=', head.id).where('status', '<>', 'answered').orderBy('id').execute();
      await tellParts(tx, ctx, { head, parts, event: head.endsOn < ctx.today ? 'collection.part-over' : 'collection.part-sent' });
    });
  }
}
