import { ESTATE_CERTAIN_LEVELS, canonicalEstateName, estateNameLevels } from '#domain/kernel/estate-name.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { committeeStatusLabels, feeBasisLabels, managementKindLabels } from '#contract/registry/words.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { Values } from '#domain/ledger/types.ts';
import { neighbourhoodKeys, type Books } from './books.ts';
import { compare, phoneRule, rule } from './compare.ts';
import { Notes, titleOf, type Change, type Entry, type Judged } from './judged.ts';
import { refuseTooLarge, refuseTooLong } from './limits.ts';
import { refuseOutOfScope, resolveCompany, resolveNeighbourhood, resolveTownship, type CompanyFound } from './resolve.ts';
import { showArea, showPercent, showWord, showYuan } from './show.ts';
import type { CommitteeStatus, EstateState, ManagementKind, Place } from './states.ts';

type V = Values<'estates'>;

/** 小区导入计划:`set` names the ledger's fields that are written. */
export interface EstatePlan {
  readonly state: EstateState | null;
  readonly values: V;
  readonly set: ReadonlySet<string>;
  readonly townshipId: string;
  readonly neighbourhoodId: string | null;
  /** Absent when the row does not touch the company. */
  readonly company: CompanyFound | null;
  readonly managementKind: ManagementKind | null;
  /** The first day on which nobody serves the estate any more; null when the row ends no contract. */
  readonly contractEndsOn: LocalDate | null;
}

const COUNTS = ['unitCount', 'occupiedCount', 'buildingCount', 'liftCount', 'parkingCount', 'chargingCount', 'feeFen', 'committeeMembers'];

/** 判小区行:township, then the estate of that name within it. */
export function judgeEstate(books: Books, entry: Entry<'estates'>): Judged<EstatePlan> {
  const notes = new Notes('estates', entry);
  const { row: { values }, resolution } = entry;
  const name = values.name ?? '';
  refuseTooLong(notes, values, { name: 100, alias: 100, address: 500, developer: 200, managerName: 100, remark: 2000 });
  refuseTooLarge(notes, values, COUNTS);
  const township = resolveTownship(books, values.township ?? null, resolution, notes) ?? townshipOfNeighbourhood(books, values.neighbourhood ?? null, notes);
  if (township === null && !notes.problems.some(({ code }) => code === 'township-unknown')) {
    notes.asks.townships = books.townships.map((place) => ({ id: place.id, name: place.name, detail: null }));
    notes.add('township', 'township-missing', 'error', '没有写明属于哪个乡镇（街道），请补上，或在上传时选择乡镇（街道）');
  }
  const title = township === null ? name : `${township.name} · ${name}`;
  if (township === null || name === '') return notes.refused(title);
  const state = findEstate(books, name, township.id, entry, notes);
  const key = `estate:${state?.id ?? `${township.id}/${canonicalEstateName(name)}`}`;
  if (refuseOutOfScope(books, township.id, 'township', notes) || notes.isRefused) return notes.refused(title, key);

  const neighbourhood = values.neighbourhood ? resolveNeighbourhood(books, values.neighbourhood, township, notes) : null;
  const company = companyOf(books, entry, township.id, notes);
  const contractEndsOn = company?.is === 'none' && values.company === null && (state?.companyId ?? null) !== null ? endOf(books, values, state) : null;
  const isServed = (company !== null && company.is !== 'none') || (contractEndsOn === null && (state?.companyId ?? null) !== null);
  const usable = withoutContradictions(values, state, isServed, notes);
  const { changes, set: compared } = compare<V, EstateState>('estates', usable, state, rulesFor(books), notes);
  const set = new Set(compared);
  noteName(changes, set, usable, state);
  const place = placed(books, changes, set, values, neighbourhood?.id ?? null, state, notes);
  const served = contractEndsOn === null ? serve(books, changes, set, { values, company }, state, notes) : noteEnd(books, changes, set, contractEndsOn, state);
  const managementKind = managed(changes, set, values, company, state);
  if (notes.isRefused) return notes.refused(title, key);
  const outcome = state === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return {
    outcome, title, key, targetId: state?.id ?? null, targetVersion: state?.version ?? null, changes, problems: notes.problems, asks: notes.askedFor(),
    plan: outcome === 'unchanged' ? null : { state, values: usable, set, townshipId: township.id, neighbourhoodId: place, company: served, managementKind, contractEndsOn },
  };
}

function findEstate(books: Books, name: string, townshipId: string, { resolution }: Entry<'estates'>, notes: Notes): EstateState | null {
  const chosen = resolution?.estateId === undefined ? undefined : books.estates.get(resolution.estateId);
  if (chosen !== undefined) return chosen;
  const found = books.estateNames.find(estateNameLevels(name), (estate) => estate.townshipId === townshipId, ESTATE_CERTAIN_LEVELS);
  if (found.is === 'one') return found.value;
  if (found.is === 'many') {
    notes.asks.estates = found.values.map((estate) => ({ id: estate.id, name: estate.name, detail: estate.address }));
    notes.add('name', 'estate-ambiguous', 'error', `与${found.values.map((estate) => `“${estate.name}”`).slice(0, 4).join('、')}都相近，请选择是哪一个`);
  }
  return null;
}

const rulesFor = (books: Books) => [
  rule<V, EstateState, 'address'>('address', ({ address }) => address, (text) => text),
  rule<V, EstateState, 'developer'>('developer', ({ developerName }) => developerName, (text) => text),
  rule<V, EstateState, 'deliveredOn'>('deliveredOn', ({ deliveredOn }) => deliveredOn, (day) => day),
  rule<V, EstateState, 'totalAreaCm2'>('totalAreaCm2', ({ totalCm2 }) => totalCm2, (area) => area, showArea),
  rule<V, EstateState, 'deliveredAreaCm2'>('deliveredAreaCm2', ({ deliveredCm2 }) => deliveredCm2, (area) => area, showArea),
  rule<V, EstateState, 'unitCount'>('unitCount', ({ totalUnits }) => totalUnits, (count) => count),
  rule<V, EstateState, 'occupiedCount'>('occupiedCount', ({ occupiedUnits }) => occupiedUnits, (count) => count),
  rule<V, EstateState, 'buildingCount'>('buildingCount', ({ buildingCount }) => buildingCount, (count) => count),
  rule<V, EstateState, 'liftCount'>('liftCount', ({ liftCount }) => liftCount, (count) => count),
  rule<V, EstateState, 'parkingCount'>('parkingCount', ({ parkingCount }) => parkingCount, (count) => count),
  rule<V, EstateState, 'chargingCount'>('chargingCount', ({ chargingCount }) => chargingCount, (count) => count),
  rule<V, EstateState, 'managerName'>('managerName', ({ managerName }) => managerName, (name) => name),
  phoneRule<V, EstateState>('managerPhones', (state) => ({ phoneIndex: state.managerPhoneIndex, phoneMoreIndex: state.managerPhoneMoreIndex }), books.vault),
  rule<V, EstateState, 'feeFen'>('feeFen', ({ feeFen }) => feeFen, (fee) => fee, showYuan),
  rule<V, EstateState, 'feeBasis'>('feeBasis', ({ feeBasis }) => feeBasis, (basis) => basis, showWord(feeBasisLabels)),
  rule<V, EstateState, 'collectionRateBp'>('collectionRateBp', ({ collectionRateBp }) => collectionRateBp, (rate) => rate, showPercent),
  rule<V, EstateState, 'contractFrom'>('contractFrom', ({ contract }) => contract?.startsOn ?? null, (day) => day),
  rule<V, EstateState, 'contractUntil'>('contractUntil', ({ contract }) => contract?.endsOn ?? null, (day) => day),
  rule<V, EstateState, 'committee'>('committee', ({ committee }) => statusOf(committee?.status ?? null), (state) => (state === 'none' ? 'dissolved' : state), (key) => (key === 'dissolved' ? '未成立' : showWord(committeeStatusLabels)(key))),
  rule<V, EstateState, 'committeeSince'>('committeeSince', ({ committee }) => committee?.sinceOn ?? null, (day) => day),
  rule<V, EstateState, 'committeeUntil'>('committeeUntil', ({ committee }) => committee?.untilOn ?? null, (day) => day),
  rule<V, EstateState, 'committeeMembers'>('committeeMembers', ({ committee }) => committee?.claimedMembers ?? null, (count) => count),
  rule<V, EstateState, 'committeeHead'>('committeeHead', ({ committee }) => committee?.headName ?? null, (name) => name),
  phoneRule<V, EstateState>('committeePhones', ({ committee }) => ({ phoneIndex: committee?.headPhoneIndex ?? null, phoneMoreIndex: committee?.headPhoneMoreIndex ?? null }), books.vault),
  rule<V, EstateState, 'remark'>('remark', ({ note }) => note, (text) => text),
];

/** No committee at all and a dissolved one say the same to a ledger: there is none. */
function statusOf(status: CommitteeStatus | null): CommitteeStatus {
  return status ?? 'dissolved';
}

/** What would contradict the record is refused (counts) or left out (periods that end before they begin). */
function withoutContradictions(values: V, state: EstateState | null, hasCompany: boolean, notes: Notes): V {
  const total = values.unitCount ?? state?.totalUnits ?? null;
  const occupied = values.occupiedCount ?? state?.occupiedUnits ?? null;
  const wasSaid = notes.problems.some(({ code }) => code === 'occupied-exceeds-total');
  if (total !== null && occupied !== null && occupied > total && !wasSaid) {
    const field = values.occupiedCount === undefined || values.occupiedCount === null ? 'unitCount' : 'occupiedCount';
    notes.add(field, 'occupied-exceeds-total', 'error', field === 'unitCount' ? `少于台账中的入住户数${occupied}，请核对两个数` : `多于台账中的总户数${total}，请核对两个数`);
  }
  const left = { ...values };
  if (isReversed(values.contractFrom ?? state?.contract?.startsOn, values.contractUntil ?? state?.contract?.endsOn)) { delete left.contractFrom; delete left.contractUntil; }
  if (isReversed(values.committeeSince ?? state?.committee?.sinceOn, values.committeeUntil ?? state?.committee?.untilOn)) { delete left.committeeSince; delete left.committeeUntil; }
  if (values.committee === null && statusOf(state?.committee?.status ?? null) === 'dissolved') delete left.committee;
  // Terms of a contract nobody is party to are no facts either.
  if (!hasCompany) { delete left.contractFrom; delete left.contractUntil; }
  // A ledger that tells a committee's term without a column for whether there is one tells that there is.
  if (values.committee === undefined && (state?.committee ?? null) === null && (values.committeeSince || values.committeeUntil || values.committeeHead)) left.committee = 'established';
  if (!values.committeeHead && (state?.committee?.headName ?? null) === null) delete left.committeePhones;
  // Terms of a committee that does not exist are no facts.
  const status = left.committee ?? statusOf(state?.committee?.status ?? null);
  if (status === 'none' || status === 'dissolved') for (const field of ['committeeSince', 'committeeUntil', 'committeeHead', 'committeePhones', 'committeeMembers'] as const) delete left[field];
  return left;
}

function isReversed(from: LocalDate | null | undefined, until: LocalDate | null | undefined): boolean {
  return typeof from === 'string' && typeof until === 'string' && until < from;
}

/** A new estate's name is a change to show; an alias that we know is none. */
function noteName(changes: Change[], set: Set<string>, values: V, state: EstateState | null): void {
  if (state === null) { changes.unshift({ field: 'name', title: titleOf('estates', 'name'), before: null, after: values.name ?? '' }); set.add('name'); }
  const known = state === null ? [] : [state.name, ...state.otherNames].map(normaliseName);
  const fresh = aliasesOf(values).filter((alias) => !known.includes(normaliseName(alias)));
  if (fresh.length > 0) { changes.push({ field: 'alias', title: titleOf('estates', 'alias'), before: null, after: fresh.join('、') }); set.add('alias'); }
}

/** 别名:several in one cell, as an export writes them. */
export const aliasesOf = ({ alias }: V): string[] => (alias ?? '').split(/[、,，;；]/).map((name) => name.trim()).filter((name) => name !== '');

function placed(books: Books, changes: Change[], set: Set<string>, values: V, neighbourhoodId: string | null, state: EstateState | null, notes: Notes): string | null {
  const ours = state?.neighbourhoodId ?? null;
  const nameOf = (id: string | null) => (id === null ? null : books.places.get(id)?.name ?? null);
  if (values.neighbourhood === null && ours !== null) notes.add('neighbourhood', 'blank-kept', 'warn', `是空白，台账中已有“${nameOf(ours) ?? ''}”，予以保留；确需清空请到详情页修改`);
  if (neighbourhoodId === null || neighbourhoodId === ours) return ours;
  changes.push({ field: 'neighbourhood', title: titleOf('estates', 'neighbourhood'), before: nameOf(ours), after: nameOf(neighbourhoodId) });
  set.add('neighbourhood');
  return neighbourhoodId;
}

/** Null when the row says nothing of a company. Words such as 业主自管 in its place, or a blank beside such a way of managing, say that there is none. */
function companyOf(books: Books, { row: { values }, resolution }: Entry<'estates'>, townshipId: string, notes: Notes): CompanyFound | null {
  if (values.company === undefined) return null;
  if (typeof values.company === 'string') return resolveCompany(books, values.company, resolution, notes, books.wasTold(townshipId, values.name ?? '', values.company));
  const saysNone = values.managementKind !== undefined && values.managementKind !== null && values.managementKind !== 'company';
  return saysNone ? { is: 'none' } : null;
}

/** The day after the contract's last as the row tells it, at the latest today: the row says that nobody serves the estate now. */
function endOf(books: Books, { contractUntil }: V, state: EstateState | null): LocalDate {
  const told = typeof contractUntil === 'string' && !isReversed(state?.contract?.startsOn, contractUntil) ? addDays(contractUntil, 1) : books.today;
  return told < books.today ? told : books.today;
}

function noteEnd(books: Books, changes: Change[], set: Set<string>, endsOn: LocalDate, state: EstateState | null): null {
  const ours = books.companies.get(state?.companyId ?? '')?.name ?? '（已归档企业）';
  changes.push({ field: 'company', title: '物业服务合同终止', before: ours, after: `${addDays(endsOn, -1)}止` });
  set.add('contractEnd');
  return null;
}

/** A ledger may name only the 社区: one that is the county's only one of its name tells the township. */
function townshipOfNeighbourhood(books: Books, written: string | null, notes: Notes): Place | null {
  if (written === null || notes.isRefused) return null;
  const found = books.neighbourhoodNames.find(neighbourhoodKeys(written));
  return found.is === 'one' ? books.places.get(found.value.townshipId ?? '') ?? null : null;
}

function serve(books: Books, changes: Change[], set: Set<string>, { values, company }: { values: V; company: CompanyFound | null }, state: EstateState | null, notes: Notes): CompanyFound | null {
  const ours = state?.companyId ?? null;
  const ourName = ours === null ? null : books.companies.get(ours)?.name ?? '（已归档企业）';
  if (company === null) {
    if (values.company === null && ours !== null) notes.add('company', 'blank-kept', 'warn', `是空白，台账中已有“${ourName ?? ''}”，予以保留；企业确已退出请填“无物业”`);
    return null;
  }
  // A name that we could not make out changes nothing: it was warned about.
  if (company.is === 'none' && typeof values.company === 'string') return null;
  if (company.is === 'known' && company.company.id === ours) return null;
  if (company.is === 'none') return null;
  changes.push({ field: 'company', title: titleOf('estates', 'company'), before: ourName, after: company.is === 'known' ? company.company.name : `${company.name}（新建）` });
  set.add('company');
  return company;
}

/** Said by the row; else a company that serves it says so; else unknown for a new estate. */
function managed(changes: Change[], set: Set<string>, values: V, company: CompanyFound | null, state: EstateState | null): ManagementKind | null {
  const ours = state?.managementKind ?? null;
  const hasCompany = company !== null && company.is !== 'none' || typeof values.company === 'string';
  const implied = hasCompany && (ours === null || ours === 'unknown') ? 'company' : null;
  const wanted: ManagementKind | null = values.managementKind ?? implied ?? (ours === null ? 'unknown' : null);
  if (wanted === null || wanted === ours) return null;
  if (ours !== null || wanted !== 'unknown') changes.push({ field: 'managementKind', title: titleOf('estates', 'managementKind'), before: ours === null ? null : managementKindLabels[ours], after: managementKindLabels[wanted] });
  set.add('managementKind');
  return wanted;
}
