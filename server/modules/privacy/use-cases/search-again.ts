import type { Input, Output } from '#contract/define-route.ts';
import type { postPersonSearch as route } from '#contract/person-request.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { lockRequest } from '../person/store.ts';
import { startSearch } from '../search-job.ts';

/** 重新查找 of an open request: when it failed, or when something was written since. */
export function searchAgain(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const row = await lockRequest(tx.db, { ...ctx, ifMatch: null }, params.requestId);
    if (row.status !== 'open') throw new Problem('state.conflict', '这件请求已经提出删除或者办结');
    await startSearch(ctx, tx, row);
    tx.audit({ action: 'privacy.search', subject: ['PersonRequest', row.id], before: null, after: null });
    return { done: true };
  });
}
