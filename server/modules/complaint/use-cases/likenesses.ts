import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { isOpen } from '#domain/complaint/lifecycle.ts';
import { LEAST_TEXT_PERCENT, likenessOf } from '#domain/complaint/likeness.ts';
import { likeDays } from '#domain/complaint/policy.ts';
import { byOverseer } from '#domain/complaint/rules.ts';
import { addDays, daysBetween } from '#domain/kernel/local-date.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { circumstancesOf, factsOf } from '../facts.ts';
import { officeOf, type Office } from '../office.ts';
import { briefOf, noOf } from '../present.ts';
import { getRecord, visibleComplaints, type ComplaintRecord } from '../store.ts';

type Row = Output<typeof route.listLikenesses>['rows'][number];
/** What a file is compared by; `self` is none while it is being typed. */
interface Sample { readonly estateId: Id<'Estate'>; readonly words: string; readonly spot: string; readonly buildingId: Id<'Building'> | null; readonly category: ComplaintRecord['categoryCode'] | null; readonly on: LocalDate; readonly self: Pick<ComplaintRecord, 'id' | 'unlikeIds'> | null }
const MOST = 5;
/** So many of the likest by their words are weighed by place and time. */
const WEIGHED = 50;
const TYPED_FROM = 4;

/** The likest of the same estate within the window before and after, also closed ones; none that was told apart or has been merged. */
async function likest(db: Db, ctx: Ctx, office: Office, { estateId, words, spot, buildingId, category, on, self }: Sample): Promise<Row[]> {
  const windowDays = await parameterValue(db, ctx.scope.countyId, likeDays, ctx.today);
  const text = sql<number>`similarity(c.body, ${words})`;
  const found = await visibleComplaints(db, ctx, office).selectAll('c').select(text.as('text')).where('c.estateId', '=', estateId).where('c.status', '<>', 'merged')
    .where('c.receivedOn', '>=', addDays(on, -windowDays)).where('c.receivedOn', '<=', addDays(on, windowDays)).where(sql<boolean>`similarity(c.body, ${words}) >= ${LEAST_TEXT_PERCENT / 100}::real`)
    .$if(self !== null, (query) => query.where(sql<boolean>`c.id <> ${self?.id ?? null}::uuid and not c.id = any(${[...(self?.unlikeIds ?? [])]}::uuid[]) and not ${self?.id ?? null}::uuid = any(c.unlike_ids)`))
    .orderBy(text, 'desc').orderBy('c.id', 'desc').limit(WEIGHED).execute();
  return found.flatMap((row): Row[] => {
    const isSameSpot = (buildingId !== null && row.buildingId === buildingId) || (spot !== '' && row.spot === spot);
    const likeness = likenessOf({ textPercent: Math.round(row.text * 100), isSameSpot, isSameKind: row.categoryCode === category, daysApart: Math.abs(daysBetween(row.receivedOn, on)), windowDays });
    return likeness === null ? [] : [{ id: row.id, no: noOf(row), status: row.status, receivedOn: row.receivedOn, category: row.categoryCode, words: briefOf(row.body), spot: row.spot, likeness, isOpen: isOpen(row.status) }];
  }).toSorted((a, b) => b.likeness - a.likeness || (a.id < b.id ? 1 : -1)).slice(0, MOST);
}

/** 相似的投诉件 while it is being typed at the counter. Suggestions only. */
export function listLikeComplaints(ctx: Ctx, { query }: Input<typeof route.listLikeComplaints>): Promise<Output<typeof route.listLikeComplaints>> {
  return ctx.read(async (db) => {
    const { estateId, words, spot, category } = query;
    if (words.trim().length < TYPED_FROM) return { rows: [] };
    if (!(await within(ctx.scope, db.selectFrom('registry.estate'), { own: 'estate' }).select('id').where('id', '=', estateId).executeTakeFirst())) return { rows: [] };
    return { rows: await likest(db, ctx, await officeOf(db, ctx), { estateId, words, spot, buildingId: null, category: category ?? null, on: ctx.today, self: null }) };
  });
}

const likeRows = async (db: Db, ctx: Ctx, office: Office, row: ComplaintRecord): Promise<{ rows: Row[] }> =>
  ({ rows: row.estateId === null ? [] : await likest(db, ctx, office, { estateId: row.estateId, words: row.body.slice(0, 500), spot: row.spot, buildingId: row.buildingId, category: row.categoryCode, on: row.receivedOn, self: row }) });

/** 与这一件相似的, beside the acceptance of a file. */
export function listLikenesses(ctx: Ctx, { params }: Input<typeof route.listLikenesses>): Promise<Output<typeof route.listLikenesses>> {
  return ctx.read(async (db) => {
    const office = await officeOf(db, ctx);
    return likeRows(db, ctx, office, await getRecord(db, ctx, office, params.complaintId));
  });
}

/** 不是同一件: kept, so that neither of the two is suggested beside the other again. Whoever may merge may tell apart. */
export function tellApart(ctx: Ctx, { params, body }: Input<typeof route.postUnlikeness>): Promise<Output<typeof route.postUnlikeness>> {
  return ctx.transact(async (tx) => {
    const office = await officeOf(tx.db, ctx);
    const row = await getRecord(tx.db, ctx, office, params.complaintId);
    const other = await visibleComplaints(tx.db, ctx, office).selectAll('c').where('c.id', '=', body.otherId).executeTakeFirst();
    if (other === undefined || other.id === row.id || other.estateId !== row.estateId) throw new Problem('input.invalid', '只核对同一小区的另一件投诉', { errors: [{ pointer: '/otherId', message: '请选择同一小区的另一件' }] });
    orRefuse(decide(byOverseer.check(factsOf(ctx, row, office, await circumstancesOf(tx.db, row, ctx))), null));
    await tx.db.updateTable('complaint.complaint').set({ unlikeIds: sql`unlike_ids || ${other.id}::uuid` }).where('id', '=', row.id).where(sql<boolean>`not ${other.id}::uuid = any(unlike_ids)`).execute();
    tx.audit({ action: 'complaint.tell-apart', subject: ['Complaint', row.id], before: null, after: { no: noOf(row), other: noOf(other) }, countyId: row.countyId, townshipId: row.townshipId });
    return likeRows(tx.db, ctx, office, { ...row, unlikeIds: [...row.unlikeIds, other.id] });
  });
}
