import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { postLabels } from '#contract/registry/words.ts';
import type { Values } from '#domain/ledger/types.ts';
import { phoneIndexes } from '#platform/personal/seal-phone.ts';
import type { Books } from './books.ts';
import { compare, phoneRule, rule } from './compare.ts';
import { Notes, titleOf, type Change, type Entry, type Judged } from './judged.ts';
import { refuseTooLong } from './limits.ts';
import { resolveCompany, resolveEstate, resolveTownship, type CompanyFound } from './resolve.ts';
import { showHidden, showWord } from './show.ts';
import type { EstateState, Post, PractitionerState } from './states.ts';

type V = Values<'practitioners'>;

/** 从业人员导入计划 */
export interface PractitionerPlan {
  readonly state: PractitionerState | null;
  readonly values: V;
  readonly set: ReadonlySet<string>;
  /** Absent when the row does not touch the company. */
  readonly company: CompanyFound | null;
  /** Of the company that the row belongs to, for the key by which one without a number is known. */
  readonly companyId: string | null;
  /** The estate he is manager of from now on; null when the row names none. */
  readonly managesId: string | null;
}

const POSTS = {
  head: 'head', 'estate-manager': 'estate-manager', order: 'order', cleaning: 'cleaning', greening: 'greening', repair: 'engineering',
  service: 'customer-service', 'fire-control': 'fire-control', clerk: 'office', other: 'other',
} as const satisfies Record<NonNullable<V['post']>, Post>;

/** 岗位对应:the ledger's word for a post as the registry's. */
export const postOf = (post: NonNullable<V['post']>): Post => POSTS[post];

/** 人员比对键:by identity number, else company, name and phone. */
export function practitionerKey(idIndex: string | null, companyId: string | null, name: string, phoneIndex: string | null): string {
  return idIndex === null ? `name:${companyId ?? ''}:${normaliseName(name)}:${phoneIndex ?? ''}` : `id:${idIndex}`;
}

/** 判从业人员行:known by identity number, else by company, name and phone. */
export function judgePractitioner(books: Books, entry: Entry<'practitioners'>): Judged<PractitionerPlan> {
  const notes = new Notes('practitioners', entry);
  const { row: { values }, resolution } = entry;
  const name = values.name ?? '';
  refuseTooLong(notes, values, { name: 50, certificate: 500, postText: 100, remark: 2000 });
  if (name === '' || notes.isRefused) return notes.refused(name);
  const company = typeof values.company === 'string' ? resolveCompany(books, values.company, resolution, notes) : null;
  const companyId = company?.is === 'known' ? company.company.id : null;
  const idIndex = values.idNumber ? books.vault.index('id', values.idNumber) : null;
  const { phoneIndex } = phoneIndexes(books.vault, values.phones ?? []);
  const key = practitionerKey(idIndex, company?.is === 'create' ? `new:${company.name}` : companyId, name, phoneIndex);
  const estate = estateOf(books, entry, companyId, notes);
  const state = findPerson(books, { idIndex, companyId, name, phoneIndex, post: values.post ? postOf(values.post) : null, estateId: estate?.id ?? null }, entry.notTargets);
  const rowKey = `practitioner:${state?.id ?? [key, companyId ?? '', values.post ?? '', estate?.id ?? ''].join('/')}`;
  const { changes, set: compared } = compare<V, PractitionerState>('practitioners', values, state, rulesFor(books), notes);
  const set = new Set(compared);
  if (state === null) { changes.unshift({ field: 'name', title: titleOf('practitioners', 'name'), before: null, after: name }); set.add('name'); }
  employ(books, changes, set, values, company, state, notes);
  const managesId = estate === null || state?.managedEstateIds.includes(estate.id) === true ? null : estate.id;
  if (managesId !== null) changes.push({ field: 'estate', title: titleOf('practitioners', 'estate'), before: null, after: estate?.name ?? '' });
  if (notes.isRefused) return notes.refused(name, rowKey);
  const outcome = state === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return {
    outcome, title: [name, values.company ?? ''].filter((text) => text !== '').join(' · '), key: rowKey,
    targetId: state?.id ?? null, targetVersion: state?.version ?? null, changes, problems: notes.problems, asks: notes.askedFor(),
    plan: outcome === 'unchanged' ? null : { state, values, set, company, companyId, managesId },
  };
}

/** 查人: of several records of one number (two posts are two records) the one that agrees most; one known without a number is found again when his number comes to be known. */
function findPerson(books: Books, wanted: Wanted, notTargets: ReadonlySet<string> | undefined): PractitionerState | null {
  const free = (people: readonly PractitionerState[] | undefined) => (people ?? []).filter(({ id }) => notTargets?.has(id) !== true);
  const byNumber = wanted.idIndex === null ? [] : free(books.practitionersById.get(wanted.idIndex));
  if (byNumber.length > 0) return closest(byNumber, wanted);
  const byName = free(books.practitionersByKey.get(practitionerKey(null, wanted.companyId, wanted.name, wanted.phoneIndex))).filter(({ idIndex }) => wanted.idIndex === null || idIndex === null);
  return byName.length > 0 ? closest(byName, wanted) : null;
}

interface Wanted { readonly idIndex: string | null; readonly companyId: string | null; readonly name: string; readonly phoneIndex: string | null; readonly post: Post | null; readonly estateId: string | null }

function closest(people: readonly PractitionerState[], { post, companyId, estateId }: Wanted): PractitionerState | null {
  const score = (person: PractitionerState) => (post === null || person.post === post ? 4 : 0) + (person.companyId === companyId ? 2 : 0) + (estateId !== null && person.managedEstateIds.includes(estateId) ? 1 : 0);
  return people.toSorted((a, b) => score(b) - score(a))[0] ?? null;
}

const rulesFor = (books: Books) => [
  rule<V, PractitionerState, 'name'>('name', ({ name }) => name, (name) => name),
  rule<V, PractitionerState, 'idNumber'>('idNumber', ({ idIndex }) => idIndex, (number) => books.vault.index('id', number), showHidden),
  phoneRule<V, PractitionerState>('phones', (state) => state, books.vault),
  rule<V, PractitionerState, 'post'>('post', ({ post }) => post, (post) => postOf(post), showWord(postLabels)),
  rule<V, PractitionerState, 'hiredOn'>('hiredOn', ({ hiredOn }) => hiredOn, (day) => day),
  rule<V, PractitionerState, 'certificate'>('certificate', ({ certificate }) => certificate, (text) => text),
  rule<V, PractitionerState, 'remark'>('remark', ({ note }) => note, (text) => text),
];

function employ(books: Books, changes: Change[], set: Set<string>, values: V, company: CompanyFound | null, state: PractitionerState | null, notes: Notes): void {
  const ours = state?.companyId ?? null;
  const ourName = ours === null ? null : books.companies.get(ours)?.name ?? '（已归档企业）';
  if (values.company === null && ours !== null) notes.add('company', 'blank-kept', 'warn', `是空白，台账中已有“${ourName ?? ''}”，予以保留；确已离职请到详情页修改`);
  if (values.company === null && state === null) notes.add('company', 'required-missing', 'warn', '没有填写，暂不登记所属企业；与上一行相同的，请在每一行都写明');
  if (company === null || company.is === 'none' || (company.is === 'known' && company.company.id === ours)) return;
  changes.push({ field: 'company', title: titleOf('practitioners', 'company'), before: ourName, after: company.is === 'known' ? company.company.name : `${company.name}（新建）` });
  set.add('company');
}

/** Only an estate manager's estate is kept: as the row names it (unknown is a warning, the person is taken), else the only estate of his company whose ledger names him. */
function estateOf(books: Books, { row: { values }, resolution }: Entry<'practitioners'>, companyId: string | null, notes: Notes): EstateState | null {
  if (values.post !== 'estate-manager') return null;
  if (values.estate) return resolveEstate(books, 'estate', values.estate, resolveTownship(books, values.township ?? null, resolution, notes), resolution, notes, 'warn');
  if (companyId === null || values.estate === null) return null;
  const [only, more] = books.estatesManagedBy(companyId, values.name ?? '');
  return only !== undefined && more === undefined ? only : null;
}
