import type { LocalDate } from '#domain/kernel/brand.ts';
import { isOrganisationName, normaliseName } from '#domain/kernel/chinese-text.ts';
import { areaSourceLabels, usageLabels } from '#contract/registry/words.ts';
import { unitKey } from '#domain/kernel/unit-number.ts';
import type { Values } from '#domain/ledger/types.ts';
import { phoneIndexOf, type Books } from './books.ts';
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

  const state = books.unitsOf(estate.id).get(matchKey) ?? null;
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
  shares(changes, set, values, state, isNewOwner, notes);
  const heldFrom = isNewOwner ? heldSince(books, values, state, notes) : null;
  if (heldFrom !== null && state?.owner) changes.push({ field: 'registeredOn', title: '产权自何日起', before: null, after: heldFrom });
  const outcome = state === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return {
    outcome, title, key, targetId: state?.id ?? null, targetVersion: state?.version ?? null, changes, problems: notes.problems, asks: notes.askedFor(),
    plan: outcome === 'unchanged' ? null : { state, values, set, estateId: estate.id, matchKey, number, areaSource, isNewOwner, heldFrom },
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
  const phoneIndex = phoneIndexOf(books.vault, values.ownerPhones);
  if (!isSameOwner(ours, { name: values.ownerName, idIndex, phoneIndex })) return tellOwner(changes, set, ours.name, values.ownerName);
  // The same number under another name: the name was written wrong, or the holder took another. It is the same person still.
  if (normaliseName(ours.name) !== normaliseName(values.ownerName)) tellOwner(changes, set, ours.name, values.ownerName);
  noteOwnerField(changes, set, 'ownerIdNumber', ours.idIndex, idIndex, values.ownerIdNumber, notes);
  noteOwnerField(changes, set, 'ownerPhones', ours.phoneIndex, phoneIndex, values.ownerPhones, notes);
  return false;
}

function tellOwner(changes: Change[], set: Set<string>, before: string | null, after: string): true {
  changes.push({ field: 'ownerName', title: titleOf('units', 'ownerName'), before, after });
  set.add('ownerName');
  return true;
}

function noteOwnerField(changes: Change[], set: Set<string>, field: 'ownerIdNumber' | 'ownerPhones', ours: string | null, theirs: string | null, written: unknown, notes: Notes): void {
  if (written === null && ours !== null) notes.add(field, 'blank-kept', 'warn', '是空白，台账中已有，予以保留');
  if (theirs === null || theirs === ours) return;
  changes.push({ field, title: titleOf('units', field), before: ours === null ? null : showHidden(), after: showHidden() });
  set.add(field);
}

function isSameOwner(ours: { readonly name: string; readonly idIndex: string | null; readonly phoneIndex: string | null }, theirs: { readonly name: string; readonly idIndex: string | null; readonly phoneIndex: string | null }): boolean {
  if (ours.idIndex !== null && theirs.idIndex !== null) return ours.idIndex === theirs.idIndex;
  if (normaliseName(ours.name) !== normaliseName(theirs.name)) return false;
  return isOrganisationName(ours.name) || ours.phoneIndex === null || theirs.phoneIndex === null || ours.phoneIndex === theirs.phoneIndex || theirs.idIndex !== null || ours.idIndex !== null;
}

function shares(changes: Change[], set: Set<string>, values: V, state: UnitState | null, isNewOwner: boolean, notes: Notes): void {
  // Nobody holds together with an owner that is not known; those who held with the former one do not hold with the next.
  if (!values.ownerName && (state?.owner ?? null) === null) return;
  const ours = isNewOwner ? '' : [...state?.coOwnerNames ?? []].map(normaliseName).sort().join('、');
  if (values.coOwners === null && ours !== '') notes.add('coOwners', 'blank-kept', 'warn', `是空白，台账中已有“${ours}”，予以保留；确已变动请到详情页修改`);
  if (!values.coOwners || values.coOwners.length === 0) return;
  const theirs = values.coOwners.map(normaliseName).sort().join('、');
  if (theirs === ours) return;
  changes.push({ field: 'coOwners', title: titleOf('units', 'coOwners'), before: ours === '' ? null : ours, after: theirs });
  set.add('coOwners');
}
