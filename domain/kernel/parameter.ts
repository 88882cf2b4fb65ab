import type { LocalDate } from './brand.ts';
import type { Source } from './rule.ts';

/** 可信程度: V read in the source, V2 in a quotation, G general knowledge, I inferred; G and I are to be confirmed by the county. */
export type Sureness = 'V' | 'V2' | 'G' | 'I';

/** 参数版本: a value in force from a day on, until the next version begins. */
export interface ParameterVersion<T> {
  readonly from: LocalDate;
  readonly value: T;
  readonly source: Source;
  readonly sureness: Sureness;
}

/** 政策参数: a number or choice that differs by place or year; the versions are the product's defaults, in order of `from`. */
export interface Parameter<T> {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly versions: readonly ParameterVersion<T>[];
  /** Says in Chinese what a value must be; shown when an override is refused. */
  readonly expected: string;
  /** 选项: the words it chooses among with what each is called, in the order they are shown; null where it does not choose among words. */
  readonly options: Readonly<Record<string, string>> | null;
  accepts(value: unknown): value is T;
}

/** 县级调整: what a county set instead, from a day on, until a day (inclusive) or until changed. `value` is unchecked, as stored. */
export interface ParameterOverride {
  readonly parameterId: string;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly value: unknown;
  readonly basis: string;
}

/** 生效值: the value in force on a day, where it comes from and what it rests on. */
export interface InForce<T> {
  readonly value: T;
  readonly from: LocalDate;
  readonly origin: 'default' | 'county';
  readonly sureness: Sureness | null;
  readonly basis: Source | string;
}

/** What kind of value a parameter takes: the guard, how to say it in Chinese, and the words it chooses among, if it does. */
export interface ValueKind<T> {
  readonly expected: string;
  readonly options?: Readonly<Record<string, string>>;
  accepts(value: unknown): value is T;
}

/** 定义参数. @throws RangeError when it has no version, versions out of order, or a default its own guard refuses */
export function defineParameter<T>({ id, title, unit, kind, versions }: {
  id: string;
  title: string;
  unit: string;
  kind: ValueKind<T>;
  versions: readonly ParameterVersion<T>[];
}): Parameter<T> {
  if (versions.length === 0) throw new RangeError(`parameter without a version: ${id}`);
  versions.forEach((version, at) => {
    const before = versions[at - 1];
    if (before !== undefined && before.from >= version.from) throw new RangeError(`versions out of order: ${id}`);
    if (!kind.accepts(version.value)) throw new RangeError(`default out of its own range: ${id}`);
  });
  return { id, title, unit, versions, expected: kind.expected, options: kind.options ?? null, accepts: (value): value is T => kind.accepts(value) };
}

/**
 * 参数取值: the value in force on `on`, the day of the act and not of the query.
 *
 * The county's override comes first (the latest begun, if several); one whose stored value the guard refuses is passed over.
 * Before the first version the first version's value holds: a figure for an earlier year is drawn with the earliest known rule.
 */
export function parameterOn<T>(parameter: Parameter<T>, overrides: readonly ParameterOverride[], on: LocalDate): InForce<T> {
  return countyValue(parameter, overrides, on) ?? defaultValue(parameter, on);
}

/** 整数参数: a whole number from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number): ValueKind<number> {
  return {
    expected: `${min} 到 ${max} 之间的整数`,
    accepts: (value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  };
}

/** 选项参数: any of the listed words, several or none, each at most once. */
export function someOf<Word extends string>(labels: Readonly<Record<Word, string>>): ValueKind<readonly Word[]> {
  const isWord = (value: unknown): value is Word => typeof value === 'string' && Object.hasOwn(labels, value);
  return {
    expected: `下列选项中的若干项：${Object.values(labels).join('、')}`, options: labels,
    accepts: (value): value is readonly Word[] => Array.isArray(value) && value.every(isWord) && new Set(value).size === value.length,
  };
}

/** 是否参数: yes or no. */
export const yesOrNo: ValueKind<boolean> = {
  expected: '是或否',
  accepts: (value): value is boolean => typeof value === 'boolean',
};

function countyValue<T>(parameter: Parameter<T>, overrides: readonly ParameterOverride[], on: LocalDate): InForce<T> | undefined {
  let found: InForce<T> | undefined;
  for (const { parameterId, from, until, value, basis } of overrides) {
    const isInForce = parameterId === parameter.id && from <= on && (until === null || on <= until);
    if (isInForce && parameter.accepts(value) && (found === undefined || from >= found.from)) {
      found = { value, from, origin: 'county', sureness: null, basis };
    }
  }
  return found;
}

function defaultValue<T>({ versions }: Parameter<T>, on: LocalDate): InForce<T> {
  // Proof: defineParameter refuses an empty list of versions.
  const version = versions.findLast(({ from }) => from <= on) ?? versions[0]!;
  return { value: version.value, from: version.from, origin: 'default', sureness: version.sureness, basis: version.source };
}
