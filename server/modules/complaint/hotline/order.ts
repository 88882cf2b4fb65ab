import { sql, type Selectable, type Updateable } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { sendBackDays } from '#domain/complaint/hotline/policy.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { columnOf, insertMany } from '#platform/db/insert-many.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { placeOf, type ComplaintRecord } from '../store.ts';
import type { ComplaintTables } from '../tables.gen.ts';

/** 12345工单 beside its complaint. */
export type OrderRecord = Selectable<ComplaintTables['complaint.hotlineOrder']>;
/** 回传的是什么. */
export type ReturnKind = NonNullable<OrderRecord['returnKind']>;
type Changed = Omit<Updateable<ComplaintTables['complaint.hotlineOrder']>, 'complaintId' | 'countyId'>;

/** 查工单 of a complaint. */
export const orderOf = async (db: Db, id: Id<'Complaint'>): Promise<OrderRecord | null> => (await db.selectFrom('complaint.hotlineOrder').selectAll().where('complaintId', '=', id).executeTakeFirst()) ?? null;
/** 查工单 of many complaints, by the complaint's id. */
export async function ordersOf(db: Db, ids: readonly Id<'Complaint'>[]): Promise<ReadonlyMap<string, OrderRecord>> {
  if (ids.length === 0) return new Map();
  const orders = await db.selectFrom('complaint.hotlineOrder').selectAll().where(sql<boolean>`complaint_id = any(${[...ids]}::uuid[])`).execute();
  return new Map(orders.map((order) => [order.complaintId, order]));
}
/** 延期申请等批复. */
export const isPending = (order: OrderRecord | null): boolean => order !== null && order.extensionAskedAt !== null && order.extensionSettled === null;

const calendars = new WeakMap<Tx, ReturnType<typeof readCalendar>>();
/** 工作日历, read once in a transaction. */
function calendarIn(tx: Tx): ReturnType<typeof readCalendar> {
  const known = calendars.get(tx) ?? readCalendar(tx.db);
  calendars.set(tx, known);
  return known;
}

/** 退单的最后一天 of an order that was sent to us on a day. */
export const sendBackUntil = async (tx: Tx, countyId: string, on: LocalDate): Promise<LocalDate> => workingDaysAfter(await calendarIn(tx), on, await parameterValue(tx, countyId, sendBackDays, on)).on;

/** 随文件来的 of an order, beyond its number: what stands in its row. */
export type OrderColumns = Pick<Changed, 'dueAt' | 'calledBackOn' | 'isContacted' | 'resolved' | 'satisfied' | 'title' | 'batchId' | 'sheetRow' | 'texts' | 'cells' | 'calledAt'>;
/** 立一件工单. */
export interface NewOrder { readonly row: Pick<ComplaintRecord, 'id' | 'countyId' | 'townshipId' | 'neighbourhoodId' | 'estateId'>; readonly orderNo: string; readonly dispatchedOn: LocalDate; readonly columns?: OrderColumns | undefined }

/** 立工单 with their complaints. */
export async function openOrders(tx: Tx, ctx: Pick<Ctx, 'now'>, orders: readonly NewOrder[]): Promise<void> {
  const rows = [];
  for (const { row, orderNo, dispatchedOn, columns } of orders) rows.push({ complaintId: row.id, ...placeOf(row), orderNo, dispatchedOn, sendBackUntilOn: await sendBackUntil(tx, row.countyId, dispatchedOn), createdAt: ctx.now, updatedAt: ctx.now, ...blank, ...columns });
  await insertMany(tx.db, 'complaint.hotlineOrder', rows, ['texts', 'cells']);
}
const blank = { texts: '{}', cells: '{}', title: '', batchId: null, sheetRow: null, calledAt: null, dueAt: null, calledBackOn: null, isContacted: null, resolved: null, satisfied: null } as const;

/** 一并改工单 by what the file says anew; the caller holds their complaints locked. */
export async function changeOrders(tx: Tx, changes: readonly { readonly id: Id<'Complaint'>; readonly columns: OrderColumns }[]): Promise<void> {
  if (changes.length === 0) return;
  const ids = changes.map(({ id }) => id);
  const before = new Map((await tx.db.selectFrom('complaint.hotlineOrder').select(['complaintId', 'dueAt', 'calledBackOn', 'isContacted', 'resolved', 'satisfied', 'title', 'batchId', 'sheetRow']).where(sql<boolean>`complaint_id = any(${ids}::uuid[])`).execute()).map((row) => [row.complaintId, row]));
  const rows = changes.map(({ id, columns: { texts, cells, ...columns } }) => ({ ...before.get(id), ...columns, complaintId: id, texts: JSON.parse(texts ?? '{}'), cells: JSON.parse(cells ?? '{}') }));
  await sql`
    update complaint.hotline_order o set due_at = n.due_at, called_back_on = n.called_back_on, is_contacted = n.is_contacted, resolved = n.resolved, satisfied = n.satisfied, title = n.title, batch_id = n.batch_id, sheet_row = n.sheet_row, texts = n.texts, cells = n.cells, updated_at = ${tx.now}
      from jsonb_populate_recordset(null::complaint.hotline_order, ${JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [columnOf(name), value]))))}::jsonb) n where o.complaint_id = n.complaint_id and o.complaint_id = any(${ids}::uuid[])`.execute(tx.db);
}

/** 改工单. */
export async function changeOrder(tx: Tx, id: Id<'Complaint'>, columns: Changed): Promise<void> {
  await tx.db.updateTable('complaint.hotlineOrder').set({ ...columns, updatedAt: tx.now }).where('complaintId', '=', id).execute();
}

/** 等待回传: the next return file tells the hotline. Nothing for a complaint that is no order. */
export async function toReturn(tx: Tx, row: Pick<ComplaintRecord, 'id' | 'origin'>, kind: ReturnKind): Promise<void> {
  if (row.origin === 'hotline') await changeOrder(tx, row.id, { returnKind: kind });
}
