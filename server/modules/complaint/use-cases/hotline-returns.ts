import { Readable } from 'node:stream';
import type { Selectable } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import type { Download } from '#contract/kernel.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { writeSheets } from '#platform/workbook/write-sheets.ts';
import { changeOrder, orderOf, type ReturnKind } from '../hotline/order.ts';
import { factsToReturn } from '../hotline/return-facts.ts';
import { returnSheets } from '../hotline/return-file.ts';
import { json } from '../hotline/row-json.ts';
import { officeOf } from '../office.ts';
import { getRecord } from '../store.ts';
import type { ComplaintTables } from '../tables.gen.ts';
import { countyOf } from './order-batches.ts';

type Record_ = Selectable<ComplaintTables['complaint.hotlineReturn']>;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const visible = (db: Db, { scope }: Pick<Ctx, 'scope'>) => within(scope, db.selectFrom('complaint.hotlineReturn'), { only: ['county'] });
const present = (row: Record_) => ({ id: row.id, orders: row.orderCount, madeBy: row.madeByName, madeAt: row.madeAt });
const COUNTED_UP_TO = 1_000;

/** 回传记录, and how many wait. */
export function listReturns(ctx: Ctx, { query }: Input<typeof route.listHotlineReturns>): Promise<Output<typeof route.listHotlineReturns>> {
  return ctx.read(async (db) => {
    const { waiting } = await db.selectFrom('complaint.hotlineOrder').select((eb) => eb.fn.countAll<number>().as('waiting')).where('countyId', '=', countyOf(ctx)).where('returnKind', 'is not', null).executeTakeFirstOrThrow();
    const { total } = await db.selectFrom(visible(db, ctx).select('id').limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await (query.after === undefined ? visible(db, ctx) : visible(db, ctx).where('id', '<', makeId<'HotlineReturn'>(query.after))).selectAll().orderBy('id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit).map(present);
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, COUNTED_UP_TO), totalIsExact: total <= COUNTED_UP_TO, waiting: waiting };
  });
}

/** 导出回传记录. */
export const exportReturns = (ctx: Ctx): Promise<Download> => exportList<Record_>(ctx, {
  title: '12345回传记录', kind: 'hotline-return', on: ctx.today, query: {}, columns: [column('回传时间', 'moment', (row) => moment(row.madeAt)), column('工单', 'count', (row) => count(row.orderCount)), column('回传人', 'text', (row) => text(row.madeByName))],
  rows: async (db) => refuseTooManyRows(await visible(db, ctx).selectAll().orderBy('id', 'desc').limit(EXPORT_MOST + 1).execute()),
});

/** 生成回传: what waits is written down as it stands and marked as told; asked for again, the last return's come along once more. */
export function makeReturn(ctx: Ctx, { body }: Input<typeof route.postHotlineReturn>): Promise<Output<typeof route.postHotlineReturn>> {
  return ctx.transact(async (tx) => {
    const countyId = countyOf(ctx);
    const waiting = (await tx.db.selectFrom('complaint.hotlineOrder').select(['complaintId', 'returnKind']).where('countyId', '=', countyId).where('returnKind', 'is not', null).orderBy('complaintId').limit(MOST).forUpdate().execute()).flatMap(({ complaintId, returnKind }) => (returnKind === null ? [] : [{ complaintId, kind: returnKind }]));
    const last = body.again ? await lastItems(tx, ctx) : [];
    const items = [...waiting, ...last.filter(({ complaintId }) => !waiting.some((one) => one.complaintId === complaintId))];
    if (items.length === 0) throw new Problem('state.conflict', body.again ? '还没有回传过，也没有要回传的工单' : '没有新的答复、退单、延期要回传；上次回传的需要再传一次的，请勾选“上次回传的也再传一次”，或者在记录里重新下载');
    const id = newId<'HotlineReturn'>();
    const row = await tx.db.insertInto('complaint.hotlineReturn').values({ id, countyId, orderCount: items.length, madeBy: ctx.actor.userId, madeByName: ctx.actor.name, madeAt: ctx.now }).returningAll().executeTakeFirstOrThrow();
    const office = await officeOf(tx.db, ctx);
    for (const { complaintId, kind } of items) {
      const order = await orderOf(tx.db, complaintId);
      if (order === null) continue;
      const answers = await factsToReturn(tx.db, await getRecord(tx.db, ctx, office, complaintId), order, kind);
      await tx.db.insertInto('complaint.hotlineReturnItem').values({ returnId: id, complaintId, countyId, kind, answers: json(answers) }).execute();
      await changeOrder(tx, complaintId, { returnKind: null, returnedAt: ctx.now, returnedByName: ctx.actor.name });
    }
    tx.audit({ action: 'hotline.return', subject: ['HotlineReturn', id], before: null, after: { rows: items.length }, countyId });
    return present(row);
  });
}
const MOST = 20_000;

async function lastItems(tx: Tx, ctx: Ctx): Promise<{ complaintId: ReturnType<typeof makeId<'Complaint'>>; kind: ReturnKind }[]> {
  const last = await visible(tx.db, ctx).select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return last === undefined ? [] : tx.db.selectFrom('complaint.hotlineReturnItem').select(['complaintId', 'kind']).where('returnId', '=', last.id).execute();
}

/** 下载回传文件: the same each time it is asked for; recorded. */
export async function downloadReturn(ctx: Ctx, { params }: Input<typeof route.downloadHotlineReturn>): Promise<Download> {
  const { sheets, madeOn } = await ctx.transact(async (tx) => {
    const row = await visible(tx.db, ctx).selectAll().where('id', '=', params.hotlineReturnId).executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', '没有这次回传');
    tx.audit({ action: 'hotline.return-file', subject: ['HotlineReturn', row.id], before: null, after: { rows: row.orderCount }, countyId: row.countyId });
    return { sheets: await returnSheets(tx.db, row.id), madeOn: todayIn(row.madeAt) };
  });
  return { fileName: `12345回传_${madeOn}.xlsx`, mediaType: XLSX, content: Readable.from([Buffer.from(await writeSheets(sheets))], { objectMode: false }) };
}
