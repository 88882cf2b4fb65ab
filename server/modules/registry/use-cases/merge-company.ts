import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { mergeCompany as route } from '#contract/registry/company.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, found, holds, mustBeAble, mustBeFresh } from '../access.ts';
import { asOf } from '../as-of.ts';
import { settleCompany } from '../move-scope.ts';
import { presentCompany } from '../present/company.ts';
import { dropEntries, indexCompanies, indexPractitioners } from '../search-entries.ts';
import { lockCompany } from '../store/companies.ts';
import type { CompanyRecord } from '../store/records.ts';

/** 合并企业: contracts, people and contacts go over to the other; both names stay findable there. */
export function mergeCompany(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    if (params.companyId === body.intoId) throw new Problem('state.conflict', '不能并入自己');
    if (!holds(ctx, 'registry.merge')) throw new Problem('access.denied', '合并由县住建局办理');
    const locked = new Map<string, CompanyRecord>();
    for (const id of [params.companyId, body.intoId].toSorted()) locked.set(id, await lockCompany(tx.db, ctx.scope, id));
    const [from, into] = [found(locked.get(params.companyId), 'company.not-found'), found(locked.get(body.intoId), 'company.not-found')];
    mustBeFresh(ctx, from);
    mustBeAble(companyCan(ctx, from).merge);
    if (into.archivedAt !== null) throw new Problem('state.conflict', '并入的企业已归档');

    const estates = (await sql<{ id: Id<'Estate'> }>`select distinct estate_id as id from registry.service_contract where company_id = ${from.id}`.execute(tx.db)).rows.map((row) => row.id);
    for (const table of ['registry.service_contract', 'registry.practitioner', 'registry.contact']) await sql`update ${sql.raw(table)} set company_id = ${into.id} where company_id = ${from.id}`.execute(tx.db);
    const gone = await tx.db.updateTable('registry.company').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    const names = [...new Set([...into.formerNames, from.name, ...from.formerNames])].filter((name) => name !== into.name);
    const after = await tx.db.updateTable('registry.company').set((eb) => ({ formerNames: names, creditCode: into.creditCode ?? from.creditCode, creditCodeCheck: into.creditCode ? into.creditCodeCheck : from.creditCodeCheck, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow();
    await settleCompany(tx.db, estates, ctx.today);
    await dropEntries(tx.db, 'company', [from.id]);
    await indexCompanies(tx.db, [after]);
    await indexPractitioners(tx.db, await tx.db.selectFrom('registry.practitioner').selectAll().where('companyId', '=', into.id).where('archivedAt', 'is', null).execute());
    tx.audit({ action: 'company.merge', subject: ['Company', from.id], before: from, after: gone, reason: body.reason, countyId: from.countyId });
    tx.audit({ action: 'company.merge', subject: ['Company', into.id], before: into, after, reason: body.reason, countyId: into.countyId });
    tx.emit({ name: 'registry.company-merged', key: from.id, payload: { fromId: from.id, intoId: into.id } });
    return presentCompany(tx.db, ctx, into.id, asOf({}, ctx.today));
  });
}
