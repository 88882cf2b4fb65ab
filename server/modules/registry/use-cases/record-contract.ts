import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/service.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { contractCan, estateCan, mustBeAble } from '../access.ts';
import { asOf } from '../as-of.ts';
import { moveScope, settleCompany } from '../move-scope.ts';
import { presentContract } from '../present/contract.ts';
import { indexEstates } from '../search-entries.ts';
import { getCompany } from '../store/companies.ts';
import { lockContract } from '../store/lock-contract.ts';
import { lockEstate } from '../store/estates.ts';
import type { ContractRecord, EstateRecord } from '../store/records.ts';
import { tellContracts } from '../tell-contracts.ts';
import { supersede } from '../store/supersede.ts';

type Draft = Input<typeof route.postContract>['body'];

/** 登记物业服务合同. The contract in force decides which company serves the estate; everything below follows. */
export function createContract(ctx: Ctx, { params, body }: Input<typeof route.postContract>): Promise<Output<typeof route.postContract>> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).contract);
    return record(tx, ctx, estate, body, null);
  });
}

/** 修改物业服务合同: a new version; the old one stays known as of then. */
export function updateContract(ctx: Ctx, { params, body }: Input<typeof route.putContract>): Promise<Output<typeof route.putContract>> {
  return ctx.transact(async (tx) => {
    const { estate, contract } = await lockContract(tx.db, ctx, params.contractId);
    mustBeAble(contractCan(ctx, estate, contract).edit);
    return record(tx, ctx, estate, body, contract);
  });
}

async function record(tx: Tx, ctx: Ctx, estate: EstateRecord, body: Draft, before: ContractRecord | null): Promise<Output<typeof route.postContract>> {
  await getCompany(tx.db, ctx.scope, body.companyId);
  refuseReversed(body);
  if (before) await supersede(tx.db, 'registry.service_contract', [before.id], ctx.now);
  const { countyId, townshipId, neighbourhoodId } = estate;
  const row = await tx.db.insertInto('registry.serviceContract').values({
    id: newId<'ServiceContract'>(), contractId: before?.contractId ?? newId(), countyId, townshipId, neighbourhoodId, estateId: estate.id, ...body, recordedAt: ctx.now,
  }).returningAll().executeTakeFirstOrThrow();
  await followContract(tx, estate.id, ctx.today);
  const contractId = makeId<'Contract'>(row.contractId);
  tx.audit({ action: 'estate.contract', subject: ['Contract', contractId], before: before && said(before), after: said(row), countyId, townshipId });
  await tellContracts(tx, ctx, [estate.id]);
  tx.emit({ name: 'registry.contract-recorded', key: row.id, payload: { contractId, estateId: estate.id } });
  return presentContract(tx.db, ctx, contractId, asOf({}, ctx.today));
}

/** After a contract changed: the company it decides, what hangs below the estate, and its search entry. */
export async function followContract(tx: Tx, estateId: Id<'Estate'>, today: Ctx['today']): Promise<void> {
  const moved = await settleCompany(tx.db, [estateId], today);
  if (moved.length === 0) return;
  await moveScope(tx.db, moved);
  await indexEstates(tx.db, await tx.db.selectFrom('registry.estate').selectAll().where('id', 'in', moved).execute());
}

/** What of a contract goes into the audit trail. */
export const said = ({ companyId, kind, feeBasis, feeFenPerM2Month, startsOn, endsOn, terminatedOn }: ContractRecord) => ({ companyId, kind, feeBasis, feeFenPerM2Month, startsOn, endsOn, terminatedOn });

function refuseReversed({ startsOn, endsOn, terminatedOn }: Draft): void {
  const errors = [
    ...(startsOn && endsOn && endsOn < startsOn ? [{ pointer: '/endsOn', message: '合同止早于合同起，请对照合同更正' }] : []),
    ...(startsOn && terminatedOn && terminatedOn < startsOn ? [{ pointer: '/terminatedOn', message: '提前终止早于合同起，请更正' }] : []),
  ];
  if (errors.length > 0) throw new Problem('input.invalid', '合同日期颠倒，请对照合同更正', { errors });
}
