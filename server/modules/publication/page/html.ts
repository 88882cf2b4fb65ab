/** 已转义的 HTML: text that may stand in a page as it is. Only `html` makes it, and only out of what it escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) { this.text = text; }
}
type Part = string | number | Html | null | false | readonly Part[];

const escaped = (text: string): string => text.toWellFormed().replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

function textOf(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(textOf).join('');
}

/** 拼 HTML: what is put in is text and is escaped, unless it is HTML of ours; null and false are nothing. Values in attributes stand in double quotes. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Html => new Html(pieces.map((piece, at) => `${piece}${at < parts.length ? textOf(parts[at] ?? null) : ''}`).join(''));
