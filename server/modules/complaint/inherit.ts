import { sql } from 'kysely';
import { z } from 'zod';
import type { Subscriber } from '#platform/module.ts';

const Merged = z.object({ fromId: z.uuid(), intoId: z.uuid() });

const PLACED = ['complaint.complaint', 'complaint.complainant', 'complaint.step', 'complaint.participant', 'complaint.complaint_file', 'complaint.complaint_paper'] as const;

/** 机构合并后承接: what lay with the body that is no more lies with the one it went into, in any state and any number of times. The steps stay as they were written. */
export const inheritFiles: Subscriber = async (_ctx, tx, { payload }) => {
  const { fromId, intoId } = Merged.parse(payload);
  tx.auditNothing('files follow the merger of their bodies, which has its own entry');
  for (const column of ['handler_id', 'first_id', 'passed_by_id'] as const) await sql`update complaint.complaint set ${sql.ref(column)} = ${intoId}::uuid where ${sql.ref(column)} = ${fromId}::uuid`.execute(tx.db);
  // What concerns no estate moves with no estate: it lay in the place of the body itself.
  for (const table of PLACED) await sql`update ${sql.table(table)} set township_id = ${intoId}::uuid where township_id = ${fromId}::uuid and estate_id is null`.execute(tx.db);
  for (const column of ['township_id', 'neighbourhood_id'] as const) await sql`update complaint.incoming_letter set ${sql.ref(column)} = ${intoId}::uuid where ${sql.ref(column)} = ${fromId}::uuid`.execute(tx.db);
  // Where the other takes part already its own line stays; the old one is history.
  await sql`update complaint.participant p set org_unit_id = ${intoId}::uuid where p.org_unit_id = ${fromId}::uuid and not exists (select from complaint.participant o where o.complaint_id = p.complaint_id and o.org_unit_id = ${intoId}::uuid)`.execute(tx.db);
};
