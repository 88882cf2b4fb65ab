import { instant, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { complaintStatusLabels } from '#domain/complaint/lifecycle.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { makeLink } from '#platform/identity/link.ts';
import { noOf } from './present.ts';

/** 我反映的一件, for whoever showed that the telephone is his. */
export interface OwnComplaint { readonly complainantId: Id<'Complainant'>; readonly no: string; readonly status: string; readonly estate: string | null; readonly receivedOn: LocalDate; readonly nextDueOn: LocalDate | null }
interface Whose { readonly countyId: Id<'OrgUnit'>; readonly phoneIndex: string }
const MOST = 50;
const RECEIPT_MONTHS = 24;

/** 一个手机号反映的, the newest first. What was filed without a name to it is found by nobody. */
export async function complaintsOfPhone(db: Db, { countyId, phoneIndex }: Whose): Promise<OwnComplaint[]> {
  const rows = await db.selectFrom('complaint.complainant as x').innerJoin('complaint.complaint as c', 'c.id', 'x.complaintId').leftJoin('registry.estate as e', 'e.id', 'c.estateId')
    .selectAll('c').select(['x.id as complainantId', 'e.name as estate']).where('x.countyId', '=', countyId).where('x.phoneIndex', '=', phoneIndex).orderBy('x.id', 'desc').limit(MOST).execute();
  return rows.map((row) => ({ complainantId: row.complainantId, no: noOf(row), status: complaintStatusLabels[row.status], estate: row.estate, receivedOn: row.receivedOn, nextDueOn: row.nextDueOn }));
}

/** 再给一个回执链接 of one's own complaint; null when it is not his. */
export async function receiptOfPhone(tx: Tx, today: LocalDate, { countyId, phoneIndex }: Whose, complainantId: Id<'Complainant'>): Promise<{ readonly token: string } | null> {
  const own = await tx.db.selectFrom('complaint.complainant').select('id').where('id', '=', complainantId).where('countyId', '=', countyId).where('phoneIndex', '=', phoneIndex).executeTakeFirst();
  if (own === undefined) return null;
  const { token } = await makeLink(tx, { purpose: 'complaint-receipt', subject: ['Complainant', own.id], validUntil: instant(`${addMonths(today, RECEIPT_MONTHS)}T16:00:00.000Z`), uses: 'many', now: tx.now });
  return { token };
}
