import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { leaveUnderWay } from '#domain/handover/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse } from '#platform/problem.ts';
import { asParty } from '../party.ts';
import { presentHandOver } from '../present.ts';
import { returnPosts } from '../return-posts.ts';
import { lockInCounty } from '../store.ts';

/** 提前结束代管. */
export async function endLeave(ctx: Ctx, { params, body }: Input<typeof route.putLeaveEnd>): Promise<Output<typeof route.getHandOver>> {
  const wide = await asParty(ctx);
  return wide.transact(async (tx) => {
    // Found within the administrator's county; what comes back may be kept by any module, so the transaction has the system's scope.
    const before = await lockInCounty(tx.db, ctx, params.handOverId);
    orRefuse(decide(leaveUnderWay.check(before), null));
    return presentHandOver(ctx, tx.db, await returnPosts(wide, tx, before, `提前结束代管：${body.reason}`));
  });
}

/** 到期交还: every night, leaves whose last day is over; each in its own transaction, so that one that cannot be ended does not keep the others. */
export async function endLeavesDue(ctx: Ctx): Promise<void> {
  const due = await ctx.kit.database.read(everything, (db) => db.selectFrom('handover.handOver').select('id').where('status', '=', 'completed').where('cause', '=', 'leave').where('untilOn', '<', ctx.today).orderBy('id').execute());
  const failures: unknown[] = [];
  for (const { id } of due) {
    await ctx.transact(async (tx) => {
      const before = await tx.db.selectFrom('handover.handOver').selectAll().where('id', '=', id).where('status', '=', 'completed').forUpdate().skipLocked().executeTakeFirst();
      if (before) await returnPosts(ctx, tx, before, '代管期满，岗位交还');
      else tx.auditNothing('ended meanwhile');
    }).catch((error: unknown) => { failures.push(error); });
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} leaves could not be ended`);
}
