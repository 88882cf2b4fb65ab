import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import { letterOf, LEVELS } from './header.ts';
import type { NamedThing, NameIndex, Resolution } from './name-index.ts';
import type { LedgerKind, LedgerRow, ProblemCode, RowProblem, Severity, SheetMapping } from './types.ts';

/** 所指对象:the registry's ids of what a row names; null when it names nothing, or something new or unknown. */
export interface RowRefs {
  readonly townshipId: string | null;
  readonly neighbourhoodId: string | null;
  readonly companyId: string | null;
  /** For an estates row: the estate that is there already; for others the estate named. */
  readonly estateId: string | null;
}

/** 待选:a name that the user must settle; the answer is kept for every row with the same text. */
export interface Ask { readonly field: string; readonly text: string; readonly candidates: readonly NamedThing[] }

/** 解析结果 */
export interface Resolved { readonly refs: RowRefs; readonly problems: readonly RowProblem[]; readonly asks: readonly Ask[] }

/** 用户的答复:`field:text` → id, from earlier asks. */
export type Answers = ReadonlyMap<string, string>;

/** 解析选项 */
export interface ResolveOptions {
  /** The sheet's mapping, to name the cell in problems. */
  readonly mapping: SheetMapping;
  /** A township given for the whole file, where rows name none. */
  readonly township?: string;
  readonly answers?: Answers;
}

/** 解析名称:what in the registry does this row speak of? Pure: the index is built from what the registry holds. */
export function resolveRow(kind: LedgerKind, row: LedgerRow, index: NameIndex, options: ResolveOptions): Resolved {
  const found = new Finder(row, index, options);
  const named = (field: string) => found.text(field);
  if (kind === 'companies') return found.done({ companyId: found.knownCompany(named('name'), named('creditCode')) });
  const townshipId = found.township(named('township') ?? options.township ?? null);
  if (kind === 'estates') return found.done(found.estateRow(townshipId));
  const estateId = found.estate('estate', named('estate'), townshipId, kind === 'units' ? 'error' : 'warn');
  return found.done({ townshipId, estateId, companyId: kind === 'practitioners' ? found.company(named('company')) : null });
}

const nothing: RowRefs = { townshipId: null, neighbourhoodId: null, companyId: null, estateId: null };

/** An estates row is about an estate that is there only when the names agree in all but writing: 锦绣 may stand beside 锦绣小区. */
function sameName<T extends NamedThing>(name: string, found: Resolution<T>): Resolution<T> {
  if (found.is !== 'known') return found;
  const { thing } = found;
  const isSame = [thing.name, ...(thing.aliases ?? [])].some((other) => canonicalEstateName(other) === canonicalEstateName(name));
  return isSame ? found : { is: 'unknown', candidates: [thing] };
}

class Finder {
  private readonly row: LedgerRow;
  private readonly index: NameIndex;
  private readonly options: ResolveOptions;
  private readonly problems: RowProblem[] = [];
  private readonly asks: Ask[] = [];

  constructor(row: LedgerRow, index: NameIndex, options: ResolveOptions) {
    this.row = row;
    this.index = index;
    this.options = options;
  }

  text(field: string): string | null {
    const found = Object.entries(this.row.values).find(([key]) => key === field)?.[1];
    return typeof found === 'string' ? found : null;
  }

  done(refs: Partial<RowRefs>): Resolved {
    return { refs: { ...nothing, ...refs }, problems: this.problems, asks: this.asks };
  }

  township(text: string | null): string | null {
    if (text === null) return null;
    return this.settle('township', text, this.index.township(text), {
      unknown: ['township-unknown', 'error', '本县没有这个乡镇（街道），请核对名称'], ambiguous: ['township-unknown', 'error', '对应不止一个乡镇（街道），请写全称'],
    });
  }

  company(text: string | null): string | null {
    if (text === null) return null;
    return this.settle('company', text, this.index.company(text), {
      unknown: ['company-unknown', 'warn', '企业台账里没有这家企业，请核对名称，或在此新建'], ambiguous: ['company-ambiguous', 'warn', '对应不止一家企业，请选择或写全称'],
    });
  }

  knownCompany(name: string | null, creditCode: string | null): string | null {
    const found = this.index.company(name ?? '', creditCode);
    return found.is === 'known' && (found.how === 'exact' || name === null || /公司/.test(name)) ? found.thing.id : null;
  }

  estate(field: string, text: string | null, townshipId: string | null, severity: Severity): string | null {
    if (text === null) return null;
    return this.settle(field, text, this.index.estate(text, townshipId), {
      unknown: ['estate-unknown', severity, '小区台账里没有这个小区，请核对名称，或先导入小区台账'],
      ambiguous: ['estate-ambiguous', severity, '在几个乡镇（街道）都有，请写明所属乡镇（街道）'],
    });
  }

  /** An estate is known by its township and name; without a township only a name that is unique will do. */
  estateRow(townshipId: string | null): Partial<RowRefs> {
    const name = this.text('name') ?? '';
    const hasTownship = townshipId !== null || this.problems.length > 0;
    const found = this.answered('name', name, sameName(name, this.index.estate(name, townshipId)));
    if (found.is === 'ambiguous') this.ask('name', name, found.candidates, 'estate-ambiguous', 'error', townshipId === null ? '在几个乡镇（街道）都有，请写明所属乡镇（街道）' : '与已有的几个小区都相近，请选择是哪一个');
    else if (!hasTownship && found.is === 'unknown') this.report('township', 'township-missing', 'error', '没有写明乡镇（街道），请补上');
    const estate = found.is === 'known' ? this.index.estateById(found.thing.id) : null;
    const placed = townshipId ?? estate?.townshipId ?? null;
    const company = this.text('company');
    const isOldNews = company !== null && estate?.unresolvedCompany === company && this.index.company(company).is === 'unknown';
    return { townshipId: placed, estateId: found.is === 'known' ? found.thing.id : null, neighbourhoodId: this.neighbourhood(placed), companyId: isOldNews ? null : this.company(company) };
  }

  private neighbourhood(townshipId: string | null): string | null {
    const text = this.text('neighbourhood');
    if (text === null || townshipId === null) return null;
    return this.settle('neighbourhood', text, this.index.neighbourhood(text, townshipId), {
      unknown: ['neighbourhood-unknown', 'warn', '该乡镇（街道）没有这个社区（村），请核对名称'], ambiguous: ['neighbourhood-unknown', 'warn', '对应不止一个社区（村），请写全称'],
    });
  }

  private settle(field: string, text: string, resolution: Resolution, says: Record<'unknown' | 'ambiguous', readonly [ProblemCode, Severity, string]>): string | null {
    const found = this.answered(field, text, resolution);
    if (found.is === 'known') return found.thing.id;
    this.ask(field, text, found.candidates, ...says[found.is]);
    return null;
  }

  private answered(field: string, text: string, resolution: Resolution): Resolution {
    const id = this.options.answers?.get(`${field}:${text}`);
    return id === undefined ? resolution : { is: 'known', thing: { id, name: text }, how: 'normalised' };
  }

  private ask(field: string, text: string, candidates: readonly NamedThing[], code: ProblemCode, severity: Severity, says: string): void {
    this.asks.push({ field, text, candidates });
    this.report(field, code, severity, says);
  }

  private report(field: string, code: ProblemCode, severity: Severity, says: string): void {
    const { mapping } = this.options;
    const column = mapping.columns[field];
    const header = (column === undefined ? undefined : mapping.headers[column])?.replaceAll(LEVELS, '/') ?? null;
    const written = this.text(field);
    const subject = `第${this.row.row}行${header === null ? '' : `“${header}”`}${written === null ? '' : `写的是“${written}”，`}`;
    this.problems.push({ sheet: this.row.sheet, row: this.row.row, column: column === undefined ? null : letterOf(column), header, field, code, severity, message: subject + says });
  }
}
