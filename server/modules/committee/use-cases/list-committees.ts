import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/committee.ts';
import type { Ctx } from '#platform/context.ts';
import { presentCommittee, presentCommittees } from '../present.ts';
import { committeeAsOf } from '../read.ts';
import { pageCommittees } from '../store.ts';

/** 业委会列表, as of a day. */
export function listCommittees(ctx: Ctx, { query }: Input<typeof route.listCommittees>): Promise<Output<typeof route.listCommittees>> {
  const at = committeeAsOf(query, ctx.today);
  return ctx.read(async (db) => {
    const { rows, ...page } = await pageCommittees(db, ctx.scope, query, at);
    return { rows: await presentCommittees(db, ctx, rows, at), ...page };
  });
}

/** 业委会详情, as of a day. */
export function getCommittee(ctx: Ctx, { params, query }: Input<typeof route.getCommittee>): Promise<Output<typeof route.getCommittee>> {
  return ctx.read((db) => presentCommittee(db, ctx, params.committeeId, committeeAsOf(query, ctx.today)));
}
