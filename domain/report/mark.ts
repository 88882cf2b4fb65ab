import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import type { ReportUnit } from './amount.ts';
import type { ReportFilter } from './filter.ts';

/** 取数日: the report's own day, the end of the month before it, or the same day a year earlier. */
export type MarkDay = 'report' | 'month-end' | 'year-ago';
export const markDayLabels = { report: '报表截至日', 'month-end': '上月末', 'year-ago': '去年同期' } as const satisfies Record<MarkDay, string>;

/** What a cell or a column asks of a figure. */
export interface FigureAsk { readonly figure: string; readonly filter: ReportFilter; readonly day: MarkDay; readonly unit: ReportUnit; readonly decimals: number }

/** 数字标记: one cell takes one figure. `sheet` is the sheet's place in the workbook, so that a renamed sheet is still found. */
export interface FigureMark extends FigureAsk { readonly kind: 'figure'; readonly sheet: number; readonly cell: string }
/** 文字标记: one cell takes a text with places to fill, e.g. 填报单位：{填报单位}. */
export interface TextMark { readonly kind: 'text'; readonly sheet: number; readonly cell: string; readonly template: string }
/** 每次填写的标记: one cell takes what the clerk types at each filling, remembered until it is typed anew. `{填写}` of the template is its place. */
export interface AskMark { readonly kind: 'ask'; readonly sheet: number; readonly cell: string; readonly label: string; readonly template: string }
/** 上次填写的, as kept with the form. */
export interface TypedCell { readonly sheet: number; readonly cell: string; readonly text: string }
/** 名单列: what a column of a list takes. */
export type ListColumn = { readonly column: string; readonly content: 'field'; readonly field: string } | ({ readonly column: string; readonly content: 'figure' } & FigureAsk);
/** 印着的乡镇名: what a clerk said of a printed name that is none of ours. */
export interface PrintedName { readonly printed: string; readonly townshipId: string }
/** 名单标记: fills downward from `firstRow` to `lastRow`, by township (matching the printed names, or writing them), by estate or by company (adding rows when there are more). */
export interface ListMark {
  readonly kind: 'list'; readonly sheet: number; readonly by: 'township' | 'estate' | 'company'; readonly firstRow: number; readonly lastRow: number;
  /** The column whose printed township names are matched; null where the list writes its own rows. */
  readonly matches: string | null;
  readonly filter: ReportFilter;
  readonly columns: readonly ListColumn[];
  readonly names?: readonly PrintedName[] | undefined;
}
export type Mark = FigureMark | TextMark | AskMark | ListMark;

/** 取数日期. */
export function dayOf(day: MarkDay, on: LocalDate): LocalDate {
  if (day === 'report') return on;
  return day === 'year-ago' ? addMonths(on, -12) : addDays(addDays(on, 1 - Number(on.slice(8, 10))), -1);
}

/** 用到的取数日, each once. */
export function daysOf(marks: readonly Mark[]): readonly MarkDay[] {
  const asked = marks.flatMap((mark): MarkDay[] => (mark.kind === 'figure' ? [mark.day] : mark.kind === 'list' ? mark.columns.flatMap((column) => (column.content === 'figure' ? [column.day] : [])) : []));
  return [...new Set<MarkDay>(['report', ...asked])];
}
