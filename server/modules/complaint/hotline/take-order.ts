import { readContacted, readResolved, readSatisfied } from '#domain/complaint/hotline/call-back.ts';
import { decideAct, isOpen, type ActName } from '#domain/complaint/lifecycle.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { instant, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { momentText, readMoment, type Moment } from '#domain/ledger/orders/read-order.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { circumstancesOf, factsOf } from '../facts.ts';
import type { Office } from '../office.ts';
import { takePart } from '../parts.ts';
import { noOf } from '../present.ts';
import { receiveComplaint } from '../receive.ts';
import type { ComplaintRecord } from '../store.ts';
import { actIn, type Doing } from '../use-cases/perform.ts';
import type { KnownOrder } from './books.ts';
import type { OrderBatchRecord } from './batch.ts';
import { changesFrom, extensionSaid, isRedo } from './judge.ts';
import { changeOrder, sendBackUntil } from './order.ts';
import { cellsOf, json, settledOf, textsOf, type Texts } from './row-json.ts';
import type { OrderRowRecord } from './rows.ts';

interface Work { readonly office: Office; readonly batch: OrderBatchRecord; readonly row: OrderRowRecord }
interface Taken { readonly known: KnownOrder; readonly answer: string }
const HOTLINE = '12345热线';

/** 导入一行: a number that nobody has becomes a file; a known one is brought up to date, handed back for redoing, given its new deadline and what the hotline heard. */
export async function takeOrder(tx: Tx, ctx: Ctx, work: Work, known: KnownOrder | undefined): Promise<Taken> {
  const texts = textsOf(work.row.texts);
  return known === undefined ? receive(tx, ctx, work, texts) : update(tx, ctx, work, texts, known);
}

/** 时刻 in China as an instant; the start of the day where no clock is told. */
export const instantOf = ({ on, time }: Moment): Instant => instant(new Date(Date.parse(`${on}T${time ?? '00:00'}:00+08:00`)).toISOString());
const momentIn = (text: string | undefined): Moment | null => readMoment(text ?? '') ?? null;
/** A file is never received tomorrow. */
const notAfter = (moment: Instant, now: Instant): Instant => (moment > now ? now : moment);

async function receive(tx: Tx, ctx: Ctx, { batch, row }: Work, texts: Texts): Promise<Taken> {
  const settled = settledOf(row.offers);
  if (settled.category === null) throw new Error('a row without a category is refused when it is judged');
  const [called, dispatched, due] = [momentIn(texts.calledAt), momentIn(texts.dispatchedAt), momentIn(texts.dueAt)];
  const [handler, estate] = [await bodyOf(tx, settled.handlerId ?? batch.countyId), settled.estateId === null ? undefined : await tx.db.selectFrom('registry.estate').select('id').where('id', '=', settled.estateId).where('archivedAt', 'is', null).executeTakeFirst()];
  const receivedAt = notAfter(instantOf(dispatched ?? called ?? { on: ctx.today, time: null }), ctx.now);
  const open = (sealed: string | null) => (sealed === null ? null : ctx.kit.vault.open(sealed));
  const { record } = await receiveComplaint(tx, ctx, {
    origin: 'hotline', originNo: row.orderNo, originDueOn: due?.on ?? null, estateId: estate?.id ?? null, townshipId: settled.townshipId, spot: (texts.address ?? '').slice(0, 100), category: settled.category, body: bodyText(texts), isEmergency: false,
    complainant: { name: open(row.nameCipher), phone: open(row.phoneCipher), isAnonymous: row.nameCipher === null && row.phoneCipher === null }, receivedAt, receivedFor: handler, order: { dispatchedOn: todayIn(receivedAt) },
  });
  if (handler?.kind === 'department') await takePart(tx, record, handler.id, 'lead');
  await changeOrder(tx, record.id, { ...columnsOf(texts), title: (texts.title ?? '').slice(0, 200), batchId: batch.id, sheetRow: row.sheetRow, texts: json(texts), cells: json(cellsOf(row.cells)), calledAt: called === null ? null : instantOf(called) });
  return { known: { complaintId: record.id, status: record.status, originDueOn: record.originDueOn, texts, isExtensionPending: false, estateId: record.estateId }, answer: `已建件，编号${noOf(record)}${estate === undefined ? '，小区待认定' : ''}` };
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

async function update(tx: Tx, ctx: Ctx, work: Work, texts: Texts, known: KnownOrder): Promise<Taken> {
  const changes = changesFrom(known, texts);
  if (changes.length === 0) return { known, answer: '与已有的工单相同，没有变化' };
  let file = await tx.db.selectFrom('complaint.complaint').selectAll().where('id', '=', known.complaintId).forUpdate().executeTakeFirstOrThrow();
  const due = momentIn(texts.dueAt);
  const said: string[] = [];
  const act = async (doing: Doing, words: string) => {
    const refusal = await refusalOf(tx, ctx, work.office, file, doing.act);
    if (refusal === null) { file = await actIn(tx, ctx, work.office, file, doing, HOTLINE); said.push(words); } else said.push(`${words}没有办：${refusal}`);
  };
  if (isRedo(known, texts) && due !== null) await act(redoing(ctx, texts, due), `热线重办，期限${dateText(due.on)}`);
  else {
    const extension = known.isExtensionPending ? extensionSaid(texts) : null;
    if (extension !== null) await act(settling(file, extension, due), extension === 'granted' ? '热线同意延期' : '热线不同意延期');
    if (due !== null && due.on !== file.originDueOn && isOpen(file.status)) await act({ act: 'restate', note: `热线文件把期限改为${dateText(due.on)}`, columns: () => ({ originDueOn: due.on }) }, `期限改为${dateText(due.on)}`);
  }
  const others = changes.filter(({ title }) => title !== '办理时限').map(({ title }) => title);
  await changeOrder(tx, file.id, { ...columnsOf(texts), ...(texts.title === undefined ? {} : { title: texts.title.slice(0, 200) }), batchId: work.batch.id, sheetRow: work.row.sheetRow, texts: json({ ...known.texts, ...texts }), cells: json(cellsOf(work.row.cells)) });
  if (changes.some(({ title }) => title === '诉求内容') && isOpen(file.status)) await act({ act: 'note', note: `热线更新了诉求内容：${texts.content ?? ''}`.slice(0, 5_000) }, '诉求内容已记入办理记录');
  tx.audit({ action: 'hotline.update', subject: ['Complaint', file.id], before: null, after: { fields: changes.map(({ title }) => title) }, countyId: file.countyId, townshipId: file.townshipId });
  if (others.length > 0) said.push(`已更新：${others.join('、')}`);
  return { known: { ...known, status: file.status, originDueOn: file.originDueOn, texts: { ...known.texts, ...texts }, isExtensionPending: known.isExtensionPending && extensionSaid(texts) === null }, answer: said.join('；') };
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

const bodyOf = async (tx: Tx, id: Id<'OrgUnit'>) => (await tx.db.selectFrom('platform.orgUnit').select(['id', 'name', 'kind']).where('id', '=', id).executeTakeFirst()) ?? null;
