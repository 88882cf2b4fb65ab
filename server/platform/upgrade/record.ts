import type { Client } from 'pg';
import { instant } from '#domain/kernel/brand.ts';
import { instantText } from '#domain/kernel/words.ts';
import { productVersion } from '../diagnose/deployment.ts';

/** 升级记录: beside the list of migrations, so that whichever program comes next can read it. Committed before anything is changed, and ended in the transaction that changes. */
export const UPGRADES = `create table if not exists public.upgrade (
  id bigint generated always as identity primary key, product text not null, pending text[] not null, backup text, schemas text[] not null,
  started_at timestamptz not null default now(), finished_at timestamptz, error text)`;

/** What the guard found: the backup made or relied on, null where the operator has his own. */
export interface UpgradeDraft { readonly pending: readonly string[]; readonly backup: string | null; /** Schemas of the new version. */ readonly schemas: readonly string[] }
/** An upgrade on the record, and how to go back from it, in words. */
export interface Upgrade extends UpgradeDraft { readonly id: string; readonly wayBack: string }

/** 退回的办法, in words; empty where no backup of ours is known. */
export const wayBackOf = (backup: string | null): string => (backup === null
  ? '要退回升级前的数据，请用您自己的备份。'
  : `要退回升级前：停止服务，换回原来的程序文件夹，在那里执行 npm run -s shanzhi -- restore ${backup} --replace 覆盖。`);

/** 登记一次升级. */
export async function beginUpgrade(client: Client, { pending, backup, schemas }: UpgradeDraft): Promise<Upgrade> {
  const { rows } = await client.query<{ id: string }>('insert into public.upgrade (product, pending, backup, schemas) values ($1, $2, $3, $4) returning id', [productVersion(), pending, backup, schemas]);
  return { id: rows[0]?.id ?? '', pending, backup, schemas, wayBack: wayBackOf(backup) };
}

/** 升级结束: with what went wrong, or null. */
export async function endUpgrade(client: Client, { id }: Upgrade, error: string | null): Promise<void> {
  await client.query('update public.upgrade set finished_at = now(), error = $2 where id = $1', [id, error?.slice(0, 500) ?? null]);
}

/** 中断的升级: begun and neither ended nor failed; its process was killed. It is closed here, for the next one begins. @returns what to tell, or null */
export async function closeInterrupted(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ at: string; backup: string | null }>(`update public.upgrade set finished_at = now(), error = 'interrupted' where finished_at is null returning to_char(started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, backup`);
  const last = rows.at(-1);
  if (last === undefined) return null;
  return `上次升级（${instantText(instant(last.at))}开始）中途停止了，没有做完。升级是一次完成或全部不做的：数据库没有改动，仍是升级前的样子，现在从头再升级。${wayBackOf(last.backup)}`;
}

/** 数据库比程序新: which version it is of, and both ways on. */
export async function wordsOfNewer(client: Client, unknown: string): Promise<string> {
  const { rows: [there] } = await client.query<{ yes: boolean }>("select to_regclass('public.upgrade') is not null as yes");
  const last = there?.yes === true ? (await client.query<{ product: string; backup: string | null }>('select product, backup from public.upgrade where error is null and finished_at is not null and $1 = any(pending) order by id desc limit 1', [unknown])).rows[0] : undefined;
  const version = last === undefined ? '更新的版本' : ` ${last.product} 版（结构到 ${unknown.slice(0, 13)}）`;
  return `这个数据库由${version}升级过（${unknown}），本程序是 ${productVersion()} 版，比它旧，不能使用。请用那一版或更新的程序启动；${last === undefined ? '要退回本版本，请恢复升级前的备份。' : `要退回本版本，请恢复升级前的备份。${wayBackOf(last.backup)}`}`;
}

/** 曾经有过的模式 of ours, of whatever version: what an older program must remove too when it restores over a newer database. */
export async function schemasEverMade(client: Client): Promise<string[]> {
  const { rows: [there] } = await client.query<{ yes: boolean }>("select to_regclass('public.upgrade') is not null as yes");
  if (there?.yes !== true) return [];
  const { rows } = await client.query<{ name: string }>('select distinct unnest(schemas) as name from public.upgrade');
  return rows.map(({ name }) => name).filter((name) => /^[a-z_]{1,40}$/.test(name) && !name.startsWith('pg_') && !['public', 'information_schema'].includes(name));
}
