import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { found, mustBeFresh } from '../access.ts';
import { asOf } from '../as-of.ts';
import { contractRevisions, getContract } from './contracts.ts';
import { lockEstate } from './estates.ts';
import type { ContractRecord, EstateRecord } from './records.ts';

/**
 * 锁合同 for change, with its estate: everything recorded of one estate's contracts waits for that estate's lock.
 * @throws Problem not-found, state.stale when something was recorded of it since it was read
 */
export async function lockContract(db: Db, ctx: Ctx, id: Id<'Contract'>): Promise<{ estate: EstateRecord; contract: ContractRecord }> {
  const at = asOf({}, ctx.today);
  const estate = await lockEstate(db, ctx.scope, (await getContract(db, ctx.scope, id, at)).estateId);
  // Read again under the lock: another version may have come while we waited.
  const contract = await getContract(db, ctx.scope, id, at);
  mustBeFresh(ctx, { version: found((await contractRevisions(db, [id])).get(id), 'not-found') });
  return { estate, contract };
}
