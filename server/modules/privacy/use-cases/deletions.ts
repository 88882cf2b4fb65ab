import { sql } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import type { exportDeletionKinds as exportRoute, listDeletionKinds as route } from '#contract/privacy.ts';
import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { column, count, day, exportList, text } from '#platform/workbook/export-list.ts';
import { countyOf } from '../county.ts';

type Row = Output<typeof route>['rows'][number];

const retentionsOf = ({ kit }: Ctx): Retention[] => kit.modules.flatMap(({ retentions }) => [...retentions]);

/** 到期删除: what goes tonight, what will in thirty days, and what went. Nothing is changed by looking. */
export const listDeletionKinds = async (ctx: Ctx): Promise<Output<typeof route>> => ({ rows: await deletionKinds(ctx) });

/** 导出到期删除. */
export async function exportDeletionKinds(ctx: Ctx): Promise<Output<typeof exportRoute>> {
  const kinds = await deletionKinds(ctx);
  return exportList<Row>(ctx, {
    title: '到期删除', kind: 'deletion-kind', on: ctx.today, query: {},
    columns: [
      column('删除什么', 'text', (row) => text(row.title)), column('保存到', 'text', (row) => text(row.rule)), column('规定的期限', 'text', (row) => text(row.periods.map(({ title, valueText }) => `${title}：${valueText}`).join('、'))),
      column('已到期、今晚删除', 'count', (row) => count(row.due)), column('30 天内到期', 'count', (row) => count(row.dueSoon)),
      column('最近执行', 'date', (row) => day(row.lastOn)), column('最近一次删除', 'count', (row) => count(row.lastCount)), column('今年已删除', 'count', (row) => count(row.yearCount)),
    ],
    rows: async () => kinds,
  });
}

async function deletionKinds(ctx: Ctx): Promise<Row[]> {
  const countyId = countyOf(ctx);
  const past = await ctx.read((db) => db.selectFrom('privacy.deletion').select(['kind', 'deletedOn', 'rowCount']).where('countyId', '=', countyId).where('deletedOn', '>=', makeYearStart(ctx.today)).orderBy('deletedOn', 'desc').execute());
  // Counted with the system's scope, one county at a time: the rows lie under townships and estates.
  return ctx.kit.database.read(everything, (db) => inTurn(retentionsOf(ctx), async ({ kind, title, rule, periods, count: countDue }) => {
    const own = past.filter((row) => row.kind === kind);
    return {
      kind, title, rule, periods: await inTurn(periods, (period) => periodOf(db, countyId, period, ctx.today)), due: await countDue(db, countyId, ctx.today), dueSoon: await countDue(db, countyId, addDays(ctx.today, 30)),
      lastOn: own[0]?.deletedOn ?? null, lastCount: own[0]?.rowCount ?? null, yearCount: own.reduce((sum, row) => sum + row.rowCount, 0),
    };
  }));
}

async function periodOf(db: Db, countyId: string, definition: Parameter<number>, on: LocalDate): Promise<Row['periods'][number]> {
  const { id, title, unit } = definition;
  return { id, title, about: id.split('.')[0] ?? '', valueText: `${await parameterValue(db, countyId, definition, on)} ${unit}` };
}

const makeYearStart = (today: LocalDate) => `${today.slice(0, 4)}-01-01` as LocalDate;

async function inTurn<A, B>(all: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}

/** 每夜删除 of what is past its date, county by county and kind by kind; again at once it deletes nothing more. @throws AggregateError after the others were done */
export async function deleteDue(ctx: Ctx): Promise<void> {
  const counties = await ctx.kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').where('archivedAt', 'is', null).execute());
  const failures: unknown[] = [];
  for (const { id } of counties) for (const retention of retentionsOf(ctx)) await deleteOne(ctx, id, retention).catch((error: unknown) => { failures.push(error); });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} kinds of data could not be deleted`);
}

const deleteOne = (ctx: Ctx, countyId: string, { kind, title, purge }: Retention) => ctx.transact(async (tx) => {
  const rowCount = await purge(tx, countyId, ctx.today, ctx.kit);
  await tx.db.insertInto('privacy.deletion').values({ countyId: makeId<'OrgUnit'>(countyId), kind, deletedOn: ctx.today, rowCount, updatedAt: ctx.now })
    .onConflict((conflict) => conflict.columns(['countyId', 'kind', 'deletedOn']).doUpdateSet({ rowCount: sql`deletion.row_count + excluded.row_count`, updatedAt: ctx.now })).execute();
  if (rowCount === 0) tx.auditNothing('nothing was due');
  else tx.audit({ action: 'privacy.delete', subject: ['Retention', kind], before: null, after: { title, rows: rowCount }, countyId });
});
