import { normaliseText } from './chinese-text.ts';

/** 联系电话: its kind and its one written form. */
export interface Phone {
  readonly kind: 'mobile' | 'landline' | 'service';
  /** Mobile: 11 digits; landline: '0571-88001234-801', or without area code as given; service: digits only. */
  readonly number: string;
}

const MOBILE = /^(?:\+?86|0086)?(1[3-9]\d{9})$/;
const LANDLINE = /^(?:(?:\+?86|0086)?(0(?:10|2\d|[3-9]\d{2})))?([2-8]\d{6,7})(?:(?:转|X|-|\*|#|分机)+(\d{1,6}))?$/;
const SERVICE = /^(?:[48]00\d{7}|95\d{3,6}|96\d{3,6}|1[12]\d|12\d{3})$/;

/**
 * 联系电话: reads a mobile number, a landline (area code and extension optional) or a service number (400, 95, 96, 12345, 110).
 *
 * Blanks, dashes and brackets are taken as people type them, and a number that a workbook kept as '19900000000.0'.
 * Undefined when it is none of these.
 */
export function parsePhone(text: string): Phone | undefined {
  const typed = normaliseText(text).toUpperCase().replace(/^(?:电话|手机|TEL)[::.]?/, '').replace(/\.0+$/, '');
  const digits = typed.replaceAll(/[\s()\-—–.]/g, '');
  const mobile = MOBILE.exec(digits)?.[1];
  if (mobile !== undefined) return { kind: 'mobile', number: mobile };
  if (SERVICE.test(digits)) return { kind: 'service', number: digits };
  return parseLandline(typed);
}

/** 多个电话: splits a cell that holds several numbers ('13800000000、0571-88001234'), without the empty pieces. */
export function splitPhones(text: string): string[] {
  return normaliseText(text).split(/[、,;/|]|\s+(?=1[3-9]\d{9}|0\d{2,3}-|[\u4e00-\u9fff]{1,6}:)|(?<=\d)\s*(?=\([\u4e00-\u9fff]{1,4}\)[\d+])/).map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** 电话遮盖: 138****1234; of other numbers only the area code and the last four digits stay. */
export function maskPhone({ kind, number }: Phone): string {
  if (kind === 'service') return number;
  if (kind === 'mobile') return `${number.slice(0, 3)}****${number.slice(-4)}`;
  return number.replace(/(^|-)\d{3,4}(?=\d{4}(-|$))/, (hidden, dash: string) => dash + '*'.repeat(hidden.length - dash.length));
}

function parseLandline(typed: string): Phone | undefined {
  const spaced = typed.replaceAll(/[()—–]/g, '-').replaceAll(/[\s.]/g, '').replace(/^-+/, '');
  const joined = spaced.replace(/^((?:\+?86|0086)?-?0\d{2,3})-+/, (code) => code.replaceAll('-', '')).replace(/^([2-8]\d{2,3})-(\d{4})(?!\d)/, '$1$2');
  const parts = LANDLINE.exec(joined.replaceAll(/-+/g, '-')) ?? LANDLINE.exec(joined.replace(/-(?=\d{4}$)/, ''));
  if (parts === null) return undefined;
  const number = [parts[1], parts[2], parts[3]].filter((part) => part !== undefined).join('-');
  return { kind: 'landline', number };
}
