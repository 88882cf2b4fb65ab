import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { mergePractitioner as route } from '#contract/registry/practitioner.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, found, mustBeAble, mustBeFresh } from '../access.ts';
import { presentPractitioner } from '../present/company.ts';
import { dropEntries } from '../search-entries.ts';
import { getPractitioner as loadPractitioner } from '../store/companies.ts';
import type { PractitionerRecord } from '../store/records.ts';

/** 合并从业人员: assignments go over; what the other lacks is taken from this one. */
export function mergePractitioner(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    if (params.practitionerId === body.intoId) throw new Problem('state.conflict', '不能并入自己');
    const locked = new Map<string, PractitionerRecord>();
    for (const id of [params.practitionerId, body.intoId].toSorted()) locked.set(id, await loadPractitioner(tx.db, ctx.scope, id, true));
    const [from, into] = [found(locked.get(params.practitionerId), 'practitioner.not-found'), found(locked.get(body.intoId), 'practitioner.not-found')];
    mustBeFresh(ctx, from);
    mustBeAble(companyCan(ctx, from).merge);
    if (into.archivedAt !== null) throw new Problem('state.conflict', '并入的人员已归档');

    await sql`update registry.estate_manager set practitioner_id = ${into.id} where practitioner_id = ${from.id}`.execute(tx.db);
    const gone = await tx.db.updateTable('registry.practitioner').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    const taken = {
      ...(into.idIndex === null ? { idCipher: from.idCipher, idIndex: from.idIndex, idLast4: from.idLast4 } : {}), ...(into.phoneIndex === null ? { phoneCipher: from.phoneCipher, phoneIndex: from.phoneIndex, phoneLast4: from.phoneLast4, phoneMoreIndex: from.phoneMoreIndex } : {}),
      certificate: into.certificate ?? from.certificate, hiredOn: into.hiredOn ?? from.hiredOn,
    };
    const after = await tx.db.updateTable('registry.practitioner').set((eb) => ({ ...taken, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'practitioner', [from.id]);
    tx.audit({ action: 'practitioner.merge', subject: ['Practitioner', from.id], before: from, after: gone, reason: body.reason, countyId: from.countyId });
    tx.audit({ action: 'practitioner.merge', subject: ['Practitioner', into.id], before: into, after, reason: body.reason, countyId: into.countyId });
    return presentPractitioner(tx.db, ctx, after);
  });
}
