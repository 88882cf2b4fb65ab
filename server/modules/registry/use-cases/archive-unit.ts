import type { Input, Output } from '#contract/define-route.ts';
import type { archiveUnit as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { mustBeAble, mustBeFresh, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { presentUnit } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { dropEntries } from '../search-entries.ts';
import { lockUnit } from '../store/units.ts';
import { touch } from '../unit-edit.ts';

/** 归档房屋. */
export function archiveUnit(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockUnit(tx.db, ctx.scope, params.unitId);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).archive);

    const after = await touch(tx, ctx, before.id, { archivedAt: ctx.now });
    await dropEntries(tx.db, 'unit', [after.id]);
    await recountEstate(tx.db, [after.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'unit.archive', subject: ['Unit', after.id], before, after, reason: body.reason, countyId: after.countyId, townshipId: after.townshipId });
    return presentUnit(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}
