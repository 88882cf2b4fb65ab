import type { Input, Output } from '#contract/define-route.ts';
import type { transferOwnership as route } from '#contract/registry/unit.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { ownerKey, ownerKindOf } from '../owner-key.ts';
import { cutAt } from '../ownership-line.ts';
import { sealId, sealPhone } from '../personal.ts';
import { presentUnit } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { insertMany } from '../store/bulk-sql.ts';
import type { UnitRecord } from '../store/records.ts';
import { supersede } from '../store/supersede.ts';
import { lockUnit } from '../store/units.ts';

type Told = Input<typeof route>['body']['holders'][number];

/** 登记产权转移: from a day on, until the next change on record, the unit belongs to these holders. What was known before stays known as of then. */
export function transferOwnership(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const unit = await lockUnit(tx.db, ctx.scope, params.unitId);
    mustBeFresh(ctx, unit);
    mustBeAble(unitCan(ctx, unit).transfer);
    const known = await tx.db.selectFrom('registry.ownership').selectAll().where('unitId', '=', unit.id).where('supersededAt', 'is', null).execute();
    const holders = await Promise.all(body.holders.map(async (told) => ({ told, ownerId: await ownerOf(tx, ctx, unit, told) })));
    if (new Set(holders.map(({ ownerId }) => ownerId)).size < holders.length) throw new Problem('state.conflict', '同一业主填写了两次，请合并为一行');

    const cut = cutAt(known, body.onDate);
    await supersede(tx.db, 'registry.ownership', cut.superseded.map((line) => line.id), ctx.now);
    const { countyId, townshipId, neighbourhoodId, estateId, companyId } = unit;
    await insertMany(tx.db, 'registry.ownership', [
      ...cut.shortened.map((line) => ({ ...line, id: newId(), recordedAt: ctx.now, supersededAt: null, batchId: null })),
      ...holders.map(({ told, ownerId }) => ({
        id: newId(), countyId, townshipId, neighbourhoodId, estateId, companyId, unitId: unit.id, ownerId, kind: told.kind, sharePart: told.sharePart ?? null, shareWhole: told.shareWhole ?? null, basis: body.basis,
        validFrom: body.onDate, validTo: cut.until, recordedAt: ctx.now, supersededAt: null, batchId: null,
      })),
    ]);
    await tx.db.updateTable('registry.unit').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', unit.id).execute();
    await recountEstate(tx.db, [unit.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'unit.transfer', subject: ['Unit', unit.id], before: { holderIds: cut.superseded.map((line) => line.ownerId) }, after: { holderIds: holders.map(({ ownerId }) => ownerId), onDate: body.onDate, basis: body.basis }, countyId, townshipId });
    tx.emit({ name: 'registry.ownership-changed', key: `${unit.id}:${unit.version + 1}`, payload: { unitId: unit.id } });
    return presentUnit(tx.db, ctx, unit.id, asOf({}, ctx.today));
  });
}

/** The owner's record in this estate: the one named, the one with the same number or name, or a new one. */
async function ownerOf(tx: Tx, ctx: Ctx, unit: UnitRecord, told: Told): Promise<Id<'Owner'>> {
  if (told.ownerId !== undefined) {
    const known = await tx.db.selectFrom('registry.owner').select('id').where('id', '=', told.ownerId).where('estateId', '=', unit.estateId).where('archivedAt', 'is', null).executeTakeFirst();
    if (!known) throw new Problem('owner.not-found', '所选业主不在本小区，请重新选择或直接填写姓名');
    return known.id;
  }
  if (!told.name) throw new Problem('input.invalid', '请填写产权人姓名或选择已登记的业主', { errors: [{ pointer: '/holders', message: '缺产权人' }] });
  const estate = await tx.db.selectFrom('registry.estate').select('developerName').where('id', '=', unit.estateId).executeTakeFirst();
  const kind = told.ownerKind ?? ownerKindOf(told.name, estate?.developerName ?? null);
  const sealed = { ...sealId(ctx.kit.vault, told.idNumber ?? null), ...sealPhone(ctx.kit.vault, told.phone ?? null) };
  const matchKey = ownerKey({ name: told.name, kind, idIndex: sealed.idIndex, phoneIndex: sealed.phoneIndex }, unit.matchKey);
  const known = await tx.db.selectFrom('registry.owner').select('id').where('estateId', '=', unit.estateId).where('matchKey', '=', matchKey).where('archivedAt', 'is', null).executeTakeFirst();
  if (known) return known.id;
  const { countyId, townshipId, neighbourhoodId, estateId, companyId } = unit;
  const id = newId<'Owner'>();
  await tx.db.insertInto('registry.owner').values({ id, countyId, townshipId, neighbourhoodId, estateId, companyId, kind, name: told.name, matchKey, ...sealed, createdAt: ctx.now, updatedAt: ctx.now }).execute();
  return id;
}
