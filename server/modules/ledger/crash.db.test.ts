import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateQueue } from '#platform/jobs/migrate-queue.ts';
import { systemContext } from '#platform/make-context.ts';
import { TEST_SECRET } from '#platform/testing/kit-on.ts';
import { roomyFolder } from '#platform/testing/roomy-folder.ts';
import type { CrashPoint } from './crash-point.ts';
import { givenCounty, sample } from './testing/given-county.ts';

const CHILD = fileURLToPath(new URL('testing/crash-child.fixture.ts', import.meta.url));
const VALID = 173;
const READ = 176;

/** What stands after the process died, and after the next one went on. */
const points: readonly { point: CrashPoint; left: { status: string; rows: number; estates: number }; resumed: { status: string; rows: number; estates: number } }[] = [
  { point: 'after-upload', left: { status: 'uploaded', rows: 0, estates: 0 }, resumed: { status: 'preview', rows: READ, estates: 0 } },
  { point: 'while-reading', left: { status: 'reading', rows: 0, estates: 0 }, resumed: { status: 'preview', rows: READ, estates: 0 } },
  { point: 'while-staging', left: { status: 'reading', rows: 0, estates: 0 }, resumed: { status: 'preview', rows: READ, estates: 0 } },
  { point: 'before-confirm', left: { status: 'confirming', rows: READ, estates: 0 }, resumed: { status: 'committed', rows: READ, estates: VALID } },
  { point: 'in-confirm-after-write-before-commit', left: { status: 'confirming', rows: READ, estates: 0 }, resumed: { status: 'committed', rows: READ, estates: VALID } },
  { point: 'after-commit-before-answer', left: { status: 'committed', rows: READ, estates: VALID }, resumed: { status: 'committed', rows: READ, estates: VALID } },
];

describe('kill -9 of the server at a point of an import leaves all of it or nothing, and the next start goes on', () => {
  for (const { point, left, resumed } of points) {
    describe(point, () => {
      let county: Awaited<ReturnType<typeof givenCounty>>;
      let folder = '';
      beforeAll(async () => { county = await givenCounty(); await migrateQueue(county.ownerUrl, TEST_SECRET); folder = await mkdtemp(join(roomyFolder(), 'shanzhi-crash-')); });
      afterAll(() => county.stop());
      const run = async (what: 'import' | 'restart', crashAt?: CrashPoint) => {
        const child = spawn(process.execPath, [CHILD, county.appUrl, folder, county.countyId, what, sample('住宅小区台账.xlsx')], { env: { ...process.env, NODE_ENV: 'test', ...(crashAt === undefined ? {} : { SHANZHI_CRASH_AT: crashAt }) }, stdio: ['ignore', 'ignore', 'inherit'] });
        const [code, signal] = await once(child, 'exit') as [number | null, string | null];
        return signal ?? code;
      };
      const stands = () => systemContext(county.kit).read(async (db) => {
        const count = async (what: string) => Number((await sql<{ n: number }>`select count(*) as n from ${sql.raw(what)}`.execute(db)).rows[0]?.n);
        const batch = await db.selectFrom('ledger.batch').select('status').executeTakeFirst();
        return { status: batch?.status, rows: await count('ledger.batch_row'), estates: await count('registry.estate'), audits: await count("audit.entry where action = 'ledger.import'"), changes: await count('ledger.batch_change c, unnest(c.subject_ids)') };
      });

      test('all or nothing stands, and it is done exactly once', async () => {
        expect(await run('import', point)).toBe('SIGKILL');
        const once = (estates: number) => ({ audits: estates > 0 ? 1 : 0, changes: estates });
        expect(await stands()).toEqual({ ...left, ...once(left.estates) });
        expect(await run('restart')).toBe(0);
        expect(await stands()).toEqual({ ...resumed, ...once(resumed.estates) });
        expect(await run('restart')).toBe(0);
        expect(await stands()).toEqual({ ...resumed, ...once(resumed.estates) });
      });
    });
  }
});
