import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { migrate, migrationFiles, type Migration } from '../db/migrate.ts';
import { checkArchive, restoreBackup } from '../backup/restore-backup.ts';
import { connect } from '../db/connect.ts';
import { APP_ROLE, urlOf } from '../db/roles.ts';
import { testDatabase, type TestDatabase } from '../testing/database.ts';
import { TEST_SECRET } from '../testing/kit-on.ts';
import { newId } from '../ids.ts';
import { upgradePlanIn } from './testing/plan.ts';
import { guardUpgrade } from './guard-upgrade.ts';

const CHILD = fileURLToPath(new URL('testing/upgrade-child.fixture.ts', import.meta.url));
const NEXT: Migration = { name: '29991231T0000_registry_add-lift.sql', sql: 'create schema lift; create table lift.lift (id uuid primary key)', checksum: 'c1' };
const BROKEN: Migration = { name: '29991231T0001_registry_broken.sql', sql: 'create table lift.second (id uuid); select 1 / 0', checksum: 'c2' };

let world: TestDatabase;
let folder: string;
let said: string[];
beforeEach(async () => {
  world = await testDatabase();
  folder = await mkdtemp(join(roomyFolder(), 'shanzhi-upgrade-'));
  said = [];
  const id = newId();
  await ask(`insert into platform.org_unit (id, county_id, kind, name, match_key) values ('${id}', '${id}', 'county', '测试县', '测试县')`);
});
afterEach(async () => { await world.drop(); await rm(folder, { recursive: true, force: true }); });

const plan = (more: Partial<ReturnType<typeof upgradePlanIn>> = {}) => ({ ...upgradePlanIn(folder, world.ownerUrl), say: (line: string) => { said.push(line); }, ...more });
const upgradeTo = async (extra: readonly Migration[], more: Partial<ReturnType<typeof upgradePlanIn>> = {}) =>
  migrate(world.ownerUrl, { files: [...await migrationFiles(), ...extra], guard: (client, pending) => guardUpgrade(client, pending, plan(more)) });

async function ask<T extends object>(sql: string): Promise<T[]> {
  const client = new Client({ connectionString: world.ownerUrl });
  await client.connect();
  try { return (await client.query<T>(sql)).rows; } finally { await client.end(); }
}
const isThere = async (name: string) => (await ask<{ yes: boolean }>(`select to_regclass('${name}') is not null as yes`))[0]?.yes;
const archives = async () => (await readdir(join(folder, 'backups')).catch(() => [])).filter((name) => name.endsWith('.backup'));

test('an upgrade backs up first, is made whole, and the record says how to go back; an older program then refuses and says which version to run', async () => {
  expect(await upgradeTo([NEXT])).toEqual([NEXT.name]);
  const [name = ''] = await archives();
  expect(said.join('\n')).toMatch(/升级之前先备份[^]*已备份：.*已读回核对[^]*正在升级数据库结构（1 项）/);
  expect(await ask('select pending, backup, error, finished_at is not null as done from public.upgrade')).toEqual([{ pending: [NEXT.name], backup: join(folder, 'backups', name), error: null, done: true }]);
  await expect(migrate(world.ownerUrl)).rejects.toThrow(new RegExp(`由 0\\.1\\.0 版（结构到 29991231T0000）升级过.*本程序是 0\\.1\\.0 版，比它旧，不能使用。.*restore .*${name} --replace 覆盖`));
});

test('the older program restores its own state from that archive, and what only the newer version had is gone', async () => {
  await upgradeTo([NEXT], { schemas: ['lift'] });
  const [name = ''] = await archives();
  const archive = await checkArchive({ path: join(folder, 'backups', name), passphrase: null, secret: TEST_SECRET });
  await restoreBackup(archive, { ownerUrl: world.ownerUrl, filesFolder: join(folder, 'files'), replaces: true, say: () => undefined });
  expect(await isThere('lift.lift')).toBe(false);
  expect(await migrate(world.ownerUrl)).toEqual([]);
  expect(await ask("select name from platform.org_unit")).toEqual([{ name: '测试县' }]);
  expect(await upgradeTo([NEXT])).toEqual([NEXT.name]);
}, 120_000);

test('a migration that fails takes those before it back with it', async () => {
  await expect(upgradeTo([NEXT, BROKEN])).rejects.toThrow(/升级没有成功，已全部撤回：数据库没有改动.*停在 29991231T0001_registry_broken\.sql.*restore .*--replace 覆盖/);
  expect(await isThere('lift.lift')).toBe(false);
  expect(await migrate(world.ownerUrl)).toEqual([]);
});

test('killed in the middle (-9), the database is as before; the next start says so, names the archive to go back to, and upgrades', async () => {
  const child = spawn(process.execPath, [CHILD, world.ownerUrl, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  for (;;) if ((await ask("select 1 from pg_stat_activity where datname = current_database() and application_name = 'shanzhi migrate' and wait_event = 'PgSleep'")).length > 0) break;
  child.kill('SIGKILL');
  await new Promise((resolve) => { child.once('exit', resolve); });
  const [name = ''] = await archives();
  expect(await isThere('lift.lift')).toBe(false);
  expect(await upgradeTo([NEXT], { say: (line) => { said.push(line); } })).toEqual([NEXT.name]);
  expect(said[0]).toMatch(new RegExp(`^上次升级（.*开始）中途停止了，没有做完。.*数据库没有改动，仍是升级前的样子，现在从头再升级。.*restore .*${name} --replace 覆盖。$`));
  expect(await isThere('lift.lift')).toBe(true);
  expect(await ask('select error from public.upgrade order by id')).toEqual([{ error: 'interrupted' }, { error: null }]);
}, 60_000);

test('while a server of the old version is still connected nothing is changed; nor where the disk is full, or no backup of the last day is there', async () => {
  const old = connect({ url: urlOf(APP_ROLE, world.ownerUrl, TEST_SECRET), size: 1 });
  await old.ping();
  await expect(upgradeTo([NEXT])).rejects.toThrow(/还在这个数据库上运行（\d+ 个连接）。请先把它们都停止/);
  await old.close();
  await expect(upgradeTo([NEXT], { makesBackup: false })).rejects.toThrow(/升级前要有最近一天的备份，没有升级（「.*」里没有备份）/);
  await expect(upgradeTo([NEXT], { leastFree: Number.MAX_SAFE_INTEGER })).rejects.toThrow(/磁盘空间不够升级/);
  expect([await isThere('lift.lift'), await archives()]).toEqual([false, []]);
  expect(await upgradeTo([NEXT], { makesBackup: false, withoutBackup: true })).toEqual([NEXT.name]);
  expect(await ask('select backup from public.upgrade')).toEqual([{ backup: null }]);
}, 60_000);

test('on a database of one’s own a whole backup of the last day will do; one that is older, or of another deployment, will not', async () => {
  await upgradeTo([NEXT]);
  const next: Migration = { ...NEXT, name: '29991231T0002_registry_more.sql', sql: 'create table lift.more (id uuid)' };
  const later = { source: plan().source, target: { ...plan().target, now: plan().target.now } };
  await expect(upgradeTo([NEXT, next], { makesBackup: false, source: { ...later.source, fingerprint: 'of another deployment' } })).rejects.toThrow('不是本部署的备份');
  expect(await upgradeTo([NEXT, next], { makesBackup: false })).toEqual([next.name]);
});
