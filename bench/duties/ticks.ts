import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import type { Client } from 'pg';
import { z } from 'zod';
import { environment } from '../../tools/bootstrap/node.mjs';
import type { Line } from '../line.ts';
import { fillEnded, fillOpen } from './fill-duties.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OPEN = 100_000;
const ENDED = 900_000;
/** Among those that ended: enough to see a rate. */
const AGAIN = 30_000;
const APART = 1.3;
const MEMORY = 300;

interface Target { readonly owner: Client; readonly ownerUrl: string; readonly folder: string; readonly flags: readonly string[] }
const Ticked = z.object({ moved: z.number(), seconds: z.number(), cpuSeconds: z.number(), memoryMiB: z.number() });

/** 时限推进: a hundred thousand open duties moved in one pass, each climbing one rung with its notice; then more of them among a million that ended or wait. */
export async function measureTicks(target: Target): Promise<readonly Line[]> {
  const { owner } = target;
  await fillOpen(owner, OPEN);
  await owner.query('vacuum (analyze) obligation.obligation, obligation.entry, obligation.rung');
  const first = await tickAll(target);
  await fillEnded(owner, ENDED);
  await fillOpen(owner, AGAIN);
  await owner.query('vacuum (analyze) obligation.obligation, obligation.entry, obligation.rung');
  const [plan, second] = [await planOf(owner), await tickAll(target)];
  const rate = ({ moved, seconds }: z.infer<typeof Ticked>) => Math.round(moved / seconds);
  const slower = rate(first) / rate(second);
  return [
    { what: '一次推进的时限', measured: `${first.moved.toLocaleString('en-US')}(${rate(first)}/s,共${first.seconds.toFixed(1)} s,Node 处理器 ${first.cpuSeconds.toFixed(1)} s)`, aim: OPEN.toLocaleString('en-US'), isMet: first.moved === OPEN },
    { what: '… 推进进程的最大内存(MiB)', measured: `${Math.round(first.memoryMiB)}, ${Math.round(second.memoryMiB)}`, aim: `< ${MEMORY}`, isMet: Math.max(first.memoryMiB, second.memoryMiB) < MEMORY },
    { what: `… 库中另有 ${ENDED.toLocaleString('en-US')} 项已办结时,慢多少倍`, measured: `${slower.toFixed(2)}(${rate(second)}/s)`, aim: `≤ ${APART}`, isMet: slower <= APART && second.moved === AGAIN },
    { what: '… 取下一批的计划', measured: plan, aim: 'obligation_next_idx', isMet: plan.includes('obligation_next_idx') },
  ];
}

/** How the next batch is found while most rows have ended. */
async function planOf(owner: Client): Promise<string> {
  const { rows } = await owner.query<{ 'QUERY PLAN': string }>('explain (analyze, timing off) select * from obligation.obligation where next_at <= now() order by next_at, id limit 500');
  const text = rows.map((row) => row['QUERY PLAN']).join('\n');
  return `${/(Index Scan|Seq Scan|Bitmap Heap Scan)[^(]*/.exec(text)?.[0].trim() ?? '?'},${/Execution Time: ([\d.]+)/.exec(text)?.[1] ?? '?'} ms`;
}

async function tickAll({ ownerUrl, folder, flags }: Target): Promise<z.infer<typeof Ticked>> {
  const child = fork(fileURLToPath(new URL('tick-all.ts', import.meta.url)), {
    execArgv: ['--disable-warning=DeprecationWarning', ...flags], stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...environment(ROOT), DATABASE_URL: ownerUrl, SHANZHI_DEMO: '1', SHANZHI_DATA: folder, NODE_ENV: 'test' },
  });
  const told = new Promise<unknown>((resolve, reject) => { child.once('message', resolve); child.once('exit', () => reject(new Error('the worker ended before it had moved everything'))); });
  const [ticked] = await Promise.all([told, once(child, 'exit')]);
  return Ticked.parse(ticked);
}
