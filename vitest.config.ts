import { defineConfig } from 'vitest/config';

const database = ['./server/platform/testing/global-setup.ts'];
const notHere = ['**/node_modules/**', 'dist/**', 'data/**'];
/** The embedded server is always 18; a second round on PostgreSQL 15 has nothing to learn from its launcher, nor from commands that open it. */
const onOtherServer = process.env.SHANZHI_TEST_PG === '15' ? ['server/platform/db/embedded*.db.test.ts', 'server/main/cli/*.db.test.ts', 'server/modules/administration/mailed-links.db.test.ts'] : [];

export default defineConfig({
  test: {
    maxWorkers: 2,
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
