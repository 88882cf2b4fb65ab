import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Merge } from '../sheet.ts';

/** 空表单元格: one cell of somebody else's sheet. `row` from 1, `column` from 0. */
export interface BlankCell {
  readonly row: number;
  readonly column: number;
  /** What stands there, as it is shown. */
  readonly text: string;
  /** The value where it is a number. */
  readonly number: number | null;
  /** Without the equals sign; null where the cell holds none. */
  readonly formula: string | null;
}

/** 单元格的样子, as far as people recognise their form by it. Colours are #rrggbb; `edges` names the sides that have a line: t, r, b, l. */
export interface BlankLook {
  readonly font?: string; readonly size?: number; readonly bold?: true; readonly italic?: true; readonly underline?: true; readonly color?: string; readonly fill?: string;
  readonly align?: 'left' | 'center' | 'right'; readonly valign?: 'top' | 'middle' | 'bottom'; readonly wrap?: true; readonly edges?: string;
}

/** 一段同样的格: row from 1, columns from 0, both ends included; `look` is its place among the sheet's looks. */
export interface LookSpan { readonly row: number; readonly from: number; readonly to: number; readonly look: number }

/** 空表工作表: a sheet as it is drawn on screen; widths in pixels by column, heights by row. */
export interface BlankSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly BlankCell[];
  readonly merges: readonly Merge[];
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  readonly looks: readonly BlankLook[];
  readonly spans: readonly LookSpan[];
}

/** 写入: a number as its exact decimal text (`isPercent`: 45.67 means 45.67%), a text (never a formula, whatever it begins with; `day` is the day it says, for a cell of date format), or nothing. */
export type FillValue = { readonly number: string; readonly isPercent?: true } | { readonly text: string; readonly day?: LocalDate } | null;

/** 写一格. `sheet` is the sheet's place in the workbook, from 0. */
export interface Writing { readonly sheet: number; readonly row: number; readonly column: number; readonly value: FillValue }

/** 增行: `count` rows like row `after`, below it. What stood below moves down with its formulas, merges and names. */
export interface Growth { readonly sheet: number; readonly after: number; readonly count: number }

/** 填表: growth first, then the cells, addressed as they stand after it. At most one growth per sheet. */
export interface Filling { readonly growth: readonly Growth[]; readonly writings: readonly Writing[] }
