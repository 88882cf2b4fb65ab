import type { Input, Output } from '#contract/define-route.ts';
import type { putEstateManager as route } from '#contract/registry/service.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, mustBeAble, mustBeFresh } from '../access.ts';
import { asOf } from '../as-of.ts';
import { assignManagers } from '../bulk/managers.ts';
import { presentEstate } from '../present/estate.ts';
import { getPractitioner } from '../store/companies.ts';
import { lockEstate } from '../store/estates.ts';

/** 登记项目经理任职; null ends the present one. */
export function updateEstateManager(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeFresh(ctx, estate);
    mustBeAble(estateCan(ctx, estate).manager);
    if (body.practitionerId !== null) {
      const person = await getPractitioner(tx.db, ctx.scope, body.practitionerId);
      if (person.archivedAt !== null || person.leftOn !== null) throw new Problem('state.conflict', `${person.name}已离职或归档，不能任项目经理`);
    }
    const before = (await presentEstate(tx.db, ctx, estate.id, asOf({}, ctx.today))).manager;

    await assignManagers(tx.db, [{ estateId: estate.id, practitionerId: body.practitionerId, since: body.validFrom }], { at: ctx.now, on: ctx.today, batchId: null });
    await tx.db.updateTable('registry.estate').set((eb) => ({ version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', estate.id).execute();
    const { manager, managers } = await presentEstate(tx.db, ctx, estate.id, asOf({}, ctx.today));
    tx.audit({ action: 'estate.manager', subject: ['Estate', estate.id], before: { managerName: before?.practitioner.name ?? null }, after: { managerName: manager?.practitioner.name ?? null, validFrom: body.validFrom }, countyId: estate.countyId, townshipId: estate.townshipId });
    return { manager, managers };
  });
}
