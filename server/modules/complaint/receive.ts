import { addMonths, todayIn, yearOf, addDays } from '#domain/kernel/local-date.ts';
import { instant, makeId, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { categoryOf, isRebound, type CategoryCode, type Pace } from '#domain/complaint/category.ts';
import type { FamilyRelation } from '#domain/complaint/family.ts';
import { isRelapsedTooOften } from '#domain/complaint/agenda.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { isOutside, type Origin } from '#domain/complaint/origin.ts';
import { reboundDays, relapsesToAgenda } from '#domain/complaint/policy.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { makeLink } from '#platform/identity/link.ts';
import { newId } from '#platform/ids.ts';
import { sealPhone } from '#platform/personal/seal-phone.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { openOrder } from './hotline/order.ts';
import { proposeAgenda } from './agenda.ts';
import { takeNumber } from './numbering.ts';
import type { Body } from './office.ts';
import { recordStep } from './record.ts';
import type { ComplaintRecord } from './store.ts';
import { tellOf } from './tell.ts';
import { keepTimeOfNew } from './time.ts';

/** 收到的投诉. `receivedBy`: the public body that took it in and is the first to have it; null when it came by itself. */
export interface Received {
  readonly origin: Origin; readonly originNo?: string | null; readonly originDueOn?: LocalDate | null;
  /** Null only of what came from outside and concerns no single estate, or none that anybody could tell; it lies in the place of the body that took it in or is to have it, or in `townshipId`. */
  readonly estateId: Id<'Estate'> | null; readonly townshipId?: Id<'OrgUnit'> | null; readonly buildingId?: Id<'Building'> | null; readonly spot?: string; readonly category: CategoryCode; readonly body: string;
  readonly ownerCount?: number; readonly isEmergency?: boolean; readonly emergencyTo?: string | null;
  readonly complainant: { readonly name?: string | null; readonly phone?: string | null; readonly isAnonymous: boolean; readonly isForFamily?: boolean; readonly familyRelation?: FamilyRelation | null; readonly familyName?: string | null };
  readonly receivedAt?: Instant; readonly receivedBy?: Body | null;
  /** Who is to have it first, where whoever passed it on says so; it has yet to sign. */
  readonly receivedFor?: Body | null; readonly order?: OrderGiven; readonly fileIds?: readonly Id<'File'>[];
}
/** 回执. `token` opens the complainant's own view and is told once. */
export interface Receipt { readonly id: Id<'Complaint'>; readonly no: string; readonly complainantId: Id<'Complainant'>; readonly token: string; readonly record: ComplaintRecord }
/** 随工单来的: who answers gets the receipt from the hotline, and bodies are told of the whole file, not of each order. */
export interface OrderGiven { readonly dispatchedOn: LocalDate }

const RECEIPT_MONTHS = 24;

/**
 * 收件: number, file, complainant, first step, link of receipt; in the caller's transaction. It goes to the body that took it in, else to the estate's community, else its township.
 * @throws Problem estate.not-found when the estate is not seen under the caller's scope; input.invalid when nobody there could have it; state.duplicate by the outside number
 */
export async function receiveComplaint(tx: Tx, ctx: Pick<Ctx, 'actor' | 'now' | 'today' | 'kit' | 'scope'>, given: Received): Promise<Receipt> {
  const estate = await placeFor(tx, given);
  const { receivedAt = ctx.now, receivedBy = null, receivedFor = null, originNo = null, complainant } = given;
  const receivedOn = todayIn(receivedAt);
  if (originNo !== null) await refuseKnown(tx, estate.countyId, given.origin, originNo);
  const firstId = receivedBy?.id ?? receivedFor?.id ?? estate.neighbourhoodId ?? estate.townshipId ?? estate.countyId;
  const relapse = await relapseOf(tx, estate.countyId, given, receivedOn);
  const year = yearOf(receivedOn);
  const id = newId<'Complaint'>();
  const isSigned = receivedBy !== null;
  const record = await tx.db.insertInto('complaint.complaint').values({
    id, countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId, estateId: estate.id, companyId: null, buildingId: given.buildingId ?? null, spot: given.spot ?? '',
    numberYear: year, numberSerial: await takeNumber(tx.db, estate.countyId, year), origin: given.origin, originNo, originDueOn: isOutside(given.origin) ? given.originDueOn ?? null : null,
    categoryCode: given.category, pace: paceOf(given), body: given.body, ownerCount: given.ownerCount ?? 1, isEmergency: given.isEmergency ?? false, emergencyTo: given.emergencyTo ?? null,
    status: isSigned ? 'signed' : 'received', signedAt: isSigned ? ctx.now : null, handlerId: firstId, firstId, holderId: isSigned ? ctx.actor.userId : null, receivedAt, receivedOn,
    relapseOfId: relapse?.id ?? null, relapseNo: relapse === undefined ? 0 : relapse.relapseNo + 1, recordedBy: ctx.actor.userId, recordedByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now,
  }).returningAll().executeTakeFirstOrThrow();
  for (const [at, fileId] of (given.fileIds ?? []).entries()) await tx.db.insertInto('complaint.complaintFile').values({ complaintId: id, fileNo: at + 1, countyId: record.countyId, townshipId: record.townshipId, neighbourhoodId: record.neighbourhoodId, estateId: record.estateId, companyId: null, fileId, kind: 'given', createdAt: ctx.now }).execute();
  const no = complaintNo(record.numberYear, record.numberSerial);
  // Side by side: the county's register waits for this transaction to end.
  const [{ complainantId, token }] = await Promise.all([
    addComplainant(tx, ctx, record, complainant, given.order === undefined),
    recordStep(tx, ctx, null, record, { act: 'receive', bodyName: receivedBy?.name ?? (given.order === undefined ? '投诉人' : '12345热线'), note: relapse === undefined ? '' : `办结后同类同地再次投诉，是${complaintNo(relapse.numberYear, relapse.numberSerial)}的第${record.relapseNo}次反弹` }),
  ]);
  if (record.origin === 'hotline' && originNo !== null) await openOrder(tx, ctx, record, originNo, given.order?.dispatchedOn ?? receivedOn);
  await keepTimeOfNew(tx, ctx, record, isSigned);
  if (!isSigned && given.order === undefined) await tellOf(tx, ctx, null, record, 'receive');
  if (record.relapseNo > 0 && isRelapsedTooOften(record.relapseNo, await parameterValue(tx, record.countyId, relapsesToAgenda, receivedOn))) await proposeAgenda(tx, ctx, record, 'relapse');
  return { id, no, complainantId, token, record };
}
/** 办理类别 to begin with: whether a proposal is a hard one is decided at acceptance. */
const paceOf = ({ origin, category }: Received): Pace => (origin === 'proposal' ? 'ordinary' : categoryOf(category).pace);

/** 所在地: the estate's; of a file without one, that of the body that took it in. */
async function placeFor(tx: Tx, { estateId, receivedBy, receivedFor, townshipId }: Received) {
  const of = estateId === null
    ? await tx.db.selectFrom('platform.orgUnit').select(['countyId', 'kind', 'id', 'townshipId']).where('id', '=', receivedBy?.id ?? receivedFor?.id ?? NOWHERE).executeTakeFirst()
    : await tx.db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId']).where('id', '=', estateId).where('archivedAt', 'is', null).executeTakeFirst();
  if (!of) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
  if ('neighbourhoodId' in of) return of;
  return { id: null, countyId: of.countyId, townshipId: of.kind === 'township' ? of.id : of.townshipId ?? townshipId ?? null, neighbourhoodId: of.kind === 'neighbourhood' ? of.id : null };
}
const NOWHERE = makeId<'OrgUnit'>('00000000-0000-0000-0000-000000000000');


/** 投诉人登记, sealed; with a receipt of his own. */
export async function addComplainant(tx: Tx, ctx: Pick<Ctx, 'now' | 'kit' | 'actor'>, record: ComplaintRecord, { name, phone, isAnonymous, isForFamily = false, familyRelation = null, familyName = null }: Received['complainant'], hasReceipt = true): Promise<{ complainantId: Id<'Complainant'>; token: string }> {
  const id = newId<'Complainant'>();
  const known = isAnonymous ? { name: null, phone: null, family: null } : { name: blankless(name), phone: blankless(phone), family: isForFamily ? blankless(familyName) : null };
  await tx.db.insertInto('complaint.complainant').values({
    id, countyId: record.countyId, townshipId: record.townshipId, neighbourhoodId: record.neighbourhoodId, estateId: record.estateId, complaintId: record.id, isAnonymous, isForFamily, familyRelation: isForFamily ? familyRelation : null, familyNameCipher: known.family === null ? null : ctx.kit.vault.seal(known.family),
    nameCipher: known.name === null ? null : ctx.kit.vault.seal(known.name), ...sealPhone(ctx.kit.vault, known.phone), createdAt: ctx.now,
  }).execute();
  // The hotline tells its callers itself: nobody here hands out a receipt.
  if (!hasReceipt) return { complainantId: id, token: '' };
  const { token } = await makeLink(tx, { purpose: 'complaint-receipt', subject: ['Complainant', id], validUntil: instant(`${addMonths(todayIn(ctx.now), RECEIPT_MONTHS)}T16:00:00.000Z`), uses: 'many', now: ctx.now, madeBy: ctx.actor.userId });
  return { complainantId: id, token };
}
const blankless = (text: string | null | undefined): string | null => { const words = text?.trim() ?? ''; return words === '' ? null : words; };

async function refuseKnown(tx: Tx, countyId: Id<'OrgUnit'>, origin: Origin, originNo: string): Promise<void> {
  const known = await tx.db.selectFrom('complaint.complaint').select(['numberYear', 'numberSerial']).where('countyId', '=', countyId).where('origin', '=', origin).where('originNo', '=', originNo).executeTakeFirst();
  if (known) throw new Problem('state.duplicate', `来源编号${originNo}已经登记为${complaintNo(known.numberYear, known.numberSerial)}，请打开那一件办理，不用再登记`);
}

/** 反弹自: the file of the same kind and place that was closed last, within the days that count. */
async function relapseOf(tx: Tx, countyId: Id<'OrgUnit'>, { estateId, buildingId, category }: Received, on: LocalDate) {
  if (!isRebound(category) || estateId === null) return undefined;
  const since = addDays(on, -await parameterValue(tx, countyId, reboundDays, on));
  return tx.db.selectFrom('complaint.complaint').select(['id', 'numberYear', 'numberSerial', 'relapseNo']).where('estateId', '=', estateId).where('categoryCode', '=', category).where('status', '=', 'closed').where('closedOn', '>=', since).where('closedOn', '<=', on)
    .$if((buildingId ?? null) !== null, (query) => query.where((eb) => eb.or([eb('buildingId', 'is', null), eb('buildingId', '=', buildingId ?? null)]))).orderBy('closedOn', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
}
