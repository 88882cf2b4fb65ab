import { addressOf, placeOf, type Place } from './address.ts';

/** 空表的一格: what is printed there; `formula` without its equals sign. */
export interface SheetCell extends Place { readonly text: string; readonly formula: string | null }
/** 合并区, all four inclusive; rows from 1, columns from 0. */
export interface SheetMerge { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }
/** 空表的一张工作表. */
export interface SheetFace { readonly name: string; readonly rows: number; readonly columns: number; readonly cells: readonly SheetCell[]; readonly merges: readonly SheetMerge[] }

/** 查格: a sheet by address. */
export interface SheetLook {
  at(place: Place): SheetCell | undefined;
  /** The cell that a place belongs to: of a merge its upper left one. */
  home(place: Place): Place;
  /** The printed text that covers a place, through merges; empty when none. */
  textAt(place: Place): string;
  /** All that is printed above a row. */
  textsAbove(row: number): readonly string[];
}

/** 看表: indexes a sheet once. */
export function lookAt({ cells, merges }: SheetFace): SheetLook {
  const byAddress = new Map(cells.map((cell) => [addressOf(cell), cell]));
  const at = (place: Place) => byAddress.get(addressOf(place));
  const home = (place: Place): Place => {
    const merge = merges.find(({ top, left, bottom, right }) => place.row >= top && place.row <= bottom && place.column >= left && place.column <= right);
    return merge === undefined ? { row: place.row, column: place.column } : { row: merge.top, column: merge.left };
  };
  return { at, home, textAt: (place) => at(home(place))?.text.trim() ?? '', textsAbove: (row) => cells.filter((cell) => cell.row < row).map(({ text }) => text) };
}

/** 标记落点: where a mark goes that was pointed at `address`; or the sentence that refuses it. */
export function markPlace(sheet: SheetFace, address: string): { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly message: string } {
  const pointed = placeOf(address);
  if (pointed === null) return { ok: false, message: `“${address}”不是单元格地址，请写成 D6 的样子` };
  const look = lookAt(sheet);
  const place = look.home(pointed);
  const formula = look.at(place)?.formula ?? null;
  if (formula !== null) return { ok: false, message: `${addressOf(place)} 这是公式（=${formula}），由表自己计算，不能标记；请标记它所引用的单元格` };
  return { ok: true, place };
}

/** 表样: the shape of a blank by its printed words, so that next month's is recognised by itself. Digits, blanks and the sheets' names do not count. */
export function shapeOf(sheets: readonly SheetFace[]): string {
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/[\d\s_一二三四五六七八九十〇]+/g, '');
  return sheets.map(({ cells, merges }) => [
    ...cells.filter(({ text, formula }) => formula !== null || plain(text) !== '').map((cell) => `${addressOf(cell)}=${cell.formula === null ? plain(cell.text) : `=${cell.formula}`}`),
    ...merges.map(({ top, left, bottom, right }) => `${top}.${left}.${bottom}.${right}`).toSorted(),
  ].join('|')).join('‖');
}
