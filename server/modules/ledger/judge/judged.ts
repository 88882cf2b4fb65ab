import type { LedgerRow, RowProblem, Severity } from '#domain/ledger/types.ts';
import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import { letterOf } from '#domain/ledger/header.ts';
import type { LedgerKind, SheetMapping } from '#domain/ledger/types.ts';

/** 比对问题代码:what only the books can tell, beside what the file alone tells. */
export type JudgeCode = RowProblem['code'] | 'blank-kept' | 'out-of-scope' | 'too-long' | 'start-differs' | 'purpose-missing';

/** 比对后的问题 */
export interface Problem extends Omit<RowProblem, 'code'> {
  readonly code: JudgeCode;
  /** Found by comparing with the books, not by reading the file: found anew each time the row is judged. */
  readonly isJudged?: true;
}

/** 字段变更:canonical texts are compared; these are shown. */
export interface Change { readonly field: string; readonly title: string; readonly before: string | null; readonly after: string | null }

/** 可选记录 */
export interface Choice { readonly id: string; readonly name: string; readonly detail: string | null }
/** 可供选择的记录:what a user may choose where a name was not clear. */
export interface Asks { readonly townships?: readonly Choice[]; readonly estates?: readonly Choice[]; readonly companies?: readonly Choice[]; readonly createCompany?: string }

/** 用户的指认 */
export interface Resolution {
  readonly townshipId?: string | undefined;
  readonly estateId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly createCompany?: { readonly name: string } | undefined;
}

/** 待判的行:a row as it was read, with where it stands and what the user said about it. */
export interface Entry<K extends LedgerKind = LedgerKind> {
  readonly rowNo: number;
  readonly fileNo: number;
  readonly row: LedgerRow<K>;
  readonly mapping: SheetMapping;
  readonly resolution: Resolution | null;
  /** Records that other rows of the batch are about. */
  readonly notTargets?: ReadonlySet<string>;
}

/** 判定:where a row goes and why. `plan` is what confirming writes; null when refused or unchanged. */
export interface Judged<P = unknown> {
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused';
  readonly title: string;
  /** Of what the row is about; two rows with one key are duplicates. */
  readonly key: string | null;
  readonly targetId: string | null;
  readonly targetVersion: number | null;
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  readonly asks: Asks | null;
  readonly plan: P | null;
}

const titles = new Map<string, string>();
for (const spec of Object.values(ledgerSpecs)) for (const field of spec.fields) titles.set(`${spec.kind}.${field.key}`, field.title);

/** 字段名称 */
export function titleOf(kind: LedgerKind, field: string): string {
  return titles.get(`${kind}.${field}`) ?? field;
}

/** Columns from which a field is read where it has none of its own. */
const SOURCES: Readonly<Record<string, readonly string[]>> = { company: ['hasCompany'], managementKind: ['hasCompany', 'company'], estate: ['unitNumber'], room: ['unitNumber'], building: ['buildingEntrance', 'unitNumber'] };

const sourceOf = (field: string, { columns, constants }: SheetMapping): string => (columns[field] === undefined && constants[field] === undefined ? SOURCES[field]?.find((other) => columns[other] !== undefined) : undefined) ?? field;

/** 记问题:with the letter and header of the column that it is about. */
export class Notes {
  readonly problems: Problem[];
  readonly asks: { -readonly [Key in keyof Asks]: Asks[Key] } = {};
  private readonly kind: LedgerKind;
  private readonly entry: Entry;

  constructor(kind: LedgerKind, entry: Entry) {
    this.kind = kind;
    this.entry = entry;
    this.problems = [...entry.row.problems];
  }

  get isRefused(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /** `says` follows 「第45行“乡镇”写的是“三”，」. */
  add(field: string, code: JudgeCode, severity: Severity, says: string): void {
    const { row, mapping } = this.entry;
    const source = sourceOf(field, mapping);
    const column = mapping.columns[source];
    const header = (column === undefined ? undefined : mapping.headers[column]?.replaceAll('／', '/')) ?? titleOf(this.kind, field);
    const written = (row.texts[source] ?? mapping.constants[field] ?? '').slice(0, 40);
    const subject = written === '' ? `第${row.row}行“${header}”` : `第${row.row}行“${header}”写的是“${written}”，${this.readFrom(source, field)}`;
    this.problems.push({ sheet: row.sheet, row: row.row, column: column === undefined ? null : letterOf(column), header, field, code, severity, message: subject + says, isJudged: true });
  }

  /** What was read out of a column that says more. */
  private readFrom(source: string, field: string): string {
    const value: unknown = Object.getOwnPropertyDescriptor(this.entry.row.values, field)?.value;
    return source === field || typeof value !== 'string' ? '' : `其中的“${value}”：`;
  }

  /** The row's fate when nothing was decided but that it cannot be taken. */
  refused(title: string, key: string | null = null): Judged<never> {
    return { outcome: 'refused', title, key, targetId: null, targetVersion: null, changes: [], problems: this.problems, asks: this.askedFor(), plan: null };
  }

  askedFor(): Asks | null {
    return Object.keys(this.asks).length === 0 ? null : this.asks;
  }
}
