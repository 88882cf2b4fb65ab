import type { LocalDate } from '#domain/kernel/brand.ts';
import { isOrganisationName, normaliseName } from '#domain/kernel/chinese-text.ts';
import { areaSourceLabels, usageLabels } from '#contract/registry/words.ts';
import { buildingKey, unitKey } from '#domain/kernel/unit-number.ts';
import { WHOLE_BUILDING } from '#domain/ledger/ledger-kinds/unit-rows.ts';
import type { Values } from '#domain/ledger/types.ts';
import { phoneIndexes, tellsMore } from '#platform/personal/seal-phone.ts';
import type { Books } from './books.ts';
import { compare, rule } from './compare.ts';
import { Notes, titleOf, type Change, type Entry, type Judged } from './judged.ts';
import { refuseTooLong } from './limits.ts';
import { refuseOutOfScope, resolveEstate, resolveTownship } from './resolve.ts';
import { showArea, showHidden, showWord } from './show.ts';
import type { AreaSource, UnitState, Usage } from './states.ts';

type V = Values<'units'>;

/** 房屋导入计划 */
export interface UnitPlan {
  readonly state: UnitState | null;
  readonly values: V;
  readonly set: ReadonlySet<string>;
  readonly estateId: string;
  readonly matchKey: string;
  readonly number: { readonly building: string; readonly entrance: string; readonly room: string };
  readonly areaSource: AreaSource;
  /** The owner changes hands, or is known for the first time. */
  readonly isNewOwner: boolean;
  /** From when the owners hold; null where the row does not tell it. */
  readonly heldFrom: LocalDate | null;
  /** Since when the present owner holds, where the books did not know it. */
  readonly startsOn: LocalDate | null;
}

/** A building must have a name; units of a ledger without one stand here. */
const NO_BUILDING = '未分栋';

const USES = { residence: 'residential', shop: 'commercial', office: 'office', parking: 'parking', storage: 'storage', other: 'other' } as const satisfies Record<NonNullable<V['use']>, Usage>;
/** 用途对应 */
export const usageOf = (use: NonNullable<V['use']>): Usage => USES[use];
const SOURCES = { register: 'register', survey: 'survey', contract: 'contract', other: 'unknown' } as const satisfies Record<NonNullable<V['areaSource']>, AreaSource>;

/** 判房屋行:the estate, then the unit of that number within it. */
export function judgeUnit(books: Books, entry: Entry<'units'>): Judged<UnitPlan> {
  const notes = new Notes('units', entry);
  const { row: { values }, resolution } = entry;
  const { room } = values;
  refuseTooLong(notes, values, { building: 30, entrance: 30, room: 30, ownerName: 100, ownerIdNumber: 50, remark: 2000 });
  const township = resolveTownship(books, values.township ?? null, resolution, notes);
  const isElsewhere = township !== null && refuseOutOfScope(books, township.id, 'township', notes);
  const estate = values.estate && !isElsewhere ? resolveEstate(books, 'estate', values.estate, township, resolution, notes) : null;
  const number = { building: values.building || NO_BUILDING, entrance: values.entrance ?? '', room: room ?? '' };
  const title = [estate?.name ?? values.estate ?? '', [number.building, number.entrance, number.room].filter((part) => part !== '').join('-')].filter((part) => part !== '').join(' · ');
  if (estate === null || !room) return notes.refused(title);
  const matchKey = unitKey(number);
  const key = `unit:${estate.id}/${matchKey}`;
  if (refuseOutOfScope(books, estate.townshipId, 'estate', notes) || notes.isRefused) return notes.refused(title, key);

  const units = books.unitsOf(estate.id);
  const state = units.get(matchKey) ?? null;
  if (refuseLostRoom(notes, units.values(), number)) return notes.refused(title, key);
  const areaSource = sourceOf(values, state);
  const rules = [
    rule<V, UnitState, 'use'>('use', ({ usage }) => usage, (use) => usageOf(use), showWord(usageLabels)),
    rule<V, UnitState, 'areaCm2'>('areaCm2', ({ areas }) => areas.find(({ source }) => source === areaSource)?.areaCm2 ?? null, (area) => (area === 0 ? null : area), showArea),
    rule<V, UnitState, 'deliveredOn'>('deliveredOn', ({ deliveredOn }) => deliveredOn, (day) => day),
    rule<V, UnitState, 'remark'>('remark', ({ note }) => note, (text) => text),
  ];
  const { changes, set: compared } = compare<V, UnitState>('units', values, state, rules, notes);
  const set = new Set(compared);
  if (state === null) changes.unshift({ field: 'room', title: titleOf('units', 'room'), before: null, after: [number.building, number.entrance, number.room].filter((part) => part !== '').join('-') });
  if (set.has('areaCm2')) noteSource(changes, areaSource);
  const isNewOwner = holds(books, changes, set, values, state, notes);
  const knownAs = isNewOwner ? null : state;
  coOwners(books, changes, set, values, knownAs, notes);
  share(changes, set, values, knownAs);
  const heldFrom = isNewOwner ? heldSince(books, values, state, notes) : null;
  if (heldFrom !== null && state?.owner) changes.push({ field: 'registeredOn', title: '产权自何日起', before: null, after: heldFrom });
  const startsOn = isNewOwner ? null : startOf(books, changes, set, values, state, notes);
  const outcome = state === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return {
    outcome, title, key, targetId: state?.id ?? null, targetVersion: state?.version ?? null, changes, problems: notes.problems, asks: notes.askedFor(),
    plan: outcome === 'unchanged' ? null : { state, values, set, estateId: estate.id, matchKey, number, areaSource, isNewOwner, heldFrom, startsOn },
  };
}

/**
 * 产权起始日:the day of registration; of the first owner else the day of delivery. Who comes after the first did not get the unit
 * when it was delivered: without a day of registration the day of the import is taken when it is written.
 */
function heldSince(books: Books, { registeredOn, deliveredOn }: V, state: UnitState | null, notes: Notes): LocalDate | null {
  const told = registeredOn ?? (state?.owner ? null : deliveredOn ?? null);
  if (told === null || told <= books.today) return told;
  notes.add(registeredOn ? 'registeredOn' : 'deliveredOn', 'out-of-range', 'warn', '晚于今天，不作为产权的起始日，请核对');
  return null;
}

/** As written; without a word, the only source that we have, else unknown. */
function sourceOf(values: V, state: UnitState | null): AreaSource {
  if (values.areaSource) return SOURCES[values.areaSource];
  const [only, more] = state?.areas ?? [];
  return only !== undefined && more === undefined ? only.source : 'unknown';
}

function noteSource(changes: Change[], areaSource: AreaSource): void {
  changes.push({ field: 'areaSource', title: titleOf('units', 'areaSource'), before: null, after: areaSourceLabels[areaSource] });
}

/** 产权人是否变更: one is the same by number; without a number on either side, by name (and phone where both have one). */
function holds(books: Books, changes: Change[], set: Set<string>, values: V, state: UnitState | null, notes: Notes): boolean {
  const ours = state?.owner ?? null;
  if (values.ownerName === null && ours !== null) notes.add('ownerName', 'blank-kept', 'warn', `是空白，台账中已有“${ours.name}”，予以保留；产权确已变动请写明现产权人`);
  if (!values.ownerName) return false;
  // Blind indexes cost: they are made only where there is an owner to compare with.
  if (ours === null) return tellOwner(changes, set, null, values.ownerName);
  const idIndex = values.ownerIdNumber ? books.vault.index('id', values.ownerIdNumber) : null;
  const phones = phoneIndexes(books.vault, values.ownerPhones ?? []);
  if (!isSameOwner(ours, { name: values.ownerName, idIndex, phoneIndex: phones.phoneIndex })) return tellOwner(changes, set, ours.name, values.ownerName);
  // The same number under another name: the name was written wrong, or the holder took another. It is the same person still.
  if (normaliseName(ours.name) !== normaliseName(values.ownerName)) tellOwner(changes, set, ours.name, values.ownerName);
  noteOwnerField(changes, set, 'ownerIdNumber', ours.idIndex, idIndex === ours.idIndex ? null : idIndex, values.ownerIdNumber, notes);
  noteOwnerField(changes, set, 'ownerPhones', ours.phoneIndex, tellsMore(phones, ours) ? phones.phoneIndex : null, values.ownerPhones, notes);
  return false;
}

function tellOwner(changes: Change[], set: Set<string>, before: string | null, after: string): true {
  changes.push({ field: 'ownerName', title: titleOf('units', 'ownerName'), before, after });
  set.add('ownerName');
  return true;
}

/** `news` is what the row tells that the books do not hold. */
function noteOwnerField(changes: Change[], set: Set<string>, field: 'ownerIdNumber' | 'ownerPhones', ours: string | null, news: string | null, written: unknown, notes: Notes): void {
  if (written === null && ours !== null) notes.add(field, 'blank-kept', 'warn', '是空白，台账中已有，予以保留');
  if (news === null) return;
  changes.push({ field, title: titleOf('units', field), before: ours === null ? null : showHidden(), after: showHidden() });
  set.add(field);
}

function isSameOwner(ours: { readonly name: string; readonly idIndex: string | null; readonly phoneIndex: string | null }, theirs: { readonly name: string; readonly idIndex: string | null; readonly phoneIndex: string | null }): boolean {
  if (ours.idIndex !== null && theirs.idIndex !== null) return ours.idIndex === theirs.idIndex;
  if (normaliseName(ours.name) !== normaliseName(theirs.name)) return false;
  return isOrganisationName(ours.name) || ours.phoneIndex === null || theirs.phoneIndex === null || ours.phoneIndex === theirs.phoneIndex || theirs.idIndex !== null || ours.idIndex !== null;
}

/** Nobody holds together with an owner that is not known; those who held with the former one do not hold with the next (`state` is null then). */
function coOwners(books: Books, changes: Change[], set: Set<string>, values: V, state: UnitState | null, notes: Notes): void {
  if (!values.ownerName && (state?.owner ?? null) === null) return;
  const ours = namesOf(state?.coOwners.map(({ name }) => name) ?? []);
  if (values.coOwners === null && ours !== '') notes.add('coOwners', 'blank-kept', 'warn', `是空白，台账中已有“${ours}”，予以保留；确已变动请到详情页修改`);
  if (!values.coOwners || values.coOwners.length === 0) return;
  const theirs = namesOf(values.coOwners);
  if (theirs !== ours) changes.push({ field: 'coOwners', title: titleOf('units', 'coOwners'), before: ours === '' ? null : ours, after: theirs });
  else if (toldAnew(books, values, state).length > 0) changes.push({ field: 'coOwners', title: titleOf('units', 'coOwners'), before: ours, after: `${toldAnew(books, values, state).join('、')}的证件、电话或份额` });
  else return;
  set.add('coOwners');
}

const namesOf = (names: readonly string[]): string => names.map(normaliseName).sort().join('、');
const shareText = (told: { readonly part: number; readonly whole: number } | null | undefined): string | null => (told ? `${told.part}/${told.whole}` : null);

/** Co-owners on record of whom the rows below tell something that we do not have. */
function toldAnew({ vault }: Books, { coHolders }: V, state: UnitState | null): string[] {
  return (coHolders ?? []).flatMap(({ name, idNumber, phones, share: told }) => {
    const known = state?.coOwners.find((one) => normaliseName(one.name) === normaliseName(name));
    if (known === undefined) return [];
    const isNew = (theirs: string | null, ours: string | null) => theirs !== null && theirs !== ours;
    return isNew(idNumber === null ? null : vault.index('id', idNumber), known.idIndex) || tellsMore(phoneIndexes(vault, phones ?? []), known) || isNew(shareText(told), known.share) ? [known.name] : [];
  });
}

function share(changes: Change[], set: Set<string>, values: V, state: UnitState | null): void {
  const [ours, theirs] = [state?.owner?.share ?? null, shareText(values.share)];
  if (theirs === null || theirs === ours || (!values.ownerName && !state?.owner)) return;
  changes.push({ field: 'share', title: titleOf('units', 'share'), before: ours, after: theirs });
  set.add('share');
}

/** 登记日期 of an owner on record: it fills a start that is not known; another day than the known one is told, and the known one stays. */
function startOf(books: Books, changes: Change[], set: Set<string>, { registeredOn }: V, state: UnitState | null, notes: Notes): LocalDate | null {
  const owner = state?.owner ?? null;
  if (!registeredOn || owner === null || registeredOn === owner.since) return null;
  if (registeredOn > books.today) {
    notes.add('registeredOn', 'out-of-range', 'warn', '晚于今天，不作为产权的起始日，请核对');
    return null;
  }
  if (owner.since !== null) {
    notes.add('registeredOn', 'start-differs', 'warn', `台账中“${owner.name}”的产权自${owner.since}起，予以保留；确需更正请到房屋的详情页修改`);
    return null;
  }
  changes.push({ field: 'registeredOn', title: '产权自何日起', before: null, after: registeredOn });
  set.add('registeredOn');
  return registeredOn;
}

/** A row without a room number is the building's only home; where the books know rooms in it, the number is missing. */
function refuseLostRoom(notes: Notes, units: Iterable<UnitState>, { building }: UnitPlan['number']): boolean {
  if (!notes.problems.some(({ code }) => code === 'whole-building')) return false;
  const room = [...units].find((unit) => buildingKey(unit.building) === buildingKey(building) && unit.room !== WHOLE_BUILDING);
  if (room === undefined) return false;
  notes.add('room', 'required-missing', 'error', `没有填写，而台账中这栋楼还有${room.room}等房屋，请补上房号`);
  return true;
}
