import type { Input, Output } from '#contract/define-route.ts';
import type { archiveEstate as route } from '#contract/registry/estate.ts';
import type { Ctx } from '#platform/context.ts';
import { estateCan, mustBeAble, mustBeFresh } from '../access.ts';
import { asOf } from '../as-of.ts';
import { presentEstate } from '../present/estate.ts';
import { dropEntries } from '../search-entries.ts';
import { lockEstate } from '../store/estates.ts';

/** 归档小区, instead of deleting it: it leaves lists, search and statistics, and stays readable. */
export function archiveEstate(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, before);
    mustBeAble(estateCan(ctx, before).archive);

    const after = await tx.db.updateTable('registry.estate').set((eb) => ({ archivedAt: ctx.now, archivedReason: body.reason, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await tx.db.deleteFrom('registry.searchEntry').where('estateId', '=', after.id).execute();
    await dropEntries(tx.db, 'estate', [after.id]);
    tx.audit({ action: 'estate.archive', subject: ['Estate', after.id], before, after, reason: body.reason, countyId: after.countyId, townshipId: after.townshipId });
    return presentEstate(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}
