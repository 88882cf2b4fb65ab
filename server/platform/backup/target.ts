import type { Client } from 'pg';
import { APP_ROLE, JOBS_ROLE } from '../db/roles.ts';
import { ourSchemas, quoted, readApplied, readTables } from './catalogue.ts';
import { refuseBackup } from './refuse.ts';

/** What a first start writes by itself: national holidays. */
const WRITTEN_AT_START = new Set(['platform.holiday_notice']);

/** May this database be filled? @throws Problem when the product runs on it, when it is somebody else's, or when it holds something and may not be replaced */
export async function refuseOccupied(client: Client, replaces: boolean): Promise<void> {
  const { rows: [running] } = await client.query<{ count: number }>('select count(*)::int as count from pg_stat_activity where datname = current_database() and usename = any($1) and pid <> pg_backend_pid()', [[APP_ROLE, JOBS_ROLE]]);
  if ((running?.count ?? 0) > 0) throw refuseBackup('善治正在这个数据库上运行，请先停止它（Ctrl-C 或停止服务），再恢复。');
  const schemas = await ourSchemas();
  const { rows: there } = await client.query<{ name: string }>('select nspname as name from pg_namespace where nspname = any($1)', [schemas]);
  if (there.length > 0 && (await readApplied(client)).length === 0) throw refuseBackup(`这个数据库里有同名的模式（${there.map(({ name }) => name).join('、')}），但不是善治建的，不能恢复到这里，请换一个空数据库。`);
  if (replaces) return;
  for (const { name } of await readTables(client, schemas)) {
    if (WRITTEN_AT_START.has(name)) continue;
    const { rowCount } = await client.query(`select from ${quoted(client, name)} limit 1`);
    if (rowCount === 1) throw refuseBackup('目标数据库里已有数据，没有改动它。要恢复到空的地方，请用 --into 另指文件夹或数据库；确要用备份覆盖现有数据，请加 --replace 覆盖。');
  }
}
