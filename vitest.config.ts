import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const database = ['./server/platform/testing/global-setup.ts'];
const notHere = ['**/node_modules/**', 'dist/**', 'data/**'];
/** The embedded server is always 18; a second round on PostgreSQL 15 has nothing to learn from its launcher, nor from commands that open it. */
const onOtherServer = process.env.SHANZHI_TEST_PG === '15' ? ['server/platform/db/embedded*.db.test.ts', 'server/main/cli/*.db.test.ts', 'server/modules/administration/mailed-links.db.test.ts'] : [];

/** What takes longest begins first, so that no worker is left alone with it at the end; a clean checkout remembers no durations. */
const LONGEST = [
  'e2e/console.e2e.ts', 'e2e/every-page.e2e.ts', 'e2e/administration-dialogs.e2e.ts', 'e2e/administration.e2e.ts', 'server/main/fuzz.http.test.ts', 'server/main/matrix.http.test.ts',
  'server/platform/backup/backup.db.test.ts', 'server/main/cli/secret.db.test.ts', 'server/main/cli/cli.db.test.ts', 'server/modules/ledger/crash.db.test.ts', 'server/modules/ledger/database-killed.db.test.ts',
];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'house', include: ['tools/**/*.test.ts'], exclude: [...notHere, 'tools/**/*.db.test.ts', 'tools/**/*.http.test.ts'], testTimeout: 60_000 } },
      // Nothing of one file's modules can harm the next where tests have a database of their own or are pure: their worker reads the code once.
      { test: { name: 'rules', isolate: false, include: ['domain/**/*.test.ts', 'contract/**/*.test.ts'] } },
      { test: { name: 'unit', include: ['server/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'seeds/**/*.test.ts'], exclude: [...notHere, '**/*.db.test.ts', '**/*.http.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'db', isolate: false, include: ['**/*.db.test.ts'], exclude: [...notHere, ...onOtherServer], globalSetup: database, testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: 'http', isolate: false, include: ['**/*.http.test.ts'], exclude: notHere, globalSetup: database, testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: 'browser', isolate: false, include: ['e2e/**/*.e2e.ts'], exclude: notHere, globalSetup: database, testTimeout: 240_000, hookTimeout: 240_000 } },
    ],
  },
});
