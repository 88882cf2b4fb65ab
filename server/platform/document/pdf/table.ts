import type { TableColumn } from '#domain/paper/document.ts';
import { breakLines, type SetLine } from '#domain/paper/typeset/break-lines.ts';
import { MM, page as sheet, size } from '#domain/paper/typeset/measures.ts';
import { makeRoom, put, toGrid, type Flow } from './flow.ts';
import { widthAt } from './measure.ts';
import { BLACK } from './ops.ts';
import { putLine, type Style } from './text.ts';

const cellStyle: Style = { points: size.smallFour, line: 20 / MM, pitch: null };
/** 单元格边距, millimetres. */
export const CELL_PAD = 1.5;
interface Cell { readonly x: number; readonly width: number; readonly lines: readonly SetLine[] }

/** 表格: rows stay whole; on each further page the heading stands again. */
export function putTable(flow: Flow, columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void {
  const heading = setRow(columns, columns.map((column) => column.title), true);
  const first = setRow(columns, rows[0] ?? [], false);
  makeRoom(flow, heightOf(heading) + heightOf(first));
  putRow(flow, heading, { isExtra: false, isFirst: true });
  for (const row of rows) {
    const cells = setRow(columns, row, false);
    if (makeRoom(flow, heightOf(cells))) putRow(flow, heading, { isExtra: true, isFirst: true });
    putRow(flow, cells, { isExtra: false, isFirst: false });
  }
  toGrid(flow);
}

function setRow(columns: readonly TableColumn[], texts: readonly string[], isHeading: boolean): Cell[] {
  const all = columns.reduce((sum, column) => sum + column.share, 0);
  let x = sheet.left;
  return columns.map((column, at) => {
    const width = sheet.textWidth * column.share / all;
    const room = width - 2 * CELL_PAD;
    const cell = { x, width, lines: breakLines([{ text: texts[at] ?? '', face: isHeading ? 'hei' : 'fang' }], { first: room, rest: room }, widthAt(cellStyle.points)) };
    x += width;
    return cell;
  });
}

const heightOf = (cells: readonly Cell[]): number => Math.max(1, ...cells.map((cell) => cell.lines.length)) * cellStyle.line + 2 * CELL_PAD;

function putRow(flow: Flow, cells: readonly Cell[], { isExtra, isFirst }: { isExtra: boolean; isFirst: boolean }): void {
  const height = heightOf(cells);
  const [top, bottom] = [sheet.top + flow.y, sheet.top + flow.y + height];
  const right = sheet.left + sheet.textWidth;
  const line = (x: number, y: number, toX: number, toY: number) => put(flow, { kind: 'line', x, y, toX, toY, thick: 0.2, color: BLACK });
  for (const { x, lines } of cells) {
    lines.forEach(({ runs }, at) => putLine(flow, runs, { x: x + CELL_PAD, y: flow.y + CELL_PAD + at * cellStyle.line, style: cellStyle, isExtra }));
    line(x, top, x, bottom);
  }
  line(right, top, right, bottom);
  if (isFirst) line(sheet.left, top, right, top);
  line(sheet.left, bottom, right, bottom);
  flow.y += height;
}
