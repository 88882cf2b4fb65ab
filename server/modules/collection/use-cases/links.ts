import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/collection.ts';
import { linkPath } from '#contract/link.ts';
import { instant, makeId, type Id } from '#domain/kernel/brand.ts';
import { everything, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { makeLink, openLink, revokeLinks, useLink } from '#platform/identity/link.ts';
import { makeContext } from '#platform/make-context.ts';
import { Problem } from '#platform/problem.ts';
import { collectionCan, mustBeAble } from '../access.ts';
import { fillPart, takeBackPart } from '../answer.ts';
import { presentPartDetail } from '../present.ts';
import { getCollectionRecord, type CollectionRecord } from '../store/collections.ts';
import { getPart, headOf, lockPart, type PartRecord } from '../store/parts.ts';

type Answer = Output<typeof route.openCollectionLink>;
const PURPOSE = 'collection-answer';

/** 生成填报链接 for one part, good until the task ends by itself; earlier ones go on, until they are revoked. */
export function makePartLink(ctx: Ctx, { params }: Input<typeof route.postCollectionLink>): Promise<Output<typeof route.postCollectionLink>> {
  return ctx.transact(async (tx) => {
    const { head, part } = await sent(tx.db, ctx, params);
    mustBeAble(collectionCan(ctx, head).chase);
    if (!head.isByLink) throw new Problem('state.conflict', '这个任务不允许通过链接填报');
    // The end of the last day here (UTC+8) is sixteen o'clock of it in UTC.
    const { token } = await makeLink(tx, { purpose: PURPOSE, subject: ['Part', part.id], validUntil: instant(`${head.endsOn}T16:00:00.000Z`), uses: 'many', now: ctx.now, madeBy: ctx.actor.userId });
    tx.audit({ action: 'collection.link', subject: ['Collection', head.id], before: null, after: { recipient: part.recipientName, validTo: head.endsOn }, countyId: head.countyId, townshipId: head.townshipId });
    return { path: linkPath(PURPOSE, token), validTo: head.endsOn };
  });
}

/** 撤销填报链接 of one part, all of them. */
export function revokePartLinks(ctx: Ctx, { params }: Input<typeof route.revokeCollectionLinks>): Promise<Output<typeof route.revokeCollectionLinks>> {
  return ctx.transact(async (tx) => {
    const { head, part } = await sent(tx.db, ctx, params);
    mustBeAble(collectionCan(ctx, head).decide);
    const revoked = await revokeLinks(tx, { purpose: PURPOSE, subject: ['Part', part.id] }, { now: ctx.now, reason: '下发单位撤销' });
    tx.audit({ action: 'collection.revoke-links', subject: ['Collection', head.id], before: null, after: { recipient: part.recipientName, revoked }, countyId: head.countyId, townshipId: head.townshipId });
    return { revoked };
  });
}

async function sent(db: Parameters<typeof getPart>[0], { scope }: Ctx, { collectionId, partId }: { readonly collectionId: Id<'Collection'>; readonly partId: Id<'Part'> }): Promise<{ head: CollectionRecord; part: PartRecord }> {
  const head = await getCollectionRecord(db, scope, collectionId);
  const part = await getPart(db, scope, partId);
  if (part.collectionId !== head.id) throw new Problem('not-found', '这份表不属于这个采集任务');
  return { head, part };
}

/** 打开填报链接. Who else filled it in is not told to somebody of whom we only know that he has the link. */
export async function openPartLink(ctx: Ctx, { body }: Input<typeof route.openCollectionLink>): Promise<Answer> {
  const own = await recipientOf(ctx, body.token, '持链接者');
  return own.ctx.read(async (db) => shown(await presentPartDetail(db, own.ctx, await getPart(db, own.ctx.scope, own.partId), 'link')));
}

/** 通过链接填报: saved, handed in or taken back, under the scope of the recipient alone. */
export async function answerLink(ctx: Ctx, { body }: Input<typeof route.answerCollectionLink>): Promise<Answer> {
  const own = await recipientOf(ctx, body.token, `${body.byName}（链接填报）`);
  return own.ctx.transact(async (tx) => {
    await useLink(tx, { purpose: PURPOSE, token: body.token, now: ctx.now });
    const part = await lockPart(tx.db, { scope: own.ctx.scope, ifMatch: body.version }, own.partId);
    const filling = { part, head: await headOf(tx.db, part) };
    const filler = { source: 'link', userId: null, name: body.byName } as const;
    const after = body.act === 'take-back' ? await takeBackPart(tx, own.ctx, filling, filler) : await fillPart(tx, own.ctx, filling, filler, { values: body.values, isUnchanged: body.isUnchanged, isHandedIn: body.act === 'hand-in' });
    return shown(await presentPartDetail(tx.db, own.ctx, after, 'link'));
  });
}

const shown = (detail: Answer): Answer => ({ ...detail, answers: [] });

/** The context of whoever holds the link: nobody's account, and exactly the recipient's scope. @throws Problem link.unknown, link.over */
async function recipientOf(ctx: Ctx, token: string, name: string): Promise<{ ctx: Ctx; partId: Id<'Part'> }> {
  const { part, head } = await ctx.kit.database.read(everything, async (db) => {
    const { subject: [kind, id] } = await openLink(db, { purpose: PURPOSE, token, now: ctx.now });
    if (kind !== 'Part') throw new Problem('link.unknown', '这个链接无效，请向发链接给您的人核对');
    const found = await getPart(db, everything, makeId<'Part'>(id));
    return { part: found, head: await headOf(db, found) };
  });
  if (!head.isByLink) throw new Problem('link.over', '这个任务不再允许通过链接填报，请与下发单位联系');
  const level: Scope['level'] = head.recipientKind;
  const scope: Scope = { level, id: part.recipientId, countyId: part.countyId };
  return { partId: part.id, ctx: makeContext(ctx.kit, { actor: { userId: null, name, grantId: null, role: null, sessionId: null }, scope, requestId: ctx.requestId, ip: ctx.ip }) };
}
