import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile, mkdtemp } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import { childEnv } from '#platform/testing/child-env.ts';
import { writeSheets } from '#platform/workbook/write-sheets.ts';
import { obligation } from '#modules/obligation/index.ts';
import { crashPoints } from './hotline/crash-point.ts';
import { complaint } from './index.ts';
import { hall, type Hall } from './testing/hall.ts';
import { confirmOrders, getOneBatch, uploadOrders } from './use-cases/order-batches.ts';

let world: Hall;
let folder = '';
beforeAll(async () => { world = await hall([obligation, complaint]); folder = await mkdtemp(join(tmpdir(), 'shanzhi-killed-')); });
afterAll(() => world.stop());

const HEADINGS = ['工单编号', '诉求内容', '诉求类型', '来电人', '事发地址', '派单时间', '办理时限'];
/** More than one part, and then one of its orders again with a later deadline. */
const ROWS = 255;
const NEWS = ROWS - 1;

async function uploaded(prefix: string): Promise<string> {
  const rows = Array.from({ length: ROWS }, (_each, at) => [`${prefix}${String(at === NEWS ? 3 : at)}`, '楼道堆放杂物', '物业服务', '来电某', '甲苑2栋', '2026-11-19', at === NEWS ? '2026-12-20' : '2026-12-10']);
  const path = join(folder, `${prefix}.xlsx`);
  await writeFile(path, await writeSheets([{ name: '工单', headings: HEADINGS, rows }]));
  const upload = await world.kit.files.put(createReadStream(path), { name: `${prefix}.xlsx`, mediaType: 'application/octet-stream', limitBytes: 60_000_000 });
  return (await uploadOrders({ ...world.who('clerk'), uploads: [upload] })).id;
}
const waitingJob = async (): Promise<string> => (await world.kit.database.read(everything, (db) => db.selectFrom('platform.job').select('id').where('status', 'in', ['waiting', 'running']).executeTakeFirstOrThrow())).id;

test.each(crashPoints)('a worker killed at “%s” leaves an import that the next one ends: each order, step, duty and notice once, every row with its answer', async (point) => {
  const prefix = `${point}-`;
  await uploaded(prefix);
  await runJob(world.kit, await waitingJob());
  const { id } = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.orderBatch').select('id').where('fileName', '=', `${prefix}.xlsx`).executeTakeFirstOrThrow());
  await confirmOrders(world.who('clerk'), { params: { orderBatchId: id }, query: {}, body: {} });
  const jobId = await waitingJob();
  const worker = spawn(process.execPath, [fileURLToPath(new URL('testing/import-worker.fixture.ts', import.meta.url)), world.ownerUrl, jobId], { stdio: ['ignore', 'ignore', 'inherit'], env: childEnv({ NODE_ENV: 'test', SHANZHI_CRASH_AT: point }) });
  const [, signal] = await once(worker, 'exit');
  expect(signal).toBe('SIGKILL');

  await runJob(world.kit, jobId);
  const { rows: [found] } = await world.kit.database.read(everything, (db) => sql<Record<string, number>>`
    with files as (select c.id from complaint.complaint c join complaint.hotline_order o on o.complaint_id = c.id where o.order_no like ${`${prefix}%`})
    select (select count(*) from files) as files, (select count(*) from complaint.step s join files f on f.id = s.complaint_id where s.act = 'receive') as received, (select count(*) from complaint.step s join files f on f.id = s.complaint_id where s.act = 'restate') as restated,
           (select count(*) from complaint.complainant p join files f on f.id = p.complaint_id where p.name_cipher is not null) as callers, (select count(*) from obligation.obligation o join files f on f.id::text = o.subject_id where o.duty_id = 'complaint.answer') as answers,
           (select count(*) from platform.event e where e.name = 'complaint.received' and exists (select from files f where e.payload->>'complaintId' = f.id::text)) as events, (select count(*) from audit.entry a join files f on f.id::text = a.subject_id where a.action = 'complaint.receive') as audited,
           (select count(*) from complaint.order_row r where r.batch_id = ${id} and r.applied_at is not null and r.answer <> '' and r.complaint_id is not null and r.name_cipher is null) as answered,
           (select count(*) from platform.notice n where n.subject_kind = 'OrderBatch' and n.subject_id = ${id}::text) as notices`.execute(db));
  expect(found).toEqual({ files: NEWS, received: NEWS, restated: 1, callers: NEWS, answers: NEWS, events: NEWS, audited: NEWS, answered: ROWS, notices: 1 });
  const done = await getOneBatch(world.who('clerk'), { params: { orderBatchId: id }, query: {}, body: {} });
  expect([done.status, done.applied]).toEqual(['committed', ROWS]);
});
