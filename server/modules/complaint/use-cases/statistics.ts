import { sql, type RawBuilder } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import { statisticsBy } from '#contract/complaint-statistics.ts';
import type * as route from '#contract/complaint-statistics.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays, addMonths, monthOf } from '#domain/kernel/local-date.ts';
import { categoryGroups, categoryLabels } from '#domain/complaint/category.ts';
import { measureNames, measures, perMille, perThousandText, perThousandTenths, rates, tenthsText, type Tally } from '#domain/complaint/statistics.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { basisText } from '#platform/parameters/legal.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, exportList, text } from '#platform/workbook/export-list.ts';
import { officeOf } from '../office.ts';
import { visibleSums } from '../rollup.ts';

type Query = Input<typeof route.getComplaintStatistics>['query'];
type By = Query['by'];
type Answer = Output<typeof route.getComplaintStatistics>;
type Line = Answer['rows'][number];
const MOST = 500;
const MOST_MONTHS = 120;

/** By what the sums are told apart. */
const keys: Readonly<Record<By, RawBuilder<string | null>>> = { group: sql`left(r.category_code, 1)`, category: sql`r.category_code`, township: sql`r.township_id::text`, neighbourhood: sql`r.neighbourhood_id::text`, estate: sql`r.estate_id::text`, company: sql`e.company_id::text` };
const sums = { received: 'r.received', returned: 'r.returned', closed: 'r.closed', answered: 'r.answered', answerOnTime: 'r.answerOnTime', answerLate: 'r.answerLate', contactOnTime: 'r.contactOnTime', contactLate: 'r.contactLate', reopened: 'r.reopened', relapsed: 'r.relapsed', rated: 'r.rated', content: 'r.content' } as const;
type Sums = Readonly<Record<keyof typeof sums, number>>;

/** 投诉统计 from the sums that every change of a file keeps: what it costs grows with the months asked for, not with the files. */
export function getComplaintStatistics(ctx: Ctx, { query }: Input<typeof route.getComplaintStatistics>): Promise<Answer> {
  return ctx.read((db) => statisticsOf(db, ctx, query));
}

async function statisticsOf(db: Db, ctx: Ctx, { by, ...query }: Query): Promise<Answer> {
  const to = query.to ?? monthOf(ctx.today);
  const from = query.from ?? monthOf(addMonths(localDate(`${to}-01`), -11));
  const [firstOn, after] = [localDate(`${from}-01`), addMonths(localDate(`${to}-01`), 1)];
  if (firstOn >= after) throw new Problem('input.invalid', '起始月份晚于截止月份，请重新选择', { errors: [{ pointer: '/from', message: '请选择不晚于截止月份的月份' }] });
  if (addMonths(firstOn, MOST_MONTHS) < after) throw new Problem('input.invalid', `一次最多统计${MOST_MONTHS}个月，请缩短时间`, { errors: [{ pointer: '/from', message: '请选择晚一些的月份' }] });
  const office = await officeOf(db, ctx);
  const scoped = visibleSums(db, ctx, office).where('r.monthOn', '>=', firstOn).where('r.monthOn', '<', after);
  const total = Object.entries(sums).map(([name, from]) => sql<number>`coalesce(sum(${sql.ref(from)}), 0)::int`.as(name));
  const grouped = (by === 'company' ? scoped.leftJoin('registry.estate as e', 'e.id', 'r.estateId') : scoped).select(total).select(keys[by].as('key')).groupBy(keys[by]).having(sql<boolean>`sum(r.received) > 0`).orderBy(keys[by]);
  const lines = (await grouped.execute()).map((line) => ({ key: line.key, counted: countedOf(line) }));
  const shown = lines.slice(0, MOST);
  const [names, homes] = [await namesOf(db, by, shown.map(({ key }) => key)), office.seesOnlyParts ? noHomes : await homesOf(db, ctx, by)];
  const rows = shown.map(({ key, counted }) => lineOf({ key: key ?? '', name: key === null ? unknown[by] : names.get(key) ?? key, units: homes.under(key), counted }));
  return {
    of: office.seesOnlyParts ? office.body?.name ?? '' : null, from, to, firstOn, lastOn: addDays(after, -1), unitsOn: ctx.today, estatesWithoutUnits: homes.without, isCut: lines.length > MOST, rows,
    total: lineOf({ key: null, name: '合计', units: homes.all, counted: lines.reduce<Sums>((all, { counted }) => added(all, counted), countedOf({})) }), definitions,
  };
}

const unknown: Readonly<Record<By, string>> = { group: '没有类别', category: '没有类别', township: '县直', neighbourhood: '没有社区', estate: '没有小区', company: '没有服务企业' };
const countedOf = (line: Readonly<Record<string, unknown>>): Sums => ({ received: numberOf(line['received']), returned: numberOf(line['returned']), closed: numberOf(line['closed']), answered: numberOf(line['answered']), answerOnTime: numberOf(line['answerOnTime']), answerLate: numberOf(line['answerLate']), contactOnTime: numberOf(line['contactOnTime']), contactLate: numberOf(line['contactLate']), reopened: numberOf(line['reopened']), relapsed: numberOf(line['relapsed']), rated: numberOf(line['rated']), content: numberOf(line['content']) });
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const added = (a: Sums, b: Sums): Sums => countedOf(Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + numberOf(Reflect.get(b, name))])));

function lineOf({ key, name, units, counted }: { key: string | null; name: string; units: number; counted: Sums }): Line {
  const all: Tally = { ...counted, answerDue: counted.answerOnTime + counted.answerLate, contactDue: counted.contactOnTime + counted.contactLate };
  const rate = ({ of, over }: { of: keyof Tally; over: keyof Tally }) => perMille(all[of], all[over]);
  return { key, name, units: units === 0 ? null : units, perThousand: perThousandTenths(all.received, units), ...all, answerRate: rate(rates.answerRate), contactRate: rate(rates.contactRate), contentRate: rate(rates.contentRate) };
}

const definitions: Answer['definitions'] = [
  ...measureNames.map((name) => ({ title: measures[name].title, text: measures[name].counts })),
  ...Object.values(rates).map(({ title, of, over, source }) => { const { title: paper, clause } = basisText(source); return { title, text: `${measures[of].title}÷${measures[over].title}。依据：${paper}${clause === '' ? '' : ` ${clause}`}` }; }),
  { title: '每千户', text: perThousandText },
];

async function namesOf(db: Db, by: By, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  if (by === 'group') return new Map(Object.entries(categoryGroups).map(([key, name]) => [key, `${key} ${name}`]));
  if (by === 'category') return new Map(Object.entries(categoryLabels));
  const known = ids.filter((id) => id !== null);
  const table = { township: 'platform.org_unit', neighbourhood: 'platform.org_unit', estate: 'registry.estate', company: 'registry.company' }[by];
  const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.table(table)} where id = any(${known}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** 部门不按户数比: what it has of an area is no measure of that area. */
const noHomes: Homes = { all: 0, without: 0, under: () => 0 };
interface Homes { readonly all: number; readonly without: number; under(key: string | null): number }

/** 户数 as the register has them today, in all and under each line; of a kind of complaint, those of the whole area. */
async function homesOf(db: Db, ctx: Ctx, by: By): Promise<Homes> {
  const key = { group: sql`null::text`, category: sql`null::text`, township: sql`e.township_id::text`, neighbourhood: sql`e.neighbourhood_id::text`, estate: sql`e.id::text`, company: sql`e.company_id::text` }[by];
  const rows = await within(ctx.scope, db.selectFrom('registry.estate as e'), { own: 'estate', alias: 'e' }).where('e.archivedAt', 'is', null)
    .select([sql<string | null>`${key}`.as('key'), sql<number>`coalesce(sum(e.total_units), 0)::int`.as('units'), sql<number>`(count(*) filter (where e.total_units is null))::int`.as('without')]).groupBy(key).execute();
  const all = rows.reduce((sum, { units }) => sum + units, 0);
  const found = new Map(rows.map(({ key: one, units }) => [one, units]));
  return { all, without: rows.reduce((sum, row) => sum + row.without, 0), under: (one) => (by === 'group' || by === 'category' ? all : found.get(one) ?? 0) };
}

/** 导出投诉统计: as it is shown, with its total; a department's says whose it is and has no columns of homes. */
export async function exportComplaintStatistics(ctx: Ctx, { query }: Input<typeof route.exportComplaintStatistics>): Promise<Output<typeof route.exportComplaintStatistics>> {
  const { seesOnlyParts } = await ctx.read((db) => officeOf(db, ctx));
  const percent = (tenths: number | null) => text(tenths === null ? null : `${tenthsText(tenths)}%`);
  return exportList<Line>(ctx, {
    title: seesOnlyParts ? '投诉统计（本单位主办、协办或者办过的）' : '投诉统计', kind: 'complaint-statistics', on: ctx.today, query,
    columns: [
      column(statisticsBy[query.by], 'text', (row) => text(row.name)),
      ...(seesOnlyParts ? [] : [column<Line>('户数', 'count', (row) => count(row.units)), column<Line>('每千户', 'text', (row) => text(row.perThousand === null ? null : tenthsText(row.perThousand)))]),
      ...measureNames.map((name) => column<Line>(measures[name].title, 'count', (row) => count(row[name]))),
      column(rates.answerRate.title, 'text', (row) => percent(row.answerRate)), column(rates.contactRate.title, 'text', (row) => percent(row.contactRate)), column(rates.contentRate.title, 'text', (row) => percent(row.contentRate)),
    ],
    rows: async (db) => { const { rows, total } = await statisticsOf(db, ctx, query); return [...rows, total]; },
  });
}
