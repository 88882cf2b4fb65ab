import { makeId } from '#domain/kernel/brand.ts';
import { decideAct, isOpen, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { outcomeLabels, satisfactionLabels, type Satisfaction } from '#domain/complaint/reply.ts';
import { refusalGrounds } from '#domain/complaint/rules.ts';
import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { whyNext } from '#modules/obligation/index.ts';
import { everything, placeScope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { openLink, useLink } from '#platform/identity/link.ts';
import { makeContext } from '#platform/make-context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { circumstancesOf, factsOf } from './facts.ts';
import { nextWordsOf, noOf, titleOf } from './present.ts';
import { afresh, change, recordStep } from './record.ts';
import { stepsOf, type ComplaintRecord } from './store.ts';
import { tellOf } from './tell.ts';
import { keepTime } from './time.ts';

/** 投诉人看到的一件: bodies and days, no officer's name, nothing internal. */
export interface ReceiptView {
  readonly no: string; readonly status: ComplaintStatus; readonly category: string; readonly estate: string | null; readonly body: string; readonly receivedOn: LocalDate; readonly handler: string; readonly nextWords: string; readonly nextDueOn: LocalDate | null; readonly why: readonly string[];
  readonly waitsUntilOn: LocalDate | null; readonly reply: string | null; readonly outcome: string | null; readonly refusal: string | null; readonly mergedIntoNo: string | null; readonly satisfaction: string | null;
  readonly steps: readonly { readonly title: string; readonly note: string; readonly body: string; readonly at: Instant }[];
  readonly can: { readonly addFacts: true | string; readonly confirm: true | string; readonly dispute: true | string };
}
/** 凭回执. */
export interface ByReceipt { readonly token: string }
const PURPOSE = 'complaint-receipt';
const UNKNOWN = '这个链接无效，可能没有复制完整，请核对回执';
const NOBODY = { userId: null, name: '投诉人', grantId: null, role: null, sessionId: null } as const;
type Asker = Pick<Ctx, 'kit' | 'requestId' | 'ip'>;
/** Where the file behind a receipt lies: its place and nothing else of it is looked up beyond a place. @throws Problem link.unknown, link.over */
async function placeOfReceipt({ kit, requestId, ip }: Asker, token: string): Promise<Ctx> {
  const under = (scope: Ctx['scope']): Ctx => makeContext(kit, { actor: NOBODY, scope, requestId, ip });
  const anywhere = under(everything);
  const place = await anywhere.read(async (db) => {
    const { subject: [kind, id] } = await openLink(db, { purpose: PURPOSE, token, now: anywhere.now });
    return kind !== 'Complainant' ? undefined : db.selectFrom('complaint.complaint as c').innerJoin('complaint.complainant as x', 'x.complaintId', 'c.id').select(['c.countyId', 'c.townshipId', 'c.neighbourhoodId']).where('x.id', '=', makeId<'Complainant'>(id)).executeTakeFirst();
  });
  if (place === undefined) throw new Problem('link.unknown', UNKNOWN);
  return under(placeScope(place));
}

/** 凭回执查看. @throws Problem link.unknown, link.over */
export async function complaintByReceipt(asker: Asker, { token }: ByReceipt): Promise<ReceiptView> {
  const ctx = await placeOfReceipt(asker, token);
  return ctx.read(async (db) => viewOf(db, ctx, await fileOf(db, await openLink(db, { purpose: PURPOSE, token, now: ctx.now }))));
}

/** 补充事实: while the file is open; where it was asked for, the clock runs on. */
export const addFacts = (asker: Asker, { token, text }: ByReceipt & { readonly text: string }): Promise<ReceiptView> => acting(asker, token, async (tx, ctx, before) => {
  if (!isOpen(before.status)) throw new Problem('state.conflict', '这件已经结束，有新的事实请点“对答复有异议”');
  const after = await change(tx, before, ctx.now, before.isWaiting ? { isWaiting: false, waitsUntilOn: null } : {});
  await recordStep(tx, ctx, before, after, { act: 'addFacts', note: text, bodyName: '投诉人' });
  if (before.isWaiting) await keepTime(tx, ctx, after, { act: 'takeInformation', reason: '投诉人已补充情况' });
  return after;
});

/** 确认答复: says how content he is; of an answer he agrees with, the file is closed. */
export const confirmAnswer = (asker: Asker, { token, satisfaction, why = '' }: ByReceipt & { readonly satisfaction: Exclude<Satisfaction, 'unreached'>; readonly why?: string }): Promise<ReceiptView> => acting(asker, token, async (tx, ctx, before) => {
  if (before.status !== 'replied' && before.status !== 'closed') throw new Problem('state.conflict', '还没有答复，收到答复后再评价');
  const closes = before.status === 'replied' && satisfaction !== 'dissatisfied';
  const said = { satisfaction, satisfactionWhy: why === '' ? null : why, followedUpAt: ctx.now };
  const after = await change(tx, before, ctx.now, closes ? { ...said, status: 'closed', closedAt: ctx.now, closedOn: ctx.today } : said);
  await recordStep(tx, ctx, before, after, { act: 'confirm', note: [satisfactionLabels[satisfaction], why].filter((words) => words !== '').join('：'), bodyName: '投诉人' });
  if (closes) await keepTime(tx, ctx, after, { act: 'close' });
  if (after.status === 'closed') await keepTime(tx, ctx, after, { act: 'followUp' });
  return after;
});

/** 对答复有异议 with a new fact: the file is handled again, within its days and times. @throws Problem rule.violated saying where else to go */
export const disputeAnswer = (asker: Asker, { token, newFact }: ByReceipt & { readonly newFact: string }): Promise<ReceiptView> => acting(asker, token, async (tx, ctx, before) => {
  const status = orRefuse(await reopening(tx.db, ctx, before, newFact));
  const after = await change(tx, before, ctx.now, { status, reopenCount: before.reopenCount + 1, ...afresh });
  await recordStep(tx, ctx, before, after, { act: 'dispute', note: newFact, bodyName: '投诉人' });
  await keepTime(tx, ctx, after, { act: 'reopen', reason: '投诉人提出新的事实' });
  await tellOf(tx, ctx, before, after, 'reopen');
  return after;
});

async function reopening(db: Db, ctx: Ctx, row: ComplaintRecord, newFact: string) {
  const around = await circumstancesOf(db, row, ctx);
  return decideAct('reopen', { ...factsOf(ctx, row, { body: null, seesOnlyParts: false, isBureau: false, isConferenceOffice: false }, around, { hasNewFact: newFact.trim() !== '' }), isHandling: true });
}

async function acting(asker: Asker, token: string, work: (tx: Tx, ctx: Ctx, before: ComplaintRecord) => Promise<ComplaintRecord>): Promise<ReceiptView> {
  const ctx = await placeOfReceipt(asker, token);
  return ctx.transact(async (tx) => {
    const { id } = await fileOf(tx.db, await useLink(tx, { purpose: PURPOSE, token, now: ctx.now }));
    const before = await tx.db.selectFrom('complaint.complaint').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
    await work(tx, ctx, before);
    // Read again: the next day was put on the row after the act had changed it.
    return viewOf(tx.db, ctx, await tx.db.selectFrom('complaint.complaint').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
  });
}

/** The file behind a receipt; of one that was merged, the file it went into answers. */
async function fileOf(db: Db, { subject: [kind, id] }: { readonly subject: readonly [string, string] }): Promise<ComplaintRecord> {
  const row = kind !== 'Complainant' ? undefined : await db.selectFrom('complaint.complaint as c').innerJoin('complaint.complainant as x', 'x.complaintId', 'c.id').selectAll('c').where('x.id', '=', makeId<'Complainant'>(id)).executeTakeFirst();
  if (row === undefined) throw new Problem('link.unknown', UNKNOWN);
  return row;
}

async function viewOf(db: Db, ctx: Ctx, own: ComplaintRecord): Promise<ReceiptView> {
  const into = own.mergedIntoId === null ? undefined : await db.selectFrom('complaint.complaint').selectAll().where('id', '=', own.mergedIntoId).executeTakeFirst();
  const row = into ?? own;
  const [handler, estate] = [await db.selectFrom('platform.orgUnit').select('name').where('id', '=', row.handlerId).executeTakeFirst(), row.estateId === null ? undefined : await db.selectFrom('registry.estate').select('name').where('id', '=', row.estateId).executeTakeFirst()];
  // Of the other file only what was done is told, not what its own complainants wrote.
  const steps = [...(await stepsOf(db, own.id)).map((step) => ({ ...step, isOwn: true })), ...(into === undefined ? [] : (await stepsOf(db, into.id)).map((step) => ({ ...step, isOwn: false })))];
  const dispute = own.status === 'replied' || own.status === 'closed' ? await reopening(db, ctx, own, '新的事实') : null;
  return {
    no: noOf(own), status: row.status, category: categoryLabels[own.categoryCode] ?? '', estate: estate?.name ?? null, body: own.body, receivedOn: own.receivedOn, handler: handler?.name ?? '', nextWords: nextWordsOf(row), nextDueOn: row.nextDueOn, why: await whyNext({ db, now: ctx.now }, ctx, ['Complaint', row.id]), waitsUntilOn: row.isWaiting ? row.waitsUntilOn : null,
    reply: row.reply, outcome: row.outcome === null ? null : outcomeLabels[row.outcome], refusal: own.refusalGround === null ? null : `${refusalGrounds[own.refusalGround].title}。${own.refusalWhere ?? refusalGrounds[own.refusalGround].where}。`, mergedIntoNo: into === undefined ? null : noOf(into), satisfaction: own.satisfaction === null ? null : satisfactionLabels[own.satisfaction],
    steps: steps.filter(({ isInternal, act }) => !isInternal && act !== 'ask' && act !== 'feedback').map((step) => ({ title: titleOf(step.act), note: step.isOwn ? step.note : '', body: step.bodyName, at: step.actedAt })),
    can: { addFacts: isOpen(own.status) || '这件已经结束', confirm: own.status === 'replied' || own.status === 'closed' || '收到答复后再评价', dispute: dispute === null ? '收到答复后，有新的事实可以提出异议' : dispute.ok || dispute.violations.map(({ message }) => message).join('；') },
  };
}
