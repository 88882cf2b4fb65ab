import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { groundsWords } from '#domain/complaint/agenda.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { complaintStatusLabels } from '#domain/complaint/lifecycle.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, count, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { officeOf } from '../office.ts';
import { presentRows } from '../present.ts';
import { complaintsLike, pageComplaints, type NamedComplaint } from '../store.ts';
import { numbersInForce } from './look.ts';

type Row = Output<typeof route.listAgenda>['rows'][number];
type Query = Input<typeof route.exportAgenda>['query'];

const asked = async (db: Db, ctx: Ctx, query: Query) => complaintsLike(db, ctx, await officeOf(db, ctx), { ...query, ...await numbersInForce(db, ctx), agenda: query.ground ?? 'proposed' });

/** 拟提请联席会议事项, the newest file first: of the scope, and of a department what it takes part in. */
export function listAgenda(ctx: Ctx, { query }: Input<typeof route.listAgenda>): Promise<Output<typeof route.listAgenda>> {
  return ctx.read(async (db) => {
    const { rows, ...page } = await pageComplaints(db, await asked(db, ctx, query), query);
    return { rows: await agendaRows(db, ctx, rows), ...page };
  });
}

/** 导出拟提请联席会议事项: exactly what is filtered. */
export function exportAgenda(ctx: Ctx, { query }: Input<typeof route.exportAgenda>): Promise<Output<typeof route.exportAgenda>> {
  return exportList<Row>(ctx, {
    title: '拟提请联席会议事项', kind: 'complaint-agenda', on: ctx.today, query,
    columns: [
      column('编号', 'text', (row) => text(row.no)), column('提请原因', 'text', (row) => text(row.grounds)), column('拟提请日期', 'date', (row) => day(row.agendaOn)), column('涉及单位', 'text', (row) => text(row.bodies)), column('类别', 'text', (row) => text(categoryLabels[row.category])), column('所在地', 'text', (row) => text(row.place)), column('小区', 'text', (row) => text(row.estate)),
      column('内容', 'text', (row) => text(row.brief)), column('收到日期', 'date', (row) => day(row.receivedOn)), column('状态', 'text', (row) => text(complaintStatusLabels[row.status])), column('下一期限', 'date', (row) => day(row.nextDueOn)), column('在办天数', 'count', (row) => count(row.ageDays)), column('第几次反弹', 'count', (row) => count(row.relapseNo)),
    ],
    rows: async (db) => agendaRows(db, ctx, refuseTooManyRows((await pageComplaints(db, await asked(db, ctx, query), { limit: EXPORT_MOST + 1 })).rows)),
  });
}

async function agendaRows(db: Db, ctx: Ctx, rows: readonly NamedComplaint[]): Promise<Row[]> {
  const parts = rows.length === 0 ? [] : await db.selectFrom('complaint.participant as p').innerJoin('platform.orgUnit as o', 'o.id', 'p.orgUnitId').select(['p.complaintId', 'o.name']).where(sql<boolean>`p.complaint_id = any(${rows.map(({ id }) => id)}::uuid[])`).orderBy('p.createdAt').orderBy('p.id').execute();
  const byFile = Map.groupBy(parts, ({ complaintId }) => complaintId);
  const shown = await presentRows(db, ctx, rows);
  return rows.flatMap((row, at) => {
    const one = shown[at];
    if (one === undefined || row.agendaOn === null) return [];
    return [{ ...one, agendaOn: row.agendaOn, grounds: groundsWords(row.agendaGrounds), bodies: [...new Set([row.handler, ...(byFile.get(row.id) ?? []).map(({ name }) => name)])].join('、') }];
  });
}

