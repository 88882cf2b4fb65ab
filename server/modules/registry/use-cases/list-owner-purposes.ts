import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { getEstate } from '../store/estates.ts';

/** 业主信息装载目的. */
export function listOwnerPurposes(ctx: Ctx, { params }: Input<typeof route.listOwnerPurposes>): Promise<Output<typeof route.listOwnerPurposes>> {
  return ctx.read(async (db) => {
    await getEstate(db, ctx.scope, params.estateId);
    return { rows: await db.selectFrom('registry.ownerPurpose').select(['id', 'purpose', 'document', 'deleteOn', 'recordedAt', 'endedAt']).where('estateId', '=', params.estateId).orderBy('id', 'desc').limit(100).execute() };
  });
}
