import { sql } from 'kysely';
import type { Tx } from '#platform/context.ts';
import type { ObligationRecord } from './position.ts';

/** 写回时限 as they now stand in hand, all in one statement; each one's version goes one up. The caller holds them locked. */
export async function writeRows(tx: Pick<Tx, 'db' | 'now'>, rows: readonly ObligationRecord[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({
    id: row.id, county_id: row.countyId, township_id: row.townshipId, neighbourhood_id: row.neighbourhoodId, estate_id: row.estateId, company_id: row.companyId, title: row.title, path: row.path,
    holder_kind: row.holderKind, holder_org_id: row.holderOrgId, holder_user_id: row.holderUserId, holder_name: row.holderName, holders: row.holders,
    state: row.state, opened_on: row.openedOn, due_on: row.dueOn, due_at: row.dueAt, warn_at: row.warnAt, ends_at: row.endsAt, is_provisional: row.isProvisional, is_extended: row.isExtended, resumes_on: row.resumesOn,
    ended_on: row.endedOn, is_late: row.isLate, period_ends_on: row.periodEndsOn, renews_at: row.renewsAt, next_at: row.nextAt,
  }));
  await sql`
    update obligation.obligation o set county_id = n.county_id, township_id = n.township_id, neighbourhood_id = n.neighbourhood_id, estate_id = n.estate_id, company_id = n.company_id, title = n.title, path = n.path,
           holder_kind = n.holder_kind, holder_org_id = n.holder_org_id, holder_user_id = n.holder_user_id, holder_name = n.holder_name, holders = n.holders,
           state = n.state, opened_on = n.opened_on, due_on = n.due_on, due_at = n.due_at, warn_at = n.warn_at, ends_at = n.ends_at, is_provisional = n.is_provisional, is_extended = n.is_extended, resumes_on = n.resumes_on,
           ended_on = n.ended_on, is_late = n.is_late, period_ends_on = n.period_ends_on, renews_at = n.renews_at, next_at = n.next_at, version = o.version + 1, updated_at = ${tx.now}
      from jsonb_populate_recordset(null::obligation.obligation, ${JSON.stringify(values)}::jsonb) n where o.id = n.id`.execute(tx.db);
}
