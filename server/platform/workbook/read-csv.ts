import { TextSheet } from './text-sheet.ts';

const DELIMITERS = [',', '\t', ';', '|'];

/** 读分隔文本:comma-, tab- or otherwise separated text, quoted fields included. Everything is text, so that long numbers keep their digits. */
export function readCsv(text: string): TextSheet[] {
  const sheet = new TextSheet('Sheet1');
  const source = text.replace(/^\ufeff/, '');
  for (const record of recordsOf(source, delimiterOf(source))) {
    sheet.openRow();
    for (const [column, field] of record.entries()) sheet.put(column, plain(field));
    sheet.closeRow();
  }
  return [sheet];
}

/** The one that the first lines hold most of. */
function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/, 10).join('\n');
  return DELIMITERS.map((mark) => ({ mark, count: head.split(mark).length })).toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

/** `="0571"` is how exports keep Excel from taking a text for a number. */
const plain = (field: string): string => (/^="(.*)"$/s.exec(field)?.[1] ?? field).trim();

function* recordsOf(text: string, delimiter: string): Generator<string[]> {
  let record: string[] = [];
  for (let at = 0; at <= text.length;) {
    const { field, end } = fieldAt(text, at, delimiter);
    record.push(field);
    const mark = text[end];
    if (mark === delimiter) { at = end + 1; continue; }
    if (mark !== undefined || record.length > 1 || field !== '') yield record;
    record = [];
    if (mark === undefined) return;
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
}

/** One field, and where what ends it stands. */
function fieldAt(text: string, from: number, delimiter: string): { field: string; end: number } {
  if (text[from] !== '"') return upToMark(text, from, delimiter);
  let field = '';
  for (let at = from + 1; at < text.length;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { field: field + text.slice(at), end: text.length };
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') return upToMark(text, quote + 1, delimiter, field);
    field += '"';
    at = quote + 2;
  }
  return { field, end: text.length };
}

/** Whatever stands up to the next mark belongs to the field, behind a closing quote too. */
function upToMark(text: string, from: number, delimiter: string, field = ''): { field: string; end: number } {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { field: field + text.slice(from, end), end };
}
