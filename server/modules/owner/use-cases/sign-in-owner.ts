import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner-binding.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { Problem } from '#platform/problem.ts';
import { presentMine } from '../binding.ts';
import { inCounty, inEstate } from '../context.ts';
import { callerOf, tryCode, useCode } from '../phone-code.ts';
import { beginPhoneSession, endPhoneSession, phoneOwnerOf } from '../phone-session.ts';
import { estateForOwners } from './look-at-estate.ts';

type Mine = Output<typeof route.getMine>;

/** 业主手机登录: the code is tried first and counted, then used up with the session it opens. @throws Problem owner.wrong-code, estate.not-found */
export async function signInOwner(ctx: Ctx, { body }: Input<typeof route.postOwnerSession>): Promise<Mine> {
  const { countyId, estateId } = await estateForOwners(ctx, body.estateId);
  const own = inEstate(ctx, { estateId, countyId });
  const { phoneIndex } = callerOf(ctx.kit.vault, body.phone, ctx.ip);
  const tried = await own.transact(async (tx) => {
    tx.auditNothing('a code tried: nothing of an office’s changes');
    return tryCode(tx, ctx.kit.vault, { phoneIndex, code: body.code });
  });
  if ('refusal' in tried) throw new Problem('owner.wrong-code', tried.refusal);
  const begun = await inCounty(ctx, countyId).transact(async (tx) => {
    tx.auditNothing('an owner’s own session: nothing of an office’s changes');
    await useCode(tx, tried.id);
    return beginPhoneSession(tx, ctx, { countyId, phone: body.phone, phoneIndex });
  });
  edgeOf(ctx).setOwner(begun);
  return inCounty(ctx, countyId).read((db) => presentMine(db, inCounty(ctx, countyId), begun.owner));
}

/** 业主退出; whoever is not signed in is out already. */
export async function signOutOwner(ctx: Ctx): Promise<{ done: true }> {
  const owner = await phoneOwnerOf(ctx).catch((error: unknown) => { if (error instanceof Problem) return null; throw error; });
  if (owner !== null) {
    await inCounty(ctx, owner.countyId).transact(async (tx) => {
      tx.auditNothing('an owner’s own session: nothing of an office’s changes');
      await endPhoneSession(tx, owner.sessionId);
    });
  }
  edgeOf(ctx).setOwner(null);
  return { done: true };
}
