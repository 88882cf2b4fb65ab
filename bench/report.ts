import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import type { Line } from './line.ts';
import type { Measured } from './measure.ts';
import type { Options } from './options.ts';
import type { Plan } from './plans.ts';
import type { Soak } from './soak.ts';

/** One database of the run. */
export interface SizeResult { readonly rows: number; readonly seededSeconds: number | null; readonly bytes: number; readonly postgres: string; readonly measured: readonly Measured[]; readonly memoryMiB: number }
export interface Results { readonly options: Options; readonly sizes: readonly SizeResult[]; readonly lines: readonly Line[]; readonly soak: Soak | null; readonly firstLoad: { readonly bytes: number; readonly files: readonly string[] } | null; readonly at: string; /** Of the whole machine, over a minute, when the run began and ended. */ readonly loadAverage: readonly [number, number] }

const AIM = 0.5;
const APART = 1.3;
const MEMORY = 300;
const FIRST_LOAD = 450;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const per = (value: number | null) => (value === null ? '—' : value >= 100 ? String(Math.round(value)) : value.toFixed(1));
const verdict = (isMet: boolean) => (isMet ? 'met' : '**not met**');
const thousands = (rows: number) => rows.toLocaleString('en-US');

/** 测量报告: what one run measured, beside the aims; nothing in it is typed by hand. */
export function report(results: Results): string {
  return [
    '# Benchmark', '',
    'Written by `npm run bench`; every figure is of this one run. Ratios are what to compare; absolutes belong to the machine below.', '',
    ...machine(results), '', ...results.sizes.flatMap((size) => [...ofSize(size), '']), ...between(results.sizes), '', ...linesOf(results.lines), ...memoryAndLoad(results), '', ...plansOf(results.sizes), '',
    ...method(results.options), '',
  ].join('\n');
}

function machine({ sizes, at, loadAverage, options }: Results): string[] {
  const [first] = cpus();
  return ['## Machine', '', table(['what', 'value'], [
    ['processor', `${first?.model ?? 'unknown'}, ${cpus().length} cores, shared by server, PostgreSQL and the load`], ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`], ['system', `${type()} ${release()}`],
    ['load average before and at the end', `${loadAverage.map((each) => each.toFixed(1)).join(', ')}${loadAverage[0] > 1 ? ' — other work was running: absolutes are too low, ratios lean against the single-threaded side' : ''}`],
    ['Node', `${process.version} ${options.nodeFlags.join(' ')}`.trim()], ['PostgreSQL', sizes[0]?.postgres ?? '—'], ['commit', commit()], ['measured', at],
  ])];
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function ofSize({ rows, measured, bytes, seededSeconds }: SizeResult): string[] {
  return [
    `## ${thousands(rows)} units`, '',
    `Database ${Math.round(bytes / 1_048_576)} MiB${seededSeconds === null ? '' : `, filled in ${seededSeconds} s`}. Requests a second; latencies in milliseconds.`, '',
    table(['operation', 'API', 'p50', 'p99', 'pg', 'pg, operation only', 'pgbench', 'API ÷ pg', `aim ≥ ${AIM}`, 'API ÷ pg, operation only'], measured.map(({ title, api, pg, pgAll, pgbench }) => [
      title, per(api.perSecond), String(api.p50), String(api.p99), per(pgAll), per(pg), per(pgbench), (api.perSecond / pgAll).toFixed(2), verdict(api.perSecond / pgAll >= AIM), (api.perSecond / pg).toFixed(2),
    ])),
    '', 'Processor milliseconds a request: what other work on the machine cannot blur.', '',
    table(['operation', 'API: Node', 'API: PostgreSQL', 'pg: PostgreSQL'], measured.map(({ title, cost }) => [title, ...(cost ? [cost.api, cost.apiPostgres, cost.postgres].map((value) => value.toFixed(2)) : ['—', '—', '—'])])),
    ...measured.flatMap(({ title, faults }) => faults.map((fault) => `\n- ${title}: ${fault}`)),
  ];
}

/** The largest database against the smallest. */
function between(sizes: readonly SizeResult[]): string[] {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (!small || !large || small === large) return [];
  return [`## ${thousands(large.rows)} against ${thousands(small.rows)}`, '', `How many times slower the larger database is; aim within ${APART}.`, '', table(['operation', 'API', 'pg', 'aim'], small.measured.flatMap((before) => {
    const after = large.measured.find(({ name }) => name === before.name);
    if (!after) return [];
    const [api, straight] = [before.api.perSecond / after.api.perSecond, before.pg / after.pg];
    return [[before.title, api.toFixed(2), straight.toFixed(2), verdict(api <= APART)]];
  }))];
}

function linesOf(lines: readonly Line[]): string[] {
  if (lines.length === 0) return [];
  return ['## Complaints and duties', '', table(['what', 'measured', 'aim', ''], lines.map(({ what, measured, aim, isMet }) => [what, measured, aim, isMet === null ? '' : verdict(isMet)])), ''];
}

function memoryAndLoad({ sizes, soak, firstLoad }: Results): string[] {
  const peak = Math.max(...sizes.map(({ memoryMiB }) => memoryMiB), ...(soak?.memory ?? []));
  const rows: string[][] = [['server memory, highest seen (MiB)', String(peak), `< ${MEMORY}`, verdict(peak < MEMORY)]];
  rows.push(firstLoad ? ['console, first load (KiB gzip)', (firstLoad.bytes / 1024).toFixed(1), `≤ ${FIRST_LOAD}`, verdict(firstLoad.bytes <= FIRST_LOAD * 1024)] : ['console, first load', 'not measured: there was no build in dist/web', `≤ ${FIRST_LOAD}`, '—']);
  if (soak) {
    const half = soak.memory.slice(Math.floor(soak.memory.length / 2));
    rows.push(
      [`${soak.minutes} minutes at ${soak.connections} connections: requests`, `${thousands(soak.requests)} (${per(soak.perSecond)}/s, p99 ${soak.p99} ms)`, '', ''],
      ['… failed', `${soak.errors}${soak.firstError ? ` (${soak.firstError.slice(0, 120)})` : ''}`, '0', verdict(soak.errors === 0)],
      ['… memory at start, half-way, end (MiB)', `${soak.memory[0] ?? '—'}, ${half[0] ?? '—'}, ${soak.memory.at(-1) ?? '—'}`, 'second half grows by at most 10 %', verdict((soak.memory.at(-1) ?? 0) <= (half[0] ?? 0) * 1.1)],
      ['… memory every 15 s (MiB)', soak.memory.join(' '), '', ''],
    );
  } else rows.push(['soak', 'not run', '', '—']);
  return ['## Memory, first load, soak', '', table(['what', 'measured', 'aim', ''], rows)];
}

/** Statements whose plan touches many more rows in the larger database. */
function plansOf(sizes: readonly SizeResult[]): string[] {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (!small || !large) return [];
  const rows = large.measured.flatMap(({ name, title, plans }) => plans.map((plan, at) => ({ title, plan, before: small.measured.find((each) => each.name === name)?.plans[at] })));
  return ['## Plans', '', 'Rows read by the scans of each statement (kept and thrown away) and its execution time, smallest against largest database.', '',
    table(['operation', 'statement', `rows, ${thousands(small.rows)}`, `rows, ${thousands(large.rows)}`, 'ms', 'ms'], rows.map(({ title, plan, before }) => [title, `\`${short(plan)}\``, String(before?.rowsTouched ?? '—'), String(plan.rowsTouched), before?.milliseconds.toFixed(1) ?? '—', plan.milliseconds.toFixed(1)]))];
}

const short = ({ sql }: Plan) => sql.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`).slice(0, 110);

function method({ seconds, connections, pool }: Options): string[] {
  return [
    '## How it is measured', '',
    '- The units table is filled by set-based SQL with a seeded random generator; 100,000 units are one county of 180 estates and twelve townships of very unequal size, 1,000,000 are ten such counties. The asker works in the first.',
    '- *API*: the product\'s own server and worker in one process, real HTTP over keep-alive connections from a second process, sessions, rights, validation, scope, audit and answer checks as always; no `accept-encoding`, so nothing is compressed.',
    '- *pg*: every statement that the same request sent, the look-up of its session and its idempotency key included, recorded from the running server, under the same role, the same policies and the same `set_config` scope, named and pipelined, from one Node process; the aim is judged by it. *pg, operation only* leaves out the look-up and the key: what the operation alone would cost somebody who need not ask who is asking.',
    '- *pgbench*: the statements of the operation alone with their values written in, simple protocol.',
    `- ${connections} HTTP connections, ${pool} PostgreSQL connections on both sides, ${seconds} s for each figure in four rounds by turns, after a warm-up round. fsync is on.`,
    '- Options: `--sizes 100000,1000000 --seconds 8 --connections 16 --pool 8 --only list,aggregate,search,create,duties,complaints,hotline --soak-minutes 5 --soak-connections 50`; `BENCH_PLANS=1` prints every plan.',
  ];
}
