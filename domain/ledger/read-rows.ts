import { isLocalDate } from '#domain/kernel/brand.ts';
import { maskIdentifier } from '#domain/kernel/identifier.ts';
import { textOf, type CellFault } from './cells/cell.ts';
import type { Draft, Field, LedgerSpec } from './field.ts';
import { FillDown } from './fill-down.ts';
import { letterOf, LEVELS, namesOf } from './header.ts';
import { ledgerSpecs } from './ledger-specs.ts';
import { classify, isOtherHeader } from './row-class.ts';
import { sectionOf } from './section.ts';
import type { LedgerKind, LedgerRow, LedgerValues, RawCell, RawRow, RowProblem, Severity, SheetFacts, SheetMapping, SkippedRow, Values } from './types.ts';

/**
 * 读台账行:turns raw rows into typed rows with their problems, batch after batch; remembers what it needs to find duplicates.
 *
 * Call `openSheet` before a sheet's rows. Rows come in order. Duplicates are found across all sheets of the file; a row
 * refused for another reason does not make a later one a duplicate.
 */
export class LedgerReader<K extends LedgerKind> {
  private readonly spec: LedgerSpec<K>;
  private readonly seen = new Map<string, Pick<LedgerRow, 'sheet' | 'row'>>();
  private sheet: SheetReader<K> | null = null;

  constructor(spec: LedgerSpec<K>) {
    this.spec = spec;
  }

  /** 开始一张表 */
  openSheet(mapping: SheetMapping, facts: Pick<SheetFacts, 'merges'>): void {
    this.sheet = new SheetReader(this.spec, mapping, facts);
  }

  /** 读一批:the rows of data among these, and those that were passed over. @throws RangeError before `openSheet` */
  take(rows: readonly RawRow[]): { rows: LedgerRow<K>[]; skipped: SkippedRow[] } {
    const { sheet } = this;
    if (sheet === null) throw new RangeError('openSheet comes first');
    const read: LedgerRow<K>[] = [];
    const skipped: SkippedRow[] = [];
    for (const raw of rows) {
      if (raw.row < sheet.mapping.firstRow) continue;
      const why = sheet.whySkipped(raw);
      if (why === null) read.push(this.withDuplicates(sheet.read(raw), sheet));
      else skipped.push({ sheet: raw.sheet, row: raw.row, why });
    }
    return { rows: read, skipped };
  }

  private withDuplicates(row: LedgerRow<K>, sheet: SheetReader<K>): LedgerRow<K> {
    if (row.problems.some(({ severity }) => severity === 'error')) return row;
    const keys = this.spec.keysOf(row.values);
    const first = keys.map((key) => this.seen.get(key)).find((place) => place !== undefined);
    if (first === undefined) {
      for (const key of keys) this.seen.set(key, { sheet: row.sheet, row: row.row });
      return row;
    }
    const { code, field, says } = this.spec.duplicate;
    const place = `${first.sheet === row.sheet ? '' : `“${first.sheet}”表`}第${first.row}行`;
    return { ...row, problems: [...row.problems, sheet.problem(row, field, { code, says: says(place) }, 'error')] };
  }
}

/** 打开读取器 */
export function openReader<K extends LedgerKind>(kind: K): LedgerReader<K> {
  return new LedgerReader<K>(specOf(kind));
}

function specOf<K extends LedgerKind>(kind: K): LedgerSpec<K> {
  const specs: { readonly [P in LedgerKind]: LedgerSpec<P> } = ledgerSpecs;
  return specs[kind];
}

class SheetReader<K extends LedgerKind> {
  readonly mapping: SheetMapping;
  private readonly spec: LedgerSpec<K>;
  private fields: readonly Field<LedgerValues[K]>[];
  private section: Readonly<Record<string, string>> = {};
  private isOver = false;
  private standsAlone = false;
  private readonly fieldNames: ReadonlySet<string>;
  /** Rows in which a cell is merged over several columns. */
  private readonly wide: ReadonlySet<number>;
  private readonly fill: FillDown;
  private readonly keyColumns: readonly number[];
  private readonly nameColumn: number;

  constructor(spec: LedgerSpec<K>, mapping: SheetMapping, facts: Pick<SheetFacts, 'merges'>) {
    this.spec = spec;
    this.mapping = mapping;
    this.fields = this.fieldsNow();
    this.fieldNames = namesOf(spec.fields);
    this.wide = new Set(facts.merges.filter(({ left, right }) => right > left).map(({ top }) => top));
    const columnsOf = (fields: readonly Field<LedgerValues[K]>[]) => fields.flatMap((field) => mapping.columns[field.key] ?? []);
    const always = this.fields.filter((field) => field.fillDown === 'always');
    const grouping = columnsOf(this.fields.filter((field) => field.fillDown !== 'merged'));
    const group = new Map(columnsOf(this.fields.filter((field) => field.fillDown === 'group')).map((column) => [column, grouping.slice(0, grouping.indexOf(column))]));
    this.fill = new FillDown(facts.merges, columnsOf(this.fields), { always: columnsOf(always), group });
    this.keyColumns = columnsOf(this.fields.filter((field) => !always.includes(field)));
    this.nameColumn = mapping.columns['name'] ?? mapping.columns['room'] ?? mapping.columns['unitNumber'] ?? 0;
  }

  whySkipped(raw: RawRow): SkippedRow['why'] | null {
    if (this.isOver) return 'other-table';
    const texts = raw.cells.map(textOf);
    const why = classify(texts, this.mapping, this.keyColumns, this.nameColumn);
    if (why === 'subtotal') this.fill.forget();
    if (why === 'subtotal' || why === 'header' || why === 'footer') return why;
    if (this.opensSection(raw.row, texts)) return 'section';
    if (why !== null || !isOtherHeader(texts, this.mapping, this.nameColumn, this.fieldNames)) return why;
    this.isOver = true;
    return 'other-table';
  }

  /** A line of its own that names what the rows below it belong to. */
  private opensSection(row: number, texts: readonly string[]): boolean {
    const filled = texts.flatMap((text, column) => (text === '' ? [] : [column]));
    const [column] = filled;
    if (column === undefined || filled.length > 1) return false;
    const isInNames = column === this.nameColumn && !this.wide.has(row);
    const said = sectionOf(this.spec.kind, texts[column] ?? '', (field) => this.mapping.columns[field] !== undefined, isInNames);
    if (said === null) return false;
    this.section = { ...this.section, ...said };
    this.fields = this.fieldsNow();
    this.fill.forget();
    return true;
  }

  /** Fields that a column, the sheet or the section gives. */
  private fieldsNow(): readonly Field<LedgerValues[K]>[] {
    const { columns, constants } = this.mapping;
    return this.spec.fields.filter(({ key }) => columns[key] !== undefined || constants[key] !== undefined || this.section[key] !== undefined);
  }

  read(raw: RawRow): LedgerRow<K> {
    const draft: Draft<LedgerValues[K]> = {};
    const texts: Record<string, string> = {};
    const problems: RowProblem[] = [];
    this.standsAlone = this.spec.standsAlone?.test(textOf(raw.cells[this.nameColumn] ?? null)) === true;
    for (const field of this.fields) {
      const cell = this.cellOf(raw, field.key);
      texts[field.key] = textOf(cell);
      const fault = field.put(draft, cell, this.headerOf(field.key));
      if (typeof cell === 'number') texts[field.key] = dayShown(draft, field.key) ?? texts[field.key] ?? '';
      if (fault !== null) problems.push(this.problem({ sheet: raw.sheet, row: raw.row, texts }, field.key, fault, field.onFault));
    }
    const values: Values<K> = draft;
    this.spec.check(values, (field, fault) => problems.push(this.problem({ sheet: raw.sheet, row: raw.row, texts }, field, fault, fault.severity)));
    return { sheet: raw.sheet, row: raw.row, values, problems, texts };
  }

  problem({ sheet, row, texts }: Pick<LedgerRow, 'sheet' | 'row' | 'texts'>, field: string, { code, says, severity }: CellFault, otherwise: Severity): RowProblem {
    const column = this.mapping.columns[field];
    const header = this.headerOf(field).replaceAll(LEVELS, '/') || this.spec.fields.find(({ key }) => key === field)?.title || field;
    const written = code === 'cell-error' ? texts[field] ?? '' : quoted(field, texts[field] ?? '');
    const subject = written === '' ? `第${row}行“${header}”` : `第${row}行“${header}”写的是“${written}”，`;
    return { sheet, row, column: column === undefined ? null : letterOf(column), header, field, code, severity: severity ?? otherwise, message: subject + says };
  }

  private cellOf(raw: RawRow, key: string): RawCell {
    const column = this.mapping.columns[key];
    const cell = column === undefined ? null : this.fill.cellAt(raw, column, this.standsAlone);
    return cell === null || (typeof cell === 'string' && cell.trim() === '') ? this.section[key] ?? this.mapping.constants[key] ?? null : cell;
  }

  private headerOf(key: string): string {
    const column = this.mapping.columns[key];
    return column === undefined ? '' : this.mapping.headers[column] ?? '';
  }
}

/** A day kept as a bare serial number is shown as the day: 42270 means nothing to a clerk. */
function dayShown(draft: object, key: string): string | null {
  const value: unknown = Object.getOwnPropertyDescriptor(draft, key)?.value;
  return typeof value === 'string' && isLocalDate(value) ? value : null;
}

const LONGEST_QUOTE = 40;

/** Identity numbers are masked in messages, which travel further than the cells themselves. */
function quoted(field: string, text: string): string {
  if (field === 'idNumber' || field === 'ownerIdNumber') return maskIdentifier(text);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
