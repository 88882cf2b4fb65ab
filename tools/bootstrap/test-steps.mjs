// What `npm test` runs, in order.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from './node.mjs';
import { run } from './run.mjs';
import { countVitest } from './steps.mjs';
import { buildWeb } from './web-build.mjs';

/** Folders where a distribution keeps PostgreSQL 15; the same list as server/platform/testing/cluster.ts. */
const HOMES_OF_15 = ['/usr/lib/postgresql/15', '/usr/pgsql-15', '/opt/homebrew/opt/postgresql@15'];

/** 测试步骤:types, lint, house, rules; and unless `quick`, unit, database (18, and 15 where found), HTTP and browser. */
export function stepsOf(root, { node, quick = false }) {
  const check = (name, script, args) => ({ name, run: async () => counted(await run(node, [join(root, 'node_modules', script), ...args], { cwd: root, env: environment(root) })) });
  const vitest = (name, project, extra = {}) => ({ name, run: () => runVitest(root, node, project, extra) });
  const short = [
    check('types', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
    check('types of the domain', 'typescript/bin/tsc', ['-p', 'domain/tsconfig.json']),
    check('lint', 'oxlint/bin/oxlint', ['--type-aware']),
    vitest('house', 'house'),
    vitest('rules', 'rules'),
  ];
  if (quick) return short;
  const has15 = HOMES_OF_15.some((folder) => existsSync(join(folder, 'bin', 'initdb')));
  return [
    ...short,
    vitest('unit', 'unit'),
    vitest('database on 18', 'db'),
    ...(has15 ? [vitest('database on 15', 'db', { SHANZHI_TEST_PG: '15' })] : []),
    { name: 'web build', run: async () => { await buildWeb(root); return { passed: 1, failed: 0 }; } },
    vitest('http', 'http'),
    vitest('browser', 'browser'),
  ];
}

const counted = ({ code }) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

async function runVitest(root, node, project, extra) {
  const folder = mkdtempSync(join(tmpdir(), 'shanzhi-report-'));
  const file = join(folder, 'report.json');
  try {
    const { code } = await run(node, [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`,
    ], { cwd: root, env: environment(root, { NODE_ENV: 'test', ...extra }) });
    return existsSync(file) ? countVitest(JSON.parse(readFileSync(file, 'utf8')), code) : counted({ code });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
