import { isLocalDate } from '#domain/kernel/brand.ts';
import { NOT_CALCULATED, type CellValue } from './sheet.ts';
import { TextSheet } from './text-sheet.ts';
import { attribute, XmlFeed, type XmlHandler } from './xml.ts';
import { timeIn } from './number-format.ts';

/** 读 XML 表格 2003:“XML Spreadsheet” of Excel 2003, which older systems still export under the name .xls. */
export function readSheetMl(text: string): TextSheet[] {
  const book = new Book();
  new XmlFeed(book).feed(text);
  return book.sheets;
}

class Book implements XmlHandler {
  readonly sheets: TextSheet[] = [];
  private readonly crossedStyles = new Set<string>();
  private style = '';
  private column = -1;
  private across = 1;
  private down = 1;
  private cellStyle = '';
  private hasFormula = false;
  private type: string | null = null;
  private value = '';
  private aside = 0;
  private inVisible = false;

  open(name: string, attributes: string): void {
    if (name === 'Comment' || name === 'PhoneticText') this.aside += 1;
    if (this.aside > 0) return;
    const sheet = this.sheets.at(-1);
    if (name === 'Style') this.style = attribute(attributes, 'ID') ?? '';
    else if (name === 'Font' && this.type === null && attribute(attributes, 'StrikeThrough') === '1') this.crossedStyles.add(this.style);
    else if (name === 'Worksheet') this.sheets.push(new TextSheet(attribute(attributes, 'Name') ?? `Sheet${this.sheets.length + 1}`));
    else if (name === 'Visible') this.inVisible = true;
    else if (sheet === undefined) return;
    else if (name === 'Row') this.openRow(sheet, attributes);
    else if (name === 'Cell') this.openCell(sheet, attributes);
    else if (name === 'Data') { this.type = attribute(attributes, 'Type') ?? 'String'; this.value = ''; }
  }

  text(text: string): void {
    const sheet = this.sheets.at(-1);
    if (this.inVisible && sheet !== undefined && text.includes('Hidden')) sheet.hidden = true;
    if (this.type !== null && this.aside === 0) this.value += text;
  }

  close(name: string): void {
    if (name === 'Comment' || name === 'PhoneticText') this.aside -= 1;
    const sheet = this.sheets.at(-1);
    if (this.aside > 0 || sheet === undefined) return;
    if (name === 'Visible') this.inVisible = false;
    else if (name === 'Cell') this.closeCell(sheet);
    else if (name === 'Row') sheet.closeRow();
  }

  private openRow(sheet: TextSheet, attributes: string): void {
    const index = wholeNumber(attributes, 'Index');
    sheet.openRow(index > 0 ? index : undefined);
    if (attribute(attributes, 'Hidden') === '1') sheet.hiddenRows += 1;
    this.column = -1;
    this.across = 1;
  }

  private openCell(sheet: TextSheet, attributes: string): void {
    const index = wholeNumber(attributes, 'Index');
    this.column = index > 0 ? index - 1 : sheet.freeFrom(Math.max(this.column + this.across, 0));
    this.across = 1 + wholeNumber(attributes, 'MergeAcross');
    this.down = 1 + wholeNumber(attributes, 'MergeDown');
    this.cellStyle = attribute(attributes, 'StyleID') ?? '';
    this.hasFormula = attribute(attributes, 'Formula') !== null;
    this.type = null;
  }

  private closeCell(sheet: TextSheet): void {
    const value = this.type === null ? (this.hasFormula ? NOT_CALCULATED : null) : valueOf(this.type, this.value);
    this.type = null;
    sheet.put(this.column, value, { across: this.across, down: this.down, isStruck: this.crossedStyles.has(this.cellStyle) });
  }
}

/** 0 where there is none, or none that counts. */
const wholeNumber = (attributes: string, name: string): number => Number(/^\d{1,7}$/.exec(attribute(attributes, name) ?? '')?.[0] ?? 0);

function valueOf(type: string, text: string): CellValue {
  if (type === 'Number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (type === 'Boolean') return text === '1';
  const day = text.slice(0, 10);
  return type === 'DateTime' && isLocalDate(day) ? { date: day, ...timeIn(text) } : text;
}
