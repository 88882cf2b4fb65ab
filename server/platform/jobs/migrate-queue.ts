import { runMigrations } from 'graphile-worker';
import { Client, escapeIdentifier } from 'pg';
import { APP_ROLE, JOBS_ROLE, urlOf } from '../db/roles.ts';

/**
 * 建立队列: the jobs role makes and owns the queue's two schemas. Requests reach the queue only through `queue.enqueue`,
 * which runs with that role's rights (a non-owner under row-level security would enqueue nothing, silently).
 */
export async function migrateQueue(ownerUrl: string, secret: string): Promise<void> {
  const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1));
  const jobsUrl = urlOf(JOBS_ROLE, ownerUrl, secret);
  await once(ownerUrl, `grant create, connect on database ${escapeIdentifier(database)} to ${JOBS_ROLE}; grant connect on database ${escapeIdentifier(database)} to ${APP_ROLE}`);
  try {
    await runMigrations({ connectionString: jobsUrl });
    await once(jobsUrl, ENQUEUE);
  } finally {
    await once(ownerUrl, `revoke create on database ${escapeIdentifier(database)} from ${JOBS_ROLE}`);
  }
}

/** Somebody waits for a job: it goes before the events that another job of ten thousand rows has left. */
const ENQUEUE = `
create schema if not exists queue;
create or replace function queue.enqueue(task text, payload json, key text) returns void language sql security definer set search_path = pg_catalog
  as $$ select graphile_worker.add_job(task, payload, job_key => key, max_attempts => 8, priority => case task when 'job.run' then -1 else 0 end) $$;
revoke all on function queue.enqueue(text, json, text) from public;
grant usage on schema queue to ${APP_ROLE};
grant execute on function queue.enqueue(text, json, text) to ${APP_ROLE};`;

async function once(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try { await client.query(sql); } finally { await client.end(); }
}
