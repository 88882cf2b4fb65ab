import { sql } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { everything } from '../access/scope.ts';
import { freeBytes } from '../backup/place.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';

interface Facts {
  readonly jobsWaiting: number; readonly jobsRunning: number; readonly jobsFailed: number; readonly jobWaitingSince: Instant | null;
  readonly eventsWaiting: number; readonly eventsFailed: number; readonly eventWaitingSince: Instant | null;
  readonly noticesWaiting: number; readonly channelsOn: number; readonly channelsFailing: number;
  readonly backupAt: Instant | null; readonly backupBytes: number | null; readonly backupsFailed: number;
}

/** 工作指标: jobs, events and backups, as the database has them. @returns asks again; a database that does not answer is a figure too */
export function measureWork(registry: Registry, kit: Kit): () => Promise<void> {
  const gauge = <const L extends string>(name: string, help: string, labelNames: readonly L[]) => new Gauge<L>({ name: `shanzhi_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const up = gauge('database_up', '1 when the database answers.', []);
  const of = {
    jobs: gauge('jobs', 'Background jobs, by state.', ['state']), jobAge: gauge('job_oldest_waiting_seconds', 'Age of the oldest job that waits.', []),
    events: gauge('event_deliveries', 'Deliveries of events not handled yet, by state.', ['state']), eventAge: gauge('event_oldest_waiting_seconds', 'Age of the oldest delivery that waits.', []),
    noticesWaiting: gauge('notice_deliveries_waiting', 'Mails, messages and pushes not sent yet.', []), channels: gauge('notice_channels', 'Channels of notices, by state.', ['state']),
    backupAt: gauge('backup_last_success_timestamp_seconds', 'When the last good backup ended; 0 when there is none.', []), backupBytes: gauge('backup_last_size_bytes', 'Its size.', []),
    backupsFailed: gauge('backup_failures_since_success', 'Backups that failed since then.', []), backupFree: gauge('backup_free_bytes', 'Free space where backups are kept.', []),
  };
  return async () => {
    const free = await freeBytes(kit.backups.folder);
    const facts = await kit.database.read(everything, readFacts).catch(() => null);
    up.set(facts === null ? 0 : 1);
    for (const each of Object.values(of)) each.reset();
    if (free !== null) of.backupFree.set(free);
    if (facts === null) return;
    const age = (since: Instant | null) => (since === null ? 0 : Math.max(0, (epochOf(kit.clock.now()) - epochOf(since)) / 1000));
    of.jobs.set({ state: 'waiting' }, facts.jobsWaiting);
    of.jobs.set({ state: 'running' }, facts.jobsRunning);
    of.jobs.set({ state: 'failed' }, facts.jobsFailed);
    of.jobAge.set(age(facts.jobWaitingSince));
    of.events.set({ state: 'waiting' }, facts.eventsWaiting);
    of.events.set({ state: 'failed' }, facts.eventsFailed);
    of.eventAge.set(age(facts.eventWaitingSince));
    of.noticesWaiting.set(facts.noticesWaiting);
    of.channels.set({ state: 'on' }, facts.channelsOn);
    of.channels.set({ state: 'failing' }, facts.channelsFailing);
    of.backupAt.set(facts.backupAt === null ? 0 : epochOf(facts.backupAt) / 1000);
    of.backupBytes.set(facts.backupBytes ?? 0);
    of.backupsFailed.set(facts.backupsFailed);
  };
}

/** One round trip. Events not handled have an index; jobs and backups are few. */
async function readFacts(db: Db): Promise<Facts> {
  const { rows } = await sql<Facts>`
    with last as (select id, finished_at, size_bytes from platform.backup where status = 'done' order by id desc limit 1)
    select (select count(*)::int from platform.job where status = 'waiting') as jobs_waiting, (select count(*)::int from platform.job where status = 'running') as jobs_running,
           (select count(*)::int from platform.job where status = 'failed') as jobs_failed, (select min(created_at) from platform.job where status = 'waiting') as job_waiting_since,
           (select count(*)::int from platform.event_delivery where status = 'waiting') as events_waiting, (select count(*)::int from platform.event_delivery where status = 'failed') as events_failed,
           (select min(updated_at) from platform.event_delivery where status = 'waiting') as event_waiting_since,
           (select count(*)::int from platform.notice_delivery where status = 'waiting') as notices_waiting, (select count(*)::int from platform.notice_channel where is_on) as channels_on,
           (select count(*)::int from platform.notice_channel where is_on and failing_since is not null) as channels_failing,
           (select finished_at from last) as backup_at, (select size_bytes from last) as backup_bytes,
           (select count(*)::int from platform.backup b where b.status = 'failed' and b.id > coalesce((select id from last), '00000000-0000-0000-0000-000000000000'::uuid)) as backups_failed`.execute(db);
  // Proof: a select without a from gives one row.
  return rows[0]!;
}
