import { Client } from 'pg';
import { COPY_OPTIONS, ourSchemas } from '../backup/catalogue.ts';
import { fingerprintOf } from '../backup/manifest.ts';
import type { SealedTable } from '../crypto/sealed-table.ts';
import { StartRefused } from '../db/embedded-refusal.ts';
import { migrationFiles, pendingOf } from '../db/migrate.ts';
import { APP_ROLE, ensureRoles, JOBS_ROLE } from '../db/roles.ts';
import { othersAtWork } from '../upgrade/others-at-work.ts';
import { readKeys, wrongKey } from './key-record.ts';
import { resealAll, type ResealedAll } from './reseal-all.ts';

/** 更换部署密钥: of which database, from which secret to which. */
export interface Rotation { readonly ownerUrl: string; readonly from: string; readonly to: string; readonly sealed: readonly SealedTable[]; readonly say: (line: string) => void }

/** 更换的结果. */
export interface Rotated extends ResealedAll { readonly from: string; readonly to: string; readonly seconds: number }

/**
 * 更换部署密钥 in the database: everything in ONE transaction — rows, record, trail and the passwords of both roles — so that whatever is killed when, all of it
 * is of the old secret or all of it of the new. Nobody may serve or work meanwhile: both roles are shut out first, and let in again by the end or the next start.
 * @throws StartRefused with what is in the way; nothing is changed then
 */
export async function rotateSecret({ ownerUrl, from, to, sealed, say }: Rotation): Promise<Rotated> {
  const began = performance.now();
  const client = new Client({ connectionString: ownerUrl, application_name: 'shanzhi rotate', options: COPY_OPTIONS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query("set client_connection_check_interval = '1s'").catch(() => undefined);
    // The lock of migrating and restoring: a server that starts meanwhile waits, and then finds that its secret is no longer the one.
    const { rows: [lock] } = await client.query<{ got: boolean }>('select pg_try_advisory_lock(7262) as got');
    if (lock?.got !== true) throw new StartRefused('另一个进程正在升级、恢复或更换密钥，请等它完成再执行。没有改动任何内容。');
    await refuseUnready(client, from);
    await shut(client, 'nologin');
    try {
      if ((await othersAtWork(client)) > 0) throw new StartRefused('更换部署密钥时不能有人在用：善治的服务或后台作业还在这个数据库上运行，请先把它们都停止，再执行。没有改动任何内容。');
      await client.query('begin');
      const done = await resealAll(client, { from, to, sealed, schemas: await ourSchemas(), say });
      await ensureRoles(client, to);
      await client.query('commit');
      return { ...done, from: fingerprintOf(from), to: fingerprintOf(to), seconds: Math.round((performance.now() - began) / 100) / 10 };
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      await shut(client, 'login').catch(() => undefined);
      throw refusal(error);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseUnready(client: Client, from: string): Promise<void> {
  const { known, pending } = await pendingOf(client, await migrationFiles()).catch((error: unknown) => { if (isCode(error, '42P01')) return { known: 0, pending: [] }; throw error; });
  if (known === 0) throw new StartRefused('这个数据库里还没有善治的数据，没有什么要换的；启动一次后再执行。');
  if (pending.length > 0) throw new StartRefused('数据库还没有升级到本程序的版本，请先启动一次（或执行 upgrade），再停止服务更换密钥。没有改动任何内容。');
  const { standing } = await readKeys(client);
  if (standing !== null && standing !== fingerprintOf(from)) throw wrongKey(standing, fingerprintOf(from), '现在设置的');
}

const shut = async (client: Client, attribute: 'login' | 'nologin'): Promise<void> => { for (const role of [APP_ROLE, JOBS_ROLE]) await client.query(`alter role ${role} ${attribute}`); };

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

function refusal(error: unknown): unknown {
  if (isCode(error, '55P03')) return new StartRefused('有别的程序正占着数据库里的表，没有换成，也没有改动任何内容。请停止它们再执行。', { cause: error });
  if (isCode(error, '53100')) return new StartRefused('数据库所在的磁盘已满，没有换成，已全部撤回。请清理磁盘（至少留出数据库一半的空间）再执行。', { cause: error });
  const isSeal = error instanceof Error && /unable to authenticate data|unknown seal version|Invalid authentication tag|Invalid initialization/.test(error.message);
  return isSeal ? new StartRefused('有内容用现在的密钥打不开（可能以前放错过密钥），没有换成，已全部撤回。请先执行 doctor 查明是哪些。', { cause: error }) : error;
}
