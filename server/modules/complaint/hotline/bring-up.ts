import { sql } from 'kysely';
import { decideAct, isOpen, type ActName } from '#domain/complaint/lifecycle.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { orderColumns } from '#domain/ledger/orders/columns.ts';
import { momentText, type Moment } from '#domain/ledger/orders/read-order.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { circumstancesOf, circumstancesOfAll, factsOf } from '../facts.ts';
import type { Office } from '../office.ts';
import { recordSteps } from '../record.ts';
import type { ComplaintRecord } from '../store.ts';
import { keepRestated } from '../time.ts';
import { actIn, type Doing } from '../use-cases/perform.ts';
import type { KnownOrder } from './books.ts';
import { changesFrom, extensionSaid, isRedo } from './judge.ts';
import { changeOrder, changeOrders, sendBackUntil, type OrderColumns } from './order.ts';
import { cellsOf, json, type Texts } from './row-json.ts';
import type { OrderRowRecord } from './rows.ts';
import type { Taken, Work } from './take-order.ts';
import { columnsOf, momentIn } from './told.ts';

const HOTLINE = '12345热线';
/** 一行 of an order that is known. */
export interface Update { readonly row: OrderRowRecord; readonly texts: Texts; readonly known: KnownOrder }

/** 更新已有的工单: what the file says anew, and the acts that follow from it. */
export async function updateAll(tx: Tx, ctx: Ctx, work: Work, updates: readonly Update[]): Promise<Taken[]> {
  if (updates.length === 0) return [];
  const ids = updates.map(({ known }) => known.complaintId);
  const files = new Map((await tx.db.selectFrom('complaint.complaint').selectAll().where(sql<boolean>`id = any(${ids}::uuid[])`).orderBy('id').forUpdate().execute()).map((file) => [file.id, file]));
  const settled = await restateAll(tx, ctx, work, updates, files);
  const [taken, changed]: [Taken[], { id: Id<'Complaint'>; columns: OrderColumns }[]] = [[], []];
  for (const update of updates) {
    const { row, texts, known } = update;
    const file = files.get(known.complaintId);
    const changes = changesFrom(known, texts);
    if (file === undefined) throw new Problem('not-found', '这个编号的投诉件不在管辖范围内');
    const said = changes.length === 0 ? ['与已有的工单相同，没有变化'] : settled.get(file.id) ?? await bringUpToDate(tx, ctx, work, update, file, changes);
    if (changes.length > 0) changed.push({ id: file.id, columns: { ...columnsOf(texts), ...(texts.title === undefined ? {} : { title: texts.title.slice(0, 200) }), batchId: work.batch.id, sheetRow: row.sheetRow, texts: json({ ...known.texts, ...texts }), cells: json(cellsOf(row.cells)) } });
    taken.push({ rowNo: row.rowNo, complaintId: known.complaintId, answer: said.join('；') });
  }
  await changeOrders(tx, changed);
  return taken;
}

/** 一并更改期限 of open files for which the file says nothing else that is an act: in as many statements for some hundreds as for one. @returns what became of each, in words */
async function restateAll(tx: Tx, ctx: Ctx, { office }: Work, updates: readonly Update[], files: ReadonlyMap<string, ComplaintRecord>): Promise<ReadonlyMap<string, string[]>> {
  const wanted = updates.flatMap((update) => { const before = files.get(update.known.complaintId); const restating = before === undefined ? null : restatingOf(update, before); return before === undefined || restating === null ? [] : [{ before, ...restating }]; });
  if (wanted.length === 0) return new Map();
  const around = await circumstancesOfAll(tx.db, wanted.map(({ before }) => before), ctx);
  const said = new Map<string, string[]>();
  const done: { readonly before: ComplaintRecord; readonly after: ComplaintRecord; readonly note: string }[] = [];
  for (const { before, on, note, words, others } of wanted) {
    const its = around.get(before.id);
    if (its === undefined) throw new Error('the circumstances of a file were not read');
    const decision = decideAct('restate', factsOf(ctx, before, office, its));
    said.set(before.id, [decision.ok ? words : `${words}没有办：${decision.violations.map(({ message }) => message).join('；')}`, ...others]);
    if (decision.ok) done.push({ before, after: { ...before, status: decision.value, originDueOn: on, version: before.version + 1, updatedAt: ctx.now }, note });
  }
  if (done.length > 0) {
    const rows = done.map(({ after }) => ({ id: after.id, due: after.originDueOn, status: after.status }));
    await sql`update complaint.complaint c set origin_due_on = n.due, status = n.status, version = c.version + 1, updated_at = ${ctx.now} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, due date, status text) where c.id = n.id and c.id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db);
    await recordSteps(tx, ctx, done.map(({ before, after, note }) => ({ before, after, act: 'restate', note, bodyName: HOTLINE })));
    await keepRestated(tx, ctx, done.map(({ after, note }) => ({ row: after, reason: note })));
  }
  for (const { before, titles } of wanted) tx.audit({ action: 'hotline.update', subject: ['Complaint', before.id], before: null, after: { fields: titles }, countyId: before.countyId, townshipId: before.townshipId });
  return said;
}

/** The new deadline, where that is all there is to do; null where it needs the acts one after the other, or none. */
function restatingOf({ texts, known }: Update, file: ComplaintRecord): { readonly on: LocalDate; readonly note: string; readonly words: string; readonly others: string[]; readonly titles: string[] } | null {
  const due = momentIn(texts.dueAt);
  const titles = changesFrom(known, texts).map(({ title }) => title);
  const isPlain = !isRedo(known, texts) && !(known.isExtensionPending && extensionSaid(texts) !== null) && !titles.includes(orderColumns.content.title);
  if (due === null || !isPlain || file.originDueOn === null || due.on === file.originDueOn || !isOpen(file.status)) return null;
  return { on: due.on, ...restated(due), others: updatedWords(titles), titles };
}
/** 更改期限的说法. */
const restated = ({ on }: Moment) => ({ note: `热线文件把期限改为${dateText(on)}`, words: `期限改为${dateText(on)}` });
function updatedWords(titles: readonly string[]): string[] {
  const others = titles.filter((title) => title !== orderColumns.dueAt.title);
  return others.length > 0 ? [`已更新：${others.join('、')}`] : [];
}

/** What the hotline does with a file that is known, as acts of the one table; and in words. */
async function bringUpToDate(tx: Tx, ctx: Ctx, { office }: Work, { texts, known }: Update, before: ComplaintRecord, changes: ReturnType<typeof changesFrom>): Promise<string[]> {
  let file = before;
  const due = momentIn(texts.dueAt);
  const said: string[] = [];
  const act = async (doing: Doing, words: string) => {
    const refusal = await refusalOf(tx, ctx, office, file, doing.act);
    if (refusal === null) { file = await actIn(tx, ctx, office, file, doing, HOTLINE); said.push(words); } else said.push(`${words}没有办：${refusal}`);
  };
  if (isRedo(known, texts) && due !== null) await act(redoing(ctx, texts, due), `热线重办，期限${dateText(due.on)}`);
  else {
    const extension = known.isExtensionPending ? extensionSaid(texts) : null;
    if (extension !== null) await act(settling(file, extension, due), extension === 'granted' ? '热线同意延期' : '热线不同意延期');
    if (due !== null && due.on !== file.originDueOn && isOpen(file.status)) await act({ act: 'restate', note: restated(due).note, columns: () => ({ originDueOn: due.on }) }, restated(due).words);
  }
  if (changes.some(({ title }) => title === orderColumns.content.title) && isOpen(file.status)) await act({ act: 'note', note: `热线更新了诉求内容：${texts.content ?? ''}`.slice(0, 5_000) }, '诉求内容已记入办理记录');
  tx.audit({ action: 'hotline.update', subject: ['Complaint', file.id], before: null, after: { fields: changes.map(({ title }) => title) }, countyId: file.countyId, townshipId: file.townshipId });
  return [...said, ...updatedWords(changes.map(({ title }) => title))];
}

async function refusalOf(tx: Tx, ctx: Ctx, office: Office, file: ComplaintRecord, name: ActName): Promise<string | null> {
  const decision = decideAct(name, factsOf(ctx, file, office, await circumstancesOf(tx.db, file, ctx)));
  return decision.ok ? null : decision.violations.map(({ message }) => message).join('；');
}

/** 重办: with its new deadline; what was told before is told anew, and the order may go back again. */
const redoing = (ctx: Ctx, texts: Texts, due: Moment): Doing => ({
  act: 'redo', note: `热线退回重办，期限改为${momentText(due)}${texts.redo === undefined || /^(是|\d+)$/.test(texts.redo) ? '' : `：${texts.redo}`}`,
  columns: () => ({ originDueOn: due.on, closedAt: null, closedOn: null, followedUpAt: null, refusalGround: null, refusalWhere: null }),
  follows: async (tx, { around }, after) => changeOrder(tx, after.id, { redoCount: (around.order?.redoCount ?? 0) + 1, returnKind: null, extensionAskedAt: null, extensionUntilOn: null, extensionWhy: null, extensionSettled: null, sendBackWhy: null, isContacted: null, resolved: null, satisfied: null, calledBackOn: null, sendBackUntilOn: await sendBackUntil(tx, after.countyId, ctx.today) }),
});

const settling = (file: ComplaintRecord, settled: 'granted' | 'refused', due: Moment | null): Doing => ({
  act: 'settleExtension', note: settled === 'granted' ? `热线同意延期${due === null ? '' : `，期限${momentText(due)}`}` : '热线不同意延期',
  columns: (): { originDueOn?: LocalDate } => (settled === 'granted' && due !== null && (file.originDueOn === null || due.on > file.originDueOn) ? { originDueOn: due.on } : {}),
  follows: (tx, { around }, after) => changeOrder(tx, after.id, { extensionSettled: settled, ...(around.order?.returnKind === 'extension' ? { returnKind: null } : {}) }),
});
