import { sql, type RawBuilder } from 'kysely';
import type { z } from 'zod';
import type { hotlineFilters } from '#contract/hotline.ts';
import type { Measure, RateTerms } from '#domain/complaint/hotline/call-back.ts';
import { fairIsSatisfied, leftOut, partlyIsResolved, silentInBase, type LeftOut } from '#domain/complaint/hotline/policy.ts';
import { localDate, makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import type { Office } from '../office.ts';

/** 三率口径 in force, and which orders it leaves out. */
export interface Terms extends RateTerms { readonly leftOut: readonly LeftOut[] }

/** 口径 of a day. */
export async function termsOn(db: Db, countyId: string | null, on: LocalDate): Promise<Terms> {
  return { fairIsSatisfied: await parameterValue(db, countyId, fairIsSatisfied, on), partlyIsResolved: await parameterValue(db, countyId, partlyIsResolved, on), silentInBase: await parameterValue(db, countyId, silentInBase, on), leftOut: await parameterValue(db, countyId, leftOut, on) };
}
/** 按哪一天的口径: a month's own last day, or today while it runs. */
export function termsDay(month: string | undefined, today: LocalDate): LocalDate {
  if (month === undefined) return today;
  const last = addDays(addMonths(localDate(`${month}-01`), 1), -1);
  return last < today ? last : today;
}

/** 可见的工单: of the scope; a department only those it takes part in. */
export function visibleOrders(db: Db, { scope }: Pick<Ctx, 'scope'>, office: Office) {
  const query = within(scope, db.selectFrom('complaint.hotlineOrder as o'), { alias: 'o', only: ['county', 'township', 'neighbourhood'] }).innerJoin('complaint.complaint as c', 'c.id', 'o.complaintId').leftJoin('registry.estate as e', 'e.id', 'o.estateId');
  if (!office.seesOnlyParts) return query;
  return query.where((eb) => eb.exists(eb.selectFrom('complaint.participant as p').select('p.id').whereRef('p.complaintId', '=', 'c.id').where('p.orgUnitId', '=', office.body?.id ?? makeId<'OrgUnit'>('00000000-0000-0000-0000-000000000000'))));
}

type Filters = z.output<typeof hotlineFilters>;
/** 筛选: what the list, its count and its export use. With `measure` it is exactly what one number of the rates counts. */
export function ordersLike(db: Db, ctx: Pick<Ctx, 'scope'>, office: Office, filters: Filters, terms: Terms) {
  let query = visibleOrders(db, ctx, office);
  const { q, townshipId, month, companyId, measure, status, returning, isPlaceOpen, without } = filters;
  if (townshipId) query = query.where('o.townshipId', '=', townshipId);
  if (companyId) query = query.where('e.companyId', '=', companyId);
  if (without === 'company') query = query.where('e.companyId', 'is', null);
  if (without === 'township') query = query.where('o.townshipId', 'is', null);
  if (month) query = query.where('o.dispatchedOn', '>=', localDate(`${month}-01`)).where('o.dispatchedOn', '<', addMonths(localDate(`${month}-01`), 1));
  if (status) query = query.where('c.status', '=', status);
  if (returning) query = query.where('o.returnKind', returning === 'waiting' ? 'is not' : 'is', null).$if(returning === 'returned', (one) => one.where('o.returnedAt', 'is not', null));
  if (isPlaceOpen !== undefined) query = query.where('o.estateId', isPlaceOpen ? 'is' : 'is not', null);
  if (measure) query = query.where(countsFor(measure, terms)).$if(terms.leftOut.length > 0, (one) => one.where('c.status', 'not in', terms.leftOut));
  if (q) { const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`; query = query.where(sql<boolean>`(o.order_no like ${like} or o.title like ${like} or c.body like ${like} or e.name like ${like})`); }
  return query;
}

/** The same in SQL as `counts` of the domain; a test holds them together. */
function countsFor(measure: Measure, { fairIsSatisfied: fair, partlyIsResolved: partly, silentInBase: silent }: Terms): RawBuilder<boolean> {
  const calledBack = sql<boolean>`(o.is_contacted is not null or o.resolved is not null or o.satisfied is not null)`;
  switch (measure) {
    case 'orders': return sql<boolean>`true`;
    case 'calledBack': return calledBack;
    case 'contacted': return sql<boolean>`coalesce(o.is_contacted, o.resolved is not null or o.satisfied is not null)`;
    case 'resolvedBase': return sql<boolean>`(${calledBack} and (${silent}::boolean or o.resolved is not null))`;
    case 'resolved': return sql<boolean>`coalesce(o.resolved = 'yes' or (${partly}::boolean and o.resolved = 'partly'), false)`;
    case 'satisfiedBase': return sql<boolean>`(${calledBack} and (${silent}::boolean or o.satisfied is not null))`;
    case 'satisfied': return sql<boolean>`coalesce(o.satisfied = 'yes' or (${fair}::boolean and o.satisfied = 'fair'), false)`;
  }
}
