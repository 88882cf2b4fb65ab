import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { modules, sealedTables } from '#server/main/modules.ts';
import { loadDemo } from '#seeds/demo/load.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import { everything } from '../access/scope.ts';
import { sealPending, verifyChain } from '../audit/seal.ts';
import { openVault } from '../crypto/vault.ts';
import { fileStoreOn } from '../files/store.ts';
import { newId } from '../ids.ts';
import { keysAt } from '../reseal/key-record.ts';
import { isOpenedBy } from '../reseal/refuse-unknown.ts';
import { distribution15 } from '../testing/cluster.ts';
import { testDatabase } from '../testing/database.ts';
import { testKit, TEST_SECRET, type TestKit } from '../testing/kit.ts';
import { kitOn } from '../testing/kit-on.ts';
import { ourSchemas, readSequences, readTables } from './catalogue.ts';
import { drillBackup } from './drill.ts';
import { BACKUP_LOCK, makeBackup, type MadeBackup } from './make-backup.ts';
import { fingerprintOf } from './manifest.ts';
import { readArchive } from './read-archive.ts';
import { checkArchive, restoreBackup } from './restore-backup.ts';

const NOW = instant('2026-11-23T02:00:00.000Z');
const CHILD = fileURLToPath(new URL('./testing/child.fixture.ts', import.meta.url));
/** Columns called hash: the content of files, and those that mean something else. A new one is looked at here (that of a report sent repeats its file's). */
const HASHES = ['audit.seal.hash', 'platform.api_key.secret_hash', 'platform.app_user.password_hash', 'platform.file.hash', 'report.sending.file_hash'];
const quiet = { say: () => undefined };
let source: TestKit;
let folder: string;
let made: MadeBackup;
let content: { hash: string };

beforeAll(async () => {
  source = await testKit(modules);
  folder = await mkdtemp(join(roomyFolder(), 'shanzhi-backup-'));
  await loadDemo(source);
  content = await source.kit.files.put(Readable.from([Buffer.from('一份台账的原件')]), { name: '台账.xlsx', mediaType: 'x', limitBytes: 1000 });
  await plant();
  for (;;) if ((await sealPending(source.kit)) === 0) break;
  made = await backup();
});
afterAll(async () => { await source.stop(); await rm(folder, { recursive: true, force: true }); });

/** What must be carried: a file, one the disk has lost, a living sign-in, a password to be used once, a link nobody has used, a key for a machine. */
async function plant(): Promise<void> {
  await source.kit.database.write(everything, async (db) => {
    const user = await db.selectFrom('platform.appUser').selectAll().limit(1).executeTakeFirstOrThrow();
    const file = { countyId: user.countyId, sizeBytes: 21, mediaType: 'x', name: '台账.xlsx', subjectKind: 'Batch', subjectId: newId(), uploadedBy: user.id };
    await db.insertInto('platform.file').values([{ ...file, id: newId<'File'>(), hash: content.hash }, { ...file, id: newId<'File'>(), hash: 'a'.repeat(64) }]).execute();
    await db.insertInto('platform.session').values({ id: 'b'.repeat(64), userId: user.id, csrfToken: 'x', ip: '10.0.0.1', userAgent: '', createdAt: NOW, lastSeenAt: NOW, expiresAt: instant('2099-01-01T00:00:00.000Z') }).execute();
    await db.insertInto('platform.link').values({ id: 'c'.repeat(64), purpose: 'password-reset', subjectKind: 'AppUser', subjectId: user.id, uses: 'once', validUntil: instant('2099-01-01T00:00:00.000Z'), createdAt: NOW }).execute();
    await db.insertInto('platform.apiKey').values({ id: newId<'ApiKey'>(), countyId: user.countyId, level: 'county', scopeId: user.countyId, name: '数据共享平台', permissions: ['registry.read'], addresses: [], secretHash: 'd'.repeat(64), hint: 'dddd', endsOn: localDate('2099-01-01'), madeBy: user.id, createdAt: NOW }).execute();
    await db.insertInto('platform.appUser').values({ id: newId<'AppUser'>(), countyId: user.countyId, login: 'newcomer', name: '新来的', passwordHash: 'x', mustChangePassword: true, passwordExpiresAt: instant('2099-01-01T00:00:00.000Z') }).execute();
  });
}

const backup = (into = folder, ownerUrl = source.ownerUrl) => makeBackup({ ownerUrl, files: source.kit.files, fingerprint: fingerprintOf(TEST_SECRET) }, { folder: into, passphrase: null, now: NOW });
const restore = async (path: string, ownerUrl: string, more: { replaces?: boolean; filesFolder?: string } = {}) =>
  restoreBackup(await checkArchive({ path, passphrase: null, secret: TEST_SECRET }), { ownerUrl, replaces: false, filesFolder: join(folder, 'files'), ...quiet, ...more });

async function asOwner<T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl, options: '-c timezone=UTC' });
  await client.connect();
  try { return await work(client); } finally { await client.end(); }
}

/** Every table's rows as one digest, whatever their order. */
const contentOf = (ownerUrl: string) => asOwner(ownerUrl, async (client) => {
  const found: Record<string, string> = {};
  for (const { name, columns } of await readTables(client, await ourSchemas())) {
    const { rows } = await client.query<{ row: string }>(`select ${columns.map((column) => `coalesce(${column.name}::text, '∅')`).join(" || '|' || ")} as row from ${name}`);
    found[name] = `${rows.length} ${createHash('sha256').update(rows.map(({ row }) => row).toSorted().join('\n')).digest('hex')}`;
  }
  return found;
});

/** Everything that is not a row: constraints, indexes, triggers, policies, rights, columns. */
const structureOf = (ownerUrl: string) => asOwner(ownerUrl, async (client) => {
  const ours = `(select oid from pg_namespace where nspname = any($1))`;
  const { rows } = await client.query<{ line: string }>(
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated as line from pg_constraint where connamespace in ${ours}
     union all select pg_get_indexdef(indexrelid) || indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace in ${ours}
     union all select tgrelid::regclass || pg_get_triggerdef(t.oid) || tgenabled::text from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace in ${ours}
     union all select polrelid::regclass || ' ' || polname || coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace in ${ours}
     union all select c.oid::regclass || ' ' || coalesce(c.relacl::text, '') || c.relrowsecurity from pg_class c where c.relkind in ('r', 'S') and c.relnamespace in ${ours}
     union all select p.oid::regprocedure || coalesce(p.proacl::text, '') || md5(p.prosrc) from pg_proc p where p.pronamespace in ${ours} order by 1`, [await ourSchemas()]);
  return rows.map(({ line }) => line);
});

let target: { ownerUrl: string; drop(): Promise<void> };
beforeEach(async () => { target = await testDatabase(); return () => target.drop(); });

test('every table, file and sequence comes back as it was, with the very structure a migration makes', async () => {
  expect(made).toMatchObject({ files: 1, missingFiles: 1, isEncrypted: false });
  expect(made.rows).toBeGreaterThan(30_000);
  const bare = await structureOf(target.ownerUrl);
  const done = await restore(made.path, target.ownerUrl);
  expect(done).toMatchObject({ rows: made.rows, files: 1, missingFiles: 1, migrated: [], sessionsEnded: 1, passwordsExpired: 1, linksEnded: 1, keysRevoked: 1 });
  expect(await structureOf(target.ownerUrl)).toEqual(bare);
  const [was, is] = [await contentOf(source.ownerUrl), await contentOf(target.ownerUrl)];
  // What a restore changes on purpose, and nothing else.
  const changed = Object.keys(was).filter((name) => was[name] !== is[name]);
  expect(changed.toSorted()).toEqual(['audit.entry', 'platform.api_key', 'platform.app_user', 'platform.link', 'platform.session']);
  const sequences = (url: string) => asOwner(url, async (client) => readSequences(client, await ourSchemas()));
  // The restore's own audit entry has taken the next number.
  expect((await sequences(target.ownerUrl)).map(({ name, value }) => [name, Number(value)])).toEqual((await sequences(source.ownerUrl)).map(({ name, value }) => [name, Number(value) + (name.startsWith('audit.entry') ? 1 : 0)]));
  expect(await readFile(fileStoreOn(join(folder, 'files')).pathOf(content.hash), 'utf8')).toBe('一份台账的原件');
});

test('every schema of the database is carried, but for the queue, whose work is found again from our own rows', async () => {
  const all = await asOwner(target.ownerUrl, async (client) => (await client.query<{ name: string }>("select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1")).rows.map(({ name }) => name));
  expect(all.filter((name) => !['public', 'queue', 'graphile_worker'].includes(name))).toEqual(await ourSchemas());
  const { rows } = await asOwner(target.ownerUrl, (client) => client.query("select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and relkind = 'r' order by 1"));
  // What was upgraded when is of the place, not of the archive.
  expect(rows).toEqual([{ relname: 'migration' }, { relname: 'upgrade' }]);
});

test('every content that a table names is one of platform.file, for only those are carried', async () => {
  const named = await asOwner(target.ownerUrl, async (client) => (await client.query<{ name: string }>("select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns where column_name ~ '(^|_)(file_)?hash$' and table_schema = any($1) order by 1", [await ourSchemas()])).rows.map(({ name }) => name));
  expect(named).toEqual(HASHES);
});

test('after a restore the audit chain holds, the restore itself is in it, and nobody is signed in', async () => {
  await restore(made.path, target.ownerUrl);
  const there = await kitOn({ ownerUrl: target.ownerUrl, drop: async () => undefined }, modules);
  await sealPending(there.kit);
  expect(await verifyChain(there.kit)).toMatchObject({ ok: true, unsealedTail: 0 });
  const { entries, sessions } = await there.kit.database.read(everything, async (db) => ({
    entries: await db.selectFrom('audit.entry').select(['action', 'subjectId']).orderBy('entryNo', 'desc').limit(1).execute(),
    sessions: await db.selectFrom('platform.session').select('revokedReason').where('revokedAt', 'is', null).execute(),
  }));
  expect(entries).toEqual([{ action: 'backup.restore', subjectId: made.name }]);
  expect(sessions).toEqual([]);
  await there.stop();
});

test('a drill restores into a server of its own, of this version and of the other, compares every row and leaves nothing behind', async () => {
  // A folder for temporary files of its own: another drill on this machine is none of this one's remains. PostgreSQL's user must reach into it.
  const own = await mkdtemp(join(tmpdir(), 'shanzhi-of-one-test-'));
  await chmod(own, 0o755);
  vi.stubEnv('TMPDIR', own);
  const archive = await checkArchive({ path: made.path, passphrase: null, secret: TEST_SECRET });
  const versions = ['18' as const, ...(distribution15() === undefined ? [] : ['15' as const])];
  for (const postgres of versions) {
    const { restored, inspected } = await drillBackup({ archive, postgres, ...quiet, inspect: async (url) => ({ content: await contentOf(url), while: await readdir(own), major: await asOwner(url, async (client) => (await client.query<{ v: string }>("select split_part(current_setting('server_version'), '.', 1) as v")).rows[0]?.v) }) });
    expect(restored.rows).toBe(made.rows);
    expect(inspected.while).toEqual([expect.stringMatching(/^shanzhi-drill-/)]);
    expect(inspected.major).toContain(postgres);
    const was = await contentOf(source.ownerUrl);
    expect(Object.keys(was).filter((name) => was[name] !== inspected.content[name]).toSorted()).toEqual(['audit.entry', 'platform.api_key', 'platform.app_user', 'platform.link', 'platform.session']);
  }
  vi.unstubAllEnvs();
  expect(await readdir(own)).toEqual([]);
  await rm(own, { recursive: true });
});

test('a drill of an archive made under a former secret ends under the one of today, and needs the former one to be named', async () => {
  const today = 'the secret after it, of a test';
  await expect(checkArchive({ path: made.path, passphrase: null, secret: today })).rejects.toThrow('--former-secret');
  await expect(checkArchive({ path: made.path, passphrase: null, secret: today, former: { secrets: ['another of before'], sealed: sealedTables } })).rejects.toThrow('--former-secret');
  const archive = await checkArchive({ path: made.path, passphrase: null, secret: today, former: { secrets: ['another of before', TEST_SECRET], sealed: sealedTables } });
  const { restored, inspected } = await drillBackup({ archive, postgres: '18', ...quiet, inspect: async (url) => ({ keys: await keysAt(url), phones: await asOwner(url, async (client) => (await client.query<{ sealed: string }>('select phone_cipher as sealed from registry.owner where phone_cipher is not null')).rows.map(({ sealed }) => sealed)) }) });
  expect(restored.rows).toBe(made.rows);
  expect(inspected.keys).toEqual({ standing: fingerprintOf(today), former: [fingerprintOf(TEST_SECRET)] });
  const opened = (secret: string) => inspected.phones.filter((sealed) => isOpenedBy(openVault(secret), sealed)).length;
  expect(inspected.phones.length).toBeGreaterThan(100);
  expect([opened(today), opened(TEST_SECRET)]).toEqual([inspected.phones.length, 0]);
});

test('the snapshot is one: what is written while tables are being copied is not in the archive', async () => {
  const into = join(folder, 'snapshot');
  let written = false;
  const during = await makeBackup({ ownerUrl: source.ownerUrl, files: source.kit.files, fingerprint: fingerprintOf(TEST_SECRET) }, { folder: into, passphrase: null, now: NOW }, async (done) => {
    if (written || done === 0) return;
    written = true;
    // The body comes in a table copied later than the first; the archive must not know it.
    await source.kit.database.write(everything, async (db) => {
      const county = await db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').executeTakeFirstOrThrow();
      await db.insertInto('platform.orgUnit').values({ id: newId<'OrgUnit'>(), countyId: county.id, kind: 'other', name: '备份中新设的', matchKey: '备份中新设的' }).execute();
    });
  });
  expect(written).toBe(true);
  const rowsOf = async (path: string) => (await readArchive(path, null)).tables.find(({ name }) => name === 'platform.org_unit')?.rows;
  expect(await rowsOf(during.path)).toBe(await rowsOf(made.path));
  await asOwner(source.ownerUrl, (client) => client.query("delete from platform.org_unit where name = '备份中新设的'"));
});

test('a database that holds something is left alone unless it may be replaced; then it is the archive', async () => {
  await asOwner(target.ownerUrl, (client) => client.query("insert into platform.org_unit (id, county_id, kind, name, match_key) values (gen_random_uuid(), gen_random_uuid(), 'other', '原有的', '原有的')"));
  const before = await contentOf(target.ownerUrl);
  await expect(restore(made.path, target.ownerUrl)).rejects.toThrow('目标数据库里已有数据，没有改动它');
  expect(await contentOf(target.ownerUrl)).toEqual(before);
  await restore(made.path, target.ownerUrl, { replaces: true });
  expect((await contentOf(target.ownerUrl))['platform.org_unit']).toBe((await contentOf(source.ownerUrl))['platform.org_unit']);
});

test('a database the product runs on, and one with somebody else’s schemas, are refused', async () => {
  // A server always has its worker's connection open; here a request stands for it.
  await source.kit.database.read(everything, async (db) => {
    await db.selectFrom('platform.orgUnit').select('id').limit(1).execute();
    await expect(restore(made.path, source.ownerUrl, { replaces: true })).rejects.toThrow('善治正在这个数据库上运行，请先停止它');
  });
  await asOwner(target.ownerUrl, (client) => client.query('drop table public.migration'));
  await expect(restore(made.path, target.ownerUrl, { replaces: true })).rejects.toThrow('不是善治建的');
});

test('under another secret, and from a newer program, an archive is refused before anything is touched', async () => {
  await expect(checkArchive({ path: made.path, passphrase: null, secret: 'another secret' })).rejects.toThrow('部署密钥不对');
  await asOwner(source.ownerUrl, (client) => client.query("insert into public.migration (name, checksum) values ('20990101T0000_platform_later.sql', repeat('0', 64))"));
  const newer = await backup(join(folder, 'newer'));
  await asOwner(source.ownerUrl, (client) => client.query("delete from public.migration where name like '2099%'"));
  await expect(checkArchive({ path: newer.path, passphrase: null, secret: TEST_SECRET })).rejects.toThrow('是用更新的版本');
});

test('an archive made before the last migrations is restored as it was and then brought to today', async () => {
  const last = (await asOwner(target.ownerUrl, (client) => client.query<{ name: string }>("select name from public.migration where name like '%platform_backups%'"))).rows[0]?.name ?? '';
  const older = await testDatabase();
  await asOwner(older.ownerUrl, async (client) => {
    await client.query('drop table platform.backup');
    await client.query('delete from public.migration where name = $1', [last]);
    await client.query("insert into platform.org_unit (id, county_id, kind, name, match_key) values (gen_random_uuid(), gen_random_uuid(), 'county', '旧县', '旧县')");
  });
  const early = await backup(join(folder, 'early'), older.ownerUrl);
  await older.drop();
  expect(await restore(early.path, target.ownerUrl)).toMatchObject({ migrated: [last] });
  expect(await asOwner(target.ownerUrl, async (client) => (await client.query("select to_regclass('platform.backup') is not null as there")).rows)).toEqual([{ there: true }]);
});

test('a second backup at the same time is refused with a sentence', async () => {
  await asOwner(source.ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [BACKUP_LOCK]);
    await expect(backup()).rejects.toThrow('正在进行另一次备份');
  });
});

test('a file changed on the disk since it was stored is told, not carried as if it were whole', async () => {
  const store = source.kit.files;
  const original = await readFile(store.pathOf(content.hash));
  await writeFile(store.pathOf(content.hash), '被改过的');
  try {
    expect(await backup(join(folder, 'rotten'))).toMatchObject({ files: 0, missingFiles: 2 });
  } finally {
    await writeFile(store.pathOf(content.hash), original);
  }
});

/** A process killed at a stage. */
async function killedAt(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** PostgreSQL needs a moment to see that a client is gone. */
const settled = (ownerUrl: string) => asOwner(ownerUrl, async (client) => {
  for (;;) if ((await client.query("select from pg_stat_activity where datname = current_database() and application_name in ('shanzhi backup', 'shanzhi restore')")).rowCount === 0) return;
});

test.each(['备份数据', '核对备份'])('killed in the middle (%s) a backup leaves no file with a final name, and the next one is made', async (stage) => {
  const into = await mkdtemp(join(folder, 'killed-'));
  await killedAt('backup', source.ownerUrl, into, stage);
  const left = await readdir(into);
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/^\.shanzhi-.*\.partial$/);
  await settled(source.ownerUrl);
  const again = await backup(into);
  expect((await readArchive(again.path, null)).tables.length).toBe(made.tables);
  expect((await stat(again.path)).size).toBe(again.sizeBytes);
});

test('a disk that is full is told in a sentence, and leaves nothing behind', async () => {
  const into = await mkdtemp(join(folder, 'full-'));
  // A limit on the size of a file, in blocks of 512 bytes, stands for the disk: it is met now in the header, now in a table, now behind the last.
  for (const blocks of [0, 1, 128, 256, 257, 1024, 2048]) await fails(into, blocks);
});

async function fails(into: string, blocks: number): Promise<void> {
  const child = spawn('/bin/sh', ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, CHILD, 'backup', source.ownerUrl, into, 'never'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => { said += part.toString(); });
  await once(child, 'exit');
  expect(said).toContain(`磁盘已满，「${into}」写不下了，没有留下半个文件`);
  expect(said).not.toContain('Emitted');
  expect(await readdir(into)).toEqual([]);
}

test('killed in the middle a restore leaves the database empty and the files unnamed, and can be begun again', async () => {
  const before = await contentOf(target.ownerUrl);
  const files = join(folder, 'killed-files');
  await killedAt('restore', target.ownerUrl, files, '比对', made.path);
  await settled(target.ownerUrl);
  expect(await contentOf(target.ownerUrl)).toEqual(before);
  expect((await readdir(files)).toSorted()).toEqual(['restoring']);
  await restore(made.path, target.ownerUrl, { filesFolder: files });
  expect((await readdir(files)).toSorted()).toEqual([content.hash.slice(0, 2)]);
});

test('killed in the middle a restore over a full database leaves what was there', async () => {
  await restore(made.path, target.ownerUrl);
  const before = await contentOf(target.ownerUrl);
  await killedAt('restore', target.ownerUrl, join(folder, 'files'), '逐行比对', made.path);
  await settled(target.ownerUrl);
  expect(await contentOf(target.ownerUrl)).toEqual(before);
});
