import type { Ctx, Tx } from '#platform/context.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, estateCan, mustBeAble } from './access.ts';
import { bulkWriteCompanies } from './bulk/companies.ts';
import { bulkWriteEstates } from './bulk/estates.ts';
import type { BulkOptions, CompanyFields, EstateFields } from './bulk/types.ts';
import { lockCompany } from './store/companies.ts';
import { lockEstate } from './store/estates.ts';
import { refuseContradiction } from './use-cases/create-estate.ts';

/** 更新一条: the record as it was read (`version`) and what is to stand in it; an absent key leaves the old content. */
export interface Revision<Fields> { readonly id: string; readonly version: number; readonly set: Partial<Fields> }

/**
 * 批量更新小区 in the caller's transaction, each under its own right, version and audit entry, with the reason of the capability that asks.
 * @throws Problem estate.not-found, state.stale naming the estate, access.denied, input.invalid for numbers that contradict each other
 */
export async function reviseEstates(tx: Tx, ctx: Ctx, revisions: readonly Revision<EstateFields>[], reason: string): Promise<void> {
  const before = [];
  for (const { id, version, set } of revisions.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = await lockEstate(tx.db, ctx.scope, makeId<'Estate'>(id));
    if (row.version !== version) throw new Problem('state.stale', `“${row.name}”刚被别人修改过，请刷新后重新核对`);
    mustBeAble(estateCan(ctx, row).edit);
    try {
      refuseContradiction({ ...row, ...set });
    } catch (error) {
      if (error instanceof Problem) throw new Problem(error.code, `“${row.name}”：${error.errors.map(({ message }) => message).join('；')}`);
      throw error;
    }
    before.push(row);
  }
  await bulkWriteEstates(tx, revisions.map(({ id, set }) => ({ id: makeId<'Estate'>(id), set })), optionsOf(ctx));
  for (const row of before) {
    const after = await lockEstate(tx.db, ctx.scope, row.id);
    tx.audit({ action: 'estate.update', subject: ['Estate', row.id], before: row, after, reason, countyId: after.countyId, townshipId: after.townshipId });
    tx.emit({ name: 'registry.estate-changed', key: `${after.id}:${after.version}`, payload: { estateId: after.id } });
  }
}

/** 批量更新企业, likewise. @throws Problem company.not-found, state.stale, access.denied */
export async function reviseCompanies(tx: Tx, ctx: Ctx, revisions: readonly Revision<CompanyFields>[], reason: string): Promise<void> {
  const before = [];
  for (const { id, version } of revisions.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = await lockCompany(tx.db, ctx.scope, makeId<'Company'>(id));
    if (row.version !== version) throw new Problem('state.stale', `“${row.name}”刚被别人修改过，请刷新后重新核对`);
    mustBeAble(companyCan(ctx, row).edit);
    before.push(row);
  }
  await bulkWriteCompanies(tx, revisions.map(({ id, set }) => ({ id: makeId<'Company'>(id), set })), optionsOf(ctx));
  for (const row of before) tx.audit({ action: 'company.update', subject: ['Company', row.id], before: row, after: await lockCompany(tx.db, ctx.scope, row.id), reason, countyId: row.countyId });
}

function optionsOf(ctx: Ctx): BulkOptions {
  const countyId: Id<'OrgUnit'> = makeId<'OrgUnit'>(ctx.scope.countyId ?? '');
  return { countyId, batchId: null, at: ctx.now, on: ctx.today, vault: ctx.kit.vault };
}
