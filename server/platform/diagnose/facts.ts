import { sql } from 'kysely';
import { Client } from 'pg';
import { everything } from '../access/scope.ts';
import { readApplied } from '../backup/catalogue.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import { skeletonOf } from './skeleton.ts';

const SHOWN = 200;

/** 我们的表和约束的名称: words of an error that may be shown as they are. */
export async function namesOfOurs(db: Db): Promise<(name: string) => boolean> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    union select conname from pg_constraint union select nspname || '.' || relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`.execute(db);
  const names = new Set(rows.map(({ name }) => name).filter((name) => name.includes('_') || name.includes('.')));
  return (name) => names.has(name);
}

/** 数据库情况: versions, migrations, sizes, use of indexes, and what failed, each as a document of the bundle. Only names of ours and numbers. */
export function databaseFacts(kit: Kit, isOurs: (name: string) => boolean): Promise<Record<string, unknown>> {
  return kit.database.read(everything, async (db) => {
    const ask = async (statement: ReturnType<typeof sql<Record<string, unknown>>>) => (await statement.execute(db)).rows;
    const failures = async (statement: ReturnType<typeof sql<Record<string, unknown> & { error: string | null }>>) => (await statement.execute(db)).rows.map((row) => ({ ...row, error: skeletonOf(row.error ?? '', isOurs) }));
    return {
      'database.json': await ask(sql`select current_setting('server_version') as version, pg_database_size(current_database()) as bytes, current_setting('max_connections') as max_connections, current_setting('shared_buffers') as shared_buffers,
        (select count(*)::int from pg_stat_activity where datname = current_database()) as connections, xact_commit, xact_rollback, deadlocks, temp_bytes, blks_hit, blks_read from pg_stat_database where datname = current_database()`),
      'tables.json': await ask(sql`select n.nspname || '.' || c.relname as name, greatest(c.reltuples, 0)::bigint as rows, pg_total_relation_size(c.oid) as bytes, pg_indexes_size(c.oid) as index_bytes, s.n_live_tup, s.n_dead_tup, s.seq_scan, s.idx_scan, s.last_autovacuum, s.last_autoanalyze
        from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_stat_user_tables s on s.relid = c.oid where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 3 desc`),
      'indexes.json': await ask(sql`select schemaname || '.' || relname as table_name, indexrelname as name, idx_scan as scans, pg_relation_size(indexrelid) as bytes from pg_stat_user_indexes order by 4 desc`),
      'failed-jobs.json': await failures(sql`select id, kind, status, attempts, created_at, started_at, finished_at, error from platform.job where status = 'failed' order by id desc limit ${SHOWN}`),
      'failed-deliveries.json': await failures(sql`select d.event_id, e.name, d.subscriber, d.attempts, d.updated_at, d.last_error as error from platform.event_delivery d join platform.event e on e.id = d.event_id where d.status = 'failed' order by d.event_id desc limit ${SHOWN}`),
      'backups.json': await failures(sql`select id, origin, status, created_at, finished_at, attempts, size_bytes, row_count, file_count, missing_file_count, is_encrypted, error from platform.backup order by id desc limit 50`),
      'statements.json': await statementsOf(db),
    };
  });
}

/** 已执行的升级, asked as the owner: nobody else may read them. */
export async function appliedMigrations(ownerUrl: string): Promise<unknown> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'shanzhi diagnose' });
  await client.connect();
  try {
    return await readApplied(client);
  } finally {
    await client.end();
  }
}

/** 累计最慢的语句, where PostgreSQL keeps them (pg_stat_statements): its texts have places instead of values, and only those of our own role are seen. */
async function statementsOf(db: Db): Promise<unknown> {
  const { rows: [there] } = await sql<{ schema: string }>`select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`.execute(db);
  if (there === undefined) return '没有安装 pg_stat_statements';
  const { rows } = await sql`select calls, round(total_exec_time)::bigint as total_ms, round(mean_exec_time)::bigint as mean_ms, rows, query from ${sql.table(`${there.schema}.pg_stat_statements`)}
    where userid = (select oid from pg_roles where rolname = current_user) and query ~* '^\\s*(select|with|insert|update|delete)' order by total_exec_time desc limit 50`.execute(db);
  return rows;
}
