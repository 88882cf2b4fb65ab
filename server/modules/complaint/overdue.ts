import { sql } from 'kysely';
import { z } from 'zod';
import { categoryGroups, groupOf, type CategoryGroup } from '#domain/complaint/category.ts';
import type { Grouping } from '#domain/complaint/overdue.ts';
import { withhold, type Withheld } from '#domain/complaint/withhold.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { officeOf } from './office.ts';
import { complaintsLike } from './store.ts';

/** 一行逾期件数. `key` is what the list is asked for. */
export interface OverdueCount { readonly key: string; readonly label: string; readonly count: number }
const NONE = 'none';
/** Every file that the list shows under 时限=逾期, and nothing else. */
const late = async (db: Db, ctx: Ctx) => complaintsLike(db, ctx, await officeOf(db, ctx), { lamp: 'red', longOpenDays: 1, closedDays: 1 }).query;

/** 数逾期件: what the post may see, on the index of due days; the largest first, every kind and township of the place also where it has none. */
export async function countOverdue(db: Db, ctx: Ctx, by: Grouping): Promise<OverdueCount[]> {
  const counted = by === 'category' ? await byCategory(db, ctx) : by === 'township' ? await byTownship(db, ctx) : await byCompany(db, ctx);
  return counted.toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

async function byCategory(db: Db, ctx: Ctx): Promise<OverdueCount[]> {
  const rows = await (await late(db, ctx)).select(['c.categoryCode', sql<number>`count(*)::integer`.as('n')]).groupBy('c.categoryCode').execute();
  const sums = new Map<CategoryGroup, number>();
  for (const { categoryCode, n } of rows) sums.set(groupOf(categoryCode), (sums.get(groupOf(categoryCode)) ?? 0) + n);
  return Object.entries(categoryGroups).map(([key, label]) => ({ key, label, count: [...sums].find(([group]) => group === key)?.[1] ?? 0 }));
}

async function byTownship(db: Db, ctx: Ctx): Promise<OverdueCount[]> {
  const rows = await (await late(db, ctx)).leftJoin('platform.orgUnit as t', 't.id', 'c.townshipId').select(['t.id as key', 't.name as label', sql<number>`count(*)::integer`.as('n')]).groupBy(['t.id', 't.name']).execute();
  const all = ctx.scope.level === 'county' && ctx.scope.countyId !== null ? (await sql<{ id: string; name: string }>`select id, name from platform.org_unit where county_id = ${ctx.scope.countyId}::uuid and kind = 'township' and archived_at is null`.execute(db)).rows : [];
  const known = new Set(rows.map(({ key }) => key));
  return [...rows.map(({ key, label, n }) => ({ key: key ?? NONE, label: label ?? '县直', count: n })), ...all.filter(({ id }) => !known.has(id as Id<'OrgUnit'>)).map(({ id, name }) => ({ key: id, label: name, count: 0 }))];
}

async function byCompany(db: Db, ctx: Ctx): Promise<OverdueCount[]> {
  const rows = await (await late(db, ctx)).leftJoin('registry.estate as e', 'e.id', 'c.estateId').leftJoin('registry.company as k', 'k.id', 'e.companyId').select(['k.id as key', 'k.name as label', sql<number>`count(*)::integer`.as('n')]).groupBy(['k.id', 'k.name']).execute();
  return rows.map(({ key, label, n }) => ({ key: key ?? NONE, label: label ?? '没有物业服务企业', count: n }));
}

/** 固定的逾期件数, as it may be published. */
export interface FrozenOverdue { readonly by: Grouping; readonly asOfOn: LocalDate; readonly least: number; readonly told: Withheld }
const stored = z.array(z.object({ label: z.string(), count: z.int() }));

/** 取固定的逾期件数 with what is small withheld. @throws Problem not-found */
export async function frozenOverdue(db: Db, ctx: Pick<Ctx, 'scope'>, id: Id<'OverdueReading'>): Promise<FrozenOverdue> {
  const row = await within(ctx.scope, db.selectFrom('complaint.overdueReading'), { only: ['county'] }).selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有固定过这些件数，或不在管辖范围内');
  return { by: row.grouping, asOfOn: row.asOfOn, least: row.least, told: withhold(stored.parse(row.lines), row.least) };
}
