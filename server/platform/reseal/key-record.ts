import { Client } from 'pg';
import { StartRefused } from '../db/embedded-refusal.ts';

/** 这个数据库的部署密钥 by fingerprint: the one it is sealed with, and those before it. */
export interface KeyRecord { readonly standing: string | null; readonly former: readonly string[] }

/** 读密钥记录; nothing stands where the table is not there yet or nothing was written. */
export async function readKeys(client: Client): Promise<KeyRecord> {
  const { rows: [there] } = await client.query<{ yes: boolean }>("select to_regclass('platform.deployment_key') is not null as yes");
  if (there?.yes !== true) return { standing: null, former: [] };
  const { rows } = await client.query<{ fingerprint: string; ended: boolean }>('select fingerprint, ended_at is not null as ended from platform.deployment_key order by key_no');
  return { standing: rows.find(({ ended }) => !ended)?.fingerprint ?? null, former: rows.filter(({ ended }) => ended).map(({ fingerprint }) => fingerprint) };
}

/** 读密钥记录 of the database at `ownerUrl`. */
export async function keysAt(ownerUrl: string): Promise<KeyRecord> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await readKeys(client);
  } finally {
    await client.end();
  }
}

/** 记下密钥: from now on the database is of this one; `former` is written too where nothing stood yet. */
export async function recordKey(client: Client, fingerprint: string, former: string | null = null): Promise<void> {
  const { standing } = await readKeys(client);
  if (standing === fingerprint) return;
  if (standing === null && former !== null) await client.query('insert into platform.deployment_key (fingerprint, since) values ($1, now())', [former]);
  await client.query('update platform.deployment_key set ended_at = now() where ended_at is null');
  await client.query('insert into platform.deployment_key (fingerprint, since) values ($1, now())', [fingerprint]);
}

/** 密钥不对的说法. A fingerprint tells one key from another and nothing else. */
export const wrongKey = (standing: string, given: string, where: string): StartRefused => new StartRefused(
  `部署密钥不对：这个数据库是用指纹 ${standing.slice(0, 8)} 的密钥封存的，${where}是 ${given.slice(0, 8)}，用它打不开手机号和证件号。换过密钥的，请改用新的那一把；放错了的，请放回原来的 secret.key（或改正 SHANZHI_SECRET、SHANZHI_SECRET_FILE）。没有改动任何内容。`);
