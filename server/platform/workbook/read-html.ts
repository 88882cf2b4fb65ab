import { TextSheet } from './text-sheet.ts';
import { XmlFeed, type XmlHandler } from './xml.ts';

const MOST_SPANNED = 10_000;
const BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'caption', 'center', 'title']);
const UNSEEN: ReadonlySet<string> = new Set(['style', 'script', 'head', 'title', 'select']);
const CROSSED: ReadonlySet<string> = new Set(['s', 'strike', 'del']);

/** 读网页表格:the tables of a web page, one below the other, as Excel shows a page that was saved under the name .xls. Everything is text, as it stands there. */
export function readHtml(text: string): TextSheet[] {
  const name = /<x:Name>([^<]{1,31})<\/x:Name>/i.exec(text.slice(0, 8192))?.[1] ?? 'Sheet1';
  const page = new Page(new TextSheet(name.trim() || 'Sheet1'));
  // 面积<90: what begins no tag is what it says.
  new XmlFeed(page).feed(text.replaceAll(/<(?![A-Za-z/!?])/g, '&lt;'));
  page.end();
  return [page.sheet];
}

interface Cell { text: string; readonly across: number; readonly down: number; isStruck: boolean; hasPlain: boolean }

class Page implements XmlHandler {
  readonly sheet: TextSheet;
  private cell: Cell | null = null;
  private inRow = false;
  private column = 0;
  private loose = '';
  private unseen = 0;
  private crossed = 0;
  private tables = 0;

  constructor(sheet: TextSheet) {
    this.sheet = sheet;
  }

  open(tag: string, attributes: string): void {
    const name = tag.toLowerCase();
    if (UNSEEN.has(name)) this.unseen += 1;
    else if (CROSSED.has(name)) this.crossed += 1;
    else if (name === 'table') this.openTable();
    else if (name === 'tr') this.openRow(attributes);
    else if (name === 'td' || name === 'th') this.openCell(attributes);
    else if (name === 'br') this.breakLine();
    else if (BLOCKS.has(name)) this.block();
  }

  text(text: string): void {
    if (this.unseen > 0) return;
    const seen = text.replaceAll(/&(nbsp|ensp|emsp);/gi, ' ').replaceAll(/\s+/g, ' ');
    if (this.cell === null) {
      if (this.tables === 0) this.loose += seen;
      return;
    }
    this.cell.text += seen;
    if (seen.trim() === '') return;
    if (this.crossed > 0) this.cell.isStruck = true;
    else this.cell.hasPlain = true;
  }

  close(tag: string): void {
    const name = tag.toLowerCase();
    if (UNSEEN.has(name)) this.unseen = Math.max(0, this.unseen - 1);
    else if (CROSSED.has(name)) this.crossed = Math.max(0, this.crossed - 1);
    else if (name === 'td' || name === 'th') this.closeCell();
    else if (name === 'tr') this.closeRow();
    else if (name === 'table') this.closeTable();
    else if (BLOCKS.has(name)) this.block();
  }

  end(): void {
    this.closeRow();
    this.block();
  }

  private openTable(): void {
    this.closeRow();   // a table within a cell stands below what was said before it
    this.block();
    this.tables += 1;
  }

  private closeTable(): void {
    this.closeRow();
    this.tables = Math.max(0, this.tables - 1);
  }

  private openRow(attributes: string): void {
    this.closeRow();
    this.sheet.openRow();
    if (/display\s*:\s*none/i.test(attributes)) this.sheet.hiddenRows += 1;
    this.inRow = true;
    this.column = 0;
  }

  private closeRow(): void {
    this.closeCell();
    if (this.inRow) this.sheet.closeRow();
    this.inRow = false;
  }

  private openCell(attributes: string): void {
    this.closeCell();
    if (!this.inRow) this.openRow('');
    this.cell = { text: '', across: spanOf(attributes, 'colspan'), down: spanOf(attributes, 'rowspan'), isStruck: false, hasPlain: false };
    if (/line-through/i.test(attributes)) this.cell.isStruck = true;
  }

  private closeCell(): void {
    const { cell } = this;
    if (cell === null) return;
    this.cell = null;
    this.column = this.sheet.freeFrom(this.column);
    this.sheet.put(this.column, cell.text.trim(), { across: cell.across, down: cell.down, isStruck: cell.isStruck && !cell.hasPlain });
    this.column += cell.across;
  }

  private breakLine(): void {
    if (this.cell !== null) this.cell.text += '\n';
    else this.block();
  }

  /** Words outside of any table are lines of their own: often they are the title. */
  private block(): void {
    if (this.cell !== null) {
      if (this.cell.text.trim() !== '') this.cell.text += '\n';
      return;
    }
    const said = this.loose.trim();
    this.loose = '';
    if (said === '' || this.inRow) return;
    this.sheet.openRow();
    this.sheet.put(0, said);
    this.sheet.closeRow();
  }
}

function spanOf(attributes: string, name: string): number {
  const span = Number(new RegExp(String.raw`\b${name}\s*=\s*["']?\s*(\d{1,5})`, 'i').exec(attributes)?.[1] ?? 1);
  return Math.min(Math.max(span, 1), MOST_SPANNED);
}
