import type { Input, Output } from '#contract/define-route.ts';
import type { putEstate as route } from '#contract/registry/estate.ts';
import type { Ctx } from '#platform/context.ts';
import { estateCan, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { moveScope } from '../move-scope.ts';
import { estateKey } from '../names.ts';
import { presentEstate } from '../present/estate.ts';
import { recountEstate } from '../recount.ts';
import { indexEstates } from '../search-entries.ts';
import { lockEstate } from '../store/estates.ts';
import { placeOf, refuseContradiction } from './create-estate.ts';

/** 修改小区. A change of township or neighbourhood carries along everything below. */
export function updateEstate(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, before);
    const can = estateCan(ctx, before);
    mustBeAble(can.edit);
    const isMoved = body.townshipId !== before.townshipId;
    const isShifted = isMoved || body.neighbourhoodId !== before.neighbourhoodId;
    if (isMoved) mustBeAble(can.move);
    if (isShifted) await placeOf(tx.db, ctx, body);
    refuseContradiction(body);

    const after = await orDuplicate(
      tx.db.updateTable('registry.estate').set((eb) => ({ ...body, matchKey: estateKey(before.name, body.phase), version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(),
      'estate_name_key', '该乡镇街道已有同名小区，请先核对是否为同一小区',
    );
    if (isShifted) await moveScope(tx.db, [after.id]);
    if (isShifted || after.phase !== before.phase) await indexEstates(tx.db, [after]);
    if (after.developerName !== before.developerName) await recountEstate(tx.db, [after.id], { on: ctx.today, now: ctx.now });
    tx.audit({ action: isMoved ? 'estate.move' : 'estate.update', subject: ['Estate', after.id], before, after, countyId: after.countyId, townshipId: after.townshipId });
    tx.emit({ name: 'registry.estate-changed', key: `${after.id}:${after.version}`, payload: { estateId: after.id } });
    return presentEstate(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}
