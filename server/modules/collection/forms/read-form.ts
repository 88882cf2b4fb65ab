import { comparableName } from './names.ts';
import type { CellContent, Column, Line, Values } from '#domain/collection/column.ts';
import { textOf } from '#domain/ledger/cells/cell.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { SheetRow } from '#platform/workbook/sheet.ts';
import { readMark } from './mark.ts';
import { readFormCell } from './read-cell.ts';

/** 可能交回的份: what a returned workbook may be about. */
export interface Asked { readonly partId: Id<'Part'>; readonly name: string; readonly lines: readonly Line[] }
/** 读表结果: what each part said, and every problem with its sheet and cell; with a problem nothing of the file counts. */
export interface ReadForm { readonly values: ReadonlyMap<Id<'Part'>, Values>; readonly problems: readonly string[]; readonly notes: readonly string[] }

interface Header { readonly row: number; readonly unknown: readonly string[]; readonly has: ReadonlySet<Column>; readonly nameAt: number; readonly columns: ReadonlyMap<number, Column>; readonly titles: ReadonlyMap<number, string> }
const HEADER_WITHIN = 15;

/** 读交回的表: rows find their place by the hidden mark, else by their name. */
export function readForm(sheets: readonly { readonly name: string; readonly rows: readonly SheetRow[] }[], columns: readonly Column[], asked: readonly Asked[]): ReadForm {
  const values = new Map<Id<'Part'>, Record<string, Record<string, CellContent>>>();
  const problems: string[] = [];
  const notes: string[] = [];
  let hasTable = false;
  const parts = new Map(asked.map((part) => [part.partId, part]));
  const searchable = new Map(asked.map((part) => [part, placesOf([part])]));
  const everybody = placesOf(asked);
  for (const sheet of sheets) {
    const header = headerOf(sheet.rows, columns);
    if (header === null) continue;
    hasTable = true;
    const marks = marksIn(sheet.rows);
    const marked = marks.map((id) => parts.get(id)).find((part) => part !== undefined);
    if (marked === undefined && marks.length > 0) { problems.push(`工作表“${sheet.name}”是别的采集任务或别的单位的表，没有读取；请核对后交到对应的任务`); continue; }
    const missing = columns.filter((column) => !header.has.has(column)).map(({ title }) => title);
    // In a sheet of ours a heading we do not know stands where one of ours was: what is below it would be dropped unsaid.
    if (marked !== undefined && missing.length > 0 && header.unknown.length > 0) { problems.push(`工作表“${sheet.name}”第 ${header.row} 行的表头被改过：不认识“${header.unknown.join('”“')}”，缺少“${missing.join('”“')}”，没有读取；请把表头改回下载时的样子再交`); continue; }
    if (missing.length > 0) notes.push(`工作表“${sheet.name}”没有“${missing.join('”“')}”这几栏，按没有填处理`);
    const lines = linesBelow(sheet.rows, header);
    const places = marked === undefined ? onlyOwnerOf(searchable, lines.map(({ name }) => name)) ?? everybody : searchable.get(marked) ?? everybody;
    const seen = new Map<string, number>();
    for (const { row, cells, name } of lines) {
      const place = marked === undefined ? places.byName(name) : places.byId(textOf(cells[0] ?? null).trim()) ?? places.byName(name);
      if (place === 'several') { problems.push(`工作表“${sheet.name}”第 ${row} 行“${name}”对得上几个对象，请用下载的表填写`); continue; }
      if (place === null) { problems.push(`工作表“${sheet.name}”第 ${row} 行“${name}”不在这个任务要填的名单里，请删去或改正名称`); continue; }
      const key = `${place.partId}/${place.line.id}`;
      const before = seen.get(key);
      if (before !== undefined) { problems.push(`工作表“${sheet.name}”第 ${row} 行“${name}”与第 ${before} 行重复，请只留一行`); continue; }
      seen.set(key, row);
      const own = values.get(place.partId) ?? {};
      values.set(place.partId, own);
      const line: Record<string, CellContent> = { ...own[place.line.id] };
      for (const [at, column] of header.columns) {
        const where = `工作表“${sheet.name}”${letters(at)}${row}`;
        const read = readFormCell(column, cells[at] ?? null, header.titles.get(at) ?? '');
        if (read.is === 'fault') problems.push(`${where}（${place.line.title}的“${column.title}”）：${read.says}`);
        if (read.is === 'value') line[column.key] = read.value;
        if (read.is === 'value' && read.note !== null) notes.push(`${where}：${read.note}`);
      }
      own[place.line.id] = line;
    }
  }
  if (!hasTable) problems.push('没有找到表头，请在下载的表上填写后交回，不要改动表头那一行');
  else if (values.size === 0 && problems.length === 0) problems.push('表里没有填任何内容');
  return { values, problems, notes };
}

/** The rows below the header in which anything is filled in; sums and notes are none. */
const linesBelow = (rows: readonly SheetRow[], header: Header): { row: number; cells: SheetRow['cells']; name: string }[] => rows.filter(({ row }) => row > header.row).map(({ row, cells }) => ({ row, cells, name: textOf(cells[header.nameAt] ?? null).trim() }))
  .filter(({ cells, name }) => [...header.columns.keys()].some((at) => textOf(cells[at] ?? null).trim() !== '') && !/^(合计|小计|总计|说明|注[：:])/.test(name));

/** Townships have estates of the same name: a sheet all of whose names belong to one part alone is that part's; else everybody's names are looked through. */
function onlyOwnerOf(searchable: ReadonlyMap<Asked, Places>, names: readonly string[]): Places | null {
  const [owner, more] = [...searchable.values()].filter(({ byName }) => names.every((name) => byName(name) !== null));
  return owner !== undefined && more === undefined ? owner : null;
}

/** The marks of ours that stand in a sheet: one, unless somebody pasted two together. */
const marksIn = (rows: readonly SheetRow[]): Id<'Part'>[] => [...new Set(rows.flatMap(({ cells }) => cells.flatMap((cell) => { const id = typeof cell === 'string' ? readMark(cell) : null; return id === null ? [] : [id]; })))];

/** The header: the row among the first with the most of our columns' titles, at least half of them. */
function headerOf(rows: readonly SheetRow[], columns: readonly Column[]): Header | null {
  const byTitle = new Map(columns.map((column) => [plainTitle(column.title), column]));
  const found = rows.filter(({ row }) => row <= HEADER_WITHIN).map(({ row, cells }) => {
    const at = new Map<number, Column>();
    cells.forEach((cell, index) => { const column = byTitle.get(plainTitle(textOf(cell))); if (column !== undefined && ![...at.values()].includes(column)) at.set(index, column); });
    const nameAt = cells.findIndex((cell, index) => !at.has(index) && /^(名称|小区名称?|小区|企业名称?|单位名称?|乡镇街道|社区|对象)$/.test(plainTitle(textOf(cell))));
    const name = nameAt === -1 ? firstFree(at) : nameAt;
    const unknown = cells.flatMap((cell, index) => { const title = textOf(cell).trim(); return index === name || at.has(index) || title === '' || readMark(title) !== null ? [] : [title]; });
    return { row, nameAt: name, unknown, has: new Set(at.values()), columns: at, titles: new Map(cells.map((cell, index) => [index, textOf(cell)])) };
  });
  const best = found.toSorted((a, b) => b.columns.size - a.columns.size || a.row - b.row)[0];
  return best === undefined || best.columns.size * 2 < columns.length || best.columns.size === 0 ? null : best;
}

const firstFree = (taken: ReadonlyMap<number, Column>): number => [0, 1, 2, 3].find((at) => !taken.has(at)) ?? 0;
const plainTitle = (text: string): string => text.replaceAll(/[\s*＊]/g, '').replace(/（(㎡|元)）$/, '');

interface Place { readonly partId: Id<'Part'>; readonly line: Line }
type Places = ReturnType<typeof placesOf>;
function placesOf(asked: readonly Asked[]) {
  const all = asked.flatMap(({ partId, name, lines }) => lines.map((line) => ({ partId, line, names: [line.title, `${name}${line.title}`] })));
  const byId = new Map(all.map((place) => [place.line.id, place]));
  const byName = Map.groupBy(all.flatMap((place) => [...new Set(place.names.map(comparableName))].map((name) => ({ name, place }))), ({ name }) => name);
  return {
    byId: (id: string): Place | null => byId.get(id) ?? null,
    byName: (text: string): Place | 'several' | null => { const found = byName.get(comparableName(text)) ?? []; return found.length > 1 ? 'several' : found[0]?.place ?? null; },
  };
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}
