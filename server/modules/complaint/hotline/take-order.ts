import { sql } from 'kysely';
import { todayIn } from '#domain/kernel/local-date.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import type { Body, Office } from '../office.ts';
import { takeParts } from '../parts.ts';
import { noOf } from '../present.ts';
import { receiveComplaints, type Received } from '../receive.ts';
import { knownOrders } from './books.ts';
import type { OrderBatchRecord } from './batch.ts';
import { updateAll } from './bring-up.ts';
import { cellsOf, json, settledOf, textsOf, type Settled, type Texts } from './row-json.ts';
import type { OrderRowRecord } from './rows.ts';
import { columnsOf, instantOf, momentIn } from './told.ts';

/** 导入到哪一次, and for whom. */
export interface Work { readonly office: Office; readonly batch: OrderBatchRecord }
/** 一行的结果. */
export interface Taken { readonly rowNo: number; readonly complaintId: Id<'Complaint'>; readonly answer: string }

/**
 * 导入若干行, in the order of the file: a number that nobody has becomes a file; a known one is brought up to date, handed back for redoing, given its new deadline and what the hotline heard.
 * In as many statements for some hundreds as for one, but for acts on known files that are more than a new deadline. All rows are taken or none.
 */
export async function takeOrders(tx: Tx, ctx: Ctx, work: Work, rows: readonly OrderRowRecord[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const wave of wavesOf(rows)) {
    const known = await knownOrders(tx.db, work.batch.countyId, wave.map(({ orderNo }) => orderNo));
    taken.push(...await updateAll(tx, ctx, work, wave.flatMap((row) => { const order = known.get(row.orderNo); return order === undefined ? [] : [{ row, texts: textsOf(row.texts), known: order }]; })));
    taken.push(...await receiveAll(tx, ctx, work, wave.filter(({ orderNo }) => !known.has(orderNo))));
  }
  return taken;
}

/** A number that stands in the file again is an update of what came before: it waits for the next wave. */
function wavesOf(rows: readonly OrderRowRecord[]): OrderRowRecord[][] {
  const waves: { rows: OrderRowRecord[]; numbers: Set<string> }[] = [];
  for (const row of rows) {
    const last = waves.at(-1);
    if (last === undefined || last.numbers.has(row.orderNo)) waves.push({ rows: [row], numbers: new Set([row.orderNo]) });
    else { last.rows.push(row); last.numbers.add(row.orderNo); }
  }
  return waves.map((wave) => wave.rows);
}

/** A file is never received tomorrow. */
const notAfter = (moment: Instant, now: Instant): Instant => (moment > now ? now : moment);

async function receiveAll(tx: Tx, ctx: Ctx, { batch }: Work, rows: readonly OrderRowRecord[]): Promise<Taken[]> {
  if (rows.length === 0) return [];
  const settled = rows.map((row) => settledOf(row.offers));
  const [bodies, estates] = await Promise.all([
    tx.db.selectFrom('platform.orgUnit').select(['id', 'name', 'kind']).where(sql<boolean>`id = any(${[...new Set(settled.map(({ handlerId }) => handlerId ?? batch.countyId))]}::uuid[])`).execute(),
    tx.db.selectFrom('registry.estate').select('id').where(sql<boolean>`id = any(${[...new Set(settled.flatMap(({ estateId }) => estateId ?? []))]}::uuid[])`).where('archivedAt', 'is', null).execute(),
  ]);
  const [bodyBy, there] = [new Map(bodies.map((body) => [body.id, body])), new Set(estates.map(({ id }) => id))];
  const receipts = await receiveComplaints(tx, ctx, rows.map((row, at) => givenBy(ctx, batch, row, settled[at], bodyBy, there)));
  await takeParts(tx, receipts.flatMap(({ record }) => (bodyBy.get(record.handlerId)?.kind === 'department' ? [{ row: record, orgUnitId: record.handlerId, part: 'lead' as const }] : [])));
  return receipts.map(({ record }, at) => ({ rowNo: rows[at]?.rowNo ?? 0, complaintId: record.id, answer: `已建件，编号${noOf(record)}${record.estateId === null ? '，小区待认定' : ''}` }));
}

/** 一行 as something received. */
function givenBy(ctx: Ctx, batch: OrderBatchRecord, row: OrderRowRecord, settled: Settled | undefined, bodies: ReadonlyMap<string, Body>, estates: ReadonlySet<string>): Received {
  if (settled === undefined || settled.category === null) throw new Problem('input.invalid', '还没有选定投诉类别，请选择');
  const texts = textsOf(row.texts);
  const [called, dispatched, due] = [momentIn(texts.calledAt), momentIn(texts.dispatchedAt), momentIn(texts.dueAt)];
  const receivedAt = notAfter(instantOf(dispatched ?? called ?? { on: ctx.today, time: null }), ctx.now);
  const open = (sealed: string | null) => (sealed === null ? null : ctx.kit.vault.open(sealed));
  return {
    origin: 'hotline', originNo: row.orderNo, originDueOn: due?.on ?? null, estateId: settled.estateId !== null && estates.has(settled.estateId) ? settled.estateId : null, townshipId: settled.townshipId, spot: (texts.address ?? '').slice(0, 100), category: settled.category, body: bodyText(texts), isEmergency: false,
    complainant: { name: open(row.nameCipher), phone: open(row.phoneCipher), isAnonymous: row.nameCipher === null && row.phoneCipher === null }, receivedAt, receivedFor: bodies.get(settled.handlerId ?? batch.countyId) ?? null,
    order: { dispatchedOn: todayIn(receivedAt), columns: { ...columnsOf(texts), title: (texts.title ?? '').slice(0, 200), batchId: batch.id, sheetRow: row.sheetRow, texts: json(texts), cells: json(cellsOf(row.cells)), calledAt: called === null ? null : instantOf(called) } },
  };
}

/** 投诉内容 as the community will read it. */
const bodyText = ({ title = '', content = '' }: Texts): string => (title === '' || content.includes(title) ? content : `${title}。${content}`).slice(0, 5_000);
