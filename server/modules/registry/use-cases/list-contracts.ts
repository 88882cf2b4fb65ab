import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/service.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentContract, presentContracts } from '../present/contract.ts';
import { pageContracts } from '../store/contracts.ts';
import { paged } from '../store/page.ts';

/** 物业服务合同列表, as of a day. */
export function listContracts(ctx: Ctx, { query }: Input<typeof route.listContracts>): Promise<Output<typeof route.listContracts>> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageContracts(db, ctx.scope, query, at);
    const page = paged(rows, query.limit);
    return { rows: await presentContracts(db, ctx, page.rows, at), next: page.next, ...total };
  });
}

/** 合同详情, as of a day, with every version of it. */
export function getContract(ctx: Ctx, { params, query }: Input<typeof route.getContract>): Promise<Output<typeof route.getContract>> {
  return ctx.read((db) => presentContract(db, ctx, params.contractId, asOf(query, ctx.today)));
}
