import { categoryCodes } from '#domain/complaint/category.ts';
import { phoneBook } from '#seeds/demo/made-up.ts';
import { seededRandom } from '#seeds/demo/random.ts';
import { load, type Load } from '../http-load.ts';
import type { Line } from '../line.ts';
import { nextOf, signIn, type Caller } from '../operations.ts';
import type { Options } from '../options.ts';
import { replay, type Recording, type Replayed } from '../replay.ts';
import type { ServerProcess } from '../server-process.ts';
import { purposeOf, transactions, type Statement } from '../statement.ts';

const AIM = 0.3;
const ROUNDS = 4;
const MOST_SECONDS = 8;
const PATH = '/api/complaints';

/**
 * 登记投诉: the whole act through the API (file, number, complainant, step, receipt, duties, notice, audit entry, event, search columns) beside the bare insert of the
 * same row through pg, in a transaction of its own under the same role, the same policies and the same scope.
 */
export async function measureReceipt(server: ServerProcess, { appUrl, options, there }: { appUrl: string; options: Options; there: number }, say: (line: string) => void): Promise<readonly Line[]> {
  const officer = await signIn(server.port, 'bench-officer');
  const operation = { paths: [PATH], method: 'POST' as const, caller: officer, body: await drafts(officer) };
  const sent = await server.captured(() => officer.send('POST', PATH, operation.body().text));
  const recording = bareInsert(sent);
  const numbered = withNumber(sent);
  const milliseconds = Math.min(options.seconds, MOST_SECONDS) * 1000 / ROUNDS;
  const call = { port: server.port, connections: options.connections, next: nextOf(operation), milliseconds };
  const straight = (one: Recording) => replay({ url: appUrl, recordings: [one], connections: options.pool, milliseconds });
  await load(call);
  await straight(recording);
  const [api, bare, withOne]: [Load[], Replayed[], Replayed[]] = [[], [], []];
  const [cpu, began] = [{ used: 0 }, { count: 0 }];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await server.cpu();
    const done = await load(call);
    cpu.used += await server.cpu() - before;
    began.count += done.requests;
    api.push(done);
    bare.push(await straight(recording));
    withOne.push(await straight(numbered));
  }
  const faults = [...api, ...bare, ...withOne].flatMap(({ errors, firstError }) => (errors > 0 ? [`${errors}× ${firstError ?? ''}`] : []));
  const rate = (of: readonly { readonly perSecond: number }[]) => mean(of.map(({ perSecond }) => perSecond));
  const [through, straightRate, numberedRate] = [rate(api), rate(bare), rate(withOne)];
  const lines: Line[] = [
    { what: `登记一件投诉(含操作记录、时限、事件、通知、搜索列)÷ 经 pg 只插入同一行:库中已有 ${there.toLocaleString('en-US')} 件`, measured: `${(through / straightRate).toFixed(2)}(${Math.round(through)}/s ÷ ${Math.round(straightRate)}/s${faults.length === 0 ? '' : `;${faults.join(' ').slice(0, 200)}`})`, aim: `≥ ${AIM}`, isMet: through / straightRate >= AIM && faults.length === 0 },
    { what: '… ÷ 经 pg 先用单独的短事务取号(不等落盘)再插入同一行', measured: `${(through / numberedRate).toFixed(2)}(÷ ${Math.round(numberedRate)}/s)`, aim: '', isMet: null },
    { what: '… 语句、Node 处理器毫秒、p99 毫秒', measured: `${sent.length}, ${((cpu.used * 1000) / Math.max(1, began.count)).toFixed(2)}, ${mean(api.map(({ p99 }) => p99)).toFixed(1)}`, aim: '', isMet: null },
  ];
  for (const line of lines) say(`  ${line.what}: ${line.measured}`);
  return lines;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Drafts over two dozen estates and all categories, as they are typed at a counter. */
export async function drafts(officer: Caller): Promise<() => { text: string; mark: string }> {
  const random = seededRandom('bench complaints');
  const phone = phoneBook(random);
  const estates = random.shuffled(rowsOf(await officer.get('/api/estates?limit=200')).map((row) => String(field(row, 'id')))).slice(0, 24);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return () => ({ mark: '', text: JSON.stringify({
    origin: 'counter', receivedOn: today, estateId: random.pick(estates), spot: `${random.whole(1, 20)}幢${random.whole(1, 4)}单元`, category: random.pick(categoryCodes),
    body: '楼道里堆放了旧家具和纸箱,消防通道走不过去,已经和物业说过两次,请帮忙处理。', name: '测算人', phone: phone(),
  }) });
}

/** Of everything the request sent, the transaction that stores the row with that one statement left in it; its id and its number differ each time. */
export function bareInsert(sent: readonly Statement[]): Recording {
  const insert = (statement: Statement) => /^insert into "complaint"\."complaint" /.test(statement.text);
  const whole = transactions(sent).find((each) => each.some(insert));
  if (whole === undefined) throw new Error('the request stored no complaint');
  const kept = whole.filter((statement) => insert(statement) || purposeOf(statement) === 'frame');
  const at = kept.findIndex(insert);
  const row = kept[at];
  const id = row?.values.find((value) => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value));
  const columns = /\(([^)]*)\)/.exec(row?.text ?? '')?.[1]?.split(',').map((name) => name.trim().replaceAll('"', '')) ?? [];
  const serialAt = columns.indexOf('number_serial');
  if (row === undefined || typeof id !== 'string' || serialAt < 0) throw new Error('the stored row has no id or number');
  const serial = '900000001';
  return { statements: kept.with(at, { ...row, values: row.values.with(serialAt, serial) }), fresh: [id, serial] };
}

/** The same after its number was taken as a receipt takes it: in a short transaction of its own that does not wait for the disk. */
function withNumber(sent: readonly Statement[]): Recording {
  const { statements, fresh } = bareInsert(sent);
  const taking = transactions(sent).find((each) => each.some(({ text }) => /insert into complaint\.number_register /.test(text)));
  if (taking === undefined) throw new Error('the request took no number');
  // One number each time: the serials of the register are not the ones that the rows get here.
  return { statements: [...taking, ...statements], fresh };
}

const field = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);
const rowsOf = (value: unknown): unknown[] => { const rows = field(value, 'rows'); return Array.isArray(rows) ? rows : []; };
