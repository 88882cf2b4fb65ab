import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { open } from '../personal.ts';
import { getOwner as loadOwner } from '../store/units.ts';

/** 查看业主完整号码: the look itself is recorded, with its reason. */
export function revealOwner(ctx: Ctx, { params, body }: Input<typeof route.revealOwner>): Promise<Output<typeof route.revealOwner>> {
  return ctx.transact(async (tx) => {
    const row = await loadOwner(tx.db, ctx.scope, params.ownerId);
    tx.audit({ action: 'owner.reveal', subject: ['Owner', row.id], before: null, after: { field: body.field }, reason: body.reason, countyId: row.countyId, townshipId: row.townshipId });
    return { value: open(ctx.kit.vault, body.field === 'phone' ? row.phoneCipher : row.idCipher) };
  });
}
