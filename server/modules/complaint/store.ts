import { sql, type Selectable } from 'kysely';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { conditionsOf, narrowed, type Asked } from './conditions.ts';
import { isMeasured, isServedBy, isWithout } from './measured.ts';
import type { Office } from './office.ts';
import { NUMBER, wantedOf } from './search.ts';
import type { ComplaintTables } from './tables.gen.ts';

/** 投诉件 as stored. */
export type ComplaintRecord = Selectable<ComplaintTables['complaint.complaint']>;
const EXACT_TO = 1_000;
const NOBODY = makeId<'OrgUnit'>('00000000-0000-0000-0000-000000000000');
const ABSENT = '投诉件不存在或不在管辖范围内';

/** 可见的投诉件: of the scope; a county department only those it takes part in, a company those it was asked to deal with. */
export function visibleComplaints(db: Db, { scope }: Pick<Ctx, 'scope'>, office: Office) {
  const query = within(scope, db.selectFrom('complaint.complaint as c'), { alias: 'c', only: ['county', 'township', 'neighbourhood', 'company'] });
  if (!office.seesOnlyParts) return query;
  return query.where((eb) => eb.exists(eb.selectFrom('complaint.participant as p').select('p.id').whereRef('p.complaintId', '=', 'c.id').where('p.orgUnitId', '=', office.body?.id ?? NOBODY)));
}

/** What a list reads of each, with the names beside it. */
export function listed(query: ReturnType<typeof visibleComplaints>) {
  return query.leftJoin('registry.estate as e', 'e.id', 'c.estateId').leftJoin('platform.orgUnit as t', 't.id', 'c.townshipId').leftJoin('platform.orgUnit as n', 'n.id', 'c.neighbourhoodId').innerJoin('platform.orgUnit as h', 'h.id', 'c.handlerId')
    .selectAll('c').select(['e.name as estate', 't.name as township', 'n.name as neighbourhood', 'h.name as handler']);
}
/** 投诉件 with the names of its place and handler. */
export type NamedComplaint = ComplaintRecord & { readonly estate: string | null; readonly township: string | null; readonly neighbourhood: string | null; readonly handler: string };

/** 筛选: exactly what the page, its count and its export use. */
export function complaintsLike(db: Db, ctx: Pick<Ctx, 'scope' | 'actor' | 'today' | 'kit'>, office: Office, filters: Asked) {
  const conditions = conditionsOf(ctx, filters);
  const { agenda, measure, servingId, lacks } = filters;
  const all = narrowed(visibleComplaints(db, ctx, office), conditions);
  const some = all.where((eb) => eb.and([...(measure === undefined ? [] : [isMeasured(measure)]), ...(servingId === undefined ? [] : [isServedBy(servingId)]), ...(lacks === undefined ? [] : [isWithout[lacks]])]));
  const query = agenda === undefined ? some : some.where('c.agendaOn', 'is not', null).$if(agenda !== 'proposed', (few) => few.where(sql<boolean>`${agenda} = any(c.agenda_grounds)`));
  return filters.q === undefined || filters.q === '' ? { query, wanted: null } : { query, wanted: among(wantedOf(ctx, office, filters.q, conditions), measure !== undefined || servingId !== undefined || lacks !== undefined) };
}

/** What the search by words cannot narrow by itself is asked of all it finds. */
const among = (wanted: ReturnType<typeof wantedOf>, isNarrowedAfter: boolean): ReturnType<typeof wantedOf> => (isNarrowedAfter ? (before, most) => wanted(before, Math.max(most, MOST_FOUND)) : wanted);
const MOST_FOUND = 100_000;

/** 一页投诉件, the newest first; `known` is how many there are where the sums say it. */
export async function pageComplaints(db: Db, { query: all, wanted }: ReturnType<typeof complaintsLike>, { after, limit, known = null }: { after?: string | undefined; limit: number; known?: number | null }) {
  const among = (most: number, before?: string) => (wanted === null ? all : all.where(wanted(before ?? null, most)));
  // Counted in the order of the page: without one, the planner reads the table from its oldest row for what it believes to be frequent.
  const { total } = known !== null ? { total: known } : await db.selectFrom(among(EXACT_TO + 1).select(sql<number>`1`.as('one')).orderBy('c.id', 'desc').limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const found = await listed(after === undefined ? among(limit + 1) : among(limit + 1, after).where(sql<boolean>`c.id < ${after}::uuid`)).orderBy('c.id', 'desc').limit(limit + 1).execute();
  const rows: NamedComplaint[] = found.slice(0, limit);
  return { rows, next: found.length > limit ? rows.at(-1)?.id ?? null : null, total: known ?? Math.min(total, EXACT_TO), totalIsExact: known !== null || total <= EXACT_TO };
}

/** 查投诉件. @throws Problem not-found, also when it is out of scope */
export async function getRecord(db: Db, ctx: Pick<Ctx, 'scope'>, office: Office, id: Id<'Complaint'>): Promise<NamedComplaint> {
  const row = await listed(visibleComplaints(db, ctx, office)).where('c.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found', ABSENT);
  return row;
}

/** 锁投诉件 for change. @throws Problem not-found, state.stale */
export async function lockRecord(db: Db, ctx: Pick<Ctx, 'scope' | 'ifMatch'>, office: Office, id: Id<'Complaint'>): Promise<ComplaintRecord> {
  const row = await visibleComplaints(db, ctx, office).selectAll('c').where('c.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', ABSENT);
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这件投诉已被别人办理，请刷新后核对再办');
  return row;
}

/** The columns by which a row belongs to a place. */
export const placeOf = ({ countyId, townshipId, neighbourhoodId, estateId }: Pick<ComplaintRecord, 'countyId' | 'townshipId' | 'neighbourhoodId' | 'estateId'>) => ({ countyId, townshipId, neighbourhoodId, estateId });

/** 办理过程, in order. */
export const stepsOf = (db: Db, id: Id<'Complaint'>) => db.selectFrom('complaint.step').selectAll().where('complaintId', '=', id).orderBy('id').limit(500).execute();
/** 附件, in order, with the file behind each. */
export const filesOf = (db: Db, id: Id<'Complaint'>) => db.selectFrom('complaint.complaintFile as a').innerJoin('platform.file as f', 'f.id', 'a.fileId').select(['a.fileNo', 'a.kind', 'f.name', 'f.sizeBytes', 'f.mediaType', 'f.hash']).where('a.complaintId', '=', id).orderBy('a.fileNo').limit(100).execute();
/** 投诉人, in the order in which they joined. */
export const complainantsOf = (db: Db, id: Id<'Complaint'>) => db.selectFrom('complaint.complainant').selectAll().where('complaintId', '=', id).orderBy('id').limit(500).execute();

/** 按编号查 among what is visible. */
export async function complaintByNo(db: Db, ctx: Pick<Ctx, 'scope'>, office: Office, no: string): Promise<ComplaintRecord | undefined> {
  const parts = NUMBER.exec(no.replaceAll(/\s/g, ''));
  if (parts === null) return undefined;
  return visibleComplaints(db, ctx, office).selectAll('c').where('c.numberYear', '=', Number(parts[1])).where('c.numberSerial', '=', Number(parts[2])).forUpdate().executeTakeFirst();
}
