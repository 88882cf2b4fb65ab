import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { maskIdentifier } from '#domain/kernel/identifier.ts';
import type { Gatherer, Told } from '../field.ts';
import type { CoHolder, RowProblem, UnitValues, Values } from '../types.ts';

type Row = Told<'units'>;
type V = Values<'units'>;

/** What a home without a room's number is called: a villa is its building's only home. */
export const WHOLE_BUILDING = '整栋';

/** 房屋行归并:owners written below each other beside one merged room are one home's; a building without a room is a home of its own. */
export class UnitRows implements Gatherer<'units'> {
  private waiting: Row | null = null;
  /** The last row that was joined to the waiting one. */
  private lastRow = 0;
  /** Buildings that have rooms: a row of theirs without one has lost it. */
  private readonly divided = new Set<string>();

  take(told: Row): Row[] {
    if (told.row.values.room) this.divided.add(buildingOf(told));
    const { waiting } = this;
    const joined = waiting === null || told.row.row !== this.lastRow + 1 ? null : together(waiting, told);
    this.lastRow = told.row.row;
    this.waiting = joined ?? told;
    return joined !== null || waiting === null ? [] : [this.settled(waiting)];
  }

  finish(): Row[] {
    const { waiting } = this;
    this.waiting = null;
    const ready = waiting === null ? [] : [this.settled(waiting)];
    this.lastRow = 0;
    return ready;
  }

  private settled(told: Row): Row {
    return isVilla(told) && !this.divided.has(buildingOf(told)) ? asVilla(told) : told;
  }
}

const buildingOf = ({ row: { values } }: Row): string => [values.township, values.estate, values.building].join('/');

/** Its own building, no entrance, no room, and something that is told of it. */
function isVilla({ row: { values, problems }, own }: Row): boolean {
  const isFree = problems.every(({ severity, field }) => severity !== 'error' || field === 'room');
  return !values.room && !values.entrance && Boolean(values.building) && (own.has('building') || own.has('buildingEntrance')) && isFree
    && (Boolean(values.areaCm2) || Boolean(values.ownerName));
}

function asVilla({ row, own, tell }: Row): Row {
  const problems = row.problems.filter(({ field }) => field !== 'room');
  const note = tell('building', { code: 'whole-building', says: `没有房号，按整栋一户登记（房号记为“${WHOLE_BUILDING}”）；不是的请补上房号` }, 'warn');
  return { row: { ...row, values: { ...row.values, room: WHOLE_BUILDING }, problems: [...problems, note] }, own, tell };
}

/** One row of both, or null when the second is a home (or a mistake) of its own. */
function together(first: Row, next: Row): Row | null {
  const [ours, theirs] = [first.row.values, next.row.values];
  if (ours.room && isRelative(next)) return withRelative(first, next);
  if (!ours.room || !ours.ownerName || !theirs.ownerName || isVoid(first) || isVoid(next) || !isOfOneHome(first, next)) return null;
  if (next.own.has('areaCm2') && ours.areaCm2 !== theirs.areaCm2) return null;
  const owner = normaliseName(theirs.ownerName);
  const isSame = (name: string, number: string | null | undefined) => normaliseName(name) === owner && (!number || !theirs.ownerIdNumber || number === theirs.ownerIdNumber);
  if (isSame(ours.ownerName, ours.ownerIdNumber) || (ours.coHolders ?? []).some(({ name, idNumber }) => isSame(name, idNumber))) return null;
  const holder: CoHolder = { name: theirs.ownerName, idNumber: theirs.ownerIdNumber ?? null, phones: theirs.ownerPhones ?? [], share: theirs.share ?? null };
  const coHolders = [...ours.coHolders ?? [], holder];
  const coOwners = [...new Set([...ours.coOwners ?? [], holder.name, ...theirs.coOwners ?? []])];
  const values: V = { ...ours, coOwners, coHolders };
  const problems = [...first.row.problems, ...next.row.problems.filter(({ field }) => OF_THE_OWNER.has(field ?? '')).map((problem) => ofCoOwner(problem, theirs))];
  const joined = [...first.row.joined ?? [], { row: next.row.row, texts: next.row.texts }];
  const row = { ...first.row, values, texts: { ...first.row.texts, coOwners: coOwners.join('、') }, joined, problems };
  return { ...first, row: { ...row, problems: [...problems, ...tooMuch(first, values)] } };
}

const RELATIVE = /^(妻|夫|配偶|丈夫|爱人|长|次|三|儿|女|子|父|母|爸|妈|孙|外孙|媳|婿|兄|弟|姐|妹|祖|岳|公公|婆婆|亲属|家属|家庭成员|租|之)/;

/** 妻, 子, 租户 beside a merged room: somebody who lives there, and owns nothing. */
const isRelative = ({ row: { texts }, own }: Row): boolean => !own.has('room') && !own.has('unitNumber') && own.has('relation') && RELATIVE.test(texts['relation'] ?? '');

function withRelative(first: Row, next: Row): Row {
  const note = next.tell('relation', { code: 'partly-read', says: '不是产权人，没有登记；确是共有人的，请写在“共有人”一栏' }, 'warn');
  return { ...first, row: { ...first.row, problems: [...first.row.problems, note] } };
}

const OF_THE_OWNER: ReadonlySet<string> = new Set(['ownerName', 'ownerIdNumber', 'ownerPhones', 'share', 'coOwners']);
const isVoid = ({ row }: Row): boolean => row.problems.some(({ code }) => code === 'row-struck');
const PLACE = ['township', 'estate', 'building', 'entrance', 'room'] as const satisfies readonly (keyof UnitValues)[];
const OF_THE_HOME = ['building', 'entrance', 'buildingEntrance', 'unitNumber', 'areaCm2'];

/** The room is merged over both rows; or both say that it is held together and the second repeats the room, or says nothing of the home at all. */
function isOfOneHome({ row: { values: ours, texts: first } }: Row, { row: { values: theirs, texts: next }, own }: Row): boolean {
  const isMerged = !own.has('room') && !own.has('unitNumber');
  const isRepeated = PLACE.every((field) => (ours[field] ?? '') === (theirs[field] ?? ''));
  const bothTold = isHeldTogether(ours, first.share) && isHeldTogether(theirs, next.share);
  if (isRepeated) return isMerged || bothTold;
  return isMerged && !theirs.room && OF_THE_HOME.every((field) => !own.has(field)) && bothTold;
}

/** A share of less than all, or the words for it: 共同共有. */
function isHeldTogether({ share }: V, written = ''): boolean {
  return share ? share.part < share.whole : /共有|共同|按份/.test(written);
}

/** A fault in a further row belongs to the co-owner, and quotes no number in full. */
function ofCoOwner(problem: RowProblem, { ownerPhones }: V): RowProblem {
  const message = (ownerPhones ?? []).reduce((text, phone) => text.replaceAll(phone, maskIdentifier(phone)), problem.message);
  return { ...problem, field: 'coOwners', message };
}

/** Shares that come to more than the whole, told once. */
function tooMuch({ row, tell }: Row, { share, coHolders }: V): RowProblem[] {
  const shares = [share, ...(coHolders ?? []).map((one) => one.share)].flatMap((one) => (one ? [one] : []));
  const isTold = row.problems.some(({ code, field }) => code === 'out-of-range' && field === 'share');
  const whole = shares.reduce((all, one) => all * one.whole, 1);
  const sum = shares.reduce((all, one) => all + (whole / one.whole) * one.part, 0);
  return sum > whole && !isTold ? [tell('share', { code: 'out-of-range', says: '各共有人的份额加起来超过100%，请核对' }, 'warn')] : [];
}
