import { sql } from 'kysely';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';

/** 重算投诉汇总 by a count over all files. @returns how many lines of the sums were wrong; of a sound database none */
export function recountComplaints(kit: Kit): Promise<{ wrong: number }> {
  return systemContext(kit).transact(async (tx) => {
    const { rows } = await sql<{ wrong: number }>`select complaint.recount_rollup() as wrong`.execute(tx.db);
    tx.auditNothing('sums are worked out again from the files, which did not change');
    return { wrong: rows[0]?.wrong ?? 0 };
  });
}
