import { useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import type { z } from 'zod';
import type { ReportSheet } from '#contract/report.ts';
import { addressOf, columnName, type Place } from '#domain/report/address.ts';
import { lookAt } from '#domain/report/sheet.ts';
import './report.css';

type Sheet = z.output<typeof ReportSheet>;
/** How a cell is drawn beyond what is printed in it: its colour, what a screen reader says, and what stands in it when nothing is printed. */
export interface CellLook { readonly className: string; readonly words: string; readonly text?: string }

interface GridProps {
  readonly name: string;
  readonly sheet: Sheet;
  readonly selected: string;
  readonly onSelect: (address: string) => void;
  readonly lookOf: (address: string) => CellLook | undefined;
  /** Formulas show what they yield, be it nothing. */
  readonly isFilled?: boolean;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** 表格画面: a sheet true to the file: merges, widths, hidden rows; cells are chosen by pointing or with the arrow keys. */
export function SheetGrid({ name, sheet, selected, onSelect, lookOf, isFilled = false }: GridProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const look = lookAt(sheet);
  const styles = useMemo(() => stylesOf(sheet), [sheet]);
  const merges = new Map(sheet.merges.map((merge) => [addressOf({ row: merge.top, column: merge.left }), merge]));
  const columns = Array.from({ length: sheet.columns }, (_, column) => column);
  const move = (event: KeyboardEvent, from: Place) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = stepped(sheet, look.home, merges, from, step);
    onSelect(next);
    body.current?.querySelector<HTMLElement>(`[data-address="${next}"]`)?.focus();
  };
  return (
    <div className="sz-grid-scroll">
      <table className="sz-grid" role="grid" aria-label={name} style={{ width: 36 + sheet.widths.reduce((sum, width) => sum + Math.max(36, width), 0) }}>
        <colgroup><col style={{ width: 36 }} />{columns.map((column) => <col key={column} style={{ width: Math.max(36, sheet.widths[column] ?? 72) }} />)}</colgroup>
        <thead><tr><th scope="col">行</th>{columns.map((column) => <th key={column} scope="col">{columnName(column)}</th>)}</tr></thead>
        <tbody ref={body}>
          {Array.from({ length: sheet.rows }, (_, at) => at + 1).filter((row) => sheet.heights[row - 1] !== 0).map((row) => (
            <tr key={row} style={{ height: sheet.heights[row - 1] }}>
              <th scope="row">{row}</th>
              {columns.map((column) => {
                const address = addressOf({ row, column });
                const home = look.home({ row, column });
                if (home.row !== row || home.column !== column) return null;
                const cell = look.at(home);
                const merge = merges.get(address);
                const drawn = lookOf(address);
                const text = drawn?.text ?? (cell?.text || (cell?.formula && !isFilled ? `=${cell.formula}` : ''));
                const isChosen = address === selected;
                return (
                  <td
                    key={column} data-address={address} style={styles.get(address)} tabIndex={isChosen ? 0 : -1} aria-selected={isChosen} aria-label={`${address} ${drawn?.words ?? ''} ${text}`.trim()}
                    rowSpan={merge === undefined ? 1 : merge.bottom - merge.top + 1} colSpan={merge === undefined ? 1 : merge.right - merge.left + 1}
                    className={[drawn?.className ?? (cell?.formula ? 'sz-formula' : ''), /^-?[\d.,]+%?$/.test(text) ? 'sz-number-cell' : '', merge === undefined && drawn === undefined && !cell?.formula && text.length > 8 && isLast(sheet, row, column) ? 'sz-over' : ''].join(' ').trim()}
                    onClick={() => onSelect(address)} onKeyDown={(event) => move(event, { row: merge?.top ?? row, column })} title={cell?.formula ? `公式 =${cell.formula}` : undefined}
                  >{text}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 单元格的样子 by address: as in the file, so that a clerk knows the form again. A mark's colour goes over the fill (report.css). */
function stylesOf({ looks, spans }: Sheet): ReadonlyMap<string, CSSProperties> {
  const drawn = looks.map(styleOf);
  return new Map(spans.flatMap(({ row, from, to, look }) => Array.from({ length: to - from + 1 }, (_, at): [string, CSSProperties] => [addressOf({ row, column: from + at }), drawn[look] ?? {}])));
}

const FACES: readonly (readonly [RegExp, string])[] = [[/黑体|hei|gothic|arial|calibri|雅黑|等线/i, '"Noto Sans SC", SimHei, "Microsoft YaHei", sans-serif'], [/仿宋|fang/i, 'FangSong, STFangsong, "Noto Serif SC", serif'], [/楷|kai/i, 'KaiTi, STKaiti, serif'], [/宋|song|sun|ming|times/i, '"Noto Serif SC", SimSun, serif']];
const LINE = '1px solid #5f6b76';

function styleOf({ font, size, bold, italic, underline, color, fill, align, valign, wrap, edges = '' }: Sheet['looks'][number]): CSSProperties {
  const face = FACES.find(([names]) => names.test(font ?? ''))?.[1];
  const edge = (side: string) => (edges.includes(side) ? LINE : undefined);
  const style: CSSProperties = {
    fontFamily: face, fontSize: size === undefined ? undefined : `${Math.min(Math.max(size, 8), 28)}pt`, fontWeight: bold ? 700 : undefined, fontStyle: italic ? 'italic' : undefined, textDecoration: underline ? 'underline' : undefined, color, backgroundColor: fill,
    textAlign: align, verticalAlign: valign, whiteSpace: wrap ? 'pre-wrap' : undefined, borderTop: edge('t'), borderRight: edge('r'), borderBottom: edge('b'), borderLeft: edge('l'),
  };
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));
}

/** Nothing stands to the right: a long text may run over, as it does on the sheet. */
const isLast = (sheet: Sheet, row: number, column: number): boolean => !sheet.cells.some((cell) => cell.row === row && cell.column > column && cell.text !== '');

/** The next cell in a direction, past hidden rows and over a merge as one. */
function stepped(sheet: Sheet, home: (place: Place) => Place, merges: ReadonlyMap<string, Sheet['merges'][number]>, from: Place, [down, right]: readonly [number, number]): string {
  const merge = merges.get(addressOf(from));
  let row = from.row + (down > 0 && merge ? merge.bottom - merge.top : 0) + down;
  while (sheet.heights[row - 1] === 0) row += down || 1;
  const column = from.column + (right > 0 && merge ? merge.right - merge.left : 0) + right;
  if (row < 1 || row > sheet.rows || column < 0 || column >= sheet.columns) return addressOf(from);
  return addressOf(home({ row, column }));
}
