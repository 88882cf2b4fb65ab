import type { Input, Output } from '#contract/define-route.ts';
import type { archiveCompany as route } from '#contract/registry/company.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, mustBeAble, mustBeFresh } from '../access.ts';
import { asOf } from '../as-of.ts';
import { presentCompany } from '../present/company.ts';
import { dropEntries } from '../search-entries.ts';
import { lockCompany, servedBy } from '../store/companies.ts';

/** 归档企业, once it serves no estate. */
export function archiveCompany(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockCompany(tx.db, ctx.scope, params.companyId);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).archive);
    const served = await servedBy(tx.db, [before.id], asOf({}, ctx.today));
    if (served.length > 0) throw new Problem('state.conflict', `该企业仍在服务${served.slice(0, 3).map((row) => row.name).join('、')}等${served.length}个小区，请先结束合同`);

    const after = await tx.db.updateTable('registry.company').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'company', [after.id]);
    tx.audit({ action: 'company.archive', subject: ['Company', after.id], before, after, reason: body.reason, countyId: after.countyId });
    return presentCompany(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}
