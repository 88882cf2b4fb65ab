import type { Input, Output } from '#contract/define-route.ts';
import type { putUnitArea as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { asOf } from '../as-of.ts';
import { cutAt } from '../ownership-line.ts';
import { presentUnit } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { insertMany } from '../store/bulk-sql.ts';
import type { UnitRecord } from '../store/records.ts';
import { supersede } from '../store/supersede.ts';
import { lockForEdit, touch } from '../unit-edit.ts';

/** 登记面积: from a day on (unknown: as long as anyone knows) this source says so; what it said before stays on record. */
export function updateUnitArea(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockForEdit(tx, ctx, params.unitId);
    const known = await tx.db.selectFrom('registry.unitArea').selectAll().where('unitId', '=', before.id).where('areaSource', '=', body.areaSource).where('supersededAt', 'is', null).execute();

    const cut = cutAt(known, body.validFrom);
    await supersede(tx.db, 'registry.unit_area', cut.superseded.map((line) => line.id), ctx.now);
    await insertMany(tx.db, 'registry.unitArea', [
      ...cut.shortened.map((line) => ({ ...line, id: newId(), recordedAt: ctx.now, supersededAt: null, batchId: null })),
      { ...place(before), id: newId(), unitId: before.id, areaCm2: body.areaCm2, areaSource: body.areaSource, validFrom: body.validFrom, validTo: cut.until, recordedAt: ctx.now, supersededAt: null, batchId: null },
    ]);
    await touch(tx, ctx, before.id);
    await recountEstate(tx.db, [before.estateId], { on: ctx.today, now: ctx.now });
    tx.audit({ action: 'unit.area', subject: ['Unit', before.id], before: { areaCm2: cut.superseded[0]?.areaCm2 ?? null }, after: { areaCm2: body.areaCm2, areaSource: body.areaSource, validFrom: body.validFrom }, countyId: before.countyId, townshipId: before.townshipId });
    return presentUnit(tx.db, ctx, before.id, asOf({}, ctx.today));
  });
}

const place = ({ countyId, townshipId, neighbourhoodId, estateId, companyId }: UnitRecord) => ({ countyId, townshipId, neighbourhoodId, estateId, companyId });
