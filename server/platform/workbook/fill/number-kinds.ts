import { toDay } from '#domain/kernel/local-date.ts';
import { isDateFormat } from '../number-format.ts';
import type { BiffRecord } from './biff.ts';
import type { FillValue } from './types.ts';
import { attributeOf, textOf, unescaped, type XlsxParts } from './xlsx-parts.ts';

/** 数字格式的种类, as far as it changes what must be written: a share of one hundred, or a day. */
export type NumberKind = 'percent' | 'date' | null;
/** 按格式写: which kind each cell format of the file is, and from which year its days count. */
export interface NumberKinds { readonly ofStyle: (style: number) => NumberKind; readonly is1904: boolean }

const PERCENT_IDS: readonly number[] = [9, 10];
const kindOf = (id: number, code: string | undefined): NumberKind => {
  if (code === undefined ? PERCENT_IDS.includes(id) : code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '').includes('%')) return 'percent';
  return isDateFormat(id, code) ? 'date' : null;
};

/** 新格式的. */
export function numberKindsOfXlsx({ parts, workbook }: XlsxParts): NumberKinds {
  const styles = [...parts.keys()].find((name) => /(^|\/)styles\.xml$/i.test(name));
  const xml = styles === undefined ? '' : textOf(parts, styles);
  const codes = new Map([...xml.matchAll(/<(?:\w+:)?numFmt\b([^>]*?)\/?>/g)].map(([, attributes = '']) => [Number(attributeOf(attributes, 'numFmtId')), unescaped(attributeOf(attributes, 'formatCode'))]));
  const inside = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs\s*>/.exec(xml)?.[1] ?? '';
  const kinds = [...inside.matchAll(/<(?:\w+:)?xf\b([^>]*?)\/?>/g)].map(([, attributes = '']) => { const id = Number(attributeOf(attributes, 'numFmtId')) || 0; return kindOf(id, codes.get(id)); });
  return { ofStyle: (style) => kinds[style] ?? null, is1904: /<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']/.test(textOf(parts, workbook)) };
}

const FORMAT = 0x041e;
const XF = 0x00e0;
const DATE_1904 = 0x0022;

/** 旧格式的. */
export function numberKindsOfXls(globals: readonly BiffRecord[]): NumberKinds {
  const codes = new Map(globals.filter(({ type }) => type === FORMAT).map(({ data }) => {
    const isWide = (data.readUInt8(4) & 1) === 1;
    return [data.readUInt16LE(0), data.toString(isWide ? 'utf16le' : 'latin1', 5, 5 + data.readUInt16LE(2) * (isWide ? 2 : 1))] as const;
  }));
  const kinds = globals.filter(({ type }) => type === XF).map(({ data }) => { const id = data.readUInt16LE(2); return kindOf(id, codes.get(id)); });
  return { ofStyle: (style) => kinds[style] ?? null, is1904: globals.find(({ type }) => type === DATE_1904)?.data.readUInt16LE(0) === 1 };
}

const FIRST_DAY_1900 = 25_569;
const DAYS_1904 = 1_462;

/** 按格式写的值: a percentage goes into a cell of percent format as its hundredth, a day into a cell of date format as its serial number; everything else as it is. */
export function asWritten(value: FillValue, style: number, { ofStyle, is1904 }: NumberKinds): FillValue {
  const kind = value === null ? null : ofStyle(style);
  if (value === null || kind === null) return value;
  if ('number' in value) return kind === 'percent' && value.isPercent === true ? { number: hundredth(value.number) } : value;
  return kind === 'date' && value.day !== undefined ? { number: String(toDay(value.day) + FIRST_DAY_1900 - (is1904 ? DAYS_1904 : 0)) } : value;
}

/** Exactly: the point moves two places to the left. */
export function hundredth(number: string): string {
  const [, sign = '', whole = '0', digits = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number) ?? [];
  const all = whole.padStart(3, '0');
  return `${sign}${all.slice(0, -2).replace(/^0+(?=\d)/, '')}.${all.slice(-2)}${digits}`;
}
