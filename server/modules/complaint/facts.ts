import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { daysBetween } from '#domain/kernel/local-date.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { isAboutCommittee, isCutOff } from '#domain/complaint/category.ts';
import { acts, refusalsOf, type ActName } from '#domain/complaint/lifecycle.ts';
import { isCalledBackElsewhere } from '#domain/complaint/origin.ts';
import { disclosureMendDays, mostReopenings, reopenDays } from '#domain/complaint/policy.ts';
import type { ActFacts } from '#domain/complaint/rules.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { isPending, ordersOf, type OrderRecord } from './hotline/order.ts';
import { withAccounts, type Body, type Office } from './office.ts';
import type { ComplaintRecord } from './store.ts';

type Ability = true | string;
type Who = Pick<Ctx, 'actor' | 'scope' | 'today'>;
/** What an act brings with it beyond the file. */
export type Given = Partial<Pick<ActFacts, 'refusalGround' | 'isMediated' | 'hasAgreement' | 'hasNewFact' | 'isSameHandler'>>;
/** 环境: what else decides: the handler's body, whether anybody works for it here, the numbers in force. */
export interface Circumstances { readonly handler: Body & { readonly townshipId: string | null }; readonly isHandlerOffline: boolean; readonly reopenDays: number; readonly mostReopenings: number; readonly mendUntilOn: LocalDate | null; readonly order: OrderRecord | null }

/** 读环境 of one file. */
export async function circumstancesOf(db: Db, row: ComplaintRecord, who: Pick<Ctx, 'today'>): Promise<Circumstances> {
  return circumstancesWith(db, row, who, await partsOf(db, [row]));
}

/** 读环境 of many files: like `circumstancesOf` of each, in as many statements as for one. By the file's id. */
export async function circumstancesOfAll(db: Db, rows: readonly ComplaintRecord[], who: Pick<Ctx, 'today'>): Promise<ReadonlyMap<string, Circumstances>> {
  const parts = await partsOf(db, rows);
  const found = new Map<string, Circumstances>();
  for (const row of rows) found.set(row.id, await circumstancesWith(db, row, who, parts));
  return found;
}

interface Parts { readonly handlers: ReadonlyMap<string, Circumstances['handler']>; readonly accounts: ReadonlySet<string>; readonly orders: ReadonlyMap<string, OrderRecord> }
async function partsOf(db: Db, rows: readonly ComplaintRecord[]): Promise<Parts> {
  const ids = [...new Set(rows.map(({ handlerId }) => handlerId))];
  const handlers = await db.selectFrom('platform.orgUnit').select(['id', 'name', 'kind', 'townshipId']).where(sql<boolean>`id = any(${ids}::uuid[])`).execute();
  return { handlers: new Map(handlers.map((body) => [body.id, body])), accounts: await withAccounts(db, ids), orders: await ordersOf(db, rows.flatMap(({ id, origin }) => (origin === 'hotline' ? [id] : []))) };
}

async function circumstancesWith(db: Db, row: ComplaintRecord, who: Pick<Ctx, 'today'>, { handlers, accounts, orders }: Parts): Promise<Circumstances> {
  const handler = handlers.get(row.handlerId);
  if (handler === undefined) throw new Error('the body that has the file is not there');
  return { handler, isHandlerOffline: !accounts.has(row.handlerId), reopenDays: await parameterValue(db, row.countyId, reopenDays, who.today), mostReopenings: await parameterValue(db, row.countyId, mostReopenings, who.today), mendUntilOn: row.origin === 'disclosure' ? workingDaysAfter(await readCalendar(db), row.receivedOn, await parameterValue(db, row.countyId, disclosureMendDays, row.receivedOn)).on : null, order: orders.get(row.id) ?? null };
}

/** 代为办理: a township for its neighbourhood, and whoever sent it, received it first or oversees it for a body without an account. */
export function standsIn({ scope }: Who, row: ComplaintRecord, office: Office, { handler, isHandlerOffline }: Circumstances): boolean {
  if (office.body === null) return false;
  if (scope.level === 'township' && handler.kind === 'neighbourhood' && handler.townshipId === scope.id) return true;
  return isHandlerOffline && (office.body.id === row.passedById || office.body.id === row.firstId || office.isBureau);
}

/** 办理的事实 of one file, for who asks. */
export function factsOf(who: Who, row: ComplaintRecord, office: Office, around: Circumstances, given: Given = {}): ActFacts {
  return {
    status: row.status, handlerName: around.handler.name, isHandling: office.body?.id === row.handlerId || standsIn(who, row, office, around),
    isOverseeing: who.scope.level === 'township' || who.scope.level === 'neighbourhood' || (who.scope.level === 'county' && office.isBureau), isAssisting: who.scope.level === 'company' && row.companyId === who.scope.id, isConferenceOffice: office.isConferenceOffice,
    transferCount: row.transferCount, isDesignated: row.isDesignated, isSameHandler: false, isAboutCommittee: isAboutCommittee(row.categoryCode), isCutOff: isCutOff(row.categoryCode), refusalGround: null,
    isContacted: row.contactedAt !== null, isIntervened: row.intervenedAt !== null, isWaiting: row.isWaiting, isAskedBefore: row.askedAt !== null, isExtended: row.extendedAt !== null, isProposalClock: row.origin === 'proposal' && row.originDueOn === null,
    mendUntilOn: around.mendUntilOn, isMediated: false, hasAgreement: false, hasNewFact: false, reopenCount: row.reopenCount, mostReopenings: around.mostReopenings, daysSinceClosed: row.closedOn === null ? null : daysBetween(row.closedOn, who.today), reopenDays: around.reopenDays,
    isHotline: around.order !== null, isCalledBackElsewhere: isCalledBackElsewhere(row.origin), sendBackUntilOn: around.order?.sendBackUntilOn ?? null, today: who.today, isExtensionPending: isPending(around.order), isPastDue: row.originDueOn !== null && row.originDueOn < who.today, ...given,
  };
}

const WHO: Readonly<Record<string, string>> = { 'complaint.handle': '您的岗位只能查看', 'complaint.designate': '承办单位由县联席会议办公室指定，住建局和其他部门不能指定', 'complaint.feedback': '由被请求处理的企业反馈', system: '由系统办理' };

/** 能不能办: true, or why not. What is still to be filled in does not speak against the button. */
export function abilityOf(who: Who, act: ActName, facts: ActFacts): Ability {
  const { permission } = acts[act];
  if (permission === 'system' || !actorMay(who.actor, permission)) return WHO[permission] ?? '您的岗位不办这件事';
  const refusals = refusalsOf(act, { ...facts, hasNewFact: true, isMediated: false, refusalGround: null });
  return refusals.length === 0 ? true : refusals.map(({ message }) => message).join('；');
}
