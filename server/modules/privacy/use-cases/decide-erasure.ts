import type { Input, Output } from '#contract/define-route.ts';
import type { putErasureDecision as route } from '#contract/person-request.ts';
import { decide } from '#domain/kernel/rule.ts';
import { erasureByTwo } from '#domain/privacy/request-rules.ts';
import type { Ctx } from '#platform/context.ts';
import { confirmPassword } from '#platform/identity/confirm-password.ts';
import { settle } from '#platform/notices/notify.ts';
import { orRefuse } from '#platform/problem.ts';
import { eraseNow } from '../person/erase.ts';
import { clueOf } from '../person/find-person.ts';
import { findingsOf } from '../person/findings.ts';
import { chosenOf, clearRequest, getRequest, lockRequest, personOf } from '../person/store.ts';
import { widely } from '../person/wide.ts';
import { tellRequest } from '../request-fact.ts';
import { keepBook } from './erased-book.ts';

/** 批准或不批准删除, by another than who registered and proposed it. Approved, all of it goes in one transaction, the request's own name and numbers too. */
export async function decideErasure(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  const check = (row: Awaited<ReturnType<typeof lockRequest>>) => orRefuse(decide(erasureByTwo.check({ state: row.status, deciderId: ctx.actor.userId, others: [row.registeredBy, row.proposedBy] }), row));
  check(await ctx.read((db) => getRequest(db, ctx.scope, params.requestId)));
  await confirmPassword(ctx, body.password);
  const wide = await widely(ctx);
  await wide.transact(async (tx) => {
    // Locked as the approver may see it; what is erased lies under the whole county.
    const row = check(await lockRequest(tx.db, ctx, params.requestId));
    const decided = { status: body.result, outcome: body.outcome, decidedBy: ctx.actor.userId, decidedByName: ctx.actor.name, decidedAt: ctx.now };
    await tx.db.updateTable('privacy.personRequest').set((eb) => ({ ...decided, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', row.id).execute();
    const entry = { erasureId: row.id, countyId: row.countyId, at: ctx.now, ground: row.ground ?? 'other', proposedByName: row.proposedByName ?? '', approvedByName: ctx.actor.name };
    const clue = clueOf(ctx.kit.vault, row.countyId, ctx.today, personOf(ctx.kit.vault, row));
    const rows = body.result === 'refused' ? 0 : await eraseNow(tx, ctx.kit, { chosen: chosenOf(row), clue, entry, scanned: await findingsOf(tx.db, ctx.kit.vault, row), reapplied: false });
    if (body.result === 'done') await clearRequest(tx, ctx.kit.vault, { ...row, ...decided });
    tx.audit({ action: body.result === 'done' ? 'privacy.erase' : 'privacy.refuse-erasure', subject: ['PersonRequest', row.id], before: null, after: { rows }, countyId: row.countyId });
    await tellRequest(tx, ctx, 'privacy.request-answered', row);
    await settle(tx, { kind: 'privacy.erasure', subject: ['PersonRequest', row.id] });
  });
  // Done and certified already: where the book cannot be written now, the schedule tries again and its failure is listed under 运维.
  await keepBook(wide).catch(() => undefined);
  return { done: true };
}
