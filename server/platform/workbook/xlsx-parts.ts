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
  /** By style index: does a number in this style show a day? */
  readonly dateStyles: readonly boolean[];
}

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
    strings: await readStrings(zip, partOf('sharedStrings'), limits),
    dateStyles: await readDateStyles(zip, partOf('styles')),
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

async function readStrings(zip: Zip, part: string | undefined, limits: WorkbookLimits): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined || !zip.names.has(part)) return strings;
  const item = new StringItem();
  let chars = 0;
  await parse(zip, part, {
    open: (name) => item.open(name),
    text: (text) => item.text(text),
    close(name) {
      item.close(name);
      if (name !== 'si') return;
      const text = item.take();
      chars += text.length;
      if (chars > limits.stringChars) throw new WorkbookRefusal('out-of-memory');
      strings.push(text);
    },
  });
  return strings;
}

/** 富文本拼接:joins the runs of one string and leaves pinyin marks (rPh) out. */
export class StringItem {
  private value = '';
  private inText = false;
  private inPhonetic = false;

  open(name: string): void {
    if (name === 't') this.inText = true;
    else if (name === 'rPh') this.inPhonetic = true;
  }

  text(text: string): void {
    if (this.inText && !this.inPhonetic) this.value += text;
  }

  close(name: string): void {
    if (name === 't') this.inText = false;
    else if (name === 'rPh') this.inPhonetic = false;
  }

  take(): string {
    const { value } = this;
    this.value = '';
    return unescapeControl(value);
  }
}

/** 控制符还原:`_x000D_` is how the format writes a character that XML cannot hold. */
export function unescapeControl(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

async function readDateStyles(zip: Zip, part: string | undefined): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (part === undefined || !zip.names.has(part)) return styles;
  const codes = new Map<number, string>();
  let inCellStyles = false;
  await parse(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        styles.push(isDateFormat(id, codes.get(id)));
      }
    },
    text() {},
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}
