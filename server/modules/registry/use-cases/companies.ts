import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/company.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, found, holds, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { creditCodeCheckOf, creditCodeOf } from '../bulk/companies.ts';
import { phoneChange } from '../bulk/old.ts';
import { settleCompany } from '../move-scope.ts';
import { companyKey } from '../names.ts';
import { sealPhone } from '../personal.ts';
import { presentCompanies, presentCompany } from '../present/company.ts';
import { dropEntries, indexCompanies, indexPractitioners } from '../search-entries.ts';
import { lockCompany, pageCompanies, servedBy } from '../store/companies.ts';
import { paged } from '../store/page.ts';
import type { CompanyRecord } from '../store/records.ts';

const TAKEN = '已有同名企业，请打开原有记录修改';

/** 企业列表. */
export function listCompanies(ctx: Ctx, { query }: Input<typeof route.listCompanies>): Promise<Output<typeof route.listCompanies>> {
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageCompanies(db, ctx.scope, query);
    const page = paged(rows, query.limit);
    return { rows: await presentCompanies(db, ctx, page.rows, asOf(query, ctx.today)), next: page.next, ...total };
  });
}

/** 企业详情. */
export function getCompany(ctx: Ctx, { params, query }: Input<typeof route.getCompany>): Promise<Output<typeof route.getCompany>> {
  return ctx.read((db) => presentCompany(db, ctx, params.companyId, asOf(query, ctx.today)));
}

type Draft = Input<typeof route.postCompany>['body'];
const stored = (ctx: Ctx, { phone, creditCode, ...plain }: Draft, old: CompanyRecord | null) => ({
  ...plain, matchKey: companyKey(plain.name), creditCode: creditCodeOf(creditCode), creditCodeCheck: creditCodeCheckOf(creditCodeOf(creditCode)),
  // The page shows the number masked to some; what comes back masked is no new number.
  ...(phone?.includes('*') ? {} : phoneChange(ctx.kit.vault, phone, old, sealPhone)),
});

/** 登记企业. The credit code is checked, and a wrong one warned of, not refused. */
export function createCompany(ctx: Ctx, { body }: Input<typeof route.postCompany>): Promise<Output<typeof route.postCompany>> {
  return ctx.transact(async (tx) => {
    const { countyId } = ctx.scope;
    if (countyId === null || !['county', 'township', 'neighbourhood'].includes(ctx.scope.level)) throw new Problem('access.denied', '企业由乡镇街道或县住建局登记');

    const row = await orDuplicate(tx.db.insertInto('registry.company').values({ id: newId<'Company'>(), countyId: countyId as Id<'OrgUnit'>, ...stored(ctx, body, null), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'company_name_key', TAKEN);
    await indexCompanies(tx.db, [row]);
    tx.audit({ action: 'company.create', subject: ['Company', row.id], before: null, after: row, countyId });
    tx.emit({ name: 'registry.company-created', key: row.id, payload: { companyId: row.id } });
    return presentCompany(tx.db, ctx, row.id, asOf({}, ctx.today));
  });
}

/** 修改企业; a new name keeps the old one as 曾用名. */
export function updateCompany(ctx: Ctx, { params, body }: Input<typeof route.putCompany>): Promise<Output<typeof route.putCompany>> {
  return ctx.transact(async (tx) => {
    const before = await lockCompany(tx.db, ctx.scope, params.companyId);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).edit);

    const formerNames = before.name === body.name || before.formerNames.includes(before.name) ? before.formerNames : [...before.formerNames, before.name];
    const after = await orDuplicate(tx.db.updateTable('registry.company').set((eb) => ({ ...stored(ctx, body, before), formerNames, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'company_name_key', TAKEN);
    await indexCompanies(tx.db, [after]);
    tx.audit({ action: 'company.update', subject: ['Company', after.id], before, after, countyId: after.countyId });
    return presentCompany(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}

/** 归档企业, once it serves no estate. */
export function archiveCompany(ctx: Ctx, { params, body }: Input<typeof route.archiveCompany>): Promise<Output<typeof route.archiveCompany>> {
  return ctx.transact(async (tx) => {
    const before = await lockCompany(tx.db, ctx.scope, params.companyId);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).archive);
    const served = await servedBy(tx.db, [before.id], asOf({}, ctx.today));
    if (served.length > 0) throw new Problem('state.conflict', `该企业仍在服务${served.slice(0, 3).map((row) => row.name).join('、')}等${served.length}个小区，请先结束合同`);

    const after = await tx.db.updateTable('registry.company').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'company', [after.id]);
    tx.audit({ action: 'company.archive', subject: ['Company', after.id], before, after, reason: body.reason, countyId: after.countyId });
    return presentCompany(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}

/** 合并企业: contracts, people and contacts go over to the other; both names stay findable there. */
export function mergeCompany(ctx: Ctx, { params, body }: Input<typeof route.mergeCompany>): Promise<Output<typeof route.mergeCompany>> {
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
