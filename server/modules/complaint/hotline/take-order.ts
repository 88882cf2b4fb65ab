import { sql } from 'kysely';
import { readContacted, readResolved, readSatisfied } from '#domain/complaint/hotline/call-back.ts';
import { decideAct, isOpen, type ActName } from '#domain/complaint/lifecycle.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { instant, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { momentText, readMoment, type Moment } from '#domain/ledger/orders/read-order.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { circumstancesOf, factsOf } from '../facts.ts';
import type { Body, Office } from '../office.ts';
import { takeParts } from '../parts.ts';
import { noOf } from '../present.ts';
import { receiveComplaints, type Received } from '../receive.ts';
import type { ComplaintRecord } from '../store.ts';
import { actIn, type Doing } from '../use-cases/perform.ts';
import { knownOrders, type KnownOrder } from './books.ts';
import type { OrderBatchRecord } from './batch.ts';
import { changesFrom, extensionSaid, isRedo } from './judge.ts';
import { changeOrder, changeOrders, sendBackUntil, type OrderColumns } from './order.ts';
import { cellsOf, json, settledOf, textsOf, type Settled, type Texts } from './row-json.ts';
import type { OrderRowRecord } from './rows.ts';

/** 导入到哪一次, and for whom. */
export interface Work { readonly office: Office; readonly batch: OrderBatchRecord }
/** 一行的结果. */
export interface Taken { readonly rowNo: number; readonly complaintId: Id<'Complaint'>; readonly answer: string }
const HOTLINE = '12345热线';

/**
 * 导入若干行, in the order of the file: a number that nobody has becomes a file; a known one is brought up to date, handed back for redoing, given its new deadline and what the hotline heard.
 * In as many statements for some hundreds as for one, but for the acts on files that are known. All rows are taken or none.
 */
export async function takeOrders(tx: Tx, ctx: Ctx, work: Work, rows: readonly OrderRowRecord[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const wave of wavesOf(rows)) {
    const known = await knownOrders(tx.db, work.batch.countyId, wave.map(({ orderNo }) => orderNo));
    taken.push(...await updateAll(tx, ctx, work, wave.flatMap((row) => { const order = known.get(row.orderNo); return order === undefined ? [] : [{ row, texts: textsOf(row.texts), known: order }]; })));
    taken.push(...await receiveAll(tx, ctx, work, wave.filter(({ orderNo }) => !known.has(orderNo))));
  }
  return taken;
}

/** A number that stands in the file again is an update of what came before: it waits for the next wave. */
function wavesOf(rows: readonly OrderRowRecord[]): OrderRowRecord[][] {
  const waves: { rows: OrderRowRecord[]; numbers: Set<string> }[] = [];
  for (const row of rows) {
    const last = waves.at(-1);
    if (last === undefined || last.numbers.has(row.orderNo)) waves.push({ rows: [row], numbers: new Set([row.orderNo]) });
    else { last.rows.push(row); last.numbers.add(row.orderNo); }
  }
  return waves.map((wave) => wave.rows);
}

/** 时刻 in China as an instant; the start of the day where no clock is told. */
export const instantOf = ({ on, time }: Moment): Instant => instant(new Date(Date.parse(`${on}T${time ?? '00:00'}:00+08:00`)).toISOString());
const momentIn = (text: string | undefined): Moment | null => readMoment(text ?? '') ?? null;
/** A file is never received tomorrow. */
const notAfter = (moment: Instant, now: Instant): Instant => (moment > now ? now : moment);

async function receiveAll(tx: Tx, ctx: Ctx, { batch }: Work, rows: readonly OrderRowRecord[]): Promise<Taken[]> {
  if (rows.length === 0) return [];
  const settled = rows.map((row) => settledOf(row.offers));
  const [bodies, estates] = await Promise.all([
    tx.db.selectFrom('platform.orgUnit').select(['id', 'name', 'kind']).where(sql<boolean>`id = any(${[...new Set(settled.map(({ handlerId }) => handlerId ?? batch.countyId))]}::uuid[])`).execute(),
    tx.db.selectFrom('registry.estate').select('id').where(sql<boolean>`id = any(${[...new Set(settled.flatMap(({ estateId }) => estateId ?? []))]}::uuid[])`).where('archivedAt', 'is', null).execute(),
  ]);
  const [bodyBy, there] = [new Map(bodies.map((body) => [body.id, body])), new Set(estates.map(({ id }) => id))];
  const receipts = await receiveComplaints(tx, ctx, rows.map((row, at) => givenBy(ctx, batch, row, settled[at], bodyBy, there)));
  await takeParts(tx, receipts.flatMap(({ record }) => (bodyBy.get(record.handlerId)?.kind === 'department' ? [{ row: record, orgUnitId: record.handlerId, part: 'lead' as const }] : [])));
  return receipts.map(({ record }, at) => ({ rowNo: rows[at]?.rowNo ?? 0, complaintId: record.id, answer: `已建件，编号${noOf(record)}${record.estateId === null ? '，小区待认定' : ''}` }));
}

/** 一行 as something received. */
function givenBy(ctx: Ctx, batch: OrderBatchRecord, row: OrderRowRecord, settled: Settled | undefined, bodies: ReadonlyMap<string, Body>, estates: ReadonlySet<string>): Received {
  if (settled === undefined || settled.category === null) throw new Problem('input.invalid', '还没有选定投诉类别，请选择');
  const texts = textsOf(row.texts);
  const [called, dispatched, due] = [momentIn(texts.calledAt), momentIn(texts.dispatchedAt), momentIn(texts.dueAt)];
  const receivedAt = notAfter(instantOf(dispatched ?? called ?? { on: ctx.today, time: null }), ctx.now);
  const open = (sealed: string | null) => (sealed === null ? null : ctx.kit.vault.open(sealed));
  return {
    origin: 'hotline', originNo: row.orderNo, originDueOn: due?.on ?? null, estateId: settled.estateId !== null && estates.has(settled.estateId) ? settled.estateId : null, townshipId: settled.townshipId, spot: (texts.address ?? '').slice(0, 100), category: settled.category, body: bodyText(texts), isEmergency: false,
    complainant: { name: open(row.nameCipher), phone: open(row.phoneCipher), isAnonymous: row.nameCipher === null && row.phoneCipher === null }, receivedAt, receivedFor: bodies.get(settled.handlerId ?? batch.countyId) ?? null,
    order: { dispatchedOn: todayIn(receivedAt), columns: { ...columnsOf(texts), title: (texts.title ?? '').slice(0, 200), batchId: batch.id, sheetRow: row.sheetRow, texts: json(texts), cells: json(cellsOf(row.cells)), calledAt: called === null ? null : instantOf(called) } },
  };
}

/** 投诉内容 as the community will read it. */
const bodyText = ({ title = '', content = '' }: Texts): string => (title === '' || content.includes(title) ? content : `${title}。${content}`).slice(0, 5_000);

/** What the file says of the order itself. */
function columnsOf(texts: Texts) {
  const [due, calledBack] = [momentIn(texts.dueAt), momentIn(texts.calledBackAt)];
  const [isContacted, resolved, satisfied] = [readContacted(texts.isContacted ?? ''), readResolved(texts.resolved ?? ''), readSatisfied(texts.satisfied ?? '')];
  return {
    ...(due === null ? {} : { dueAt: due.time === null ? null : instantOf(due) }), ...(calledBack === null ? {} : { calledBackOn: calledBack.on }),
    ...(isContacted === null || isContacted === undefined ? {} : { isContacted }), ...(resolved === null || resolved === undefined ? {} : { resolved }), ...(satisfied === null || satisfied === undefined ? {} : { satisfied }),
  };
}

interface Update { readonly row: OrderRowRecord; readonly texts: Texts; readonly known: KnownOrder }

async function updateAll(tx: Tx, ctx: Ctx, work: Work, updates: readonly Update[]): Promise<Taken[]> {
  if (updates.length === 0) return [];
  const ids = updates.map(({ known }) => known.complaintId);
  const files = new Map((await tx.db.selectFrom('complaint.complaint').selectAll().where(sql<boolean>`id = any(${ids}::uuid[])`).orderBy('id').forUpdate().execute()).map((file) => [file.id, file]));
  const [taken, changed]: [Taken[], { id: Id<'Complaint'>; columns: OrderColumns }[]] = [[], []];
  for (const update of updates) {
    const { row, texts, known } = update;
    const file = files.get(known.complaintId);
    const changes = changesFrom(known, texts);
    if (file === undefined) throw new Problem('not-found', '这个编号的投诉件不在管辖范围内');
    const said = changes.length === 0 ? ['与已有的工单相同，没有变化'] : await bringUpToDate(tx, ctx, work, update, file, changes);
    if (changes.length > 0) changed.push({ id: file.id, columns: { ...columnsOf(texts), ...(texts.title === undefined ? {} : { title: texts.title.slice(0, 200) }), batchId: work.batch.id, sheetRow: row.sheetRow, texts: json({ ...known.texts, ...texts }), cells: json(cellsOf(row.cells)) } });
    taken.push({ rowNo: row.rowNo, complaintId: known.complaintId, answer: said.join('；') });
  }
  await changeOrders(tx, changed);
  return taken;
}

/** What the hotline does with a file that is known, as acts of the one table; and in words. */
async function bringUpToDate(tx: Tx, ctx: Ctx, { office }: Work, { texts, known }: Update, before: ComplaintRecord, changes: ReturnType<typeof changesFrom>): Promise<string[]> {
  let file = before;
  const due = momentIn(texts.dueAt);
  const said: string[] = [];
  const act = async (doing: Doing, words: string) => {
    const refusal = await refusalOf(tx, ctx, office, file, doing.act);
    if (refusal === null) { file = await actIn(tx, ctx, office, file, doing, HOTLINE); said.push(words); } else said.push(`${words}没有办：${refusal}`);
  };
  if (isRedo(known, texts) && due !== null) await act(redoing(ctx, texts, due), `热线重办，期限${dateText(due.on)}`);
  else {
    const extension = known.isExtensionPending ? extensionSaid(texts) : null;
    if (extension !== null) await act(settling(file, extension, due), extension === 'granted' ? '热线同意延期' : '热线不同意延期');
    if (due !== null && due.on !== file.originDueOn && isOpen(file.status)) await act({ act: 'restate', note: `热线文件把期限改为${dateText(due.on)}`, columns: () => ({ originDueOn: due.on }) }, `期限改为${dateText(due.on)}`);
  }
  if (changes.some(({ title }) => title === '诉求内容') && isOpen(file.status)) await act({ act: 'note', note: `热线更新了诉求内容：${texts.content ?? ''}`.slice(0, 5_000) }, '诉求内容已记入办理记录');
  tx.audit({ action: 'hotline.update', subject: ['Complaint', file.id], before: null, after: { fields: changes.map(({ title }) => title) }, countyId: file.countyId, townshipId: file.townshipId });
  const others = changes.filter(({ title }) => title !== '办理时限').map(({ title }) => title);
  return others.length > 0 ? [...said, `已更新：${others.join('、')}`] : said;
}

async function refusalOf(tx: Tx, ctx: Ctx, office: Office, file: ComplaintRecord, name: ActName): Promise<string | null> {
  const decision = decideAct(name, factsOf(ctx, file, office, await circumstancesOf(tx.db, file, ctx)));
  return decision.ok ? null : decision.violations.map(({ message }) => message).join('；');
}

/** 重办: with its new deadline; what was told before is told anew, and the order may go back again. */
const redoing = (ctx: Ctx, texts: Texts, due: Moment): Doing => ({
  act: 'redo', note: `热线退回重办，期限改为${momentText(due)}${texts.redo === undefined || /^(是|\d+)$/.test(texts.redo) ? '' : `：${texts.redo}`}`,
  columns: () => ({ originDueOn: due.on, closedAt: null, closedOn: null, followedUpAt: null, refusalGround: null, refusalWhere: null }),
  follows: async (tx, { around }, after) => changeOrder(tx, after.id, { redoCount: (around.order?.redoCount ?? 0) + 1, returnKind: null, extensionAskedAt: null, extensionUntilOn: null, extensionWhy: null, extensionSettled: null, sendBackWhy: null, isContacted: null, resolved: null, satisfied: null, calledBackOn: null, sendBackUntilOn: await sendBackUntil(tx, after.countyId, ctx.today) }),
});

const settling = (file: ComplaintRecord, settled: 'granted' | 'refused', due: Moment | null): Doing => ({
  act: 'settleExtension', note: settled === 'granted' ? `热线同意延期${due === null ? '' : `，期限${momentText(due)}`}` : '热线不同意延期',
  columns: (): { originDueOn?: LocalDate } => (settled === 'granted' && due !== null && (file.originDueOn === null || due.on > file.originDueOn) ? { originDueOn: due.on } : {}),
  follows: (tx, { around }, after) => changeOrder(tx, after.id, { extensionSettled: settled, ...(around.order?.returnKind === 'extension' ? { returnKind: null } : {}) }),
});
