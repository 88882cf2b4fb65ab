import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/rebound.ts';
import { categoryCodes, categoryLabels, isCategory, isRebound } from '#domain/complaint/category.ts';
import { reboundAfterDays, reboundBeforeDays, reboundLeastDays, reboundLeastEstates } from '#domain/complaint/policy.ts';
import { priorLabels, priorOf, reboundOf, verdictLabels, type Group, type Rate } from '#domain/complaint/rebound.ts';
import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, daysBetween } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { column, count, day, exportList, text } from '#platform/workbook/export-list.ts';
import { officeOf } from '../office.ts';

type Answer = Output<typeof route.listRebounds>;
type Row = Answer['rows'][number];
type Query = Input<typeof route.exportRebounds>['query'];
interface Cell { readonly estateId: string; readonly categoryCode: string; readonly orderedOn: LocalDate; readonly beforeCount: number; readonly afterCount: number; readonly units: number; readonly managementKind: string; readonly townshipKind: string }
interface Named extends Cell { readonly estate: string; readonly township: string }
interface Sums { readonly categoryCode: string; readonly managementKind: string; readonly townshipKind: string; readonly estates: number; readonly beforeCount: number; readonly beforeExposure: number; readonly beforeSquares: number; readonly beforeExposureSquares: number; readonly afterCount: number; readonly afterExposure: number; readonly afterSquares: number; readonly afterExposureSquares: number }

/** 口径: the numbers in force today. */
async function numbersOf(db: Db, { scope, today }: Pick<Ctx, 'scope' | 'today'>): Promise<Answer['numbers']> {
  const of = (parameter: typeof reboundBeforeDays) => parameterValue(db, scope.countyId, parameter, today);
  return { beforeDays: await of(reboundBeforeDays), afterDays: await of(reboundAfterDays), leastDays: await of(reboundLeastDays), leastEstates: await of(reboundLeastEstates) };
}

const KINDS = categoryCodes.filter(isRebound);
const NO_GROUP: Group = { estates: 0, count: 0, exposure: 0, countSquares: 0, exposureSquares: 0 };

/** 反弹率 of every place and kind in the scope that was put in order of late, in the standing order of townships and names: no ranking. */
async function reboundsOf(db: Db, ctx: Ctx, query: Query): Promise<{ rows: Row[]; numbers: Answer['numbers'] }> {
  const numbers = await numbersOf(db, ctx);
  const office = await officeOf(db, ctx);
  const part = office.seesOnlyParts ? office.body?.id ?? NOBODY : null;
  const asked = sql`${ctx.today}::date, ${numbers.beforeDays}, ${numbers.afterDays}, ${numbers.leastDays}, ${[...KINDS]}::text[]`;
  const cells = (await sql<Named>`select r.*, e.name as estate, t.name as township from complaint.rebound(${asked}, ${part}::uuid) r join registry.estate e on e.id = r.estate_id left join platform.org_unit t on t.id = e.township_id
    where (${query.townshipId ?? null}::uuid is null or e.township_id = ${query.townshipId ?? null}::uuid) and (${query.category ?? null}::text is null or r.category_code = ${query.category ?? null}) and (${query.estateId ?? null}::uuid is null or e.id = ${query.estateId ?? null}::uuid)
    order by t.sort_no, t.name, e.name, r.category_code limit ${MOST}`.execute(db)).rows;
  const sums = (await sql<Sums>`select category_code, management_kind, township_kind, estates, before_count::float8, before_exposure::float8, before_squares, before_exposure_squares, after_count::float8, after_exposure::float8, after_squares, after_exposure_squares from complaint.rebound_groups(${asked})`.execute(db)).rows;
  const keyOf = (one: Pick<Cell, 'categoryCode' | 'managementKind' | 'townshipKind'>) => `${one.categoryCode} ${one.managementKind} ${one.townshipKind}`;
  const groups = new Map(sums.map((one) => [keyOf(one), one]));
  const rows = cells.map((cell) => rowOf(ctx, cell, groups.get(keyOf(cell)), numbers));
  return { rows: rows.filter(({ verdict }) => query.verdict === undefined || verdict === query.verdict), numbers };
}
/** More places and kinds than any county has. */
const MOST = 20_000;
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** Rates are told per 1,000 units and year. */
const PER = 1_000 * 365;
const rounded = (value: number, places: number): number => Number(value.toFixed(places));
const told = (rate: Rate) => ({ mean: rounded(rate.mean * PER, 2), low: rounded(rate.low * PER, 2), high: rounded(rate.high * PER, 2), alpha: rate.alpha, beta: rate.beta });

function rowOf({ today }: Pick<Ctx, 'today'>, cell: Named, sums: Sums | undefined, { beforeDays, leastEstates }: Answer['numbers']): Row {
  const afterDays = daysBetween(cell.orderedOn, today);
  const category = isCategory(cell.categoryCode) ? cell.categoryCode : KINDS[0] ?? 'F01';
  const shared = {
    id: `${cell.estateId}:${cell.categoryCode}`, estateId: makeId<'Estate'>(cell.estateId), estate: cell.estate, township: cell.township, category, orderedOn: cell.orderedOn, units: cell.units, beforeCount: cell.beforeCount, afterCount: cell.afterCount,
    beforeFrom: addDays(cell.orderedOn, 1 - beforeDays), afterTo: today, afterDays, beforeExposure: cell.units * beforeDays, afterExposure: cell.units * afterDays, groupEstates: sums?.estates ?? 0,
  };
  if (cell.units === 0) return { ...shared, before: null, after: null, ratio: null, verdict: 'unclear', groupMean: null, prior: '没有登记总户数，不能计算；请在小区资料里补登' };
  const before = sums === undefined ? NO_GROUP : { estates: sums.estates, count: sums.beforeCount, exposure: sums.beforeExposure, countSquares: sums.beforeSquares, exposureSquares: sums.beforeExposureSquares };
  const after = sums === undefined ? NO_GROUP : { estates: sums.estates, count: sums.afterCount, exposure: sums.afterExposure, countSquares: sums.afterSquares, exposureSquares: sums.afterExposureSquares };
  const priors = { before: priorOf(before, leastEstates), after: priorOf(after, leastEstates) };
  const found = reboundOf({ count: cell.beforeCount, exposure: shared.beforeExposure }, { count: cell.afterCount, exposure: shared.afterExposure }, priors);
  return {
    ...shared, before: told(found.before), after: told(found.after), ratio: { median: rounded(found.ratio.median, 2), low: rounded(found.ratio.low, 2), high: rounded(found.ratio.high, 2) }, verdict: found.verdict,
    groupMean: after.exposure > 0 ? rounded((after.count / after.exposure) * PER, 2) : null, prior: `整治前：${priorLabels[priors.before.from]}；整治后：${priorLabels[priors.after.from]}`,
  };
}

/** 反弹率, a page of it. */
export function listRebounds(ctx: Ctx, { query }: Input<typeof route.listRebounds>): Promise<Answer> {
  return ctx.read(async (db) => {
    const { rows, numbers } = await reboundsOf(db, ctx, query);
    const from = Number(query.after ?? 0);
    const to = from + query.limit;
    return { rows: rows.slice(from, to), next: to < rows.length ? String(to) : null, total: rows.length, totalIsExact: true, numbers };
  });
}

/** 导出反弹率, with what each number was worked out from. */
export function exportRebounds(ctx: Ctx, { query }: Input<typeof route.exportRebounds>): Promise<Output<typeof route.exportRebounds>> {
  const words = (value: number | undefined) => text(value === undefined ? null : String(value));
  return exportList<Row>(ctx, {
    title: '反弹率', kind: 'complaint-rebound', on: ctx.today, query,
    columns: [
      column('乡镇街道', 'text', (row) => text(row.township)), column('小区', 'text', (row) => text(row.estate)), column('类别', 'text', (row) => text(categoryLabels[row.category])), column('整治日期', 'date', (row) => day(row.orderedOn)), column('总户数', 'count', (row) => count(row.units)),
      column('整治前件数', 'count', (row) => count(row.beforeCount)), column('整治前暴露量（户×天）', 'count', (row) => count(row.beforeExposure)), column('整治后件数', 'count', (row) => count(row.afterCount)), column('整治后暴露量（户×天）', 'count', (row) => count(row.afterExposure)),
      column('整治前比率（件/千户·年）', 'text', (row) => words(row.before?.mean)), column('反弹率（件/千户·年）', 'text', (row) => words(row.after?.mean)), column('90%区间下限', 'text', (row) => words(row.after?.low)), column('90%区间上限', 'text', (row) => words(row.after?.high)),
      column('后比前', 'text', (row) => words(row.ratio?.median)), column('后比前下限', 'text', (row) => words(row.ratio?.low)), column('后比前上限', 'text', (row) => words(row.ratio?.high)), column('判断', 'text', (row) => text(verdictLabels[row.verdict])), column('同类小区数', 'count', (row) => count(row.groupEstates)), column('同类整治后比率', 'text', (row) => words(row.groupMean ?? undefined)),
      column('整治前α', 'text', (row) => words(row.before?.alpha)), column('整治前β', 'text', (row) => words(row.before?.beta)), column('整治后α', 'text', (row) => words(row.after?.alpha)), column('整治后β', 'text', (row) => words(row.after?.beta)), column('比照', 'text', (row) => text(row.prior)),
    ],
    rows: async (db) => (await reboundsOf(db, ctx, query)).rows,
  });
}
