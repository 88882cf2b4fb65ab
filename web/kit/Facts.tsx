import type { ReactNode } from 'react';
import type { z } from 'zod';
import { fieldOf } from './schema/field-facts.ts';
import { Shown } from './schema/Shown.tsx';
import { wordsOf } from './schema/words.ts';

interface FactsProps<S extends z.ZodType> {
  /** The schema of the answer: titles and kinds come from it. */
  readonly of: S;
  readonly value: z.output<S>;
  readonly names: readonly (keyof z.output<S> & string)[];
  /** Shown instead of the plain value. */
  readonly instead?: Readonly<Partial<Record<keyof z.output<S> & string, ReactNode>>>;
  readonly more?: readonly { readonly title: string; readonly value: ReactNode }[];
}

/** 要素表: facts of one record, name beside value, as on a paper form. */
export function Facts<S extends z.ZodType>({ of, value, names, instead, more = [] }: FactsProps<S>) {
  return (
    <dl className="sz-facts">
      {names.map((name) => (
        <div key={name}><dt>{fieldOf(of, name).title}</dt><dd>{instead?.[name] ?? <Shown fact={fieldOf(of, name)} value={value[name]} />}</dd></div>
      ))}
      {more.map(({ title, value: shown }) => <div key={title}><dt>{title}</dt><dd>{shown}</dd></div>)}
    </dl>
  );
}

/** 要素文字: the same facts as lines of text, for 复制文字; blanks are left out. */
export function factsText<S extends z.ZodType>(of: S, value: z.output<S>, names: readonly (keyof z.output<S> & string)[]): string {
  return names
    .map((name) => ({ title: fieldOf(of, name).title, words: wordsOf(fieldOf(of, name), value[name]) }))
    .filter(({ words }) => words !== '—').map(({ title, words }) => `${title}：${words}`).join('\n');
}
