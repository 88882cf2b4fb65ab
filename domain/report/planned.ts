import { isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';
import type { Place } from './address.ts';
import { amountText } from './amount.ts';
import type { Facts, Subject } from './facts.ts';
import { figureOf } from './figures.ts';
import type { ReportFilter } from './filter.ts';
import type { AskMark, FigureAsk, MarkDay, TypedCell } from './mark.ts';
import { ASK_SLOT } from './text.ts';
import { readFigure } from './read-figure.ts';
import type { SheetFace } from './sheet.ts';
import type { FillNote } from './text.ts';

/** 填入的一格: what is written and what stands behind it. `shown` masks persons' numbers. */
export interface PlannedCell extends Place {
  readonly sheet: number;
  readonly kind: 'figure' | 'field' | 'text' | 'ask';
  readonly title: string;
  readonly value: { readonly number: string; readonly isPercent?: true } | { readonly text: string; readonly day?: LocalDate } | null;
  readonly shown: string;
  readonly definition: string | null;
  /** Why there is no number; null when there is one. */
  readonly reason: string | null;
  readonly notes: readonly string[];
  readonly rows: readonly Subject[];
  /** The township, estate or company whose line of a list this is, for comparing with last time. */
  readonly line: string | null;
  /** The mark that asks for it, by where the blank has it (of a list: its column and first row): the same mark is compared with last time, wherever rows put in have moved it. */
  readonly mark: string;
}

/** What a plan is made from: the sheets, the facts of each day that is asked for, and the words for texts. */
export interface FillFacts { readonly sheets: readonly SheetFace[]; readonly days: Readonly<Partial<Record<MarkDay, Facts>>>; readonly note: FillNote; /** What the clerk typed for cells that ask for it. */ readonly typedCells?: readonly TypedCell[] }

type Where = Place & { readonly sheet: number; readonly mark: string };

/** 填一处文字; `day` where it is a date and nothing else. */
export const textCell = (at: Where, text: string, day?: LocalDate): PlannedCell => ({ ...at, kind: 'text', title: '文字', value: { text, ...(day === undefined ? {} : { day }) }, shown: text, definition: null, reason: null, notes: [], rows: [], line: null });

/** 填写一格: a bare number goes in as a number, so that the sheet's own formulas reckon with it; nothing typed leaves what is printed. */
export function askCell(at: Where, { cell, label, template }: AskMark, typedCells: readonly TypedCell[]): PlannedCell | null {
  const text = typedCells.find((one) => one.sheet === at.sheet && one.cell === cell)?.text.trim() ?? '';
  if (text === '') return null;
  const shown = template.replaceAll(ASK_SLOT, text);
  const isNumber = template === ASK_SLOT && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text);
  return { ...at, kind: 'ask', title: label, value: isNumber ? { number: text, isPercent: true } : { text: shown, ...(template === ASK_SLOT && isLocalDate(text) ? { day: text } : {}) }, shown, definition: null, reason: null, notes: [], rows: [], line: null };
}

/** 填一个数字. `narrower` comes from the line of a list. */
export function figureCell(at: Where, ask: FigureAsk, narrower: ReportFilter, { days }: Pick<FillFacts, 'days'>, line: string | null): PlannedCell {
  const facts = days[ask.day];
  const figure = figureOf(ask.figure);
  const empty = { ...at, kind: 'figure', value: { text: '—' }, shown: '—', definition: null, notes: [], rows: [], line } as const;
  if (facts === undefined || figure === undefined) return { ...empty, title: ask.figure, reason: '这个指标已不在目录里，请重新标记' };
  const { amount, reason, rows, notes, definition } = readFigure(figure, { ...ask.filter, ...narrower }, facts);
  const titled = { title: figure.title, definition, rows, notes };
  if (amount === null) return { ...empty, ...titled, reason };
  const number = amountText(amount, ask.unit, ask.decimals);
  return { ...empty, ...titled, value: { number, ...(ask.unit === '%' ? { isPercent: true } : {}) }, shown: number, reason: null };
}
