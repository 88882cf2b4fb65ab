import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { readConfig } from '#platform/config.ts';
import { writeSheets } from '#platform/workbook/write-sheets.ts';
import { boot } from '#server/main/boot.ts';
import { phoneBook } from '#seeds/demo/made-up.ts';
import { seededRandom } from '#seeds/demo/random.ts';
import { appUrlOf } from '../app-url.ts';
import { freePort } from '../free-port.ts';
import type { Line } from '../line.ts';
import { signIn, type Caller } from '../operations.ts';
import type { Options } from '../options.ts';
import { seedDatabase } from '../seed.ts';
import { startServer, type ServerProcess } from '../server-process.ts';
import { insertBare } from './insert-bare.ts';

const UNITS = 20_000;
const ROWS = 10_000;
const MOST_SECONDS = 30;
const MEMORY = 300;
const Batch = z.object({ id: z.string(), status: z.string(), applied: z.number(), new: z.number(), changed: z.number(), refused: z.number(), failure: z.string().nullable() });
interface Timed { readonly seconds: number; readonly memoryMiB: number; readonly batch: z.infer<typeof Batch> }

/** 导入12345工单: a file of ten thousand orders taken in, then the same with a call-back's result for each, beside the bare insert of the same complaints through pg in parts of the same size. In a database of its own. */
export async function measureHotline(options: Options, say: (line: string) => void): Promise<readonly Line[]> {
  if (!options.only.includes('hotline')) return [];
  const folder = join(options.folder, 'hotline');
  rmSync(folder, { recursive: true, force: true });
  say(`${ROWS.toLocaleString('en-US')} orders of the hotline`);
  const running = await boot(readConfig({ SHANZHI_DATA: folder, SHANZHI_DEMO: '1' }), { log: () => undefined });
  const owner = new Client({ connectionString: running.ownerUrl });
  try {
    await seedDatabase(running, UNITS, () => undefined);
    await owner.connect();
    const server = await startServer({ ownerUrl: running.ownerUrl, port: await freePort(), folder, flags: options.nodeFlags });
    const { fresh, again } = await bothFiles(server, owner).finally(() => server.stop());
    const bare = await insertBare(owner, appUrlOf(running.ownerUrl, folder), ROWS);
    const lines = linesOf(fresh, again, bare);
    for (const line of lines) say(`  ${line.what}: ${line.measured}`);
    return lines;
  } finally {
    await owner.end();
    await running.stop();
  }
}

async function bothFiles(server: ServerProcess, owner: Client): Promise<{ fresh: Timed; again: Timed }> {
  const clerk = await signIn(server.port, 'bench-clerk');
  const { rows } = await owner.query<{ name: string }>('select e.name from registry.estate e where e.archived_at is null order by e.id limit 150');
  const estates = rows.map(({ name }) => name);
  return { fresh: await imported(server, clerk, await orders(estates, false)), again: await imported(server, clerk, await orders(estates, true)) };
}

const HEADINGS = ['工单编号', '来电时间', '诉求标题', '诉求内容', '诉求类型', '来电人', '联系电话', '事发地址', '派单时间', '办理时限', '是否联系', '是否解决', '满意度'];

/** The file; `isCalledBack`: a month later, with what the hotline heard. */
function orders(estates: readonly string[], isCalledBack: boolean): Promise<Uint8Array> {
  const random = seededRandom('bench orders');
  const phone = phoneBook(random);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const due = new Date(Date.now() + 15 * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: ROWS }, (_, at) => [`R${String(900_000 + at)}`, `${today} 08:30`, '楼道堆物', `第${String(at)}件:楼道里堆放了旧家具和纸箱,消防通道走不过去,请处理。`, random.pick(['物业服务', '噪音扰民', '占道经营', '电动车充电']), '测算人', phone(), `${random.pick(estates)}${String(random.whole(1, 20))}栋`, today, due, ...(isCalledBack ? ['是', '是', '满意'] : ['', '', ''])]);
  return writeSheets([{ name: '工单', headings: HEADINGS, rows }]);
}

async function imported(server: ServerProcess, clerk: Caller, book: Uint8Array): Promise<Timed> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(book)]), '工单.xlsx');
  const sent = await fetch(`http://127.0.0.1:${String(server.port)}/api/hotline-batches`, { method: 'POST', headers: { ...clerk.headers, 'idempotency-key': randomUUID() }, body: form });
  const { id } = Batch.parse(await sent.json());
  const memory = { most: 0 };
  const until = async (status: string) => {
    for (;;) {
      const batch = Batch.parse(await clerk.get(`/api/hotline-batches/${id}`));
      memory.most = Math.max(memory.most, await server.rss());
      if (batch.status === 'failed') throw new Error(batch.failure ?? 'the import failed');
      if (batch.status === status) return batch;
      await wait(100);
    }
  };
  await until('preview');
  const began = performance.now();
  await clerk.send('POST', `/api/hotline-batches/${id}/confirmation`, '{}');
  const batch = await until('committed');
  return { seconds: (performance.now() - began) / 1000, memoryMiB: Math.round(memory.most / 1_048_576), batch };
}

function linesOf(fresh: Timed, again: Timed, bareSeconds: number): Line[] {
  const rate = ({ seconds, batch }: Timed) => batch.applied / seconds;
  const faults = fresh.batch.new === ROWS && fresh.batch.applied === ROWS && again.batch.changed === ROWS && again.batch.applied === ROWS ? '' : `;${String(fresh.batch.applied)}, ${String(again.batch.applied)} 行`;
  const ok = (aim: boolean) => aim && faults === '';
  return [
    { what: `导入 ${ROWS.toLocaleString('en-US')} 件12345新工单(建件、诉求人、步骤、时限、操作记录、事件)`, measured: `${fresh.seconds.toFixed(1)} s(${String(Math.round(rate(fresh)))}/s)${faults}`, aim: `< ${String(MOST_SECONDS)} s`, isMet: ok(fresh.seconds < MOST_SECONDS) },
    { what: '… ÷ 经 pg 每 250 行一条语句只插入同样的投诉件', measured: `${(bareSeconds / fresh.seconds).toFixed(2)}(÷ ${String(Math.round(ROWS / bareSeconds))}/s)`, aim: '', isMet: null },
    { what: '… 同一批工单带着回访结果再来一次', measured: `${again.seconds.toFixed(1)} s(${String(Math.round(rate(again)))}/s)`, aim: `< ${String(MOST_SECONDS)} s`, isMet: ok(again.seconds < MOST_SECONDS) },
    { what: '… 服务进程的最大内存(MiB)', measured: `${String(fresh.memoryMiB)}, ${String(again.memoryMiB)}`, aim: `< ${String(MEMORY)}`, isMet: Math.max(fresh.memoryMiB, again.memoryMiB) < MEMORY },
  ];
}
