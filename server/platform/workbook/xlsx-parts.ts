import { isDateFormat } from './number-format.ts';
import { WorkbookRefusal } from './refusal.ts';
import type { WorkbookLimits } from './limits.ts';
import { attribute, XmlFeed, type XmlHandler } from './xml.ts';
import type { Zip } from './zip.ts';

/** 工作簿目录:its sheets in tab order and how its numbers become days. */
export interface XlsxBook {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[];
  readonly is1904: boolean;
  readonly strings: readonly string[];
  /** Of `strings`, those that are crossed out from end to end by their own runs. */
  readonly struckStrings: ReadonlySet<number>;
  readonly styles: readonly CellStyle[];
}

/** 单元格样式, by style index: does a number in this style show a day, is what stands there crossed out? */
export interface CellStyle { readonly isDate: boolean; readonly isStruck: boolean }

/** 读目录:everything of an .xlsx but its rows. @throws WorkbookRefusal */
export async function readXlsxBook(zip: Zip, limits: WorkbookLimits): Promise<XlsxBook> {
  const bookPart = [...(await relations(zip, '')).values()].find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const related = await relations(zip, bookPart);
  const partOf = (type: string) => [...related.values()].find((relation) => relation.type.endsWith(`/${type}`))?.target;
  const { listed, is1904 } = await readWorkbookXml(zip, bookPart);
  const sheets = listed.flatMap(({ name, hidden, id }) => {
    const relation = related.get(id);
    return relation?.type.endsWith('/worksheet') && zip.names.has(relation.target) ? [{ name, hidden, part: relation.target }] : [];   // chart sheets have no rows
  });
  return {
    sheets, is1904,
    // Some writers leave the relation out.
    ...await readStrings(zip, partOf('sharedStrings') ?? [...zip.names].find((name) => name.endsWith('/sharedStrings.xml')), limits),
    styles: await readStyles(zip, partOf('styles')),
  };
}

async function parse(zip: Zip, part: string, handler: XmlHandler): Promise<void> {
  const feed = new XmlFeed(handler);
  const decoder = new TextDecoder();
  for await (const chunk of zip.open(part)) feed.feed(decoder.decode(chunk, { stream: true }));
}

interface Relation { readonly type: string; readonly target: string }

async function relations(zip: Zip, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const file = `${folder}_rels/${part.slice(slash)}.rels`;
  const found = new Map<string, Relation>();
  if (!zip.names.has(file)) return found;
  await parse(zip, file, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const target = attribute(attributes, 'Target') ?? '';
      found.set(attribute(attributes, 'Id') ?? '', { type: attribute(attributes, 'Type') ?? '', target: target.startsWith('/') ? target.slice(1) : flatten(folder + target) });
    },
    text() {}, close() {},
  });
  return found;
}

function flatten(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

async function readWorkbookXml(zip: Zip, part: string) {
  if (!zip.names.has(part)) throw new WorkbookRefusal('broken-workbook');
  const listed: { name: string; hidden: boolean; id: string }[] = [];
  let is1904 = false;
  await parse(zip, part, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const state = attribute(attributes, 'state');
      listed.push({ name: attribute(attributes, 'name') ?? '', hidden: state === 'hidden' || state === 'veryHidden', id: relationId(attributes) });
    },
    text() {}, close() {},
  });
  return { listed, is1904 };
}

/** `r:id`, whatever prefix the writer chose for the relationships' namespace. */
function relationId(attributes: string): string {
  return /\s[A-Za-z_][\w.-]*:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
}

async function readStrings(zip: Zip, part: string | undefined, limits: WorkbookLimits): Promise<Pick<XlsxBook, 'strings' | 'struckStrings'>> {
  const strings: string[] = [];
  const struckStrings = new Set<number>();
  if (part === undefined || !zip.names.has(part)) return { strings, struckStrings };
  const item = new StringItem();
  let chars = 0;
  await parse(zip, part, {
    open: (name, attributes) => item.open(name, attributes),
    text: (text) => item.text(text),
    close(name) {
      item.close(name);
      if (name !== 'si') return;
      if (item.isStruck) struckStrings.add(strings.length);
      const text = item.take();
      chars += text.length;
      if (chars > limits.stringChars) throw new WorkbookRefusal('out-of-memory');
      strings.push(text);
    },
  });
  return { strings, struckStrings };
}

/** 富文本拼接:joins the runs of one string and leaves pinyin marks (rPh) out. */
export class StringItem {
  private value = '';
  private inText = false;
  private inPhonetic = false;
  private isRunStruck = false;
  private hasStruck = false;
  private hasPlain = false;

  /** Crossed out from end to end by its own runs; asked before `take`. */
  get isStruck(): boolean {
    return this.hasStruck && !this.hasPlain;
  }

  open(name: string, attributes = ''): void {
    if (name === 't') this.inText = true;
    else if (name === 'rPh') this.inPhonetic = true;
    else if (name === 'r') this.isRunStruck = false;
    else if (name === 'strike') this.isRunStruck = isOn(attributes);
  }

  text(text: string): void {
    if (!this.inText || this.inPhonetic) return;
    this.value += text;
    if (text.trim() === '') return;
    if (this.isRunStruck) this.hasStruck = true;
    else this.hasPlain = true;
  }

  close(name: string): void {
    if (name === 't') this.inText = false;
    else if (name === 'rPh') this.inPhonetic = false;
  }

  take(): string {
    const { value } = this;
    this.value = '';
    this.isRunStruck = false;
    this.hasStruck = false;
    this.hasPlain = false;
    return unescapeControl(value);
  }
}

/** `<strike/>` is on, `<strike val="0"/>` is off. */
function isOn(attributes: string): boolean {
  return !['0', 'false'].includes(attribute(attributes, 'val') ?? '');
}

/** 控制符还原:`_x000D_` is how the format writes a character that XML cannot hold. */
export function unescapeControl(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

async function readStyles(zip: Zip, part: string | undefined): Promise<CellStyle[]> {
  const styles: CellStyle[] = [];
  if (part === undefined || !zip.names.has(part)) return styles;
  const codes = new Map<number, string>();
  const struckFonts: boolean[] = [];
  let within: 'fonts' | 'cellXfs' | null = null;
  await parse(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (name === 'fonts' || name === 'cellXfs') within = name;
      else if (name === 'font' && within === 'fonts') struckFonts.push(false);
      else if (name === 'strike' && within === 'fonts') struckFonts[struckFonts.length - 1] = isOn(attributes);
      else if (name === 'xf' && within === 'cellXfs') {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        styles.push({ isDate: isDateFormat(id, codes.get(id)), isStruck: struckFonts[Number(attribute(attributes, 'fontId') ?? 0)] ?? false });
      }
    },
    text() {},
    close(name) {
      if (name === within) within = null;
    },
  });
  return styles;
}
