import type { Client } from 'pg';
import { quoted } from '../backup/catalogue.ts';
import { fingerprintOf } from '../backup/manifest.ts';
import type { SealedTable } from '../crypto/sealed-table.ts';
import { openVault } from '../crypto/vault.ts';
import { StartRefused } from '../db/embedded-refusal.ts';
import { newId } from '../ids.ts';
import { recordKey } from './key-record.ts';
import { lookUpIn } from './look-up.ts';
import { unknownSeals } from './refuse-unknown.ts';
import { rekey } from './rekey.ts';
import { resealTable, type Resealed } from './reseal-table.ts';

/** 全部换钥: from which secret to which, over which tables. */
export interface ResealPlan { readonly from: string; readonly to: string; readonly sealed: readonly SealedTable[]; readonly schemas: readonly string[]; readonly say: (line: string) => void }

/** 换钥的结果: rows sealed anew by table, indexes nobody can make anew, and rows that ended because nobody keeps what they were made of. */
export interface ResealedAll { readonly tables: readonly Resealed[]; readonly rows: number; readonly orphans: number; readonly ended: readonly { readonly table: string; readonly rows: number }[] }

/**
 * 全部换钥, in the caller's transaction, as the owner: every seal and every index of the database goes from one secret to the other, the record says so,
 * and each county's trail. Tables are held against writing. @throws StartRefused before a row is written when a sealed column is nobody's
 */
export async function resealAll(client: Client, { from, to, sealed, schemas, say }: ResealPlan): Promise<ResealedAll> {
  const vaults = { from: openVault(from), to: openVault(to) };
  const again = rekey(vaults.from, vaults.to);
  // Each row is found by its place in the table, page by page: any other plan would read the table once for each page.
  await client.query('set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = on');
  const held = sealed.map(({ table }) => quoted(client, table));
  // What was issued is kept as it is by triggers; sealing it anew changes nothing that it says.
  for (const table of held) await client.query(`alter table ${table} disable trigger user`);
  say('正在查找封存的内容……');
  const unknown = await unknownSeals(client, schemas, sealed, vaults.from);
  if (unknown.length > 0) throw new StartRefused(`不能更换部署密钥：程序没有登记 ${unknown.join('、')} 里封存的内容，换了就打不开。没有改动任何内容，请把这句话告诉开发人员。`);

  const lookUp = lookUpIn(client, sealed, again);
  // Where indexes stand without their number they are looked up in tables that have both, so those wait until last.
  const order = sealed.filter(({ ends }) => ends !== true).toSorted((one, other) => Number((one.indexes ?? []).length > 0) - Number((other.indexes ?? []).length > 0));
  const tables: Resealed[] = [];
  for (const table of order) {
    say(`正在重新封存 ${table.table}……`);
    tables.push(await resealTable(client, table, { rekey: again, lookUp }));
  }
  const ended: { table: string; rows: number }[] = [];
  for (const { table } of sealed.filter(({ ends }) => ends === true)) ended.push({ table, rows: (await client.query(`delete from ${quoted(client, table)}`)).rowCount ?? 0 });
  for (const table of held) await client.query(`alter table ${table} enable trigger user`);

  const done = { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), orphans: tables.reduce((sum, { orphans }) => sum + orphans, 0), ended };
  await recordKey(client, fingerprintOf(to), fingerprintOf(from));
  await recordTrail(client, { from: fingerprintOf(from), to: fingerprintOf(to), done });
  return done;
}

async function recordTrail(client: Client, { from, to, done }: { from: string; to: string; done: ResealedAll }): Promise<void> {
  const { rows: counties } = await client.query<{ id: string }>("select id from platform.org_unit where kind = 'county'");
  const [before, after] = [{ keyFingerprint: from }, { keyFingerprint: to, rows: done.rows, orphans: done.orphans, ended: done.ended.reduce((sum, { rows }) => sum + rows, 0) }];
  for (const { id } of counties) {
    await client.query("insert into audit.entry (id, county_id, at, actor_name, action, subject_kind, subject_id, before, after, request_id) values ($1, $2, now(), '系统', 'secret.rotate', 'DeploymentKey', $3, $4, $5, $6)",
      [newId<'Entry'>(), id, to, JSON.stringify(before), JSON.stringify(after), `rotate-${newId()}`]);
  }
}
