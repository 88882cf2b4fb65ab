import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/collection.ts';
import { chaseOnceADay, groundStated, linkWithoutPersonal, periodFits } from '#domain/collection/rules.ts';
import { fieldsFor } from '#domain/collection/fields.ts';
import type { Values } from '#domain/collection/column.ts';
import { NOTHING_SAID } from '#domain/collection/summary.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { revokeLinksOf } from '#platform/identity/link.ts';
import { notifyEach } from '#platform/notices/notify-each.ts';
import { Problem } from '#platform/problem.ts';
import { collectionCan, mustBeAble, mustObey } from '../access.ts';
import { heldOf, withLastTime } from '../held.ts';
import { loadMerged } from '../merged.ts';
import { tellParts } from '../part-facts.ts';
import { presentCollection } from '../present.ts';
import { rowsToAsk } from '../rows-to-ask.ts';
import { sealValues } from '../store/answers.ts';
import { columnsOf, getCollectionRecord, lockCollection, visibleCollections, type CollectionRecord } from '../store/collections.ts';
import { partHeadsOf, type PartHead, type PartRecord } from '../store/parts.ts';

type Answer = Output<typeof route.getCollection>;
const MOST_ROWS = 5_000;

/** 下发: a part for every recipient that has something to be asked about, prefilled with what is held, and told. */
export function issueCollection(ctx: Ctx, { params }: Input<typeof route.issueCollection>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const draft = await lockCollection(tx.db, ctx, params.collectionId);
    mustBeAble(collectionCan(ctx, draft).issue);
    const columns = columnsOf(draft);
    mustObey([
      ...groundStated.check({ ground: draft.ground, issuer: draft.issuerName }), ...periodFits.check({ today: ctx.today, dueOn: draft.dueOn, endsOn: draft.endsOn }),
      ...linkWithoutPersonal.check({ isByLink: draft.isByLink, columns, fields: fieldsFor(draft.recipientKind, draft.rowUnit) }),
    ]);
    const { asked } = await rowsToAsk(tx.db, ctx, draft);
    const rowCount = asked.reduce((sum, { lines }) => sum + lines.length, 0);
    if (asked.length === 0) throw new Problem('state.conflict', '所选的对象都没有可填的行（例如没有小区），请改选对象、放宽“只列哪些小区”的条件，或改为每个单位一行');
    if (rowCount > MOST_ROWS) throw new Problem('state.conflict', `一共要填 ${rowCount} 行，超过 ${MOST_ROWS} 行，请分几次下发`);
    const last = await lastTime(tx, ctx, draft);
    const parts = await tx.db.insertInto('collection.part').values(asked.map(({ recipient, lines }) => ({
      id: newId<'Part'>(), countyId: draft.countyId, townshipId: recipient.townshipId, neighbourhoodId: recipient.neighbourhoodId, companyId: recipient.companyId, collectionId: draft.id, recipientId: recipient.id, recipientName: recipient.name,
      rows: JSON.stringify(lines.map(({ id, title, sinceOn }) => ({ id, title, sinceOn }))), heldCipher: sealValues(ctx.kit.vault, withLastTime(heldOf(columns, lines), last, columns)), choosings: '{}', summary: JSON.stringify(NOTHING_SAID), createdAt: ctx.now, updatedAt: ctx.now,
    }))).returningAll().execute();
    const row = await tx.db.updateTable('collection.collection').set((eb) => ({ status: 'issued', issuedAt: ctx.now, updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', draft.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'collection.issue', subject: ['Collection', row.id], before: { status: draft.status }, after: { status: row.status, parts: parts.length, rows: rowCount }, countyId: row.countyId, townshipId: row.townshipId });
    await tellParts(tx, ctx, { head: row, parts, event: 'collection.part-sent', areNew: true });
    await tellRecipients(tx, parts, 'collection.waiting', `${row.issuerName}下发了采集任务“${row.title}”，请于${dateText(row.dueOn)}前填报`);
    return presentCollection(tx.db, ctx, row);
  });
}

/** What was answered last time, row by row; nothing where this is no second time, or last time's is no longer seen. */
async function lastTime(tx: Tx, ctx: Ctx, { copiedFromId }: CollectionRecord): Promise<Values> {
  const last = copiedFromId === null ? undefined : await visibleCollections(tx.db, ctx.scope).selectAll('k').where('k.id', '=', copiedFromId).executeTakeFirst();
  if (last === undefined) return {};
  const { parts } = await loadMerged(tx.db, { scope: ctx.scope, vault: ctx.kit.vault }, last);
  return Object.fromEntries(parts.flatMap(({ cells }) => [...Map.groupBy(cells, ({ row }) => row)].map(([row, own]) => [row, Object.fromEntries(own.filter(({ state }) => state !== 'conflict').map(({ column, value }) => [column, value]))])));
}

/** Tells everyone at these recipients who may fill it in, all with the same words. */
export const tellRecipients = (tx: Tx, parts: readonly Pick<PartRecord, 'id' | 'recipientId'>[], kind: 'collection.waiting' | 'collection.chased' | 'collection.returned' | 'collection.withdrawn', text: string): Promise<void> =>
  notifyEach(tx, { kind, permission: 'collection.answer', each: parts.map(({ id, recipientId }) => ({ orgUnitId: recipientId, subject: ['Part', id], text, path: `/collection-parts/${id}` })) });

/** 撤回, with its reason; whoever has it is told, and links end. A draft is simply laid aside. */
export function withdrawCollection(ctx: Ctx, { params, body }: Input<typeof route.withdrawCollection>): Promise<Answer> {
  return end(ctx, params.collectionId, 'withdraw', { status: 'withdrawn', closedReason: body.reason }, body.reason);
}

/** 结束: nobody can answer any more; what came in stays. */
export function closeCollection(ctx: Ctx, { params }: Input<typeof route.closeCollection>): Promise<Answer> {
  return end(ctx, params.collectionId, 'close', { status: 'closed' }, undefined);
}

function end(ctx: Ctx, id: CollectionRecord['id'], act: 'withdraw' | 'close', set: { status: 'withdrawn' | 'closed'; closedReason?: string }, reason: string | undefined): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockCollection(tx.db, ctx, id);
    mustBeAble(collectionCan(ctx, before)[act]);
    const after = await tx.db.updateTable('collection.collection').set((eb) => ({ ...set, updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: `collection.${act}`, subject: ['Collection', after.id], before: { status: before.status }, after: { status: after.status }, reason, countyId: after.countyId, townshipId: after.townshipId });
    const parts = await partHeadsOf(tx.db, ctx.scope, after.id);
    await tellParts(tx, ctx, { head: after, parts: parts.filter(({ status }) => status !== 'answered'), event: 'collection.part-over' });
    await revokeLinksOf(tx, { purpose: 'collection-answer', kind: 'Part', ids: parts.map((part) => part.id) }, { now: ctx.now, reason: act === 'withdraw' ? '采集任务已撤回' : '采集任务已结束' });
    if (act === 'withdraw') await tellRecipients(tx, parts, 'collection.withdrawn', `采集任务“${after.title}”已撤回，不用再填`);
    return presentCollection(tx.db, ctx, after);
  });
}

/** 催办 of who has not answered, once a day each; `partIds` null is everybody who may be reminded today. @throws Problem rule.violated when one named may not be */
export function chaseCollection(ctx: Ctx, { params, body }: Input<typeof route.chaseCollection>): Promise<Output<typeof route.chaseCollection>> {
  return ctx.transact(async (tx) => {
    const row = await getCollectionRecord(tx.db, ctx.scope, params.collectionId);
    mustBeAble(collectionCan(ctx, row).chase);
    const parts = await partHeadsOf(tx.db, ctx.scope, row.id);
    const named = body.partIds === null ? null : new Set(body.partIds);
    const faultsOf = (part: PartHead) => chaseOnceADay.check({ name: part.recipientName, isAnswered: part.status === 'answered', chasedOn: part.chasedOn, today: ctx.today });
    const wanted = parts.filter(({ id }) => named === null || named.has(id));
    if (named !== null) mustObey(wanted.flatMap(faultsOf));
    const chased = wanted.filter((part) => faultsOf(part).length === 0);
    if (chased.length > 0) await tx.db.updateTable('collection.part').set({ chasedOn: ctx.today }).where(sql<boolean>`id = any(${chased.map(({ id }) => id)}::uuid[])`).execute();
    await tellRecipients(tx, chased, 'collection.chased', `请填报采集任务“${row.title}”，${ctx.today > row.dueOn ? '已过截止日期' : '截止'}${dateText(row.dueOn)}`);
    tx.audit({ action: 'collection.chase', subject: ['Collection', row.id], before: null, after: { recipients: chased.map(({ recipientName }) => recipientName).join('、') }, countyId: row.countyId, townshipId: row.townshipId });
    return { chased: chased.map(({ recipientName }) => recipientName) };
  });
}
