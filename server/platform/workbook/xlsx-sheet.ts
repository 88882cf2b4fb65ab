import { isLocalDate } from '#domain/kernel/brand.ts';
import { columnOf, mergeOf } from './cell-ref.ts';
import { serialToCell, timeIn } from './number-format.ts';
import { WorkbookRefusal } from './refusal.ts';
import { holdsAnything, MAX_COLUMNS, MAX_MERGES, NOT_CALCULATED, type CellValue, type Merge, type SheetRow } from './sheet.ts';
import { StringItem, unescapeControl, type XlsxBook } from './xlsx-parts.ts';
import { attribute, XmlFeed, type XmlHandler } from './xml.ts';
import type { Zip } from './zip.ts';

/** In bytes; what is longer is no tag of a sheet. */
const LONGEST_TAG = 2 * 1024 * 1024;

/** 表格概查:merges stand after the rows in the file, so a quick look through its tags goes before the reading. */
export async function surveySheet(zip: Zip, part: string): Promise<{ merges: Merge[]; rowCount: number; hiddenRows: number }> {
  const merges: Merge[] = [];
  let rowCount = 0;
  let hiddenRows = 0;
  let carry = '';
  for await (const chunk of zip.open(part)) {
    const text = carry + chunk.toString('latin1');
    const end = text.lastIndexOf('>') + 1;
    for (const [tag, kind] of text.slice(0, end).matchAll(/<(?:\w+:)?(row|mergeCell)[\s>/][^>]*/g)) {
      if (kind === 'row') {
        rowCount += 1;
        if (/\shidden="(1|true)"/.test(tag)) hiddenRows += 1;
      } else if (merges.length < MAX_MERGES) {
        const merge = mergeOf(attribute(tag, 'ref') ?? '');
        if (merge !== null) merges.push(merge);
      }
    }
    carry = text.slice(end);
    if (carry.length > LONGEST_TAG) throw new WorkbookRefusal('broken-workbook');
  }
  return { merges, rowCount, hiddenRows };
}

/** 逐行读取:the rows of one sheet in order, blank ones left out; yields whatever each inflated chunk completes. */
export async function* readSheetRows(zip: Zip, part: string, sheet: string, book: XlsxBook): AsyncGenerator<SheetRow[], void, undefined> {
  const handler = new RowHandler(sheet, book);
  const feed = new XmlFeed(handler);
  const decoder = new TextDecoder();
  for await (const chunk of zip.open(part)) {
    feed.feed(decoder.decode(chunk, { stream: true }));
    if (handler.rows.length > 0) yield handler.take();
  }
}

class RowHandler implements XmlHandler {
  rows: SheetRow[] = [];
  private readonly sheet: string;
  private readonly book: XlsxBook;
  private readonly item = new StringItem();
  private row = 0;
  private cells: CellValue[] = [];
  private struck: number[] = [];
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private inValue = false;
  private inCell = false;
  private hasFormula = false;

  constructor(sheet: string, book: XlsxBook) {
    this.sheet = sheet;
    this.book = book;
  }

  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.inValue = true;
    else if (name === 'f') this.hasFormula = true;
    else if (this.inCell) this.item.open(name, attributes);
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
    else if (this.inCell) this.item.text(text);
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (this.inCell) this.item.close(name);
  }

  private openRow(attributes: string): void {
    const number = attribute(attributes, 'r');
    this.row = number === null ? this.row + 1 : Number(number);
    this.cells = [];
    this.struck = [];
    this.column = -1;
  }

  private openCell(attributes: string): void {
    const reference = attribute(attributes, 'r');
    this.column = reference === null ? this.column + 1 : columnOf(reference);
    this.type = attribute(attributes, 't') ?? 'n';
    this.style = Number(attribute(attributes, 's') ?? 0);
    this.value = '';
    this.hasFormula = false;
    this.inCell = true;
  }

  private closeCell(): void {
    const isStruckInline = this.item.isStruck;
    const inline = this.item.take();
    this.inCell = false;
    if (this.column < 0 || this.column >= MAX_COLUMNS) return;
    const value = this.type === 'inlineStr' ? inline : this.isNotCalculated() ? NOT_CALCULATED : this.cellValue();
    if (value === null || value === '') return;
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = value;
    if (isStruckInline || this.isStruck()) this.struck.push(this.column);
  }

  private closeRow(): void {
    if (!holdsAnything(this.cells)) return;
    this.rows.push({ sheet: this.sheet, row: this.row, cells: this.cells, ...(this.struck.length === 0 ? {} : { struck: this.struck }) });
  }

  /** By the cell's style, or by the runs of its string. */
  private isStruck(): boolean {
    return this.book.styles[this.style]?.isStruck === true || (this.type === 's' && this.book.struckStrings.has(Number(this.value)));
  }

  /** @throws WorkbookRefusal broken-workbook — a text that the file does not hold must not pass for an empty cell */
  private stringAt(index: number): string {
    const text = this.book.strings[index];
    if (text === undefined) throw new WorkbookRefusal('broken-workbook');
    return text;
  }

  /** A result that is the empty text says that it is text. */
  private isNotCalculated(): boolean {
    return this.hasFormula && this.value === '' && this.type !== 'str';
  }

  private cellValue(): CellValue {
    const { value } = this;
    if (value === '') return null;
    if (this.type === 's') return this.stringAt(Number(value));
    if (this.type === 'str') return unescapeControl(value);
    if (this.type === 'b') return value === '1' || value === 'true';
    if (this.type === 'e') return value;
    if (this.type === 'd') {
      const day = value.slice(0, 10);
      return isLocalDate(day) ? { date: day, ...timeIn(value) } : value;
    }
    const number = Number(value);
    if (Number.isNaN(number)) return value;
    return this.book.styles[this.style]?.isDate === true ? serialToCell(number, this.book.is1904) ?? number : number;
  }
}
