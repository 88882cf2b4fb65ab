import type { Input, Output } from '#contract/define-route.ts';
import type { archiveContract as route } from '#contract/registry/service.ts';
import type { Ctx } from '#platform/context.ts';
import { contractCan, mustBeAble } from '../access.ts';
import { asOf } from '../as-of.ts';
import { presentContract } from '../present/contract.ts';
import { lockContract } from '../store/lock-contract.ts';
import { supersede } from '../store/supersede.ts';
import { tellContracts } from '../tell-contracts.ts';
import { followContract, said } from './record-contract.ts';

/** 归档合同: recorded by mistake; from now on it counts nowhere, and it stays known that we once knew it. A contract that ended is edited instead. */
export function archiveContract(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const { estate, contract } = await lockContract(tx.db, ctx, params.contractId);
    mustBeAble(contractCan(ctx, estate, contract).archive);

    await supersede(tx.db, 'registry.service_contract', [contract.id], ctx.now);
    await followContract(tx, estate.id, ctx.today);
    tx.audit({ action: 'contract.archive', subject: ['Contract', params.contractId], before: said(contract), after: null, reason: body.reason, countyId: estate.countyId, townshipId: estate.townshipId });
    await tellContracts(tx, ctx, [estate.id]);
    tx.emit({ name: 'registry.contract-archived', key: contract.id, payload: { contractId: params.contractId, estateId: estate.id } });
    return presentContract(tx.db, ctx, params.contractId, asOf({}, ctx.today));
  });
}
