import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { addCounty, administration, type Division } from '#modules/administration/index.ts';
import { bulkWriteEstates, registry } from '#modules/registry/index.ts';
import { committee } from '#modules/committee/index.ts';
import { importFromFile, ledger } from '#modules/ledger/index.ts';
import { countyScope } from '#platform/access/scope.ts';
import { migrateQueue } from '#platform/jobs/migrate-queue.ts';
import { migrate } from '#platform/db/migrate.ts';
import { systemContext } from '#platform/make-context.ts';
import { kitOn, TEST_SECRET } from '#platform/testing/kit-on.ts';
import { onDatabase } from '#platform/testing/template.ts';
import { estateNames } from './units-workbook.ts';

const divisions: readonly Division[] = [
  { code: '990101', name: '云川县', kind: 'county', parentCode: null }, { code: '990101001', name: '城关街道', kind: 'township', parentCode: '990101' },
  { code: '990101001001', name: '东门社区', kind: 'neighbourhood', parentCode: '990101001' },
];

/**
 * 大名册导入: `node --max-semi-space-size=16 --max-old-space-size=400 --no-parallel-scavenge bench/ledger/run.ts <owner url> [rows]`, with the product's own flags, makes a database of its own, writes a workbook of so many units and imports it twice.
 * Prints seconds, the longest pause of the event loop and the most memory the process held.
 */
const [ownerUrl = '', rows = '100000'] = process.argv.slice(2);
const name = `bench_ledger_${process.pid}`;
const admin = new pg.Client({ connectionString: ownerUrl });
await admin.connect();
await admin.query(`create database ${name}`);
const url = onDatabase(ownerUrl, name);
await migrate(url);
await migrateQueue(url, TEST_SECRET);
const folder = await mkdtemp(join(tmpdir(), 'shanzhi-bench-'));
const { kit, stop } = await kitOn({ ownerUrl: url, drop: async () => undefined }, [administration, registry, committee, ledger]);

/** CPU seconds that the sessions of our database have used so far (their processes are ours to see only on this machine; else 0). */
async function databaseCpu(): Promise<number> {
  const used = await Promise.all((await readdir('/proc').catch(() => [])).filter((pid) => /^\d+$/.test(pid)).map(async (pid) => {
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!title.startsWith('postgres:') || !title.includes(` ${name} `)) return 0;
    const after = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
    return (Number(after[11] ?? 0) + Number(after[12] ?? 0)) / 100;
  }));
  return used.reduce((sum, seconds) => sum + seconds, 0);
}

let most = 0;
let pause = 0;
let last = performance.now();
const watch = setInterval(() => { const now = performance.now(); pause = Math.max(pause, now - last - 20); last = now; }, 20);
// Seldomer: to ask the system for our memory costs a millisecond.
const weigh = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 250);

try {
  const county = await addCounty(kit, { code: '990101', divisions });
  const ctx = systemContext(kit, { scope: countyScope(county.id) });
  await ctx.transact(async (tx) => {
    tx.auditNothing('bench');
    const township = await tx.db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'township').executeTakeFirstOrThrow();
    await bulkWriteEstates(tx, estateNames(Number(rows)).map((estate) => ({ id: null, set: { name: estate, townshipId: township.id } })), { countyId: county.id, batchId: null, at: ctx.now, on: ctx.today, vault: kit.vault });
  });
  const path = join(folder, '大名册.xlsx');
  // In a process of its own: what writing leaves in memory is no part of what importing takes.
  const writer = spawn(process.execPath, ['--input-type=module', '-e', 'const { writeUnitsWorkbook } = await import(process.argv[1]); await writeUnitsWorkbook(process.argv[2], Number(process.argv[3]));', new URL('units-workbook.ts', import.meta.url).href, path, rows], { stdio: 'inherit' });
  if ((await once(writer, 'exit'))[0] !== 0) throw new Error('the workbook was not written');
  for (const round of ['first', 'again']) {
    for (const dryRun of round === 'first' ? [true, false] : [false]) {
      const began = performance.now();
      const cpu = process.cpuUsage();
      const dbCpu = await databaseCpu();
      pause = 0;
      const before = process.memoryUsage.rss();
      most = before;
      const answer = await importFromFile(kit, { kind: 'units', path, countyCode: '990101', purpose: '业主身份核对', document: '函', deleteOn: '2027-12-31', dryRun });
      console.log(JSON.stringify({ round, dryRun, seconds: Math.round((performance.now() - began) / 100) / 10, cpuSeconds: Math.round((process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 100_000) / 10, databaseCpuSeconds: Math.round((await databaseCpu() - dbCpu) * 10) / 10, load: loadavg()[0], pauseMs: Math.round(pause), rssBeforeMb: Math.round(before / 1_048_576), rssMb: Math.round(most / 1_048_576), rows: answer.rows, new: answer.new, unchanged: answer.unchanged, refused: answer.refused }));
    }
  }
} finally {
  clearInterval(watch);
  clearInterval(weigh);
  await stop();
  await admin.query(`drop database ${name}`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
}
