import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/person-request.ts';
import { decide } from '#domain/kernel/rule.ts';
import { erasureProposed, requestAnswered } from '#domain/privacy/request-rules.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { notify, settle } from '#platform/notices/notify.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { chosenOf, lockRequest, type RequestRecord } from '../person/store.ts';
import { tellRequest } from '../request-fact.ts';
import { startSearch } from '../search-job.ts';
import { correctionsFor } from './look-at-person.ts';

const change = (tx: Tx, { id }: RequestRecord, set: Partial<Pick<RequestRecord, 'status' | 'ground' | 'proposedBy' | 'proposedByName' | 'proposedAt' | 'outcome' | 'decidedBy' | 'decidedByName' | 'decidedAt'>> & { chosen?: string; corrected?: string }) =>
  tx.db.updateTable('privacy.personRequest').set((eb) => ({ ...set, version: eb('version', '+', 1), updatedAt: tx.now })).where('id', '=', id).execute();

/** 认定本人的记录: of those found by name alone, a person says which are; what hangs on them is found next. */
export function choosePersonRecords(ctx: Ctx, { params, body }: Input<typeof route.putPersonChoice>): Promise<Output<typeof route.putPersonChoice>> {
  return ctx.transact(async (tx) => {
    const row = await lockRequest(tx.db, ctx, params.requestId);
    if (row.status !== 'open') throw new Problem('state.conflict', '这件请求已经提出删除或者办结');
    const before = chosenOf(row);
    await change(tx, row, { chosen: JSON.stringify(body.chosen) });
    // What hangs on a record that was taken for the person's is found only now.
    if (body.chosen.some((key) => !before.includes(key))) await startSearch(ctx, tx, row);
    tx.audit({ action: 'privacy.choose', subject: ['PersonRequest', row.id], before: null, after: { rows: body.chosen.length } });
    return { done: true };
  });
}

/** 提请批准删除: which records and on which ground of the law. Nothing is erased yet. */
export function proposeErasure(ctx: Ctx, { params, body }: Input<typeof route.putErasureProposal>): Promise<Output<typeof route.putErasureProposal>> {
  return ctx.transact(async (tx) => {
    const row = await lockRequest(tx.db, ctx, params.requestId);
    if (row.kind !== 'erasure') throw new Problem('state.conflict', '这不是删除请求');
    orRefuse(decide(erasureProposed.check({ state: row.status, records: body.chosen.length, isSearched: row.searchedAt !== null }), null));
    await change(tx, row, { status: 'proposed', chosen: JSON.stringify(body.chosen), ground: body.ground, proposedBy: ctx.actor.userId, proposedByName: ctx.actor.name, proposedAt: ctx.now });
    tx.audit({ action: 'privacy.propose', subject: ['PersonRequest', row.id], before: null, after: { rows: body.chosen.length, ground: body.ground } });
    await notify(tx, { kind: 'privacy.erasure', to: [{ orgUnitId: row.countyId, permission: 'privacy.approve' }], subject: ['PersonRequest', row.id], text: `有一件删除个人信息的请求等待批准，办理期限 ${row.dueOn}`, path: `/person-requests/${row.id}` });
    return { done: true };
  });
}

/** 答复 of a copy or a correction, or refusing any: with words, and in the person's own right to ask again. */
export function answerRequest(ctx: Ctx, { params, body }: Input<typeof route.putRequestAnswer>): Promise<Output<typeof route.putRequestAnswer>> {
  return ctx.transact(async (tx) => {
    const row = await lockRequest(tx.db, ctx, params.requestId);
    const corrected = row.kind === 'correction' ? await correctionsFor(ctx, row) : [];
    orRefuse(decide(requestAnswered.check({ state: row.status, kind: row.kind, isRefused: body.result === 'refused', isSearched: row.searchedAt !== null, corrections: corrected.length }), null));
    await change(tx, row, { corrected: JSON.stringify(corrected), status: body.result, outcome: body.outcome, decidedBy: ctx.actor.userId, decidedByName: ctx.actor.name, decidedAt: ctx.now });
    // Not the words: they may name whom it is about, and an entry is there for ever.
    tx.audit({ action: 'privacy.answer', subject: ['PersonRequest', row.id], before: { status: row.status }, after: { status: body.result } });
    await tellRequest(tx, ctx, 'privacy.request-answered', row);
    await settle(tx, { kind: 'privacy.erasure', subject: ['PersonRequest', row.id] });
    return { done: true };
  });
}
