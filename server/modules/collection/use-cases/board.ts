import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type * as route from '#contract/collection.ts';
import { writeCellText } from '#domain/collection/cell-text.ts';
import type { CellContent, Column } from '#domain/collection/column.ts';
import { answerSources, type Choosing, type Choosings, type MergedCell } from '#domain/collection/merge.ts';
import { isChanged, totalled, type PartSummary } from '#domain/collection/summary.ts';
import { areaCm2, isLocalDate, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { area, column, count, day, exportList, money, text } from '#platform/workbook/export-list.ts';
import type { ExportCell } from '#platform/workbook/write.ts';
import { collectionCan, mustBeAble } from '../access.ts';
import { touchPart } from '../answer.ts';
import { loadMerged, mergedPart, mergeThese, summariesOf, type MergedPart } from '../merged.ts';
import { answerId, plainColumn, presentAnswer, presentCollection } from '../present.ts';
import { answersOf } from '../store/answers.ts';
import { columnsOf, getCollectionRecord } from '../store/collections.ts';
import { choosingsOf, lockPart, partHeadsOf, partsAmong, type PartHead } from '../store/parts.ts';
import { tellRecipients } from './send-down.ts';

type Board = Output<typeof route.getCollectionBoard>;

interface PageOf { readonly show: 'changed' | 'conflict' | 'all'; readonly after?: string | undefined; readonly limit: number }

/** 合并表, part by part: what is new, what is open, or every row, with where each content came from; sums over what was handed in. Only the parts of the page are opened. */
export function getBoard(ctx: Ctx, { params, query }: Input<typeof route.getCollectionBoard>): Promise<Board> {
  return ctx.read(async (db) => {
    const collection = await getCollectionRecord(db, ctx.scope, params.collectionId);
    const columns = columnsOf(collection);
    const eyes = { scope: ctx.scope, vault: ctx.kit.vault };
    const heads = await partHeadsOf(db, ctx.scope, collection.id);
    const summaries = await summariesOf(db, eyes, columns, heads);
    const sum = (of: (summary: PartSummary) => number) => [...summaries.values()].reduce((total, summary) => total + of(summary), 0);
    const { ids, next } = pageOfParts(heads, summaries, query);
    const shown = await mergeThese(db, eyes, columns, await partsAmong(db, ctx.scope, ids));
    return {
      columns: columns.map(plainColumn), answers: shown.flatMap(({ answers }) => answers.map(presentAnswer)), totals: [...totalled(columns, [...summaries.values()])], openConflicts: sum(({ conflicts }) => conflicts), changedRows: sum(({ changedRows }) => changedRows),
      rowCount: heads.reduce((total, { rowCount }) => total + rowCount, 0), next, lines: shown.flatMap((one) => linesOfPart(one, query.show)),
    };
  });
}

/** The parts of one page: as many as fit in so many rows, and at least one; `next` is the last of them where more follow. */
function pageOfParts(heads: readonly PartHead[], summaries: ReadonlyMap<Id<'Part'>, PartSummary>, { show, after, limit }: PageOf): { ids: Id<'Part'>[]; next: Id<'Part'> | null } {
  const sizeOf = ({ id, rowCount }: PartHead): number => (show === 'all' ? rowCount : (show === 'conflict' ? summaries.get(id)?.conflicts : summaries.get(id)?.changedRows) ?? 0);
  const left = heads.filter((head) => sizeOf(head) > 0 && (after === undefined || head.id > after));
  const ids: Id<'Part'>[] = [];
  let size = 0;
  for (const head of left) {
    if (ids.length > 0 && size + sizeOf(head) > limit) break;
    ids.push(head.id);
    size += sizeOf(head);
  }
  return { ids, next: ids.length < left.length ? ids.at(-1) ?? null : null };
}

function linesOfPart(one: MergedPart, show: PageOf['show']): Board['lines'] {
  const cells = Map.groupBy(one.cells, ({ row }) => row);
  return one.lines.flatMap(({ id, title }) => {
    const own = cells.get(id) ?? [];
    if (show === 'conflict' ? !own.some(({ state }) => state === 'conflict') : show === 'changed' && !isChanged(own)) return [];
    return [{
      partId: one.part.id, recipientName: one.part.recipientName, isAnswered: one.answers.length > 0, partVersion: one.part.version, row: id, title,
      cells: own.map(({ column: key, state, value, base, claims }) => ({ column: key, state, value, base, claims: claims.map((claim) => ({ answerId: answerId(claim.answerId), value: claim.value })) })),
    }];
  });
}

/** 导出合并表, with the source of each row; an open conflict says so instead of a content. */
export function exportBoard(ctx: Ctx, { params }: Input<typeof route.exportCollectionBoard>): Promise<Download> {
  return ctx.read(async (db) => getCollectionRecord(db, ctx.scope, params.collectionId)).then((collection) => {
    const columns = columnsOf(collection);
    interface Row { readonly recipient: string; readonly title: string; readonly cells: ReadonlyMap<string, MergedCell>; readonly by: string }
    return exportList<Row>(ctx, {
      title: `${collection.title}_合并表`, kind: 'collection-board', on: ctx.today, query: { collectionId: collection.id },
      columns: [
        column('对象', 'text', (row) => text(row.recipient)), column('名称', 'text', (row) => text(row.title)),
        ...columns.map((one) => column<Row>(one.title, asOf(one), (row) => cellOf(one, row.cells.get(one.key)))), column('填报', 'text', (row) => text(row.by)),
      ],
      rows: async (tx) => (await loadMerged(tx, { scope: ctx.scope, vault: ctx.kit.vault }, collection)).parts.flatMap(({ part, lines, answers, cells }) => {
        const by = answers.length === 0 ? '未提交（为台账所载）' : answers.map(({ source, byName, fileName }) => `${answerSources[source]}：${fileName ?? byName}`).join('；');
        const rows = Map.groupBy(cells, ({ row }) => row);
        return lines.map(({ id, title }): Row => ({ recipient: part.recipientName, title, by, cells: new Map((rows.get(id) ?? []).map((cell) => [cell.column, cell])) }));
      }),
    });
  });
}

const asOf = ({ kind }: Column) => (kind === 'whole' ? 'count' : kind === 'area' || kind === 'money' || kind === 'date' ? kind : 'text');

function cellOf(asked: Column, cell: MergedCell | undefined): ExportCell {
  if (cell === undefined) return null;
  if (cell.state === 'conflict') return text(`不一致：${cell.claims.map(({ value }) => writeCellText(asked, value) || '空').join(' / ')}`);
  return exported(asked, cell.value);
}

function exported(asked: Column, value: CellContent): ExportCell {
  if (value === null) return null;
  if (typeof value === 'number') return asked.kind === 'area' ? area(areaCm2(value)) : asked.kind === 'money' ? money(value) : count(value);
  return typeof value === 'string' && asked.kind === 'date' && isLocalDate(value) ? day(value) : text(writeCellText(asked, value));
}

/** 取舍: which answer counts, cell by cell or in all that are open; a later answer that says otherwise opens them again. */
export function decide(ctx: Ctx, { params, body }: Input<typeof route.decideCollection>): Promise<Output<typeof route.decideCollection>> {
  return ctx.transact(async (tx) => {
    const head = await getCollectionRecord(tx.db, ctx.scope, params.collectionId);
    mustBeAble(collectionCan(ctx, head).decide);
    const part = await lockPart(tx.db, ctx, params.partId);
    if (part.collectionId !== head.id) throw new Problem('not-found', '这份表不属于这个采集任务');
    const { answers, cells } = mergedPart(ctx.kit.vault, columnsOf(head), part, await answersOf(tx.db, [part.id]));
    const named = body.cells === null ? null : new Set(body.cells.map(({ row, column: key }) => `${row}/${key}`));
    const able = cells.filter(({ state, claims }) => (state === 'conflict' || (state === 'decided' && named !== null)) && claims.some((claim) => claim.answerId === body.answerId));
    const chosen = able.filter(({ row, column: key }) => named === null || named.has(`${row}/${key}`));
    if (chosen.length === 0 || (named !== null && chosen.length < named.size)) throw new Problem('state.conflict', '这些格现在没有不一致，或所选的那一份没有填，请刷新后再取舍');
    const at = answers.map(({ handedInAt }) => handedInAt ?? '').toSorted().at(-1) ?? ctx.now;
    await touchPart(tx, ctx, { part, head }, { choosings: JSON.stringify(withChoices(choosingsOf(part), chosen, { answerId: body.answerId, at })) });
    tx.audit({ action: 'collection.decide', subject: ['Collection', head.id], before: null, after: { recipient: part.recipientName, cells: chosen.length, answer: body.answerId }, countyId: head.countyId, townshipId: head.townshipId });
    return { done: true as const };
  });
}

function withChoices(before: Choosings, cells: readonly MergedCell[], choosing: Choosing): Choosings {
  const after: Record<string, Record<string, Choosing>> = Object.fromEntries(Object.entries(before).map(([row, line]) => [row, { ...line }]));
  for (const { row, column: key } of cells) after[row] = { ...after[row], [key]: choosing };
  return after;
}

/** 退回重填 with its reason: what was handed in opens again, returned workbooks count no more. */
export function sendBack(ctx: Ctx, { params, body }: Input<typeof route.sendBackPart>): Promise<Output<typeof route.getCollection>> {
  return ctx.transact(async (tx) => {
    const head = await getCollectionRecord(tx.db, ctx.scope, params.collectionId);
    mustBeAble(collectionCan(ctx, head).chase);
    const part = await lockPart(tx.db, ctx, params.partId);
    if (part.collectionId !== head.id) throw new Problem('not-found', '这份表不属于这个采集任务');
    if (part.status !== 'answered') throw new Problem('state.conflict', '还没有提交，不用退回');
    await tx.db.updateTable('collection.answer').set({ status: 'returned', handedInAt: null, updatedAt: ctx.now }).where('partId', '=', part.id).where('source', '=', 'workbook').execute();
    await tx.db.updateTable('collection.answer').set({ status: 'saved', handedInAt: null, updatedAt: ctx.now }).where('partId', '=', part.id).where('source', '<>', 'workbook').execute();
    await touchPart(tx, ctx, { part, head }, { status: 'returned', answeredAt: null, returnedReason: body.reason, choosings: '{}' });
    tx.audit({ action: 'collection.send-back', subject: ['Collection', head.id], before: null, after: { recipient: part.recipientName }, reason: body.reason, countyId: head.countyId, townshipId: head.townshipId });
    await tellRecipients(tx, [part], 'collection.returned', `采集任务“${head.title}”被退回重填，请打开查看原因`);
    return presentCollection(tx.db, ctx, head);
  });
}
