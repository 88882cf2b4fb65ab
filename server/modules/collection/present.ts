import type { Output } from '#contract/define-route.ts';
import { CollectionDraft, type getCollection, type getCollectionPart, type listCollectionParts, type listCollections } from '#contract/collection.ts';
import { overlaid } from '#domain/collection/check.ts';
import { fieldsFor, isPersonal } from '#domain/collection/fields.ts';
import { chaseOnceADay } from '#domain/collection/rules.ts';
import { collectionState, partState } from '#domain/collection/standing.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { historyOf } from '#platform/audit/history.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { answerAbility, collectionCan, holds } from './access.ts';
import { knowledgeOf } from './held.ts';
import { mergedPart, summariesOf } from './merged.ts';
import { rowsToAsk } from './rows-to-ask.ts';
import { answerHeadsOf, answersOf, openValues, type AnswerHead } from './store/answers.ts';
import { columnsOf, conditionOf, recipientIdsOf, tallyOf, type CollectionRecord } from './store/collections.ts';
import { headOf, linesOf, partHeadsOf, type PartHead, type PartRecord } from './store/parts.ts';

type Row = Output<typeof listCollections>['rows'][number];
type Detail = Output<typeof getCollection>;
type Part = Output<typeof listCollectionParts>['rows'][number];
type PartDetail = Output<typeof getCollectionPart>;

/** 采集任务, as listed: in a fixed number of queries. */
export async function presentCollections(db: Db, ctx: Ctx, rows: readonly CollectionRecord[]): Promise<Row[]> {
  const tallies = await tallyOf(db, rows.map(({ id }) => id), ctx.today);
  const people = await personNames(db, rows.map(({ holderId }) => holderId));
  return rows.map((row) => {
    const { parts, answered, overdue } = tallies.get(row.id) ?? { parts: 0, answered: 0, overdue: 0 };
    return {
      id: row.id, title: row.title, ground: row.ground, clause: row.clause, issuerName: row.issuerName, note: row.note, dueOn: row.dueOn, endsOn: row.endsOn, isByLink: row.isByLink, recipientKind: row.recipientKind, state: collectionState(row, ctx.today),
      partCount: parts, answeredCount: answered, overdueCount: overdue, createdBy: row.createdByName, holder: row.holderId === null ? row.createdByName : people(row.holderId), issuedAt: row.issuedAt, can: collectionCan(ctx, row), version: row.version,
    };
  });
}

/** 采集任务 with its parts, none of which is opened; of a draft, what the books know already of its bound columns. */
export async function presentCollection(db: Db, ctx: Ctx, row: CollectionRecord): Promise<Detail> {
  const [listed] = await presentCollections(db, ctx, [row]);
  if (listed === undefined) throw new Error('one row is presented as one');
  const columns = columnsOf(row);
  const heads = await partHeadsOf(db, ctx.scope, row.id);
  const summaries = await summariesOf(db, { scope: ctx.scope, vault: ctx.kit.vault }, columns, heads);
  const answers = Map.groupBy(await answerHeadsOf(db, heads.map(({ id }) => id)), ({ partId }) => partId);
  return {
    ...listed, ...conditionShown(row), rowUnit: row.rowUnit, recipientIds: row.status === 'draft' ? recipientIdsOf(row) : heads.map(({ recipientId }) => recipientId), columns: columns.map(plainColumn), closedReason: row.closedReason,
    ...(row.status === 'draft' && collectionCan(ctx, row).edit === true ? await toSend(db, ctx, row) : { known: [], sending: null }), parts: heads.map((head) => presentPartBrief(ctx, row, head, { answers: answers.get(head.id) ?? [], openConflicts: summaries.get(head.id)?.conflicts ?? 0 })), history: await historyOf(db, 'Collection', row.id, CollectionDraft),
  };
}

/** 栏目 as it travels. */
export const plainColumn = (column: ReturnType<typeof columnsOf>[number]) => ({ ...column, choices: [...column.choices] });

const conditionShown = (row: CollectionRecord): Pick<Detail, 'condition' | 'rowsOnly'> => {
  const kept = conditionOf(row);
  if (kept === null) return { condition: null, rowsOnly: null };
  const { words, ...condition } = kept;
  return { condition, rowsOnly: words };
};

/** What would be sent now, and what of it the books know already. */
async function toSend(db: Db, ctx: Ctx, row: CollectionRecord): Promise<Pick<Detail, 'known' | 'sending'>> {
  const { asked, without } = await rowsToAsk(db, ctx, row);
  const lines = asked.flatMap((one) => one.lines);
  const bound = new Set(columnsOf(row).map(({ field }) => field));
  return { known: knowledgeOf(row.recipientKind, row.rowUnit, lines).filter(({ field }) => bound.has(field)), sending: { parts: asked.length, rows: lines.length, without: without.map(({ name }) => name) } };
}

/** 一份填报: which way, by whom, when. */
export const presentAnswer = ({ id, source, byName, handedInAt, updatedAt, fileName }: AnswerHead) => ({ id, source, byName, at: handedInAt ?? updatedAt, fileName });

function presentPartBrief(ctx: Ctx, head: CollectionRecord, part: PartHead, { answers, openConflicts }: { readonly answers: readonly AnswerHead[]; readonly openConflicts: number }): Detail['parts'][number] {
  const can = collectionCan(ctx, head);
  const [tired] = chaseOnceADay.check({ name: part.recipientName, isAnswered: part.status === 'answered', chasedOn: part.chasedOn, today: ctx.today });
  return {
    id: part.id, recipientName: part.recipientName, state: partState(part, head.dueOn, ctx.today), rowCount: part.rowCount, answeredAt: part.answeredAt, returnedReason: part.returnedReason, chasedOn: part.chasedOn, openConflicts, answers: answers.map(presentAnswer),
    can: { sendBack: can.chase !== true ? can.chase : part.status === 'answered' || '还没有提交，不用退回', chase: can.chase !== true ? can.chase : tired?.message ?? true, link: can.chase !== true ? can.chase : head.isByLink || '这个任务不允许通过链接填报' }, version: part.version,
  };
}

/** 一份, as its recipient lists it. */
export function presentPart(ctx: Pick<Ctx, 'today'>, part: PartRecord, head: Pick<CollectionRecord, 'title' | 'issuerName' | 'dueOn' | 'endsOn' | 'status'>): Part {
  return { id: part.id, title: head.title, issuerName: head.issuerName, recipientName: part.recipientName, dueOn: head.dueOn, state: partState(part, head.dueOn, ctx.today), collectionState: collectionState(head, ctx.today), rowCount: linesOf(part).length, answeredAt: part.answeredAt };
}

/** 填报表: what stands in it now is the asker's own answer, else what was handed in, over what is held. */
export async function presentPartDetail(db: Db, ctx: Pick<Ctx, 'today' | 'actor' | 'scope' | 'kit'>, part: PartRecord, source: 'online' | 'link' = 'online'): Promise<PartDetail> {
  const head = await headOf(db, part);
  const columns = columnsOf(head);
  const rows = linesOf(part);
  const all = await answersOf(db, [part.id]);
  const own = all.find((one) => one.source === source);
  const held = openValues(ctx.kit.vault, part.heldCipher);
  const { cells, answers } = mergedPart(ctx.kit.vault, columns, part, all);
  const cellsOf = Map.groupBy(cells, ({ row }) => row);
  const merged = Object.fromEntries(rows.map(({ id }) => [id, Object.fromEntries((cellsOf.get(id) ?? []).map(({ column, state, value, base }) => [column, state === 'conflict' ? base : value]))]));
  const may = answerAbility(ctx, head);
  const isHandedIn = own?.status === 'handed-in';
  return {
    ...presentPart(ctx, part, head), ground: head.ground, clause: head.clause, note: head.note, rowsOnly: conditionOf(head)?.words ?? null, endsOn: head.endsOn, returnedReason: part.returnedReason, isHandedIn,
    columns: columns.map((column) => ({ ...plainColumn(column), isPersonal: isPersonal(column, fieldsFor(head.recipientKind, head.rowUnit)) })), rows, held: overlaid({ rows, columns }, {}, held), values: own === undefined ? merged : overlaid({ rows, columns }, held, openValues(ctx.kit.vault, own.valuesCipher)),
    answers: answers.map(presentAnswer), can: { answer: may !== true ? may : !isHandedIn || '已经提交；需要改的，请先收回', takeBack: may !== true ? may : isHandedIn || '还没有提交' }, version: part.version,
  };
}

/** Who may look at the differences from the books, and take answers over into them. */
export const updateAbility = (ctx: Ctx, subject: 'estate' | 'company' | 'place'): true | string =>
  !holds(ctx, 'registry.edit') ? '您的岗位只能查看' : subject === 'company' && ctx.scope.level === 'township' ? '由县住建局或企业本身修改' : true;

/** An id as the wire says it. */
export const answerId = (text: string) => makeId<'Answer'>(text);
