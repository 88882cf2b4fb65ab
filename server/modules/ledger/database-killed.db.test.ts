import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addCounty, readDivisions } from '#modules/administration/index.ts';
import { startEmbedded, type Embedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { migrateQueue } from '#platform/jobs/migrate-queue.ts';
import { systemContext } from '#platform/make-context.ts';
import { kitOn, TEST_SECRET, type TestKit } from '#platform/testing/kit-on.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import type { CrashPoint } from './crash-point.ts';
import { importModules, sample } from './testing/given-county.ts';

const CHILD = fileURLToPath(new URL('testing/crash-child.fixture.ts', import.meta.url));
const VALID = 173;
const READ = 176;

interface Standing { readonly status: string; readonly rows: number; readonly estates: number }

/** What stands when the database is up again, and after the next start went on. */
const points: readonly { point: CrashPoint; left: Standing; resumed: Standing }[] = [
  { point: 'while-staging', left: { status: 'reading', rows: 0, estates: 0 }, resumed: { status: 'preview', rows: READ, estates: 0 } },
  { point: 'in-confirm-after-write-before-commit', left: { status: 'confirming', rows: READ, estates: 0 }, resumed: { status: 'committed', rows: READ, estates: VALID } },
  { point: 'after-commit-before-answer', left: { status: 'committed', rows: READ, estates: VALID }, resumed: { status: 'committed', rows: READ, estates: VALID } },
];

describe('kill -9 of the database at a point of an import leaves all of it or nothing, and the next start goes on', () => {
  let base = '';
  let database: Embedded;
  const start = async () => { database = await startEmbedded({ dataDir: join(base, 'data'), log: () => undefined }); };
  const postmaster = () => String(readFileSync(join(base, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  /** The test's own connections are closed again before anything is killed. */
  const withKit = async <T>(work: (kit: TestKit) => Promise<T>): Promise<T> => {
    const kit = await kitOn({ ownerUrl: database.url, drop: () => Promise.resolve() }, importModules);
    try { return await work(kit); } finally { await kit.stop(); }
  };
  const run = async (countyId: string, what: 'import' | 'restart', kill: NodeJS.ProcessEnv = {}) => {
    const { appUrl } = await withKit(({ appUrl: url }) => Promise.resolve({ appUrl: url }));
    const child = spawn(process.execPath, [CHILD, appUrl, join(base, 'files'), countyId, what, sample('住宅小区台账.xlsx')], { env: { ...process.env, NODE_ENV: 'test', ...kill }, stdio: ['ignore', 'ignore', 'pipe'] });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
    return { code, said };
  };
  const stands = () => withKit(({ kit }) => systemContext(kit).read(async (db) => {
    const count = async (what: string) => Number((await sql<{ n: number }>`select count(*) as n from ${sql.raw(what)}`.execute(db)).rows[0]?.n);
    const batch = await db.selectFrom('ledger.batch').select('status').executeTakeFirst();
    return { status: batch?.status, rows: await count('ledger.batch_row'), estates: await count('registry.estate'), audits: await count("audit.entry where action = 'ledger.import'"), changes: await count('ledger.batch_change c, unnest(c.subject_ids)') };
  }));

  beforeEach(async () => {
    base = mkdtempSync(join(roomyFolder(), 'shanzhi-killed-'));
    chmodSync(base, 0o755);
    await start();
    await migrate(database.url);
    await migrateQueue(database.url, TEST_SECRET);
  });
  afterEach(async () => { await database.stop(); rmSync(base, { recursive: true, force: true }); });

  for (const { point, left, resumed } of points) {
    test(`${point}: all or nothing stands, and it is done exactly once`, async () => {
      const county = await withKit(async ({ kit }) => addCounty(kit, { code: '990101', divisions: await readDivisions(sample('divisions.csv'), '990101') }));
      const killed = postmaster();
      const { code, said } = await run(county.id, 'import', { SHANZHI_CRASH_AT: point, SHANZHI_CRASH_POSTMASTER: killed });
      expect(code).toBe(1);
      expect(said).toMatch(/terminat|ECONN|EPIPE/u);

      await database.stop();
      await start();
      expect(database.adopted).toBe(false);
      expect(postmaster()).not.toBe(killed);
      const exactly = (standing: Standing) => ({ ...standing, audits: standing.estates > 0 ? 1 : 0, changes: standing.estates });
      expect(await stands()).toEqual(exactly(left));
      // The first start goes on; the second finds nothing left to do.
      for (let starts = 1; starts <= 2; starts += 1) {
        expect(await run(county.id, 'restart')).toEqual({ code: 0, said: '' });
        expect(await stands()).toEqual(exactly(resumed));
      }
    });
  }
});
