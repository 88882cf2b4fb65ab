import type { Input, Output } from '#contract/define-route.ts';
import type { getPractitioner as route } from '#contract/registry/practitioner.ts';
import type { Ctx } from '#platform/context.ts';
import { presentPractitioner } from '../present/company.ts';
import { getPractitioner as loadPractitioner } from '../store/companies.ts';

/** 从业人员详情(脱敏). */
export function getPractitioner(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read(async (db) => presentPractitioner(db, ctx, await loadPractitioner(db, ctx.scope, params.practitionerId)));
}
