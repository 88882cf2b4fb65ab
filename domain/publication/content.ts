/** 公开内容的一块: plain text only; what shows it decides how. */
export type PublicBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** 一段文字 and where it stands, in words a clerk finds it by. */
export interface Passage { readonly where: string; readonly text: string }

const HEADING = /^[一二三四五六七八九十]+、/;
const SUBHEADING = /^[（(][一二三四五六七八九十]+[)）]/;
const ITEM = /^[-－·•●]\s*/;
const CELLS = /\t|｜|\|/;
const LONGEST_HEADING = 60;
const bare = (line: string): string => line.replace(/^[\s　]+|[\s　]+$/g, '');
const cells = (line: string): string[] => line.split(CELLS).map(bare);

/**
 * 正文分块: each line is a paragraph; 一、 and （一） begin headings where the line is short and ends without 。; lines beginning with - or · are a
 * list; two and more lines with ｜ or tabs (as copied out of a sheet) are a table whose first line heads it. Blank lines part.
 */
export function blocksOf(text: string): PublicBlock[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, ''));
  const blocks: PublicBlock[] = [];
  for (let at = 0; at < lines.length;) {
    const run = (test: RegExp): string[] => { const end = lines.findIndex((line, index) => index >= at && !test.test(bare(line))); return lines.slice(at, end === -1 ? lines.length : end); };
    const rows = run(CELLS);
    const items = run(ITEM);
    const line = bare(lines[at] ?? '');
    if (rows.length > 1) { blocks.push(tableOf(rows)); at += rows.length; }
    else if (items.length > 0) { blocks.push({ kind: 'list', items: items.map((item) => bare(bare(item).replace(ITEM, ''))).filter((item) => item !== '') }); at += items.length; }
    else { if (line !== '') blocks.push(lineOf(line)); at += 1; }
  }
  return blocks.filter((block) => block.kind !== 'list' || block.items.length > 0);
}

function lineOf(text: string): PublicBlock {
  const isShort = Array.from(text).length <= LONGEST_HEADING && !/[。；！？]$/.test(text);
  if (isShort && HEADING.test(text)) return { kind: 'heading', level: 1, text };
  if (isShort && SUBHEADING.test(text)) return { kind: 'heading', level: 2, text };
  return { kind: 'paragraph', text };
}

/** Rows as wide as the first; what is too many joins the last cell. */
function tableOf(lines: readonly string[]): PublicBlock {
  const [head = [], ...rows] = lines.map(cells);
  const width = head.length;
  return { kind: 'table', columns: head, rows: rows.map((row) => [...row.slice(0, width - 1), row.slice(width - 1).join(' ')].concat(Array.from({ length: width }, () => '')).slice(0, width)) };
}

/** 内容逐段, with the title first: what a look for personal data and a search go over. */
export function passagesOf(title: string, blocks: readonly PublicBlock[]): Passage[] {
  return [{ where: '标题', text: title }, ...blocks.map((block, at) => ({ where: `正文第${at + 1}段`, text: wordsOf(block) }))];
}

/** 一块的文字. */
export function wordsOf(block: PublicBlock): string {
  switch (block.kind) {
    case 'heading': case 'paragraph': return block.text;
    case 'list': return block.items.join('\n');
    case 'facts': return block.facts.map(({ label, value }) => `${label}：${value}`).join('\n');
    case 'table': return [block.columns, ...block.rows].map((row) => row.join('｜')).join('\n');
  }
}

/** 全文, for 复制文字. */
export const textOf = (title: string, blocks: readonly PublicBlock[]): string => [title, ...blocks.map(wordsOf)].join('\n');
