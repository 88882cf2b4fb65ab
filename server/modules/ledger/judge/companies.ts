import { companyNameLevels } from '#domain/kernel/company-name.ts';
import type { CompanyValues, Values } from '#domain/ledger/types.ts';
import type { Books } from './books.ts';
import { compare, phoneRule, rule } from './compare.ts';
import { Notes, type Entry, type Judged } from './judged.ts';
import { refuseTooLarge, refuseTooLong } from './limits.ts';
import { showYuan } from './show.ts';
import type { CompanyState } from './states.ts';

/** 企业导入计划 */
export interface CompanyPlan { readonly state: CompanyState | null; readonly values: Values<'companies'>; readonly set: ReadonlySet<string> }

/** Exact and without the county's name; looser keys would make one company of two. */
const IDENTITY_DEPTH = 2;

/** 判企业行:by credit code, else by name; the two naming different companies is asked about. */
export function judgeCompany(books: Books, entry: Entry<'companies'>): Judged<CompanyPlan> {
  const notes = new Notes('companies', entry);
  const { values } = entry.row;
  const name = values.name ?? '';
  refuseTooLong(notes, values, { name: 100, legalRepresentative: 100, address: 500, remark: 2000, creditCode: 50 });
  refuseTooLarge(notes, values, ['estateCount', 'staffCount']);
  if (name.length === 1) notes.add('name', 'name-missing', 'error', '只有一个字，请写企业全称');
  if (name === '') return notes.refused(name);
  const state = findCompany(books, entry, notes);
  const key = `company:${state?.id ?? companyNameLevels(name, books.areas).slice(0, IDENTITY_DEPTH).at(-1) ?? name}`;
  if (notes.isRefused) return notes.refused(name, key);
  const { changes, set } = compare<Values<'companies'>, CompanyState>('companies', values, state, rulesFor(books, state), notes);
  const outcome = state === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return {
    outcome, title: name, key, targetId: state?.id ?? null, targetVersion: state?.version ?? null, changes,
    problems: notes.problems, asks: notes.askedFor(), plan: outcome === 'unchanged' ? null : { state, values, set },
  };
}

function findCompany(books: Books, { row: { values }, resolution }: Entry<'companies'>, notes: Notes): CompanyState | null {
  const chosen = resolution?.companyId === undefined ? undefined : books.companies.get(resolution.companyId);
  if (chosen !== undefined) return chosen;
  const byCode = values.creditCode ? books.companyCodes.get(values.creditCode) ?? null : null;
  const byName = books.companyNames.find(companyNameLevels(values.name ?? '', books.areas), undefined, IDENTITY_DEPTH);
  if (byName.is === 'many' && byCode === null) return ask(byName.values, '与几家企业的名称相近，请选择是哪一家', notes);
  const named = byName.is === 'one' ? byName.value : null;
  if (byCode !== null && named !== null && byCode.id !== named.id) {
    return ask([byCode, named], `统一社会信用代码属于“${byCode.name}”，名称却是“${named.name}”，请核对后选择是哪一家`, notes);
  }
  return byCode ?? named;
}

function ask(companies: readonly CompanyState[], says: string, notes: Notes): null {
  notes.asks.companies = companies.map(({ id, name, creditCode }) => ({ id, name, detail: creditCode }));
  notes.add('name', 'company-ambiguous', 'error', says);
  return null;
}

function rulesFor(books: Books, state: CompanyState | null) {
  type V = Values<'companies'>;
  /** A name that differs in nothing but the county's name is no renaming. */
  const isSameName = (written: string) => state !== null && sharesIdentity(companyNameLevels(written, books.areas), companyNameLevels(state.name, books.areas));
  return [
    rule<V, CompanyState, 'name'>('name', ({ name }) => name, (name: CompanyValues['name']) => (isSameName(name) ? state?.name ?? name : name)),
    rule<V, CompanyState, 'creditCode'>('creditCode', ({ creditCode }) => creditCode, (code) => code),
    rule<V, CompanyState, 'legalRepresentative'>('legalRepresentative', ({ legalPerson }) => legalPerson, (name) => name),
    phoneRule<V, CompanyState>('phones', (state) => state, books.vault),
    rule<V, CompanyState, 'registeredOn'>('registeredOn', ({ registeredOn }) => registeredOn, (day) => day),
    rule<V, CompanyState, 'address'>('address', ({ address }) => address, (address) => address),
    rule<V, CompanyState, 'estateCount'>('estateCount', ({ claimedEstates }) => claimedEstates, (count) => count),
    rule<V, CompanyState, 'staffCount'>('staffCount', ({ claimedStaff }) => claimedStaff, (count) => count),
    rule<V, CompanyState, 'registeredCapitalFen'>('registeredCapitalFen', ({ registeredCapitalFen }) => registeredCapitalFen, (amount) => amount, showYuan),
    rule<V, CompanyState, 'contactName'>('contactName', ({ contactName }) => contactName, (name) => name),
    rule<V, CompanyState, 'remark'>('remark', ({ note }) => note, (note) => note),
  ];
}

function sharesIdentity(a: readonly string[], b: readonly string[]): boolean {
  return a.slice(0, IDENTITY_DEPTH).some((key) => b.slice(0, IDENTITY_DEPTH).includes(key));
}
