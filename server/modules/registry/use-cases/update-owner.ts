import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { mustBeAble, mustBeFresh, orDuplicate, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { idChange, phoneChange } from '../bulk/old.ts';
import { ownerKey } from '../owner-key.ts';
import { sealId, sealPhone } from '../personal.ts';
import { presentOwner } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { getOwner as loadOwner } from '../store/units.ts';

/** 修改业主. A phone or number left out stays as it is. */
export function updateOwner(ctx: Ctx, { params, body }: Input<typeof route.putOwner>): Promise<Output<typeof route.putOwner>> {
  return ctx.transact(async (tx) => {
    const before = await loadOwner(tx.db, ctx.scope, params.ownerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).edit);

    const { idNumber, phone, ...plain } = body;
    const fields = { ...plain, ...idChange(ctx.kit.vault, idNumber, before, sealId), ...phoneChange(ctx.kit.vault, phone, before, sealPhone) };
    const merged = { ...before, ...fields };
    const matchKey = before.matchKey.startsWith('name:') && merged.idIndex === null && merged.phoneIndex === null && merged.name === before.name ? before.matchKey : ownerKey(merged, before.id);
    const after = await orDuplicate(tx.db.updateTable('registry.owner').set((eb) => ({ ...fields, matchKey, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'owner_match_key', '本小区已有同一业主，请直接选用已有的记录');
    await recountEstate(tx.db, [after.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'owner.update', subject: ['Owner', after.id], before, after, countyId: after.countyId, townshipId: after.townshipId });
    return presentOwner(tx.db, ctx, after, asOf({}, ctx.today));
  });
}
