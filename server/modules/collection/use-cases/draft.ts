import type { Input, Output } from '#contract/define-route.ts';
import { choicesOfField, type copyCollection as copyRoute, type getCollection, type postCollection, type putCollection } from '#contract/collection.ts';
import { conditionWords } from '#domain/collection/attribute.ts';
import { fieldsFor } from '#domain/collection/fields.ts';
import { groundStated, linkWithoutPersonal, periodFits } from '#domain/collection/rules.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem, type FieldError } from '#platform/problem.ts';
import { collectionCan, mustBeAble, mustObey, ownerOf } from '../access.ts';
import { recipientsOf } from '../held.ts';
import { presentCollection } from '../present.ts';
import { columnsOf, conditionOf, conditionsOf, getCollectionRecord, lockCollection, recipientIdsOf } from '../store/collections.ts';
import { partHeadsOf } from '../store/parts.ts';

type Answer = Output<typeof getCollection>;
type Draft = Input<typeof postCollection>['body'];

/** 拟采集任务. Nothing is sent yet. */
export function draftCollection(ctx: Ctx, { body }: Input<typeof postCollection>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const owner = ownerOf(ctx);
    checkDraft(body, ctx);
    await mustKnowRecipients(ctx, tx.db, body);
    const condition = await conditionKept(tx.db, body);
    const row = await tx.db.insertInto('collection.collection').values({ id: newId<'Collection'>(), ...owner, ...stored(body), condition: condition === null ? null : JSON.stringify(condition), createdBy: ctx.actor.userId, createdByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'collection.draft', subject: ['Collection', row.id], before: null, after: told({ ...body, condition }), ...owner });
    return presentCollection(tx.db, ctx, row);
  });
}

/** 修改草稿. */
export function editCollection(ctx: Ctx, { params, body }: Input<typeof putCollection>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockCollection(tx.db, ctx, params.collectionId);
    mustBeAble(collectionCan(ctx, before).edit);
    checkDraft(body, ctx);
    await mustKnowRecipients(ctx, tx.db, body);
    const condition = await conditionKept(tx.db, body);
    const after = await tx.db.updateTable('collection.collection').set((eb) => ({ ...stored(body), condition: condition === null ? null : JSON.stringify(condition), updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'collection.edit', subject: ['Collection', after.id], before: told({ ...before, columns: columnsOf(before), recipientIds: recipientIdsOf(before), condition: conditionOf(before) }), after: told({ ...body, condition }), countyId: after.countyId, townshipId: after.townshipId });
    return presentCollection(tx.db, ctx, after);
  });
}

const A_WEEK = 7;

/** 再发一次: last time's task as a new draft; due in a week, and last time's answers stand in it when it is sent. */
export function copyCollection(ctx: Ctx, { params }: Input<typeof copyRoute>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const owner = ownerOf(ctx);
    const last = await getCollectionRecord(tx.db, ctx.scope, params.collectionId);
    mustBeAble(collectionCan(ctx, last).copy);
    const known = new Set((await recipientsOf(tx.db, ctx, last.recipientKind)).map(({ id }) => id));
    const sentTo = last.status === 'draft' ? recipientIdsOf(last) : (await partHeadsOf(tx.db, ctx.scope, last.id)).map(({ recipientId }) => recipientId);
    const row = await tx.db.insertInto('collection.collection').values({
      id: newId<'Collection'>(), ...owner, title: last.title, ground: last.ground, clause: last.clause, issuerName: last.issuerName, note: last.note, dueOn: addDays(ctx.today, A_WEEK), endsOn: addDays(ctx.today, 2 * A_WEEK), recipientKind: last.recipientKind, recipientIds: JSON.stringify(sentTo.filter((id) => known.has(id))),
      rowUnit: last.rowUnit, columns: JSON.stringify(columnsOf(last)), isByLink: last.isByLink, condition: last.condition === null ? null : JSON.stringify(conditionOf(last)), copiedFromId: last.id, createdBy: ctx.actor.userId, createdByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now,
    }).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'collection.copy', subject: ['Collection', row.id], before: null, after: { title: row.title, copiedFrom: last.id }, ...owner });
    return presentCollection(tx.db, ctx, row);
  });
}

/** 只列哪些小区 as it is kept, with its words of this day. @throws Problem input.invalid */
async function conditionKept(db: Db, { condition, rowUnit }: Draft): Promise<ReturnType<typeof conditionOf>> {
  if (condition === null) return null;
  const { townshipId } = condition;
  const township = townshipId === null ? null : await db.selectFrom('platform.orgUnit').select('name').where('id', '=', townshipId).where('kind', '=', 'township').where('archivedAt', 'is', null).executeTakeFirst();
  const refuse = (message: string) => new Problem('input.invalid', message, { errors: [{ pointer: '/condition', message }] });
  if (township === undefined) throw refuse('条件里的乡镇街道已撤销或不在管辖范围内，请重新选择');
  const words = conditionWords(conditionsOf(condition), township?.name ?? null);
  if (words === null) return null;
  if (rowUnit === 'recipient') throw refuse('每个单位一行的任务不分小区，不能只列一部分小区；请改为每个小区一行，或去掉这个条件');
  return { ...condition, words };
}

const stored = ({ columns, recipientIds, condition: _condition, ...plain }: Draft) => ({ ...plain, columns: JSON.stringify(columns), recipientIds: JSON.stringify([...new Set(recipientIds)]) });
const told = ({ title, ground, clause, issuerName, note, dueOn, endsOn, columns, recipientIds, isByLink, condition }: Pick<Draft, 'title' | 'ground' | 'clause' | 'issuerName' | 'note' | 'dueOn' | 'endsOn' | 'isByLink'> & { readonly columns: readonly { readonly title: string }[]; readonly recipientIds: readonly string[]; readonly condition: { readonly words: string } | null }) =>
  ({ title, ground, clause, issuerName, note, dueOn, endsOn, isByLink, columnTitles: columns.map((column) => column.title).join('、'), recipients: recipientIds.length, condition: condition?.words ?? null });

/** @throws Problem input.invalid for columns that cannot be asked, rule.violated */
function checkDraft(body: Draft, { today }: Pick<Ctx, 'today'>): void {
  const fields = fieldsFor(body.recipientKind, body.rowUnit);
  const errors = body.columns.flatMap((column, at): FieldError[] => {
    const refuse = (message: string) => [{ pointer: `/columns/${at}`, message: `“${column.title}”${message}` }];
    const bound = fields.find(({ id }) => id === column.field);
    if (body.columns.findIndex(({ title }) => title === column.title) < at) return refuse('这一栏重复了，请改名或删去一个');
    if (body.columns.findIndex(({ key }) => key === column.key) < at) return refuse('的编号重复，请删去后重新添加');
    if (column.field !== null && (bound === undefined || bound.kind !== column.kind)) return refuse('不能对应到台账的这一项，请重新选择');
    const listed = column.field === null ? undefined : choicesOfField[column.field];
    if (listed !== undefined && listed.join() !== column.choices.join()) return refuse('的选项应与台账一致，请重新选择这一项');
    if (column.kind === 'choice' && new Set(column.choices).size < Math.max(2, column.choices.length)) return refuse('是选项，请写至少两个不同的选项');
    return [];
  });
  if (errors.length > 0) throw new Problem('input.invalid', errors.map(({ message }) => message).join('；'), { errors });
  mustObey([...groundStated.check({ ground: body.ground, issuer: body.issuerName }), ...periodFits.check({ today, dueOn: body.dueOn, endsOn: body.endsOn }), ...linkWithoutPersonal.check({ isByLink: body.isByLink, columns: body.columns, fields })]);
}

async function mustKnowRecipients(ctx: Ctx, db: Parameters<typeof recipientsOf>[0], { recipientKind, recipientIds }: Draft): Promise<void> {
  if (ctx.scope.level === 'township' && recipientKind === 'township') throw new Problem('access.denied', '乡镇街道只能向辖区的社区和企业下发');
  const known = new Set((await recipientsOf(db, ctx, recipientKind)).map(({ id }) => id));
  if (recipientIds.some((id) => !known.has(id))) throw new Problem('input.invalid', '所选的对象有的已撤销或不在管辖范围内，请重新选择', { errors: [{ pointer: '/recipientIds', message: '请重新选择对象' }] });
}
