import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { APP_ROLE, JOBS_ROLE } from '../db/roles.ts';

/** A process that was just told to stop says goodbye within so long. */
const GOODBYE_MS = 5_000;

/** 还在用数据库的连接: how many connections of serving and working processes stay, after a time to say goodbye. */
export async function othersAtWork(client: Client): Promise<number> {
  for (const until = performance.now() + GOODBYE_MS; ; await wait(200)) {
    const { rows: [others] } = await client.query<{ count: number }>('select count(*)::int as count from pg_stat_activity where datname = current_database() and usename = any($1) and pid <> pg_backend_pid()', [[APP_ROLE, JOBS_ROLE]]);
    const count = others?.count ?? 0;
    if (count === 0 || performance.now() > until) return count;
  }
}
