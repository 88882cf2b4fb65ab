import type { Input, Output } from '#contract/define-route.ts';
import type { mergeUnit as route } from '#contract/registry/unit.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { presentUnit } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { dropEntries } from '../search-entries.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { lockPair } from '../store/lock-pair.ts';
import type { UnitRecord } from '../store/records.ts';
import { supersede } from '../store/supersede.ts';
import { lockUnit } from '../store/units.ts';

/**
 * 合并房屋: the same home recorded twice. Owners and areas that only this one has go over to the other from now on; what was known of this one
 * stays known as of then. Where both tell owners and not the same ones, a person has to decide first.
 */
export function mergeUnit(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const { from, into } = await lockPair(params.unitId, body.intoId, '房屋', (id) => lockUnit(tx.db, ctx.scope, id));
    mustBeFresh(ctx, from);
    mustBeAble(unitCan(ctx, from).merge);

    await moveOwners(tx, ctx, from, into);
    await moveAreas(tx, ctx, from, into);
    const gone = await tx.db.updateTable('registry.unit').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    const after = await tx.db.updateTable('registry.unit').set((eb) => ({ deliveredOn: into.deliveredOn ?? from.deliveredOn, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'unit', [from.id]);
    await recountEstate(tx.db, [into.estateId], { on: ctx.today, now: ctx.now });
    for (const [before, now] of [[from, gone], [into, after]] as const) tx.audit({ action: 'unit.merge', subject: ['Unit', now.id], before, after: now, reason: body.reason, countyId: now.countyId, townshipId: now.townshipId });
    tx.emit({ name: 'registry.unit-merged', key: from.id, payload: { fromId: from.id, intoId: into.id } });
    return presentUnit(tx.db, ctx, into.id, asOf({}, ctx.today));
  });
}

async function moveOwners(tx: Tx, ctx: Ctx, from: UnitRecord, into: UnitRecord): Promise<void> {
  const lines = (unitId: UnitRecord['id']) => tx.db.selectFrom('registry.ownership').selectAll().where('unitId', '=', unitId).where('supersededAt', 'is', null).execute();
  const [theirs, ours] = [await lines(from.id), await lines(into.id)];
  const told = (of: typeof ours) => of.map((line) => `${line.ownerId} ${line.validFrom ?? ''} ${line.validTo ?? ''}`).toSorted().join();
  if (theirs.length > 0 && ours.length > 0 && told(theirs) !== told(ours)) throw new Problem('state.conflict', '两户登记的产权人不同，请先在房屋页面核对更正，再合并');
  await supersede(tx.db, 'registry.ownership', theirs.map((line) => line.id), ctx.now);
  if (ours.length === 0) await insertMany(tx.db, 'registry.ownership', theirs.map((line) => ({ ...line, id: newId(), unitId: into.id, recordedAt: ctx.now, supersededAt: null, batchId: null })));
}

/** Of one source the other's area stands; a source only this one has goes over. */
async function moveAreas(tx: Tx, ctx: Ctx, from: UnitRecord, into: UnitRecord): Promise<void> {
  const lines = (unitId: UnitRecord['id']) => tx.db.selectFrom('registry.unitArea').selectAll().where('unitId', '=', unitId).where('supersededAt', 'is', null).execute();
  const [theirs, ours] = [await lines(from.id), await lines(into.id)];
  const has = new Set(ours.map((line) => line.areaSource));
  await supersede(tx.db, 'registry.unit_area', theirs.map((line) => line.id), ctx.now);
  await insertMany(tx.db, 'registry.unitArea', theirs.filter((line) => !has.has(line.areaSource)).map((line) => ({ ...line, id: newId(), unitId: into.id, recordedAt: ctx.now, supersededAt: null, batchId: null })));
}
