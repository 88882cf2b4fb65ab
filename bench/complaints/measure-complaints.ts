import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readConfig } from '#platform/config.ts';
import { boot } from '#server/main/boot.ts';
import { appUrlOf } from '../app-url.ts';
import { freePort } from '../free-port.ts';
import { load, type Load } from '../http-load.ts';
import type { Line } from '../line.ts';
import { nextOf, signIn, type Caller } from '../operations.ts';
import type { Options } from '../options.ts';
import { explain } from '../plans.ts';
import { seedDatabase } from '../seed.ts';
import { startServer, type ServerProcess } from '../server-process.ts';
import { withoutSession } from '../statement.ts';
import { fillComplaints } from './fill-complaints.ts';
import { measureReceipt } from './receipt.ts';

const UNITS = 20_000;
const SIZES = [100_000, 1_000_000] as const;
const APART = 1.3;
/** Few at a time: what is asked is how long one waits, not how many the machine can serve. */
const CONNECTIONS = 2;
const ROUND = 1_500;
const ROUNDS = 3;

interface Looked { readonly title: string; readonly p95: number; readonly rowsTouched: number; readonly faults: readonly string[] }

/** 投诉列表、统计与登记 of one county after two years and after twenty, at the same number of complaints a year: p95 of the first two and how far apart, and what a receipt costs beside a bare insert. In a database of its own. */
export async function measureComplaints(options: Options, say: (line: string) => void): Promise<readonly Line[]> {
  if (!options.only.includes('complaints')) return [];
  const folder = join(options.folder, 'complaints');
  rmSync(folder, { recursive: true, force: true });
  say('complaints after two and twenty years');
  const running = await boot(readConfig({ SHANZHI_DATA: folder, SHANZHI_DEMO: '1' }), { log: () => undefined });
  const owner = new Client({ connectionString: running.ownerUrl });
  try {
    await seedDatabase(running, UNITS, () => undefined);
    await owner.connect();
    const found: Looked[][] = [];
    const receipts: Line[] = [];
    let filled = 0;
    for (const size of SIZES) {
      const started = performance.now();
      await fillComplaints(owner, filled, size);
      filled = size;
      say(`  ${size.toLocaleString('en-US')} complaints, filled in ${Math.round((performance.now() - started) / 1000)} s`);
      const server = await startServer({ ownerUrl: running.ownerUrl, port: await freePort(), folder, flags: options.nodeFlags });
      const appUrl = appUrlOf(running.ownerUrl, folder);
      try {
        found.push(await look(server, appUrl, say));
        receipts.push(...await measureReceipt(server, { appUrl, options, there: size }, say));
      } finally {
        await server.stop();
      }
    }
    return [...receipts, ...linesOf(found, say)];
  } finally {
    await owner.end();
    await running.stop();
  }
}

async function look(server: ServerProcess, appUrl: string, say: (line: string) => void): Promise<Looked[]> {
  const [clerk, officer] = [await signIn(server.port, 'bench-clerk'), await signIn(server.port, 'bench-officer')];
  const operations: readonly { readonly title: string; readonly caller: Caller; readonly paths: readonly string[] }[] = [
    { title: '一名乡镇经办人的投诉列表(每页50件,含筛选)', caller: officer, paths: ['', '&state=open', '&category=F04', '&group=A', '&status=closed'].map((more) => `/api/complaints?limit=50${more}`) },
    { title: '全县投诉统计(近12个月,按大类、类别、乡镇、小区、企业)', caller: clerk, paths: ['group', 'category', 'township', 'estate', 'company'].map((by) => `/api/complaint-statistics?by=${by}`) },
  ];
  const looked: Looked[] = [];
  for (const { title, caller, paths } of operations) {
    const next = nextOf({ paths, method: 'GET', caller });
    const call = { port: server.port, connections: CONNECTIONS, next };
    await load({ ...call, milliseconds: ROUND });
    const rounds: Load[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await load({ ...call, milliseconds: ROUND }));
    const plans = (await Promise.all(paths.map(async (path) => explain(appUrl, withoutSession(await server.captured(() => caller.get(path))))))).flat();
    if (process.env['BENCH_PLANS']) for (const plan of plans) say(`\n-- ${title}\n${plan.sql}\n${plan.text}`);
    looked.push({ title, p95: median(rounds.map(({ p95 }) => p95)), rowsTouched: Math.max(...plans.map(({ rowsTouched }) => rowsTouched)), faults: rounds.flatMap(({ errors, firstError }) => (errors > 0 ? [`${errors}× ${firstError ?? ''}`] : [])) });
  }
  return looked;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function linesOf([few = [], many = []]: readonly Looked[][], say: (line: string) => void): Line[] {
  return few.flatMap((before, at): Line[] => {
    const after = many[at];
    if (after === undefined) return [];
    const [apart, faults] = [after.p95 / before.p95, [...before.faults, ...after.faults].join(' ').slice(0, 200)];
    const line = { what: `${before.title}:1,000,000 件(二十年)的 p95 ÷ 100,000 件(两年)的`, measured: `${apart.toFixed(2)}(${after.p95} ms ÷ ${before.p95} ms;一条语句最多碰 ${after.rowsTouched}、${before.rowsTouched} 行)${faults}`, aim: `≤ ${APART}`, isMet: apart <= APART && faults === '' };
    say(`  ${line.what}: ${line.measured}`);
    return [line];
  });
}
