import { createReadStream } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { writeSheets } from '#platform/workbook/write-sheets.ts';
import { obligation } from '#modules/obligation/index.ts';
import { addDays, todayIn } from '#domain/kernel/local-date.ts';
import { applyBatch } from './hotline/apply.ts';
import { hotlineRetentions } from './hotline/personal-data.ts';
import { complaint } from './index.ts';
import { hall, type Hall } from './testing/hall.ts';
import { getComplaintStatistics } from './use-cases/statistics.ts';
import { askOrderExtension, sendBackOrder, settleOrderExtension } from './use-cases/hotline-acts.ts';
import { listSettings, recordHeading, recordWording } from './use-cases/hotline-settings.ts';
import { listOrders } from './use-cases/hotline-orders.ts';
import { getRates } from './use-cases/hotline-rates.ts';
import { downloadReturn, listReturns, makeReturn } from './use-cases/hotline-returns.ts';
import { replyToComplaint } from './use-cases/end.ts';
import { assignComplaint } from './use-cases/hand-on.ts';
import { getComplaint } from './use-cases/look.ts';
import { cancelOrders, confirmOrders, getOneBatch, uploadOrders } from './use-cases/order-batches.ts';
import { getMapping, pickColumns } from './use-cases/order-mapping.ts';
import { listRows, mendRow } from './use-cases/order-rows.ts';
import { getOrder } from './use-cases/order-view.ts';
import { acceptComplaint } from './use-cases/take-up.ts';
import { createEstateName } from './testing/estate-name.ts';

const HEADINGS = ['工单号', '受理时间', '诉求标题', '诉求内容', '诉求类型', '来电人', '联系电话', '事发地点', '承办单位', '派单时间', '截止时间', '紧急程度', '工单状态', '区域码', '身份证号', '办理结果', '是否联系', '是否解决', '满意度'];
type Line = Partial<Record<string, string>>;
const line = (more: Line): Line => ({ 工单号: 'R1', 受理时间: '2026-09-14 09:15', 诉求标题: '楼道堆物', 诉求内容: '甲苑2栋楼道堆放杂物', 诉求类型: '物业服务', 来电人: '王某某', 联系电话: '13900001111', 事发地点: '甲苑2栋1单元', 派单时间: '2026-09-14 10:00', 截止时间: '2026-09-24 18:00', 紧急程度: '一般', 工单状态: '待签收', 区域码: '0031', 身份证号: '990101199001011234', ...more });

let world: Hall;
let folder = '';
beforeAll(async () => { world = await hall([obligation, complaint]); folder = await mkdtemp(join(tmpdir(), 'shanzhi-orders-')); });
afterAll(() => world.stop());

const clerk = (ifMatch: number | null = null) => world.who('clerk', ifMatch);
const inputOf = <P, B>(params: P, body: B) => ({ params, query: {}, body });
async function work(): Promise<void> {
  for (;;) {
    const [job] = await world.kit.database.read(everything, (db) => db.selectFrom('platform.job').select('id').where('status', 'in', ['waiting', 'running']).orderBy('id').limit(1).execute());
    if (job === undefined) return;
    await runJob(world.kit, job.id);
  }
}
async function uploaded(lines: readonly Line[], name = '工单.xlsx', headings = HEADINGS): Promise<Awaited<ReturnType<typeof getOneBatch>>> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.csv') ? `\uFEFF${[headings, ...lines.map((one) => headings.map((heading) => one[heading] ?? ''))].map((cells) => cells.join(',')).join('\r\n')}` : await writeSheets([{ name: '工单', headings, rows: lines.map((one) => headings.map((heading) => one[heading] ?? '')) }]));
  const upload = await world.kit.files.put(createReadStream(path), { name: basename(path), mediaType: 'application/octet-stream', limitBytes: 60_000_000 });
  const ctx: Ctx = { ...clerk(), uploads: [upload] };
  const batch = await uploadOrders(ctx);
  await work();
  return getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {}));
}
const rowsOf = async (id: Id<'OrderBatch'>) => (await listRows(clerk(), { params: { orderBatchId: id }, query: { limit: 200 }, body: {} })).rows;
async function imported(lines: readonly Line[], name?: string) {
  const batch = await uploaded(lines, name);
  await confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
  await work();
  return { batch: await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {})), rows: await rowsOf(batch.id) };
}
const fileOf = async (orderNo: string) => world.kit.database.read(everything, (db) => db.selectFrom('complaint.hotlineOrder as o').innerJoin('complaint.complaint as c', 'c.id', 'o.complaintId').selectAll('c').select(['o.redoCount', 'o.returnKind', 'o.extensionSettled', 'o.isContacted', 'o.resolved', 'o.satisfied', 'o.calledAt']).where('o.orderNo', '=', orderNo).execute());
const one = async (orderNo: string) => { const [file, more] = await fileOf(orderNo); if (file === undefined || more !== undefined) throw new Error(`${orderNo} is not one file`); return file; };
async function answered(orderNo: string): Promise<void> {
  const params = { complaintId: (await one(orderNo)).id };
  await acceptComplaint(world.who('community', (await one(orderNo)).version), inputOf(params, { pace: 'ordinary' as const, note: '' }));
  await assignComplaint(world.who('community', (await one(orderNo)).version), inputOf(params, { leadId: world.eastCommunity, assistingId: null, why: '' }));
  await replyToComplaint(world.who('community', (await one(orderNo)).version), inputOf(params, { outcome: 'resolved' as const, agreement: '', reply: '已经清理' }));
}

describe('12345 orders by file', () => {
  test('each row says before anything is written what it will become; who called stands sealed and in no answer', async () => {
    await createEstateName(world, world.estateId, '甲家园');
    const batch = await uploaded([line({ 工单号: 'A1' }), line({ 工单号: 'A2', 事发地点: '甲家园东门', 诉求内容: '东门乱停车', 诉求标题: '' }), line({ 工单号: 'A3', 事发地点: '城北路口', 诉求内容: '路边占道', 诉求标题: '', 诉求类型: '占道经营' }), line({ 工单号: 'A4', 诉求类型: '其他' }), line({ 工单号: '', 诉求内容: '没有编号' }), line({ 工单号: 'A6', 截止时间: '改天' }), line({ 工单号: 'A1' })]);
    expect([batch.status, batch.rows, batch.new, batch.changed, batch.refused]).toEqual(['preview', 7, 3, 1, 3]);
    const rows = await rowsOf(batch.id);
    expect(rows.map(({ outcome, estate, category }) => [outcome, estate, category])).toEqual([['new', '甲苑', 'A02'], ['new', '甲苑', 'A02'], ['new', null, 'F01'], ['refused', '甲苑', null], ['refused', '甲苑', 'A02'], ['refused', '甲苑', 'A02'], ['changed', '甲苑', 'A02']]);
    expect(rows.slice(3, 6).map(({ problems }) => problems.filter(({ severity }) => severity === 'error').map(({ message }) => message))).toEqual([['诉求类型“其他”还没有对应的投诉类别，请选择'], ['“工单编号”没有填写，请补上'], ['“办理时限”写的是“改天”，看不出是哪一天，请写成“2026-01-03 09:15”的样子']]);
    expect(rows[2]?.problems.map(({ message }) => message)).toEqual(['看不出是哪个小区，照常导入为小区待认定；知道的请选择']);
    expect(JSON.stringify(rows)).not.toMatch(/王某某|13900001111|990101/);
    expect(JSON.stringify(await world.kit.database.read(everything, (db) => db.selectFrom('complaint.orderRow').selectAll().execute()))).not.toMatch(/王某某|13900001111|990101199001011234/);

    // One choice of a category settles all that say the same, and is remembered.
    const mended = await mendRow(clerk(), inputOf({ orderBatchId: batch.id, rowNo: 4 }, { category: 'G01' as const, forAllAlike: true, isRemembered: true }));
    expect([mended.row.outcome, mended.batch.refused]).toEqual(['new', 2]);
    expect((await mendRow(clerk(), inputOf({ orderBatchId: batch.id, rowNo: 6 }, { cells: { dueAt: '2026年9月25日下午5时30分' } }))).row.outcome).toBe('new');

    await confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    await work();
    const done = await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    expect([done.status, done.applied, done.refused]).toEqual(['committed', 6, 1]);
    const [first, nowhere, mendedDue] = [await one('A1'), await one('A3'), await one('A6')];
    expect([first.status, first.originDueOn, first.handlerId, first.receivedOn, first.calledAt]).toEqual(['received', '2026-09-24', world.eastCommunity, '2026-09-14', '2026-09-14T01:15:00.000Z']);
    expect([nowhere.estateId, nowhere.handlerId, mendedDue.originDueOn]).toEqual([null, world.bureau, '2026-09-25']);
    // The caller is a complainant now, and gone from the rows.
    const caller = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.complainant').selectAll().where('complaintId', '=', first.id).executeTakeFirstOrThrow());
    expect([caller.nameCipher === null ? null : world.kit.vault.open(caller.nameCipher), caller.phoneCipher === null ? null : world.kit.vault.open(caller.phoneCipher)]).toEqual(['王某某', '13900001111']);
    const left = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.orderRow').select('rowNo').where('batchId', '=', batch.id).where('nameCipher', 'is not', null).execute());
    expect(left).toEqual([{ rowNo: 5 }]);
    // Who mends the last row imports it alone.
    await mendRow(clerk(), inputOf({ orderBatchId: batch.id, rowNo: 5 }, { cells: { orderNo: 'A5' } }));
    await confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    await work();
    expect((await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {}))).applied).toBe(7);
    expect((await fileOf('A1')).length).toBe(1);
  });

  const STRANGE = ['单子号', '群众说了啥', '谁打来的', '怎么找他', '出事的地儿', '派给', '到几号', '类型', '备用'];
  const strange = (more: Line): Line => ({ 单子号: 'S1', 群众说了啥: '甲苑3栋楼道堆放杂物', 谁打来的: '周某某', 怎么找他: '13900002222', 出事的地儿: '甲苑3栋', 派给: '13911112222', 到几号: '2026-09-28', 类型: '省里的分类', 备用: '照原样', ...more });
  const pointed = { orderNo: 0, content: 1, callerName: 2, callerPhone: 3, address: 4, dueAt: 6 } as const;
  const columnsOf = (id: Id<'OrderBatch'>) => getMapping(clerk(), inputOf({ orderBatchId: id }, {}));
  const point = (id: Id<'OrderBatch'>, sheets: Parameters<typeof pickColumns>[1]['body']['sheets']) => pickColumns(clerk(), inputOf({ orderBatchId: id }, { sheets }));
  test('headings nobody knows are pointed out by hand; the county’s next file with them is read at once, and what is said last of a heading counts', async () => {
    const batch = await uploaded([strange({}), strange({ 单子号: 'S2', 派给: '城东街道' })], '怪表.xlsx', STRANGE);
    expect([batch.status, batch.can.map, batch.can.confirm, batch.can.cancel]).toEqual(['mapping', true, '请先指认列', true]);
    await expect(confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}))).rejects.toThrow('请先指认列');
    const { sheets: [sheet], fields } = await columnsOf(batch.id);
    expect([sheet?.sheet, sheet?.headerRow, sheet?.reason, fields.filter(({ isRequired }) => isRequired).map(({ title }) => title)]).toEqual(['工单', 1, expect.stringMatching(/没有认出/), ['工单编号', '诉求内容']]);
    expect(sheet?.preview[1]?.cells.slice(0, 6)).toEqual(['S1', '甲苑3栋楼道堆放杂物', '周某某', '139****22', '甲苑3栋', '139****22']);
    await point(batch.id, [{ sheet: '工单', headerRow: 1, headerCount: 1, columns: pointed }]);
    await work();
    const read = await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    const rows = await rowsOf(batch.id);
    expect([read.status, read.rows, rows.map(({ orderNo, estate, hasCaller }) => [orderNo, estate, hasCaller])]).toEqual(['preview', 2, [['S1', '甲苑', true], ['S2', '甲苑', true]]]);
    // Who called is sealed, and a number of a telephone in a column that nobody named is not kept.
    const stored = JSON.stringify(await world.kit.database.read(everything, (db) => db.selectFrom('complaint.orderRow').selectAll().where('batchId', '=', batch.id).execute()));
    expect([stored.includes('周某某'), stored.includes('13900002222'), stored.includes('13911112222'), stored.includes('城东街道'), stored.includes('照原样')]).toEqual([false, false, false, true, true]);
    // Once it is known where who called stands, the first rows do not show it.
    expect((await columnsOf(batch.id)).sheets[0]?.preview[1]?.cells.slice(2, 4)).toEqual(['（不显示）', '（不显示）']);

    const next = await uploaded([strange({ 单子号: 'S3' })], '怪表二.xlsx', STRANGE);
    expect([next.status, next.rows, (await rowsOf(next.id))[0]?.cells.some(({ field }) => field === 'type')]).toEqual(['preview', 1, false]);
    await point(next.id, [{ sheet: '工单', headerRow: 1, headerCount: 1, columns: { ...pointed, type: 7 } }]);
    await work();
    expect((await rowsOf(next.id))[0]?.cells.find(({ field }) => field === 'type')?.text).toBe('省里的分类');
    expect([(await uploaded([strange({ 单子号: 'S4' })], '怪表三.xlsx', STRANGE)).status, (await listSettings(clerk())).rows.filter(({ kind, words }) => kind === 'heading' && words === '类型').map(({ field }) => field)]).toEqual(['preview', ['type', 'none']]);
    await recordHeading(clerk(), { params: {}, query: {}, body: { words: ' 类 型 ', field: 'none' } });
    const last = await uploaded([strange({ 单子号: 'S5' })], '怪表四.xlsx', STRANGE);
    expect((await rowsOf(last.id))[0]?.cells.some(({ field }) => field === 'type')).toBe(false);
    await recordHeading(clerk(), { params: {}, query: {}, body: { words: '类型', field: 'type' } });
  });

  test('what is pointed out in part or wrongly is refused whole, each fault with its sheet; afterwards nothing has changed', async () => {
    const batch = await uploaded([{ 甲栏: 'T1', 乙栏: '路灯不亮' }], '两列.csv', ['甲栏', '乙栏']);
    const [sheet] = (await columnsOf(batch.id)).sheets;
    const name = sheet?.sheet ?? '';
    const faulty = (columns: Parameters<typeof point>[1][number]['columns'], headerRow = 1, of = name) => point(batch.id, [{ sheet: of, headerRow, headerCount: 1, columns }]);
    await expect(faulty({ orderNo: 0 })).rejects.toThrow(`“${name}”表：请指认“诉求内容”是哪一列`);
    await expect(faulty({ orderNo: 0, content: 0 })).rejects.toThrow('一列只能对应一个栏目');
    await expect(faulty({ orderNo: 0, content: 9 })).rejects.toThrow('所选的列不在表里');
    await expect(faulty({ orderNo: 0, content: 1 }, 2)).rejects.toThrow('表头下面没有内容');
    await expect(faulty({ orderNo: 0, content: 1 }, 99)).rejects.toThrow('前几行里没有第 99 行');
    await expect(faulty({ orderNo: 0, content: 1 }, 1, '别的表')).rejects.toThrow('文件里没有这张工作表');
    expect((await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {}))).status).toBe('mapping');
    await expect(getMapping(world.who('community'), inputOf({ orderBatchId: batch.id }, {}))).rejects.toThrow('不在管辖范围内');
    await cancelOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    await expect(faulty({ orderNo: 0, content: 1 })).rejects.toThrow('现在不能指认列');
    await expect(uploaded([{ 甲栏: '只有一列' }], '一列.xlsx', ['甲栏'])).rejects.toThrow('里面没有表格');
  });

  test('an import that nobody confirmed within its days is given up with its callers; one that was imported keeps what it brought', async () => {
    const [open, broken] = [await uploaded([line({ 工单号: 'U1' })], '没确认.xlsx'), await uploaded([line({ 工单号: 'U2' }), line({ 工单号: 'U3' })], '断了.xlsx')];
    await world.kit.database.write(everything, (db) => db.updateTable('complaint.orderBatch').set({ appliedCount: 1 }).where('id', '=', broken.id).execute());
    const [unconfirmed] = hotlineRetentions.filter(({ kind }) => kind === 'complaint.orders-unconfirmed');
    const purge = (day: number) => world.who('clerk').transact(async (tx) => { tx.auditNothing('each given up has its own entry'); return unconfirmed?.purge(tx, world.county, addDays(todayIn(tx.now), day), world.kit); });
    expect(await world.kit.database.read(everything, async (db) => unconfirmed?.count(db, world.county, addDays(clerk().today, 90)))).toBe(0);
    expect(await purge(90)).toBe(0);
    expect((await purge(91)) ?? 0).toBeGreaterThanOrEqual(2);
    const after = async (id: Id<'OrderBatch'>) => { const { status, notice } = await getOneBatch(clerk(), inputOf({ orderBatchId: id }, {})); return [status, notice, (await rowsOf(id)).length]; };
    expect([await after(open.id), await after(broken.id)]).toEqual([['cancelled', '上传后很久没有确认，已自动放弃；需要的请重新上传', 0], ['committed', '上传后很久没有确认，已自动放弃；需要的请重新上传', 2]]);
    expect(await purge(91)).toBe(0);
  });

  test('the order’s own deadline is the one that counts, and nobody calls back a second time', async () => {
    await imported([line({ 工单号: 'B1', 诉求类型: '噪音扰民', 截止时间: '2026-12-31 12:00' })]);
    const shown = await getComplaint(world.who('community'), inputOf({ complaintId: (await one('B1')).id }, {}));
    expect(shown.dues.find(({ dutyTitle }) => dutyTitle === '办理并答复')?.dueOn).toBe('2026-12-31');
    await answered('B1');
    const later = await getComplaint(world.who('community'), inputOf({ complaintId: (await one('B1')).id }, {}));
    expect([later.dues.some(({ dutyTitle }) => dutyTitle === '回访'), later.can.extend]).toEqual([false, expect.stringContaining('不能延期')]);
    expect(later.can.followUp).not.toBe(true);
  });

  test('the same number again is an update, in a csv too: its new deadline is told anew, the same file changes nothing', async () => {
    const again = [line({ 工单号: 'C1', 诉求标题: '' })];
    await imported(again);
    const csv = await imported([line({ 工单号: 'C1', 诉求标题: '', 截止时间: '2026-10-20 18:00', 紧急程度: '紧急' })], '工单.csv');
    expect(csv.rows.map(({ outcome, answer }) => [outcome, answer])).toEqual([['changed', '期限改为2026年10月20日；已更新：紧急程度']]);
    expect((await one('C1')).originDueOn).toBe('2026-10-20');
    const shown = await getComplaint(world.who('community'), inputOf({ complaintId: (await one('C1')).id }, {}));
    expect([shown.dues.find(({ dutyTitle }) => dutyTitle === '办理并答复')?.dueOn, shown.steps.at(-1)?.title, shown.steps.at(-1)?.body]).toEqual(['2026-10-20', '热线更改期限', '12345热线']);
    expect((await uploaded([line({ 工单号: 'C1', 诉求标题: '', 截止时间: '2026-10-20 18:00', 紧急程度: '紧急' })])).unchanged).toBe(1);
  });

  test('deadlines told anew for many at once stand as those told one by one: on the file, in its steps, its duties, its events and the trail', async () => {
    const twins = ['V1', 'V2', 'V3'];
    await imported(twins.map((no) => line({ 工单号: no, 截止时间: '2026-09-24 18:00' })));
    // The third is a second report of the same order with more words: its deadline goes the way of single acts.
    const { rows } = await imported(twins.map((no) => line({ 工单号: no, 截止时间: '2026-09-29 18:00', ...(no === 'V3' ? { 诉求内容: '甲苑2栋楼道堆放杂物，还没有清' } : {}) })));
    expect(rows.map(({ answer }) => answer)).toEqual(['期限改为2026年9月29日', '期限改为2026年9月29日', '期限改为2026年9月29日；诉求内容已记入办理记录；已更新：诉求内容']);
    const read = (no: string) => world.kit.database.read(everything, async (db) => {
      const file = await one(no);
      const steps = await db.selectFrom('complaint.step').select(['act', 'note', 'bodyName', 'status', 'handlerName', 'isOffline', 'actedByName']).where('complaintId', '=', file.id).where('act', 'in', ['receive', 'restate']).orderBy('id').execute();
      const duties = await db.selectFrom('obligation.obligation').select(['dutyId', 'state', 'dueOn', 'endsAt', 'nextAt', 'holderOrgId']).where('subjectId', '=', file.id).orderBy('dutyId').execute();
      const entries = await db.selectFrom('obligation.entry as e').innerJoin('obligation.obligation as o', 'o.id', 'e.obligationId').select(['e.kind', 'e.event', 'e.dueOn', 'e.reason']).where('o.subjectId', '=', file.id).where('e.kind', '=', 'restated').orderBy('e.event').execute();
      const events = await db.selectFrom('platform.event').select('name').where('name', '=', 'complaint.deadline-restated').where('key', 'like', `${file.id}:%`).execute();
      const trail = await db.selectFrom('audit.entry').select('action').where('subjectId', '=', file.id).where('action', 'in', ['complaint.restate', 'hotline.update']).orderBy('action').execute();
      return { due: file.originDueOn, next: file.nextDueOn, timings: [file.answerTiming, file.contactTiming], status: file.status, steps, duties, entries, events, trail };
    });
    const [first, second, single] = [await read('V1'), await read('V2'), await read('V3')];
    expect([first.due, first.entries.length > 0, first.events.length, first.trail.length, (await one('V1')).version]).toEqual(['2026-09-29', true, 1, 2, 2]);
    expect(second).toEqual(first);
    expect(single).toEqual(first);
  });

  test('an order goes back with its ground within its days; an extension is asked for, and what the hotline answers counts', async () => {
    const dispatched = clerk().today;
    await imported([line({ 工单号: 'D1', 派单时间: dispatched, 受理时间: dispatched, 截止时间: '2099-01-01' }), line({ 工单号: 'D2' }), line({ 工单号: 'D3', 截止时间: '2098-12-20' })]);
    const counted = async () => (await getComplaintStatistics(clerk(), { params: {}, query: { by: 'group' }, body: {} })).total;
    const before = await counted();
    await sendBackOrder(world.who('community', (await one('D1')).version), inputOf({ complaintId: (await one('D1')).id }, { why: '不属于本社区，应由城管局办理' }));
    // What went back is counted as such, and owes nobody here an answer, even when its day passes.
    expect(await counted()).toEqual({ ...before, returned: before.returned + 1 });
    await world.kit.database.write(everything, (db) => db.updateTable('complaint.complaint').set({ answerTiming: 'late' }).where('originNo', '=', 'D1').execute());
    expect(await counted()).toMatchObject({ received: before.received, returned: before.returned + 1, answerDue: before.answerDue, answerLate: before.answerLate });
    await world.kit.database.write(everything, (db) => db.updateTable('complaint.complaint').set({ answerTiming: null }).where('originNo', '=', 'D1').execute());
    expect([(await one('D1')).status, (await one('D1')).returnKind]).toEqual(['returned', 'send-back']);
    await expect(sendBackOrder(world.who('community', (await one('D2')).version), inputOf({ complaintId: (await one('D2')).id }, { why: '不属于本社区，应由城管局办理' }))).rejects.toThrow(/退单的期限是/);

    const params = { complaintId: (await one('D3')).id };
    await acceptComplaint(world.who('community', (await one('D3')).version), inputOf(params, { pace: 'ordinary' as const, note: '' }));
    await askOrderExtension(world.who('community', (await one('D3')).version), inputOf(params, { untilOn: '2098-12-31' as never, why: '需要业主大会表决' }));
    await expect(askOrderExtension(world.who('community', (await one('D3')).version), inputOf(params, { untilOn: '2098-12-31' as never, why: '需要业主大会表决' }))).rejects.toThrow(/已经申请延期/);
    const granted = await imported([line({ 工单号: 'D3', 截止时间: '2098-12-31' })].map((each) => ({ ...each, 工单状态: '办理中' })));
    expect(granted.rows[0]?.answer).toContain('期限改为2098年12月31日');
    await settleOrderExtension(world.who('township', (await one('D3')).version), inputOf(params, { isGranted: true, dueOn: '2099-01-10' as never, note: '' }));
    expect([(await one('D3')).originDueOn, (await one('D3')).extensionSettled]).toEqual(['2099-01-10', 'granted']);
  });

  test('answered, it leaves in the hotline’s words and headings, once; redone, it comes back with a new deadline and leaves again', async () => {
    await recordWording(clerk(), inputOf({}, { words: '经{承办单位}办理：{答复内容}（{办理结果}）', effectiveFrom: clerk().today, basis: '热线办通知' }));
    await imported([line({ 工单号: 'E1' })]);
    await makeReturn(clerk(), inputOf({}, { again: false })).catch(() => undefined);
    await answered('E1');
    expect((await getOrder(world.who('community'), inputOf({ complaintId: (await one('E1')).id }, {}))).order?.wording).toBe('经东一社区办理：已经清理。（已解决）');
    const made = await makeReturn(clerk(), inputOf({}, { again: false }));
    const sheet = await sheetOf(made.id);
    expect(sheet[0]?.slice(0, 19)).toEqual(HEADINGS);
    expect(sheet[0]?.slice(19)).toEqual(['答复内容', '办结时间', '办理单位', '是否退单', '延期申请']);
    const row = sheet.find(([no]) => no === 'E1');
    expect([row?.[5], row?.[6], row?.[13], row?.[14], row?.[15], row?.[19], row?.[21]]).toEqual([null, null, '0031', null, '已解决', '经东一社区办理：已经清理。（已解决）', '东一社区']);
    await expect(makeReturn(clerk(), inputOf({}, { again: false }))).rejects.toThrow(/没有新的答复/);
    expect((await makeReturn(clerk(), inputOf({}, { again: true }))).orders).toBe(made.orders);

    const redone = await imported([line({ 工单号: 'E1', 工单状态: '退回重办', 截止时间: '2026-12-01 18:00', 满意度: '不满意', 是否解决: '否', 是否联系: '是' })]);
    expect(redone.rows[0]?.answer).toContain('热线重办，期限2026年12月1日');
    const file = await one('E1');
    expect([file.status, file.redoCount, file.reopenCount, file.originDueOn, file.returnKind, file.satisfied]).toEqual(['handling', 1, 0, '2026-12-01', null, 'no']);
    const shown = await getComplaint(world.who('community'), inputOf({ complaintId: file.id }, {}));
    expect(shown.dues.find(({ dutyTitle, endedOn }) => dutyTitle === '办理并答复' && endedOn === null)?.dueOn).toBe('2026-12-01');
    // The same file once more redoes nothing.
    await replyToComplaint(world.who('community', file.version), inputOf({ complaintId: file.id }, { outcome: 'explained' as const, agreement: '', reply: '再次说明' }));
    await imported([line({ 工单号: 'E1', 工单状态: '退回重办', 截止时间: '2026-12-01 18:00', 满意度: '不满意', 是否解决: '否', 是否联系: '是' })]);
    expect([(await one('E1')).status, (await one('E1')).redoCount]).toEqual(['replied', 1]);
    // Nor does another status, with a stroke where redoing is asked for.
    await imported([line({ 工单号: 'E1', 工单状态: '已办结', 是否重办: '/', 截止时间: '2026-12-01 18:00', 满意度: '不满意', 是否解决: '否', 是否联系: '是' })]);
    expect([(await one('E1')).status, (await one('E1')).redoCount]).toEqual(['replied', 1]);
    expect((await listReturns(clerk(), { params: {}, query: { limit: 10 }, body: {} })).waiting).toBe(1);
  });

  test('a row that cannot be taken stays back with its reason, and all others of its part are in', async () => {
    const batch = await uploaded(Array.from({ length: 40 }, (_each, at) => line({ 工单号: `H${String(at)}`, ...(at === 17 ? { 诉求内容: '坏行' } : {}) })));
    const owner = new Client({ connectionString: world.ownerUrl });
    await owner.connect();
    await owner.query("alter table complaint.complaint add constraint no_bad_row check (body not like '%坏行%')");
    await confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    await work();
    const [done, rows] = [await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {})), await rowsOf(batch.id)];
    expect([done.status, done.applied, done.refused, rows.filter(({ isApplied }) => isApplied).length]).toEqual(['committed', 39, 1, 39]);
    const bad = rows.find(({ orderNo }) => orderNo === 'H17');
    expect([bad?.outcome, bad?.isApplied, bad?.problems.map(({ message }) => message)]).toEqual(['refused', false, [expect.stringContaining('这一行的内容存不进去（no_bad_row）')]]);
    await owner.query('alter table complaint.complaint drop constraint no_bad_row');
    await owner.end();
    // Saved again and confirmed, it comes in alone.
    await mendRow(clerk(), inputOf({ orderBatchId: batch.id, rowNo: 18 }, { cells: { content: '楼道堆物' } }));
    await confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    await work();
    expect([(await fileOf('H17')).length, (await rowsOf(batch.id)).filter(({ isApplied }) => isApplied).length]).toEqual([1, 40]);
  });

  test('response, solution and satisfaction are counted as the hotline counts, and each number opens its orders', async () => {
    const called = (no: string, contacted: string, resolved: string, satisfied: string, more: Line = {}) => line({ 工单号: no, 派单时间: '2026-08-03', 受理时间: '2026-08-03', 是否联系: contacted, 是否解决: resolved, 满意度: satisfied, ...more });
    await imported([called('F1', '是', '是', '满意'), called('F2', '是', '部分解决', '基本满意'), called('F3', '否', '', ''), called('F4', '', '未解决', '不满意'), called('F5', '', '', ''), called('F6', '是', '是', '满意', { 事发地点: '乙苑', 诉求内容: '乙苑路灯', 承办单位: '' })]);
    const rates = await getRates(clerk(), { params: {}, query: { by: 'month' }, body: {} });
    const august = rates.rows.find(({ key }) => key === '2026-08');
    expect([august?.orders, august?.calledBack, august?.contacted, august?.responseRateBp, august?.resolvedBase, august?.resolved, august?.satisfied, august?.satisfiedRateBp]).toEqual([6, 5, 4, 8_000, 4, 2, 3, 7_500]);
    for (const by of ['month', 'township', 'company'] as const) {
      for (const row of (await getRates(clerk(), { params: {}, query: { by, ...(by === 'month' ? {} : { month: '2026-08' }) }, body: {} })).rows) {
        for (const measure of ['orders', 'calledBack', 'contacted', 'resolvedBase', 'resolved', 'satisfiedBase', 'satisfied'] as const) {
          const own = row.isTotal ? {} : by === 'month' ? { month: row.key ?? '' } : row.key === null ? { without: by } : by === 'township' ? { townshipId: row.key as Id<'OrgUnit'> } : { companyId: row.key as Id<'Company'> };
          const behind = await listOrders(clerk(), { params: {}, query: { limit: 200, measure, ...own, ...(by === 'month' ? {} : { month: '2026-08' }) }, body: {} });
          expect([by, row.name, measure, behind.rows.length]).toEqual([by, row.name, measure, row[measure]]);
        }
      }
    }
    // A township sees its own orders.
    const east = await getRates(world.who('township'), { params: {}, query: { by: 'township', month: '2026-08' }, body: {} });
    expect(east.rows.map(({ name, orders }) => [name, orders])).toEqual([['东街道', 5], ['合计', 5]]);
  });

  test('an import that breaks off goes on from the first row that is not in, and nothing is in twice', async () => {
    const batch = await uploaded(Array.from({ length: 260 }, (_each, at) => line({ 工单号: `G${String(at)}` })));
    await confirmOrders(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    await expect(applyBatch(clerk(), batch.id, () => Promise.reject(new Error('the process is gone')))).rejects.toThrow(/gone/);
    const files = () => world.kit.database.read(everything, (db) => db.selectFrom('complaint.hotlineOrder as o').innerJoin('complaint.complaint as c', 'c.id', 'o.complaintId').select(['o.orderNo', 'c.numberSerial', 'c.nextDueOn']).where('o.orderNo', 'like', 'G%').orderBy('c.numberSerial').execute());
    expect((await files()).length).toBe(250);
    await work();
    const done = await getOneBatch(clerk(), inputOf({ orderBatchId: batch.id }, {}));
    const all = await files();
    expect([all.length, done.status, done.applied]).toEqual([260, 'committed', 260]);
    // Numbered in the order of the file, without a gap; each with the day of its next duty.
    expect(all.map(({ orderNo }) => orderNo)).toEqual(Array.from({ length: 260 }, (_each, at) => `G${String(at)}`));
    expect([(all.at(-1)?.numberSerial ?? 0) - (all[0]?.numberSerial ?? 0), new Set(all.map(({ nextDueOn }) => nextDueOn)).size, all[0]?.nextDueOn]).toEqual([259, 1, '2026-09-15']);
  });
});

async function sheetOf(hotlineReturnId: Id<'HotlineReturn'>): Promise<unknown[][]> {
  const { content } = await downloadReturn(clerk(), inputOf({ hotlineReturnId }, {}));
  const path = join(folder, `${hotlineReturnId}.xlsx`);
  await writeFile(path, await buffer(content as Readable));
  const rows: unknown[][] = [];
  for await (const part of readWorkbook(path, 'xlsx')) if (part.kind === 'rows') rows.push(...part.rows.map(({ cells }) => [...cells]));
  return rows;
}
