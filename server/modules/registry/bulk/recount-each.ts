import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { recountEstate } from '../recount.ts';

const COUNTED_AT_ONCE = 4;

/** 逐个重算小区汇总 of many estates, few at a time, so that neither memory nor the event loop holds all their units at once. */
export async function recountEach(db: Db, estateIds: readonly Id<'Estate'>[], at: { on: LocalDate; now: Instant }): Promise<void> {
  const parts = Array.from({ length: Math.ceil(estateIds.length / COUNTED_AT_ONCE) }, (_, part) => estateIds.slice(part * COUNTED_AT_ONCE, (part + 1) * COUNTED_AT_ONCE)).values();
  // Two parts at a time: one is counted while the other is read.
  const count = async () => { for (const part of parts) await recountEstate(db, part, at); };
  // Both are waited for: nothing may reach for this connection once the transaction is over.
  for (const lane of await Promise.allSettled([count(), count()])) if (lane.status === 'rejected') throw lane.reason;
}
