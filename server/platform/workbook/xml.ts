/** 标签处理:what a caller wants told; names come without their namespace prefix, attributes as raw text. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

/** Longest tag or text, in characters; a cell holds 32,767. */
const MAX_PENDING = 1024 * 1024;

/**
 * XML 流式解析:takes text in pieces of any size and tells the handler what passes.
 *
 * Knows what spreadsheets need: elements, text, CDATA; skips comments, declarations and document types, so that no
 * entity can be defined and none is ever expanded but the five of XML and character numbers.
 * @throws RangeError when one tag or text is longer than 1 MB
 */
export class XmlFeed {
  private pending = '';
  private readonly handler: XmlHandler;

  constructor(handler: XmlHandler) {
    this.handler = handler;
  }

  feed(piece: string): void {
    const text = this.pending === '' ? piece : this.pending + piece;
    let at = 0;
    for (;;) {
      const start = text.indexOf('<', at);
      if (start < 0) break;
      const end = markupEnd(text, start);
      if (end < 0) {
        this.keep(text, at);
        return;
      }
      if (start > at) this.handler.text(decodeEntities(text.slice(at, start)));
      this.markup(text, start, end);
      at = end;
    }
    this.keep(text, at);
  }

  private keep(text: string, at: number): void {
    if (text.length - at > MAX_PENDING) throw new RangeError('xml token too long');
    this.pending = at === text.length ? '' : text.slice(at);
  }

  private markup(text: string, start: number, end: number): void {
    const first = text.charCodeAt(start + 1);
    if (first === SLASH) {
      this.handler.close(localName(text.slice(start + 2, end - 1).trimEnd()));
    } else if (first === BANG) {
      if (text.startsWith('<![CDATA[', start)) this.handler.text(text.slice(start + 9, end - 3));
    } else if (first !== QUESTION) {
      const isEmpty = text.charCodeAt(end - 2) === SLASH;
      const body = text.slice(start + 1, isEmpty ? end - 2 : end - 1);
      const space = body.search(/\s/);
      const name = localName(space < 0 ? body : body.slice(0, space));
      this.handler.open(name, space < 0 ? '' : body.slice(space));
      if (isEmpty) this.handler.close(name);
    }
  }
}

const SLASH = 47;
const BANG = 33;
const QUESTION = 63;

/** One past the markup's last character, or -1 while it is incomplete. */
function markupEnd(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return endAfter(text, '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return endAfter(text, ']]>', start + 9);
  if (text.length - start < 9 && '<![CDATA['.startsWith(text.slice(start))) return -1;
  return tagEnd(text, start);
}

function endAfter(text: string, closing: string, from: number): number {
  const end = text.indexOf(closing, from);
  return end < 0 ? -1 : end + closing.length;
}

/** In one pass, however many > stand between quotes. */
function tagEnd(text: string, start: number): number {
  let quote = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) { if (code === quote) quote = 0; } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at + 1;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** 属性值:one attribute of a tag's raw attributes by its local name, or null. */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before > 32 && before !== 58) continue;   // part of a longer name
    const value = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(at + name.length));
    if (value !== null) return decodeEntities(value[1] ?? value[2] ?? '');
  }
  return null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** 实体还原:the five named entities and character numbers; anything else stays as it is written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
