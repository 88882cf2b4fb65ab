import { everything } from '../access/scope.ts';
import type { Kit } from '../kit.ts';
import { instant, type Instant } from '#domain/kernel/brand.ts';
import { sql } from 'kysely';

/** A running job that has not said anything for so long belongs to a process that died. */
const SILENT_MS = 60_000;

const before = (now: Instant, ms: number): Instant => instant(new Date(Date.parse(now) - ms).toISOString());

/**
 * 找回中断的工作: wakes again every delivery not yet handled and every job that waits or whose process died. The queue keeps the
 * lock of a killed worker for hours, so it is our own rows that say what is left to do; waking twice is harmless.
 * @returns how many were woken
 */
export function recoverWork(kit: Kit): Promise<number> {
  const stale = before(kit.clock.now(), SILENT_MS);
  return kit.database.write(everything, async (db) => {
    const deliveries = await db.selectFrom('platform.eventDelivery').select(['eventId', 'subscriber'])
      .where('status', '=', 'waiting').where('updatedAt', '<', stale).limit(500).execute();
    for (const { eventId, subscriber } of deliveries) {
      await sql`select queue.enqueue('event.deliver', ${JSON.stringify({ eventId, subscriber })}::json, ${`event:${eventId}:${subscriber}`})`.execute(db);
    }
    const jobs = await db.selectFrom('platform.job').select('id').limit(500)
      .where((eb) => eb.or([eb.and([eb('status', '=', 'waiting'), eb('createdAt', '<', stale)]), eb.and([eb('status', '=', 'running'), eb('heartbeatAt', '<', stale)])])).execute();
    for (const { id } of jobs) await sql`select queue.enqueue('job.run', ${JSON.stringify({ jobId: id })}::json, ${`job:${id}`})`.execute(db);
    return deliveries.length + jobs.length;
  });
}
