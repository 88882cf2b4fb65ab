import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { COMPANY_CERTAIN_LEVELS, companyNameLevels, withoutAreas } from '#domain/kernel/company-name.ts';
import { ESTATE_CERTAIN_LEVELS, estateNameLevels } from '#domain/kernel/estate-name.ts';
import { neighbourhoodKeys, placeKeys, type Books } from './books.ts';
import type { Choice, Notes, Resolution } from './judged.ts';
import type { Found } from './name-index.ts';
import type { CompanyState, EstateState, Place } from './states.ts';

const MOST_CHOICES = 20;

/** 认定乡镇:by the user's choice, else the row's own words, else the upload's. Null when there is none or it is not clear (noted). */
export function resolveTownship(books: Books, written: string | null, resolution: Resolution | null, notes: Notes): Place | null {
  const chosen = resolution?.townshipId === undefined ? undefined : books.places.get(resolution.townshipId);
  if (chosen !== undefined) return chosen;
  if (written === null || written === '') return books.places.get(books.ownChoice ?? '') ?? null;
  const local = withoutAreas(normaliseName(written), books.areas);
  const found = books.townshipNames.find([...placeKeys(written), ...placeKeys(local)]);
  if (found.is === 'one') return found.value;
  const leading = found.is === 'none' ? longestLeading(books.townships, local) : null;
  if (leading !== null) return leading;
  notes.asks.townships = books.townships.map(asChoice);
  notes.add('township', 'township-unknown', 'error', found.is === 'many' ? '本县有几个相近的名称，请选择是哪一个' : '本县没有这个乡镇（街道），请改正或选择正确的乡镇（街道）');
  return null;
}

/** 城关街道东门社区 begins with the township. */
function longestLeading(townships: readonly Place[], written: string): Place | null {
  return townships.filter(({ name }) => written.startsWith(normaliseName(name))).toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** 认定社区 within the township; unknown is a warning and leaves it open. */
export function resolveNeighbourhood(books: Books, written: string, township: Place, notes: Notes): Place | null {
  const found = books.neighbourhoodNames.find(neighbourhoodKeys(written), ({ townshipId }) => townshipId === township.id);
  if (found.is === 'one') return found.value;
  notes.add('neighbourhood', 'neighbourhood-unknown', 'warn', `${township.name}没有这个社区（村），本行照常收下，社区暂不登记`);
  return null;
}

/** 认定企业结果:a company of ours, one to be made together with the import, or none. */
export type CompanyFound = { readonly is: 'known'; readonly company: CompanyState } | { readonly is: 'create'; readonly name: string } | { readonly is: 'none' };

/** 认定企业:exact → normalised → asks. Unknown and ambiguous are warnings: the row is taken without a company. */
export function resolveCompany(books: Books, written: string, resolution: Resolution | null, notes: Notes, wasTold = false): CompanyFound {
  const chosen = resolution?.companyId === undefined ? undefined : books.companies.get(resolution.companyId);
  if (chosen !== undefined) return { is: 'known', company: chosen };
  const levels = companyNameLevels(written, books.areas);
  const found = books.companyNames.find(levels, undefined, COMPANY_CERTAIN_LEVELS);
  if (found.is === 'one') return { is: 'known', company: found.value };
  if (resolution?.createCompany !== undefined) return createdOrKnown(books, resolution.createCompany.name);
  if (found.is === 'many') {
    notes.asks.companies = found.values.slice(0, MOST_CHOICES).map(({ id, name, creditCode }) => ({ id, name, detail: creditCode }));
    notes.add('company', 'company-ambiguous', 'warn', `与${found.values.length}家企业相近（${found.values.slice(0, 3).map(({ name }) => name).join('、')}），请选择是哪一家；未选择则本行不登记企业`);
    return { is: 'none' };
  }
  notes.asks.createCompany = written;
  // 物业服务 and 物业管理 may be two companies: what is alike but for that is offered, never taken.
  const alike = candidatesOf(books.companyNames.find(levels));
  if (alike.length > 0) notes.asks.companies = alike.slice(0, MOST_CHOICES).map(({ id, name, creditCode }) => ({ id, name, detail: creditCode }));
  if (wasTold) return { is: 'none' };
  const hint = alike.length > 0 ? `，相近的有${alike.slice(0, 3).map(({ name }) => name).join('、')}` : '';
  notes.add('company', 'company-unknown', 'warn', `企业台账里没有这家企业${hint}，请核对名称，或在此新建该企业；未处理则本行不登记企业`);
  return { is: 'none' };
}

function createdOrKnown(books: Books, name: string): CompanyFound {
  const found = books.companyNames.find(companyNameLevels(name, books.areas), undefined, 2);
  return found.is === 'one' ? { is: 'known', company: found.value } : { is: 'create', name };
}

/** 认定小区 by name, within the township where one is meant. Null when unknown or ambiguous (noted as an error). */
export function resolveEstate(books: Books, field: string, written: string, township: Place | null, resolution: Resolution | null, notes: Notes, severity: 'error' | 'warn' = 'error'): EstateState | null {
  const chosen = resolution?.estateId === undefined ? undefined : books.estates.get(resolution.estateId);
  if (chosen !== undefined) return chosen;
  const levels = estateNameLevels(written);
  const isThere = ({ townshipId }: EstateState) => township === null || townshipId === township.id;
  const found = books.estateNames.find(levels, isThere, ESTATE_CERTAIN_LEVELS);
  if (found.is === 'one') return found.value;
  if (found.is === 'none') {
    const alike = candidatesOf(books.estateNames.find(levels, isThere));
    if (alike.length > 0) notes.asks.estates = alike.slice(0, MOST_CHOICES).map((estate) => ({ id: estate.id, name: estate.name, detail: books.places.get(estate.townshipId)?.name ?? null }));
    const hint = alike.length > 0 ? `，相近的有${alike.slice(0, 3).map(({ name }) => name).join('、')}` : '';
    notes.add(field, 'estate-unknown', severity, `${township === null ? '' : `${township.name}的`}小区台账里没有这个小区${hint}，请先导入小区台账或核对名称`);
    return null;
  }
  const inferred = found.values.filter(({ townshipId }) => townshipId === books.inferred);
  if (inferred.length === 1 && inferred[0] !== undefined) return inferred[0];
  notes.asks.estates = found.values.slice(0, MOST_CHOICES).map((estate) => ({ id: estate.id, name: estate.name, detail: books.places.get(estate.townshipId)?.name ?? null }));
  const where = found.values.slice(0, 4).map((estate) => `${books.places.get(estate.townshipId)?.name ?? ''}${estate.name}`).join('、');
  notes.add(field, 'estate-ambiguous', severity, `有${found.values.length}个同名或相近的小区（${where}），请选择是哪一个，或在表中写明乡镇（街道）`);
  return null;
}

/** 是否越界:a township's import may only touch its own. */
export function refuseOutOfScope(books: Books, townshipId: string, field: string, notes: Notes): boolean {
  if (books.boundTo === null || books.boundTo === townshipId) return false;
  notes.add(field, 'out-of-scope', 'error', `属于${books.places.get(townshipId)?.name ?? '其他乡镇'}，不在您的管辖范围内，请由该乡镇（街道）或县住建局导入`);
  return true;
}

const candidatesOf = <T>(found: Found<T>): readonly T[] => (found.is === 'one' ? [found.value] : found.is === 'many' ? found.values : []);

const asChoice = ({ id, name }: Place): Choice => ({ id, name, detail: null });
