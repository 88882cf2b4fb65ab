import type { Output } from '#contract/define-route.ts';
import type { getComplaint, listComplaints } from '#contract/complaint.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, dateText, daysBetween, todayIn } from '#domain/kernel/local-date.ts';
import { groundsWords } from '#domain/complaint/agenda.ts';
import { acts, actNames, complaintStatusLabels, isAct, isOpen, type ActName, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { refusalGrounds, revealedToHandler } from '#domain/complaint/rules.ts';
import { duesOf } from '#modules/obligation/index.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { SOON } from './conditions.ts';
import { abilityOf, circumstancesOf, factsOf } from './facts.ts';
import type { Office } from './office.ts';
import { familyWords } from '#domain/complaint/family.ts';
import { responsibilityFor } from './responsibility.ts';
import { complainantsOf, filesOf, stepsOf, type ComplaintRecord, type NamedComplaint } from './store.ts';

type Row = Output<typeof listComplaints>['rows'][number];
type Detail = Output<typeof getComplaint>;
const BRIEF = 60;

/** 编号 of a file. */
export const noOf = ({ numberYear, numberSerial }: Pick<ComplaintRecord, 'numberYear' | 'numberSerial'>): string => complaintNo(numberYear, numberSerial);
/** 灯 by the next due day; none where nothing is due. */
export const lampOf = (dueOn: LocalDate | null, today: LocalDate): Row['lamp'] => (dueOn === null ? null : dueOn < today ? 'red' : dueOn <= addDays(today, SOON) ? 'yellow' : 'green');

/** 列表行, the holders' names in one query. */
export async function presentRows(db: Db, ctx: Pick<Ctx, 'today'>, rows: readonly NamedComplaint[]): Promise<Row[]> {
  const people = await personNames(db, rows.map(({ holderId }) => holderId));
  return rows.map((row) => ({
    id: row.id, no: noOf(row), category: row.categoryCode, estate: row.estate, place: [row.township, row.neighbourhood].filter((name) => name !== null).join(' '), brief: briefOf(row.body), origin: row.origin, originNo: row.originNo, status: row.status,
    handler: row.handler, holder: people(row.holderId), receivedOn: row.receivedOn, nextDueOn: row.nextDueOn, lamp: lampOf(row.nextDueOn, ctx.today), ageDays: Math.max(0, daysBetween(row.receivedOn, row.closedOn ?? (isOpen(row.status) ? ctx.today : todayIn(row.updatedAt)))),
    ownerCount: row.ownerCount, isEmergency: row.isEmergency, relapseNo: row.relapseNo, version: row.version,
  }));
}
/** 内容 in one short line. */
export const briefOf = (text: string): string => { const line = text.replaceAll(/\s+/g, ' '); return line.length > BRIEF ? `${line.slice(0, BRIEF)}…` : line; };

/** 下一步, by state: what the next hand has to do. */
const next: Readonly<Record<ComplaintStatus, string>> = {
  received: '由承办单位签收', signed: '由承办单位决定受理或者不予受理', accepted: '交办给主办单位，或者自己办理', refused: '已告知投诉人，不再办理', assigned: '由承办单位首次联系投诉人并办理', handling: '由承办单位答复', replied: '由承办单位办结；投诉人有新的事实可以重新办理', closed: '回访；易反弹的到期复查', withdrawn: '投诉人已撤回，不再办理', merged: '已并入另一件，随那一件办理', returned: '已退回热线，等热线另派；热线重办的随文件恢复',
};

/** 下一步 of one file. */
export const nextWordsOf = (row: Pick<ComplaintRecord, 'status' | 'isWaiting' | 'waitsUntilOn'>): string => (row.isWaiting && row.waitsUntilOn !== null ? `等投诉人补充情况，最长到${dateText(row.waitsUntilOn)}` : next[row.status]);

/** 一件投诉, for who asks: who complained is told to nobody but its handlers, and to them piece by piece. */
export async function presentComplaint(db: Db, ctx: Ctx, row: NamedComplaint, office: Office): Promise<Detail> {
  const [listed] = await presentRows(db, ctx, [row]);
  if (listed === undefined) throw new Error('one row is presented as one');
  const around = await circumstancesOf(db, row, ctx);
  const facts = factsOf(ctx, row, office, around);
  const isCompany = ctx.scope.level === 'company';
  const steps = (await stepsOf(db, row.id)).filter(({ isInternal }) => !isInternal || !isCompany);
  const canReveal = revealAbility(ctx, facts.isHandling);
  const building = row.buildingId === null ? undefined : await db.selectFrom('registry.building').select('name').where('id', '=', row.buildingId).executeTakeFirst();
  const names = await companyNames(db, row);
  return {
    ...listed, body: row.body, spot: row.spot, building: building?.name ?? null, estateId: row.estateId, pace: row.pace, originDueOn: row.originDueOn, firstBody: await bodyName(db, row.firstId), emergencyTo: row.emergencyTo,
    isTransferred: row.transferCount > 0, isDesignated: row.isDesignated, isObjected: row.isObjected, waitsUntilOn: row.isWaiting ? row.waitsUntilOn : null, ...names, assisting: await assistingOf(db, row),
    reply: row.reply, outcome: row.outcome, agreement: row.agreement, refusal: row.refusalGround === null ? null : `${refusalGrounds[row.refusalGround].title}。${row.refusalWhere ?? refusalGrounds[row.refusalGround].where}。`,
    satisfaction: row.satisfaction, satisfactionWhy: row.satisfactionWhy, recheckResult: row.recheckResult, reopenCount: row.reopenCount,
    agenda: row.agendaOn === null ? null : groundsWords(row.agendaGrounds), mergedInto: await briefById(db, row.mergedIntoId), relapseOf: await briefById(db, row.relapseOfId), mergedFrom: (await db.selectFrom('complaint.complaint').selectAll().where('mergedIntoId', '=', row.id).orderBy('id').limit(100).execute()).map(presentBrief),
    isHandlerOffline: around.isHandlerOffline, suggested: await responsibilityFor(db, row.countyId, row.categoryCode, ctx.today),
    complainants: isCompany ? [] : (await complainantsOf(db, row.id)).map((one) => ({ id: one.id, isAnonymous: one.isAnonymous, isForFamily: one.isForFamily, family: one.isForFamily ? familyWords(one.familyRelation) : null, hasFamilyName: one.familyNameCipher !== null, name: one.isAnonymous ? '匿名' : one.nameCipher === null ? '没有留名' : canReveal === true ? maskedName(ctx.kit.vault.open(one.nameCipher)) : '（由承办单位查看）', hasPhone: one.phoneCipher !== null, hasMail: one.mailCipher !== null })),
    files: isCompany ? [] : (await filesOf(db, row.id)).map(({ fileNo, name, sizeBytes, kind }) => ({ fileNo, name, sizeBytes, kind })), identity: isCompany ? '投诉人的姓名、电话、邮箱不向企业提供' : canReveal === true ? null : canReveal, dues: isCompany ? [] : await duesOf(db, ctx, ['Complaint', row.id]), hands: handsOf(steps, ctx.today, isOpen(row.status)),
    steps: steps.map((step) => ({ id: step.id, act: step.act, title: titleOf(step.act), note: step.note, by: step.actedByName, body: step.bodyName, handler: step.handlerName, at: step.actedAt, isInternal: step.isInternal, isOffline: step.isOffline })),
    nextWords: nextWordsOf(row), can: abilities(ctx, facts), canReveal,
  };
}

/** 姓名（部分遮盖）. */
export const maskedName = (name: string): string => `${name.slice(0, 1)}${'*'.repeat(Math.max(1, name.length - 1))}`;
/** 能否查看投诉人. */
export const revealAbility = (ctx: Pick<Ctx, 'actor'>, isHandling: boolean): true | string => (!actorMay(ctx.actor, 'complaint.reveal') ? '您的岗位不能查看投诉人' : revealedToHandler.check({ isHandling })[0]?.message ?? true);

function abilities(ctx: Ctx, facts: Parameters<typeof abilityOf>[2]): Detail['can'] {
  const entries = actNames.filter((act) => acts[act].permission !== 'system').map((act): [ActName, true | string] => [act, abilityOf(ctx, act, facts)]);
  // Proof: one entry for every act of the table but the system's own.
  return Object.fromEntries(entries) as Detail['can'];
}

const others: Readonly<Record<string, string>> = { receive: '收到投诉', addFacts: '投诉人补充事实', confirm: '投诉人确认答复', dispute: '投诉人对答复有异议', letter: '拟转办函' };
/** 动作的说法: also of what a complainant does. */
export const titleOf = (act: string): string => (isAct(act) ? acts[act].title : others[act] ?? act);

const presentBrief = (row: ComplaintRecord) => ({ id: row.id, no: noOf(row), status: row.status, receivedOn: row.receivedOn, words: `${complaintStatusLabels[row.status]}　${briefOf(row.body)}` });
async function briefById(db: Db, id: ComplaintRecord['mergedIntoId']) {
  const row = id === null ? undefined : await db.selectFrom('complaint.complaint').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : presentBrief(row);
}
const bodyName = async (db: Db, id: ComplaintRecord['firstId']): Promise<string> => (await db.selectFrom('platform.orgUnit').select('name').where('id', '=', id).executeTakeFirst())?.name ?? '';

async function companyNames(db: Db, row: NamedComplaint): Promise<Pick<Detail, 'company' | 'estateCompany'>> {
  const serving = row.estateId === null ? undefined : await db.selectFrom('registry.estate as e').innerJoin('registry.company as k', 'k.id', 'e.companyId').select(['k.id', 'k.name']).where('e.id', '=', row.estateId).executeTakeFirst();
  const asked = row.companyId === null ? undefined : serving?.id === row.companyId ? serving : await db.selectFrom('registry.company').select(['id', 'name']).where('id', '=', row.companyId).executeTakeFirst();
  return { company: asked?.name ?? null, estateCompany: serving?.name ?? null };
}

const assistingOf = async (db: Db, row: ComplaintRecord): Promise<string[]> =>
  (await db.selectFrom('complaint.participant as p').innerJoin('platform.orgUnit as o', 'o.id', 'p.orgUnitId').select('o.name').where('p.complaintId', '=', row.id).where('p.part', '=', 'assisting').orderBy('p.createdAt').execute()).map(({ name }) => name);

/** 每天在谁手上: stretches by the body that had it after each step. */
export function handsOf(steps: readonly { readonly handlerName: string; readonly actedAt: Parameters<typeof todayIn>[0] }[], today: LocalDate, isRunning: boolean): Detail['hands'] {
  const turns = steps.filter((step, at) => at === 0 || steps[at - 1]?.handlerName !== step.handlerName).map(({ handlerName, actedAt }) => ({ handler: handlerName, fromOn: todayIn(actedAt) }));
  const last = steps.at(-1);
  const end = isRunning || last === undefined ? today : todayIn(last.actedAt);
  return turns.map((turn, at) => {
    const following = turns[at + 1]?.fromOn;
    return { ...turn, untilOn: following ?? (isRunning ? null : end), days: daysBetween(turn.fromOn, following ?? end) };
  });
}
