import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { BACKUP_LOCK } from '#platform/backup/make-backup.ts';
import { fingerprintOf } from '#platform/backup/manifest.ts';
import { readArchive } from '#platform/backup/read-archive.ts';
import { newId } from '#platform/ids.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import type { Kit } from '#platform/kit.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import { recordKey } from '#platform/reseal/key-record.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { operations } from './index.ts';
import { askFor, tendBackups } from './run-backups.ts';
import { getBackupStatus, requestBackup } from './use-cases/backups.ts';

const county = newId<'OrgUnit'>();
const none = { params: {}, query: {}, body: {} };
let world: TestKit;
let kit: Kit;

beforeEach(async () => {
  world = await testKit([operations], { at: '2026-11-23T03:00:00.000Z' });
  kit = world.kit;
  await kit.database.write(everything, (db) => db.insertInto('platform.orgUnit').values({ id: county, countyId: county, kind: 'county', name: '测试县', matchKey: '测试县', createdAt: kit.clock.now() }).execute());
});
afterEach(() => world.stop());

const tend = () => tendBackups(systemContext(kit));
const rows = () => kit.database.read(everything, (db) => db.selectFrom('platform.backup').selectAll().orderBy('id').execute());
const officer = () => makeContext(kit, { actor: { userId: null, name: '系统管理员', grantId: null, role: 'system-administrator', sessionId: null }, scope: countyScope(county), requestId: newId(), ip: null });
const status = () => getBackupStatus(officer(), none);
const archives = async () => (await readdir(kit.backups.folder).catch(() => [])).filter((name) => name.endsWith('.backup'));
const asOwner = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: world.ownerUrl });
  await client.connect();
  try { return await work(client); } finally { await client.end(); }
};
const actions = () => kit.database.read(everything, async (db) => (await db.selectFrom('audit.entry').select(['action', 'countyId']).where('subjectKind', '=', 'Backup').orderBy('entryNo').execute()));

test('nothing is made by day; at two at night a backup is, once, and it is on the county’s record', async () => {
  await tend();
  expect(await rows()).toEqual([]);
  world.clock.set('2026-11-23T18:00:00.000Z');
  await tend();
  await tend();
  expect(await rows()).toMatchObject([{ origin: 'schedule', status: 'done', error: null, attempts: 1, isEncrypted: false }]);
  const [name = ''] = await archives();
  expect(name).toMatch(/^shanzhi-20261124-020000-/);
  expect((await readArchive(join(kit.backups.folder, name), null)).counties).toEqual([{ code: null, name: '测试县' }]);
  expect(await actions()).toEqual([{ action: 'backup.make', countyId: county }]);
  expect(await status()).toMatchObject({ lastSuccess: { rowCount: expect.any(Number), sizeBytes: expect.any(Number) }, nextAt: '2026-11-24T18:00:00.000Z', warnings: [], isEncrypted: false });
});

test('sealing the audit trail at the same moment does not stand in its way', async () => {
  await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
  const sealer = new Client({ connectionString: world.ownerUrl });
  await sealer.connect();
  await sealer.query('select pg_advisory_lock(7264)');
  await tend();
  await sealer.end();
  expect(await rows()).toMatchObject([{ status: 'done' }]);
});

test('the button records who asked and wakes the worker, and pressed twice it asks once', async () => {
  const worker = await startWorker(kit, { jobsUrl: world.jobsUrl, log: () => undefined });
  const asked = await requestBackup(officer(), none);
  expect(asked).toMatchObject({ origin: 'page' });
  await requestBackup(officer(), none);
  for (let seen = await status(); seen.open !== null; seen = await status());
  await worker.stop();
  expect(await rows()).toMatchObject([{ id: asked.id, status: 'done' }]);
  expect((await actions()).map(({ action }) => action)).toEqual(['backup.request', 'backup.make']);
});

test('a failure is recorded with its sentence, warned of, and tried again later', async () => {
  await mkdir(join(kit.backups.folder, '..'), { recursive: true });
  await writeFile(kit.backups.folder, 'a file where the folder should be');
  world.clock.set('2026-11-23T18:00:00.000Z');
  await tend();
  expect(await rows()).toMatchObject([{ status: 'failed', error: expect.stringContaining('不是文件夹') }]);
  expect(await status()).toMatchObject({ nextAt: '2026-11-23T18:10:00.000Z', warnings: [expect.stringContaining('最近一次备份失败')] });
  await rm(kit.backups.folder);
  world.clock.set('2026-11-23T18:09:59.000Z');
  await tend();
  expect(await rows()).toHaveLength(1);
  world.clock.set('2026-11-23T18:10:00.000Z');
  await tend();
  expect((await rows()).map((row) => row.status)).toEqual(['failed', 'done']);
  expect((await status()).warnings).toEqual([]);
});

test('one asked for on the page that fails is tried again with growing pauses until it is made, and the administrators are told once', async () => {
  const admin = newId<'AppUser'>();
  await kit.database.write(everything, async (db) => {
    await db.insertInto('platform.appUser').values({ id: admin, countyId: county, login: 'system', name: '系统管理员', passwordHash: 'x' }).execute();
    await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId: admin, countyId: county, role: 'system-administrator', level: 'county', scopeId: county, startedOn: localDate('2020-01-01') }).execute();
  });
  await mkdir(join(kit.backups.folder, '..'), { recursive: true });
  await writeFile(kit.backups.folder, 'a file where the folder should be');
  await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
  await tend();
  expect(await status()).toMatchObject({ nextAt: '2026-11-23T03:10:00.000Z', warnings: [expect.stringMatching(/最近一次备份失败：.*再试/)] });
  world.clock.set('2026-11-23T03:10:00.000Z');
  await tend();
  expect((await rows()).map((row) => row.status)).toEqual(['failed', 'failed']);
  world.clock.set('2026-11-23T03:29:59.000Z');
  await tend();
  expect(await rows()).toHaveLength(2);
  await rm(kit.backups.folder);
  world.clock.set('2026-11-23T03:30:00.000Z');
  await tend();
  expect((await rows()).map((row) => row.status)).toEqual(['failed', 'failed', 'done']);
  expect((await status()).nextAt).toBe('2026-11-23T18:00:00.000Z');
  const told = await kit.database.read(everything, (db) => db.selectFrom('platform.notice').select(['kind', 'text']).execute());
  expect(told).toEqual([{ kind: 'backup.failed', text: expect.stringMatching(/^备份没有做成，将于.*自动再试，请到备份页查看原因。$/) }]);
});

test('a backup whose process died is taken up again, one that is being made is not, and after three deaths it is given up', async () => {
  const asked = await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
  const dead = (attempts: number) => kit.database.write(everything, (db) => db.updateTable('platform.backup').set({ status: 'running', attempts, heartbeatAt: instant('2026-11-23T02:58:00.000Z'), finishedAt: null }).where('id', '=', asked ?? newId<'Backup'>()).execute());
  await dead(1);
  const other = new Client({ connectionString: world.ownerUrl });
  await other.connect();
  await other.query('select pg_advisory_lock($1)', [BACKUP_LOCK]);
  await tend();
  expect(await rows()).toMatchObject([{ status: 'running', attempts: 1 }]);
  await other.end();
  for (;;) if ((await kit.database.read(everything, (db) => db.selectFrom('platform.backup').select('status').executeTakeFirstOrThrow())).status === 'done') break; else await tend();
  expect(await rows()).toMatchObject([{ status: 'done', attempts: 2 }]);
  const second = await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
  await kit.database.write(everything, (db) => db.updateTable('platform.backup').set({ status: 'running', attempts: 3, heartbeatAt: instant('2026-11-23T02:58:00.000Z') }).where('id', '=', second ?? newId<'Backup'>()).execute());
  await tend();
  expect((await rows())[1]).toMatchObject({ status: 'failed', error: '备份进行中程序停止了 3 次，没有完成' });
});

test('old archives go by the rule, but only those that are whole and of this deployment', async () => {
  for (const day of ['20', '21', '22']) { world.clock.set(`2026-11-${day}T18:00:00.000Z`); await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() })); await tend(); }
  expect(await archives()).toHaveLength(3);
  const damaged = join(kit.backups.folder, 'shanzhi-20200101-020000-0000.backup');
  await writeFile(damaged, 'not whole');
  await utimes(damaged, 0, 0);
  await writeFile(join(kit.backups.folder, '通讯录.xlsx'), 'somebody else’s');
  const strict: Kit = { ...kit, backups: { ...kit.backups, keep: { daily: 1, weekly: 0, monthly: 0 } } };
  world.clock.set('2026-11-23T18:00:00.000Z');
  await tendBackups(systemContext(strict));
  const left = (await readdir(kit.backups.folder)).toSorted();
  expect(left).toEqual(['shanzhi-20200101-020000-0000.backup', expect.stringMatching(/^shanzhi-20261124-020000-/), '通讯录.xlsx']);
  expect((await rows()).at(-1)?.pruned).toHaveLength(3);
  const stranger: Kit = { ...strict, backups: { ...strict.backups, fingerprint: 'of another deployment' } };
  world.clock.set('2026-11-24T18:00:00.000Z');
  await tendBackups(systemContext(stranger));
  expect(await archives()).toHaveLength(3);
});

test('archives made under a secret this deployment had before go by the same rule; one under a secret it never had stays', async () => {
  const under = async (fingerprint: string, day: string, keep = kit.backups.keep) => {
    world.clock.set(`2026-11-${day}T18:00:00.000Z`);
    await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
    await tendBackups(systemContext({ ...kit, backups: { ...kit.backups, fingerprint, keep } }));
  };
  const [first, another, second] = ['the first', 'of another deployment', 'the second'].map(fingerprintOf);
  for (const [fingerprint, day] of [[first, '20'], [another, '21'], [second, '22']] as const) await under(fingerprint ?? '', day);
  for (const fingerprint of [first, second, kit.backups.fingerprint]) await asOwner((client) => recordKey(client, fingerprint ?? ''));
  await under(kit.backups.fingerprint, '23', { daily: 1, weekly: 0, monthly: 0 });
  expect((await archives()).toSorted()).toEqual([expect.stringMatching(/^shanzhi-20261122-/), expect.stringMatching(/^shanzhi-20261124-/)]);
  expect((await rows()).at(-1)?.pruned?.toSorted()).toEqual([expect.stringMatching(/^shanzhi-20261121-/), expect.stringMatching(/^shanzhi-20261123-/)]);
});

test('a last success older than a day is warned of, and so is a deployment never backed up', async () => {
  world.clock.set('2026-11-24T05:00:00.000Z');
  expect((await status()).warnings).toEqual(['系统启用已超过一天，还没有成功备份过，请立即备份。']);
  await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
  await tend();
  world.clock.set('2026-11-25T05:59:59.000Z');
  expect((await status()).warnings).toEqual([]);
  world.clock.set('2026-11-25T07:00:00.000Z');
  expect((await status()).warnings).toEqual([expect.stringContaining('上次成功的备份已是 26 小时以前，超过一天')]);
});

test('an archive is encrypted when a key is configured', async () => {
  const keyed: Kit = { ...kit, backups: { ...kit.backups, key: 'only this test knows it' } };
  await kit.database.write(everything, (db) => askFor(db, { origin: 'page', requestedBy: null, at: kit.clock.now() }));
  await tendBackups(systemContext(keyed));
  const [name = ''] = await archives();
  await expect(readArchive(join(kit.backups.folder, name), null)).rejects.toThrow('是加密的备份');
  expect((await readArchive(join(kit.backups.folder, name), 'only this test knows it')).tables.length).toBeGreaterThan(30);
  expect(await rows()).toMatchObject([{ isEncrypted: true }]);
});
