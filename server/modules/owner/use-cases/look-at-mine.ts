import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner-binding.ts';
import { receiptOfPhone } from '#modules/complaint/index.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { presentMine } from '../binding.ts';
import { inCounty } from '../context.ts';
import { phoneOwnerOf } from '../phone-session.ts';

/** 我的房屋、我反映的. @throws Problem session.required */
export async function getMine(ctx: Ctx): Promise<Output<typeof route.getMine>> {
  const owner = await phoneOwnerOf(ctx);
  const own = inCounty(ctx, owner.countyId);
  return own.read((db) => presentMine(db, own, owner));
}

/** 打开自己的回执: another link to it, told once. @throws Problem session.required, not-found when it is not his */
export async function openOwnReceipt(ctx: Ctx, { body }: Input<typeof route.postOwnReceipt>): Promise<Output<typeof route.postOwnReceipt>> {
  const owner = await phoneOwnerOf(ctx);
  const own = inCounty(ctx, owner.countyId);
  const receipt = await own.transact(async (tx) => {
    tx.auditNothing('a receipt told again to whoever filed');
    return receiptOfPhone(tx, own.today, owner, body.complainantId);
  });
  if (receipt === null) throw new Problem('not-found', '没有这件，或不是用这个手机号反映的');
  return receipt;
}
