import type { Answer } from '#contract/define-route.ts';
import type { listParameters } from '#contract/administration/parameter.ts';
import { parseDecimal } from '#domain/kernel/decimal.ts';

export type Parameter = Answer<typeof listParameters>['rows'][number];
export type Span = Parameter['spans'][number];
export type Value = Span['value'];

/** 是否按百分比填写: shares are stored in basis points, and nobody in an office types those. */
export const isShare = ({ kind, unit }: Pick<Parameter, 'kind' | 'unit'>): boolean => kind === 'number' && unit.startsWith('基点');

/** 填写单位. */
export const unitOf = (parameter: Pick<Parameter, 'kind' | 'unit'>): string => (isShare(parameter) ? '%' : parameter.kind === 'number' ? parameter.unit : '');

/** 写参数值: a stored number as it is typed. */
export function typedNumber(parameter: Pick<Parameter, 'kind' | 'unit'>, value: Value): string {
  if (typeof value !== 'number') return '';
  if (!isShare(parameter)) return String(value);
  const fraction = String(value % 100).padStart(2, '0').replace(/0+$/, '');
  return `${Math.trunc(value / 100)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** 读参数值: what was typed as it is stored; null when it is no number. */
export function readNumber(parameter: Pick<Parameter, 'kind' | 'unit'>, text: string): number | null {
  const read = parseDecimal(text.trim().replace(/[%％]$/, ''), isShare(parameter) ? 2 : 0);
  return read.ok ? read.value : null;
}

/** 值较长: more chosen words than one line shows; they are counted, and stand below in full. */
export const countOf = ({ value }: Pick<Span, 'value'>): number | null => (Array.isArray(value) && value.length > 4 ? value.length : null);

/** 应填什么, in the words of what is typed. */
export function expectedWords(parameter: Pick<Parameter, 'kind' | 'unit' | 'expected'>): string {
  return isShare(parameter) ? '填百分数，最多两位小数，如 48.5；不超过 100' : parameter.expected;
}

/** 依据, as one line. */
export function basisWords({ basis }: Pick<Span, 'basis'>): string {
  return [basis.title, basis.clause].filter(Boolean).join(' ');
}
