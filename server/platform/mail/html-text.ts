const HIDDEN = new Set(['script', 'style', 'head', 'title', 'noscript', 'template']);
const LINES = new Set(['p', 'div', 'br', 'tr', 'li', 'ul', 'ol', 'table', 'blockquote', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'section', 'article', 'pre']);
const named: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', mdash: '—', hellip: '…', middot: '·', yen: '¥' };
/** What of a letter drawn as a page is looked at. */
const MOST = 2_000_000;

/** 网页式邮件的文字: its words, line by line; nothing of it is ever drawn as a page. One pass, whatever it is given. */
export function textOfHtml(page: string): string {
  const html = page.slice(0, MOST);
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    pieces.push(html.slice(at, open < 0 ? html.length : open).replaceAll(/\s+/g, ' '));
    if (open < 0) break;
    at = afterTag(html, open, pieces);
  }
  return pieces.join('').replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => characterOf(name.toLowerCase()) ?? whole).split('\n').map((line) => line.trim()).join('\n');
}

/** Where the text goes on after what begins at `open`. A lone `<` is text. */
function afterTag(html: string, open: number, pieces: string[]): number {
  if (html.startsWith('<!--', open)) return beyond(html, '-->', open + 4);
  const tag = /^<([/!?]?)([a-z][a-z\d]*)?/i.exec(html.slice(open, open + 16));
  const name = (tag?.[2] ?? '').toLowerCase();
  const mark = tag?.[1] ?? '';
  if (name === '' && mark === '') { pieces.push('<'); return open + 1; }
  const end = beyond(html, '>', open + 1);
  if (mark === '' && HIDDEN.has(name)) {
    const closing = new RegExp(`</${name}`, 'gi');
    closing.lastIndex = end;
    const found = closing.exec(html);
    return found === null ? html.length : beyond(html, '>', found.index);
  }
  if (LINES.has(name)) pieces.push('\n');
  return end;
}

function beyond(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return named[name];
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
