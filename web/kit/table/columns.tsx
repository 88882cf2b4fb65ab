import type { ReactNode } from 'react';
import type { z } from 'zod';
import { fieldOf, type FieldKind } from '../schema/field-facts.ts';
import { Shown } from '../schema/Shown.tsx';
import { wordsOf } from '../schema/words.ts';

/** 表格列: its title, what it shows, and the same as text for 复制文字. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly text?: ((row: Row) => string) | undefined;
  /** Left out until the reader asks for it. */
  readonly isExtra?: boolean;
  readonly isNumber?: boolean;
  /** A word of a short list: kept on one line. */
  readonly isShort?: boolean;
}

interface Choice<Row> {
  /** Shown instead of the plain value, by field. */
  readonly cells?: Readonly<Record<string, (row: Row) => ReactNode>>;
  /** Fields left out until the reader asks for them. */
  readonly extra?: readonly string[];
}

const SHORT = 8;
const numbers: readonly FieldKind[] = ['number', 'money', 'area', 'percent'];

/** 列(按合同): columns for fields of a row schema, titled and formatted by what the contract says of them. */
export function columnsOf<S extends z.ZodType>(
  schema: S, names: readonly (keyof z.output<S> & string)[], { cells = {}, extra = [] }: Choice<z.output<S>> = {},
): Column<z.output<S>>[] {
  return names.map((name) => {
    const fact = fieldOf(schema, name);
    return {
      key: name,
      title: fact.title,
      cell: cells[name] ?? ((row) => <Shown fact={fact} value={row[name]} />),
      text: (row) => wordsOf(fact, row[name]),
      isExtra: extra.includes(name),
      isNumber: numbers.includes(fact.kind),
      isShort: fact.kind === 'choice' && Object.values(fact.choices).every((words) => words.length <= SHORT),
    };
  });
}
