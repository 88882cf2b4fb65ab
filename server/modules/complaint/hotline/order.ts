import type { Selectable, Updateable } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { sendBackDays } from '#domain/complaint/hotline/policy.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx, Tx } from '#platform/context.ts';
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

/** 立工单 with its complaint. */
export async function openOrder(tx: Tx, ctx: Pick<Ctx, 'now'>, row: ComplaintRecord, orderNo: string, dispatchedOn: LocalDate): Promise<void> {
  await tx.db.insertInto('complaint.hotlineOrder').values({ complaintId: row.id, ...placeOf(row), orderNo, dispatchedOn, sendBackUntilOn: await sendBackUntil(tx, row.countyId, dispatchedOn), createdAt: ctx.now, updatedAt: ctx.now }).execute();
}

/** 改工单. */
export async function changeOrder(tx: Tx, id: Id<'Complaint'>, columns: Changed): Promise<void> {
  await tx.db.updateTable('complaint.hotlineOrder').set({ ...columns, updatedAt: tx.now }).where('complaintId', '=', id).execute();
}

/** 等待回传: the next return file tells the hotline. Nothing for a complaint that is no order. */
export async function toReturn(tx: Tx, row: Pick<ComplaintRecord, 'id' | 'origin'>, kind: ReturnKind): Promise<void> {
  if (row.origin === 'hotline') await changeOrder(tx, row.id, { returnKind: kind });
}
