import type { Counting, Duty, From } from './duty.ts';
import type { Parameter } from './parameter.ts';

/** 由事实选定的数: which of these parameters it is, the facts decide; which it may be is known without any. */
export function oneOf<F>(parameters: readonly Parameter<number>[], pick: From<F, Parameter<number>>): From<F, Parameter<number>> & { readonly parameters: readonly Parameter<number>[] } {
  return Object.assign((facts: F) => pick(facts), { parameters });
}

/** 由事实选定的计日方式: one of several by its name; all of them are known without any facts. */
export function eitherOf<F, K extends string>(ways: Readonly<Record<K, Counting<F>>>, pick: From<F, K>): From<F, Counting<F>> & { readonly ways: readonly Counting<F>[] } {
  return Object.assign((facts: F) => ways[pick(facts)], { ways: Object.values<Counting<F>>(ways) });
}

/**
 * 时限用到的参数: every parameter its days, its stops and its extension may rest on, and those it names besides.
 * @throws RangeError when its days rest on facts and it does not say among what the facts choose: `oneOf`, `eitherOf`
 */
export function parametersOf<F>({ id, due, suspendedBy, extension, restsOn }: Pick<Duty<F>, 'id' | 'due' | 'suspendedBy' | 'extension' | 'restsOn'>): readonly Parameter<unknown>[] {
  const ways = typeof due === 'function' ? waysOf(id, due) : [due];
  const found = [...ways.flatMap((way) => numbersOf(id, way)), ...suspendedBy.flatMap(({ atMost }) => (atMost === undefined ? [] : [atMost])), ...(extension === null ? [] : [extension.days]), ...restsOn];
  return [...new Map(found.map((parameter) => [parameter.id, parameter])).values()];
}

type Choice<F> = From<F, Counting<F>> & { readonly ways?: readonly Counting<F>[] };
function waysOf<F>(id: string, due: Choice<F>): readonly Counting<F>[] {
  if (due.ways === undefined) throw new RangeError(`${id}: its facts choose how days are counted; say among what by eitherOf`);
  return due.ways;
}

type Chosen<F> = From<F, Parameter<number>> & { readonly parameters?: readonly Parameter<number>[] };
function numbersOf<F>(id: string, way: Counting<F>): readonly Parameter<number>[] {
  if (way.kind === 'before-date') return [way.opensAhead.amount, ...(way.doneAhead === null ? [] : [way.doneAhead])];
  const one = numberOf(way);
  if (one === null) return [];
  if (typeof one !== 'function') return [one];
  const { parameters }: Chosen<F> = one;
  if (parameters === undefined) throw new RangeError(`${id}: its facts choose the number of days; say among what by oneOf`);
  return parameters;
}

function numberOf<F>(way: Exclude<Counting<F>, { kind: 'before-date' }>): Parameter<number> | From<F, Parameter<number>> | null {
  switch (way.kind) {
    case 'working-days': case 'natural-days': return way.days;
    case 'natural-months': return way.months;
    case 'hours': return way.hours;
    case 'period-day': return way.times;
    case 'given': return null;
  }
}
