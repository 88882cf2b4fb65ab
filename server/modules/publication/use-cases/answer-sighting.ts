import type { Input, Output } from '#contract/define-route.ts';
import type { getPublication, putSightingAnswer } from '#contract/publication.ts';
import { mendingWords } from '#domain/publication/sighting.ts';
import { issuerOf } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { factsOf, mustAct, officeOf } from '../access.ts';
import { allSightings, presentPublication } from '../present.ts';
import { answersIn } from '../sightings.ts';
import { filesOf, lockRecord, recordStep } from '../store.ts';

/** 说明一项发现: why it may stand before the public; an identity number has no such reason. */
export function answerSighting(ctx: Ctx, { params, body }: Input<typeof putSightingAnswer>): Promise<Output<typeof getPublication>> {
  return ctx.transact(async (tx) => {
    const before = await lockRecord(tx.db, ctx, params.publicationId);
    const office = await officeOf(tx.db, ctx, await issuerOf(tx.db, ctx));
    mustAct('edit', factsOf(ctx, before, office, { sightings: [], isCurrent: true }));
    const seen = allSightings(before, await filesOf(tx.db, before.id)).find(({ key }) => key === body.key);
    if (seen === undefined) throw new Problem('input.invalid', '这项发现已经不在了，请刷新页面');
    const mending = mendingWords(seen.kind);
    if (mending !== null) throw new Problem('rule.violated', mending);
    const answers = [...answersIn(before.answers).filter(({ key }) => key !== body.key), { key: body.key, reason: body.reason, by: ctx.actor.name, byId: ctx.actor.userId, at: ctx.now }];
    const after = await tx.db.updateTable('publication.publication').set({ answers: JSON.stringify(answers), version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await recordStep(tx, ctx, after, { act: 'edit', opinion: `说明自动检查的发现（${seen.shown}）：${body.reason}`.slice(0, 500), before });
    return presentPublication(tx.db, ctx, after, office);
  });
}
