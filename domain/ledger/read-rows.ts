import { tablesOf, within } from './beside.ts';
import { isLocalDate } from '#domain/kernel/brand.ts';
import { maskIdentifier } from '#domain/kernel/identifier.ts';
import { isBlankText, textOf, type CellFault } from './cells/cell.ts';
import type { Draft, Field, Gatherer, LedgerSpec, Told } from './field.ts';
import { FillDown } from './fill-down.ts';
import { letterOf, LEVELS, namesOf } from './header.ts';
import { ledgerSpecs } from './ledger-specs.ts';
import { classify, isOtherHeader } from './row-class.ts';
import { sectionOf } from './section.ts';
import type { LedgerKind, LedgerRow, LedgerValues, RawCell, RawRow, RowProblem, Severity, SheetFacts, SheetMapping, SkippedRow, Values } from './types.ts';

/**
 * 读台账行:turns raw rows into typed rows with their problems, batch after batch; remembers what it needs to find duplicates.
 *
 * Call `openSheet` before a sheet's rows and `finish` after them. Rows come in order. Duplicates are found across all sheets of the file; a row
 * refused for another reason does not make a later one a duplicate.
 */
export class LedgerReader<K extends LedgerKind> {
  private readonly spec: LedgerSpec<K>;
  private readonly seen = new Map<string, Pick<LedgerRow, 'sheet' | 'row'>>();
  /** One for the first table of each sheet, one for each beside it. */
  private readonly gatherers: (Gatherer<K> | null)[] = [];
  private tables: readonly Table<K>[] = [];

  constructor(spec: LedgerSpec<K>) {
    this.spec = spec;
  }

  /** 开始一张表 */
  openSheet(mapping: SheetMapping, facts: Pick<SheetFacts, 'merges'>): void {
    this.tables = tablesOf(mapping).map(({ mapping: own, from, to }, at) => ({ reader: new SheetReader(this.spec, own, facts), from, to, gatherer: this.gatherers[at] ??= this.spec.gather?.() ?? null }));
  }

  /** 读一批:the rows of data among these, and those that were passed over. @throws RangeError before `openSheet` */
  take(rows: readonly RawRow[]): { rows: LedgerRow<K>[]; skipped: SkippedRow[] } {
    const { tables } = this;
    const [first] = tables;
    if (first === undefined) throw new RangeError('openSheet comes first');
    const read: LedgerRow<K>[] = [];
    const skipped: SkippedRow[] = [];
    for (const raw of rows) {
      if (raw.row < first.reader.mapping.firstRow) continue;
      for (const table of tables) {
        const own = tables.length === 1 ? raw : within(raw, table.from, table.to);
        const why = table.reader.whySkipped(own);
        if (why === null) read.push(...this.gathered(table, table.reader.read(own)));
        else if (table === first) skipped.push({ sheet: raw.sheet, row: raw.row, why });
      }
    }
    return { rows: read, skipped };
  }

  /** 读完一张表:rows that waited for what might follow them. */
  finish(): LedgerRow<K>[] {
    return this.gatherers.flatMap((gatherer) => gatherer?.finish() ?? []).map((told) => this.withDuplicates(told));
  }

  private gathered({ gatherer }: Table<K>, told: Told<K>): LedgerRow<K>[] {
    return (gatherer === null ? [told] : gatherer.take(told)).map((ready) => this.withDuplicates(ready));
  }

  private withDuplicates({ row, tell }: Told<K>): LedgerRow<K> {
    if (row.problems.some(({ severity }) => severity === 'error')) return row;
    const keys = this.spec.keysOf(row.values);
    const first = keys.map((key) => this.seen.get(key)).find((place) => place !== undefined);
    if (first === undefined) {
      for (const key of keys) this.seen.set(key, { sheet: row.sheet, row: row.row });
      return row;
    }
    const { code, field, says } = this.spec.duplicate;
    const place = `${first.sheet === row.sheet ? '' : `“${first.sheet}”表`}第${first.row}行`;
    return { ...row, problems: [...row.problems, tell(field, { code, says: says(place) }, 'error')] };
  }
}

/** A table of the open sheet, with the columns [from, to) that are its own. */
interface Table<K extends LedgerKind> { readonly reader: SheetReader<K>; readonly from: number; readonly to: number; readonly gatherer: Gatherer<K> | null }

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
    const found = classify(texts, this.mapping, this.keyColumns, this.nameColumn);
    // A lone name beside a merged room is a co-owner's, no note.
    const why = found === 'note' && this.fill.isSpokenFor(raw, this.nameColumn) ? null : found;
    if (why === 'subtotal') this.fill.forget(texts.some((text) => OF_A_PART.test(text)));
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

  read(raw: RawRow): Told<K> {
    const row = this.rowOf(raw);
    return { row, own: this.ownFields(raw), tell: (field, fault, otherwise) => this.problem(row, field, fault, otherwise) };
  }

  /** What the row itself says, not a cell merged down to it. */
  private ownFields(raw: RawRow): ReadonlySet<string> {
    if (this.spec.gather === undefined) return NONE;
    const isOwn = (column: number) => !isBlankText(textOf(raw.cells[column] ?? null)) && !this.fill.isSpokenFor(raw, column);
    return new Set(Object.entries(this.mapping.columns).flatMap(([field, column]) => (isOwn(column) ? [field] : [])));
  }

  private rowOf(raw: RawRow): LedgerRow<K> {
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
    const struck = this.struckThrough(raw, texts);
    return { sheet: raw.sheet, row: raw.row, values, problems: struck === null ? problems : struck.isWhole ? struck.problems : [...problems, ...struck.problems], texts };
  }

  /** Crossed out: the row when its name or number is, or most of what it says; else the cells one by one. A crossed-out row is void, and is told, not dropped. */
  private struckThrough({ sheet, row, cells, struck }: RawRow, texts: Readonly<Record<string, string>>): { isWhole: boolean; problems: RowProblem[] } | null {
    if (struck === undefined) return null;
    const filled = Object.entries(this.mapping.columns).filter(([, column]) => !isBlankText(textOf(cells[column] ?? null)));
    const crossed = filled.filter(([, column]) => struck.includes(column));
    if (crossed.length === 0) return null;
    const isWhole = struck.includes(this.nameColumn) || crossed.length * 2 > filled.length;
    if (!isWhole) return { isWhole, problems: crossed.map(([field]) => this.problem({ sheet, row, texts }, field, { code: 'cell-struck', says: '加了删除线，仍按所写的读取，请核对；已经作废的请清空或改正' }, 'warn')) };
    return { isWhole, problems: [{ sheet, row, column: null, header: null, field: null, code: 'row-struck', severity: 'error', message: `第${row}行加了删除线，按作废处理，不导入；仍然有效的，请选择照常导入` }] };
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

/** 1幢小计, 东门社区小计, 本页小计: the township or the estate goes on below. */
const OF_A_PART = /(栋|幢|座|号楼|楼|#|单元|社区|村|居委会|本页)\s*(小计|合计|共计)/;
const NONE: ReadonlySet<string> = new Set();
const LONGEST_QUOTE = 40;

/** Identity numbers are masked in messages, which travel further than the cells themselves. */
function quoted(field: string, text: string): string {
  if (field === 'idNumber' || field === 'ownerIdNumber') return maskIdentifier(text);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
