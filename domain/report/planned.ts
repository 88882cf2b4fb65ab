import type { Place } from './address.ts';
import { amountText } from './amount.ts';
import type { Facts, Subject } from './facts.ts';
import { figureOf } from './figures.ts';
import type { ReportFilter } from './filter.ts';
import type { FigureAsk, MarkDay } from './mark.ts';
import { readFigure } from './read-figure.ts';
import type { SheetFace } from './sheet.ts';
import type { FillNote } from './text.ts';

/** 填入的一格: what is written and what stands behind it. `shown` masks persons' numbers. */
export interface PlannedCell extends Place {
  readonly sheet: number;
  readonly kind: 'figure' | 'field' | 'text';
  readonly title: string;
  readonly value: { readonly number: string } | { readonly text: string } | null;
  readonly shown: string;
  readonly definition: string | null;
  /** Why there is no number; null when there is one. */
  readonly reason: string | null;
  readonly notes: readonly string[];
  readonly rows: readonly Subject[];
  /** The township, estate or company whose line of a list this is, for comparing with last time. */
  readonly line: string | null;
}

/** What a plan is made from: the sheets, the facts of each day that is asked for, and the words for texts. */
export interface FillFacts { readonly sheets: readonly SheetFace[]; readonly days: Readonly<Partial<Record<MarkDay, Facts>>>; readonly note: FillNote }

type Where = Place & { readonly sheet: number };

/** 填一处文字. */
export const textCell = (at: Where, text: string): PlannedCell => ({ ...at, kind: 'text', title: '文字', value: { text }, shown: text, definition: null, reason: null, notes: [], rows: [], line: null });

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
  return { ...empty, ...titled, value: { number }, shown: number, reason: null };
}
