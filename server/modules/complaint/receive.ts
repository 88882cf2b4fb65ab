import { addMonths, todayIn, yearOf } from '#domain/kernel/local-date.ts';
import { instant, makeId, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { categoryOf, type CategoryCode, type Pace } from '#domain/complaint/category.ts';
import type { FamilyRelation } from '#domain/complaint/family.ts';
import { isRelapsedTooOften } from '#domain/complaint/agenda.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { isOutside, type Origin } from '#domain/complaint/origin.ts';
import { relapsesToAgenda } from '#domain/complaint/policy.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { makeLink } from '#platform/identity/link.ts';
import { insertMany, insertReturning } from '#platform/db/insert-many.ts';
import { newId } from '#platform/ids.ts';
import { sealPhone } from '#platform/personal/seal-phone.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { mailReceipt, sealMail } from './mail.ts';
import { openOrders, type OrderColumns } from './hotline/order.ts';
import { proposeAgenda } from './agenda.ts';
import type { Body } from './office.ts';
import { placesFor, type Place, type Placed } from './place.ts';
import { namesOf, recordSteps } from './record.ts';
import { refuseKnown, relapsesOf, serialsFor, type Relapse } from './known.ts';
import { placeOf, type ComplaintRecord } from './store.ts';
import { tellOf } from './tell.ts';
import { foreseeTime, timeOfNew } from './time.ts';

/** 收到的投诉. `receivedBy`: the public body that took it in and is the first to have it; null when it came by itself. */
export interface Received {
  readonly origin: Origin; readonly originNo?: string | null; readonly originDueOn?: LocalDate | null;
  /** Null only of what came from outside and concerns no single estate, or none that anybody could tell; it lies in the place of the body that took it in or is to have it, or in `townshipId`. */
  /** `place`: the estate's, where the caller has looked it up under its scope. */
  readonly estateId: Id<'Estate'> | null; readonly place?: Place | undefined; readonly townshipId?: Id<'OrgUnit'> | null; readonly buildingId?: Id<'Building'> | null; readonly spot?: string; readonly category: CategoryCode; readonly body: string;
  readonly ownerCount?: number; readonly isEmergency?: boolean; readonly emergencyTo?: string | null;
  readonly complainant: { readonly name?: string | null; readonly phone?: string | null; readonly mail?: string | null; readonly isAnonymous: boolean; readonly isForFamily?: boolean; readonly familyRelation?: FamilyRelation | null; readonly familyName?: string | null };
  readonly receivedAt?: Instant; readonly receivedBy?: Body | null;
  /** Who is to have it first, where whoever passed it on says so; it has yet to sign. */
  readonly receivedFor?: Body | null; readonly order?: OrderGiven; readonly fileIds?: readonly Id<'File'>[];
}
/** 回执. `token` opens the complainant's own view and is told once. */
export interface Receipt { readonly id: Id<'Complaint'>; readonly no: string; readonly complainantId: Id<'Complainant'>; readonly token: string; readonly record: ComplaintRecord }
/** 随工单来的: who answers gets the receipt from the hotline, and bodies are told of the whole file, not of each order. */
export interface OrderGiven { readonly dispatchedOn: LocalDate; readonly columns?: OrderColumns }

const RECEIPT_MONTHS = 24;
const NO_PERSON = makeId<'Complainant'>('00000000-0000-0000-0000-000000000000');

type Who = Pick<Ctx, 'actor' | 'now' | 'today' | 'kit' | 'scope'>;

/**
 * 收件: number, file, complainant, first step, link of receipt; in the caller's transaction. It goes to the body that took it in, else to the estate's community, else its township.
 * @throws Problem estate.not-found when the estate is not seen under the caller's scope; input.invalid when nobody there could have it; state.duplicate by the outside number
 */
export async function receiveComplaint(tx: Tx, ctx: Who, given: Received): Promise<Receipt> {
  const [receipt] = await receiveComplaints(tx, ctx, [given]);
  if (receipt === undefined) throw new Error('what was received has no receipt');
  return receipt;
}

/** 一并收件, in as many statements for some hundreds as for one. @returns the receipts in the order given @throws as `receiveComplaint`, for any of them */
export async function receiveComplaints(tx: Tx, ctx: Who, givens: readonly Received[]): Promise<Receipt[]> {
  const placed = await placesFor(tx, givens);
  await refuseKnown(tx, placed);
  const relapses = await relapsesOf(tx, placed);
  // Read while the numbers are under way, which are asked for when nothing is left to be refused.
  const [serials, names] = await Promise.all([serialsFor(ctx, placed), namesFor(tx, placed), foreseeTime(tx, ctx, placed.map((each) => heldBy(ctx, each)))]);
  const drafts = placed.map((each, at) => draftOf(ctx, each, relapses[at], serials[at]));
  const { dues, written } = await timeOfNew(tx, ctx, drafts);
  const made = placed.map((each, at) => { const draft = drafts[at]; if (draft === undefined) throw new Error('a draft is missing'); return { ...each, draft: { ...draft, outcome: null, satisfaction: null, recheckResult: null }, relapse: relapses[at] }; });
  // Each is sent as it is called, what others hang on before them: on a pipelined connection all are one trip.
  const [stored, complainants] = await Promise.all([
    insertReturning(tx.db, 'complaint.complaint', drafts.map(({ isSigned: _told, ...row }) => ({ ...row, nextDueOn: dues.get(row.id) ?? null }))),
    addComplainants(tx, ctx, made.map(({ draft, given }) => ({ file: draft, complainant: given.complainant, hasReceipt: given.order === undefined }))),
    recordSteps(tx, ctx, made.map(({ draft, given, relapse }) => ({ before: null, after: draft, act: 'receive', bodyName: given.receivedBy?.name ?? (given.order === undefined ? '投诉人' : '12345热线'), handlerName: names.get(draft.handlerId) ?? '', note: relapse === undefined ? '' : `办结后同类同地再次投诉，是${complaintNo(relapse.numberYear, relapse.numberSerial)}的第${draft.relapseNo}次反弹` }))),
    insertMany(tx.db, 'complaint.complaintFile', made.flatMap(({ draft, given }) => (given.fileIds ?? []).map((fileId, at) => ({ complaintId: draft.id, fileNo: at + 1, ...placeOf(draft), companyId: null, fileId, kind: 'given' as const, createdAt: ctx.now })))),
    openOrders(tx, ctx, made.flatMap(({ draft, given }) => (draft.origin === 'hotline' && draft.originNo !== null ? [{ row: draft, orderNo: draft.originNo, dispatchedOn: given.order?.dispatchedOn ?? draft.receivedOn, columns: given.order?.columns }] : []))),
    written,
  ]);
  const recordBy = new Map(stored.map((row) => [row.id, row]));
  const received = made.map(({ draft, given }) => { const record = recordBy.get(draft.id); if (record === undefined) throw new Error('a file that was made is not there'); return { record, given }; });
  for (const [at, { record, given }] of received.entries()) {
    if (record.status === 'received' && given.order === undefined) await tellOf(tx, ctx, null, record, 'receive');
    if (record.relapseNo > 0 && isRelapsedTooOften(record.relapseNo, await parameterValue(tx, record.countyId, relapsesToAgenda, record.receivedOn))) await proposeAgenda(tx, ctx, record, 'relapse');
    if (blankless(given.complainant.mail) !== null) await mailReceipt(tx, ctx, record, complainants[at]?.complainantId ?? NO_PERSON, complainants[at]?.token ?? '');
  }
  return received.map(({ record }, at) => ({ id: record.id, no: complaintNo(record.numberYear, record.numberSerial), complainantId: complainants[at]?.complainantId ?? NO_PERSON, token: complainants[at]?.token ?? '', record }));
}

/** 首接单位: the body that took it in, or is to have it; else the estate's community, else its township. */
const firstOf = ({ given: { receivedBy, receivedFor }, place }: Placed) => receivedBy?.id ?? receivedFor?.id ?? place.neighbourhoodId ?? place.townshipId ?? place.countyId;
const heldBy = ({ actor }: Pick<Ctx, 'actor'>, each: Placed) => ({ handlerId: firstOf(each), holderId: each.given.receivedBy ? actor.userId : null, ...placeOf({ ...each.place, estateId: each.place.id }), companyId: null });

/** 首接单位的名称, by id: where the caller knows it, it is not looked up. */
async function namesFor(tx: Tx, placed: readonly Placed[]): Promise<ReadonlyMap<string, string>> {
  const known = new Map(placed.flatMap(({ given: { receivedBy, receivedFor } }) => { const body = receivedBy ?? receivedFor; return body ? [[body.id, body.name] as const] : []; }));
  const unknown = placed.map(firstOf).filter((id) => !known.has(id));
  return unknown.length === 0 ? known : new Map([...known, ...await namesOf(tx.db, unknown)]);
}

/** 收件的一行, as it will stand in the table. */
function draftOf(ctx: Who, each: Placed, relapse: Relapse | undefined, numberSerial = 0) {
  const { given, place, receivedAt, receivedOn } = each;
  const [firstId, isSigned] = [firstOf(each), given.receivedBy !== undefined && given.receivedBy !== null];
  return {
    id: newId<'Complaint'>(), version: 1, countyId: place.countyId, townshipId: place.townshipId, neighbourhoodId: place.neighbourhoodId, estateId: place.id, companyId: null, buildingId: given.buildingId ?? null, spot: given.spot ?? '',
    numberYear: yearOf(receivedOn), numberSerial, origin: given.origin, originNo: given.originNo ?? null, originDueOn: isOutside(given.origin) ? given.originDueOn ?? null : null,
    categoryCode: given.category, pace: paceOf(given), body: given.body, ownerCount: given.ownerCount ?? 1, isEmergency: given.isEmergency ?? false, emergencyTo: given.emergencyTo ?? null, intervenedAt: null,
    status: isSigned ? 'signed' as const : 'received' as const, signedAt: isSigned ? ctx.now : null, handlerId: firstId, firstId, holderId: isSigned ? ctx.actor.userId : null, receivedAt, receivedOn,
    relapseOfId: relapse?.id ?? null, relapseNo: relapse === undefined ? 0 : relapse.relapseNo + 1, recordedBy: ctx.actor.userId, recordedByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now, isSigned,
  };
}
/** 办理类别 to begin with: whether a proposal is a hard one is decided at acceptance. */
const paceOf = ({ origin, category }: Received): Pace => (origin === 'proposal' ? 'ordinary' : categoryOf(category).pace);

/** 投诉人登记, sealed, sent while it is called; each with a receipt of its own where it is to have one. The hotline tells its callers itself: for these nobody here hands out a receipt. */
async function addComplainants(tx: Tx, ctx: Pick<Ctx, 'now' | 'kit' | 'actor'>, persons: readonly { readonly file: Parameters<typeof placeOf>[0] & Pick<ComplaintRecord, 'id'>; readonly complainant: Received['complainant']; readonly hasReceipt: boolean }[]): Promise<{ complainantId: Id<'Complainant'>; token: string }[]> {
  const rows = persons.map(({ file, complainant: { name, phone, mail, isAnonymous, isForFamily = false, familyRelation = null, familyName = null } }) => {
    const known = isAnonymous ? { name: null, phone: null, mail: null, family: null } : { name: blankless(name), phone: blankless(phone), mail: blankless(mail), family: isForFamily ? blankless(familyName) : null };
    return {
      id: newId<'Complainant'>(), ...placeOf(file), complaintId: file.id, isAnonymous, isForFamily, familyRelation: isForFamily ? familyRelation : null, familyNameCipher: known.family === null ? null : ctx.kit.vault.seal(known.family),
      nameCipher: known.name === null ? null : ctx.kit.vault.seal(known.name), ...sealPhone(ctx.kit.vault, known.phone), ...sealMail(ctx.kit.vault, known.mail), createdAt: ctx.now,
    };
  });
  const given = rows.map(async ({ id }, at) => ({ complainantId: id, token: persons[at]?.hasReceipt === true ? (await makeLink(tx, { purpose: 'complaint-receipt', subject: ['Complainant', id], validUntil: instant(`${addMonths(todayIn(ctx.now), RECEIPT_MONTHS)}T16:00:00.000Z`), uses: 'many', now: ctx.now, madeBy: ctx.actor.userId })).token : '' }));
  const [receipts] = await Promise.all([Promise.all(given), insertMany(tx.db, 'complaint.complainant', rows)]);
  return receipts;
}
const blankless = (text: string | null | undefined): string | null => { const words = text?.trim() ?? ''; return words === '' ? null : words; };
