import { parseSquareMetres } from '#domain/kernel/area.ts';
import { parseYuan } from '#domain/kernel/money.ts';
import { parseDecimal } from '#domain/kernel/decimal.ts';
import type { FieldFact } from '../schema/field-facts.ts';

/** 读结果: the value for the wire, or what is wrong with the text. */
export type Typed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** 读填写内容: what was typed into one field as the wire wants it; blank is null, nothing, or the empty text, as the schema allows. */
export function readText(fact: FieldFact, text: string): Typed {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: fact.isNullable ? null : fact.isRequired && (fact.kind === 'text' || fact.kind === 'long-text') ? '' : undefined };
  if (fact.kind === 'money') return read(parseYuan(trimmed), '金额应写成 1.20 的样子，单位元，最多两位小数');
  if (fact.kind === 'area') return read(parseSquareMetres(trimmed), '面积应写成 88.50 的样子，单位平方米，最多两位小数');
  if (fact.kind === 'percent') return read(parseDecimal(trimmed.replace(/[%％]$/, ''), 2), '比率应写成 85.5 的样子，单位 %，最多两位小数');
  if (fact.kind === 'number') return read(parseDecimal(trimmed, 0), '应为整数');
  if (fact.kind === 'flag') return { ok: true, value: trimmed === 'true' };
  return { ok: true, value: trimmed };
}

/** 写填写内容: a value of the wire as it stands in its field. */
export function writeText(fact: FieldFact, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return '';
  if (fact.kind === 'money' || fact.kind === 'percent') return decimals(value, 2);
  return fact.kind === 'area' ? decimals(value, 4) : String(value);
}

function read(parsed: { readonly ok: boolean; readonly value?: number }, message: string): Typed {
  return parsed.ok ? { ok: true, value: parsed.value } : { ok: false, message };
}

/** On digits, so that nothing is rounded; trailing zeros beyond two places go. */
function decimals(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '').padEnd(2, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}.${fraction}`;
}
