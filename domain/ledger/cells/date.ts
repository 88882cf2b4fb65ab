import { daysInMonth, isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';
import { parseChineseNumeral } from '#domain/kernel/chinese-text.ts';
import { addDays, addMonths, fromDay } from '#domain/kernel/local-date.ts';
import type { RawCell } from '../types.ts';
import { blank, fault, saysNothing, textOf, value, type CellReader, type CellResult } from './cell.ts';

/** 取首取尾:where only a month or a year is written, is it its first or its last day? */
export type Edge = 'first' | 'last';

const SERIAL_EPOCH = 25_569;
const FIRST_SERIAL = 7_306;     // 1920-01-01
const LAST_SERIAL = 73_050;     // 2099-12-31
const CENTURY_TURN = 50;

/** 日期:in any usual form; a month alone is its first day. */
export const date: CellReader<LocalDate> = (cell) => readDate(cell, 'first');

/** 截止日期:in any usual form; a month alone is its last day. */
export const dateUntil: CellReader<LocalDate> = (cell) => readDate(cell, 'last');

function readDate(cell: RawCell, edge: Edge): CellResult<LocalDate> {
  if (cell !== null && typeof cell === 'object') return value(cell.date);
  const text = textOf(cell);
  if (saysNothing(text)) return blank;
  if (typeof cell === 'number' && !Number.isInteger(cell) && /^\d{4}\.1$/.test(text)) {
    return fault('date-invalid', '分不清是几月（1月还是10月），请写成“2025-01”的样子');
  }
  const found = parseDate(text, edgeOf(text) ?? edge);
  if (found === null) return fault('date-invalid', '看不出是哪一天，请写成“2025-01-03”的样子');
  return ROUGHLY.test(text) ? value(found, { code: 'about-figure', severity: 'warn', says: `是大概的时间，暂按${found}登记，请核实` }) : value(found);
}

/** 2000年前, 2015年左右: a year or a month, and not even that for sure. */
const ROUGHLY = /[年月]以?(前|后|左右|前后)(建成?|竣工|交付)?$/;

/** 2024年5月底 is its last day, 5月初 its first. */
function edgeOf(text: string): Edge | null {
  return /[年月]底$/.test(text) ? 'last' : /[年月]初$/.test(text) ? 'first' : null;
}

/** What happened on the day: 2015年12月竣工, 2019.10.1交付使用; and since when it lasts. */
const HAPPENED = /(?:竣工|建成|建|交付|交房|投用|投入|入住|成立|备案|换届|登记)(?:使用)?$/;
const LASTS = /至今$/;

/**
 * 读日期:2025-1-3, 2025.1.3, 2025/1/3, 2025年1月3日, 20250103, 25.1.3, 二〇二五年一月三日, a month, a year, or Excel's serial number.
 *
 * Takes normalised text; a time behind the day is left out. Null when no such day exists.
 */
export function parseDate(text: string, edge: Edge): LocalDate | null {
  const plain = fromChinese(text).replaceAll(/[—–−]/g, '-').replaceAll(' ', ' ').trim()
    .replace(/[T ]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, '').replace(HAPPENED, '').replace(edge === 'first' ? LASTS : '', '').replace(/(起|止|以?前|以?后|左右|前后|底|初)$/, '').replaceAll(' ', '');
  const parts = /^(\d{4}|\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2})[日号]?|月|)[.。]?$/.exec(plain)
    ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/.exec(plain) ?? /^((?:19|20)\d{2})年?$/.exec(plain) ?? /^(\d{2})年$/.exec(plain);
  if (parts !== null) return dayOf(parts, edge);
  const serial = /^\d{4,5}(\.\d+)?$/.test(plain) ? Math.floor(Number(plain)) : 0;
  return serial >= FIRST_SERIAL && serial <= LAST_SERIAL ? fromDay(serial - SERIAL_EPOCH) : null;
}

function dayOf([, yearText = '', monthText, dayText]: readonly (string | undefined)[], edge: Edge): LocalDate | null {
  const short = Number(yearText);
  const year = yearText.length > 2 ? short : short + (short < CENTURY_TURN ? 2000 : 1900);
  const month = monthText === undefined ? (edge === 'first' ? 1 : 12) : Number(monthText);
  if (month < 1 || month > 12) return null;
  const day = dayText === undefined ? (edge === 'first' ? 1 : daysInMonth(year, month)) : Number(dayText);
  const text = `${year}-${pad(month)}-${pad(day)}`;
  return year >= 1900 && year < 2200 && isLocalDate(text) ? text : null;
}

function pad(number: number): string {
  return number.toString().padStart(2, '0');
}

/** 二〇二五年一月三日 → 2025年1月3日; other text stays. */
function fromChinese(text: string): string {
  if (!/[一二三四五六七八九〇零○]/.test(text)) return text;
  const parts = /^([〇零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十]{1,3})[日号])?$/.exec(text.replaceAll(/[○O0]/g, '〇'));
  if (parts === null) return text;
  const [, year = '', month, day] = parts;
  const digits = Array.from(year, (character) => parseChineseNumeral(character) ?? 0).join('');
  return `${digits}年${month === undefined ? '' : `${parseChineseNumeral(month) ?? 0}月`}${day === undefined ? '' : `${parseChineseNumeral(day) ?? 0}日`}`;
}

/** 起止日期 */
export interface Period { readonly from: LocalDate; readonly until: LocalDate }

const ONE_DATE = /\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号]?)?)?|\d{4}([-./])\d{1,2}(?:\1\d{1,2})?(?!\d)|(?<!\d)\d{8}(?!\d)/g;

const SHORT = /(?<![\d.])(\d{2})([./])(\d{1,2})\2(\d{1,2})(?![\d.])/g;
const SAME_YEAR = /^(\d{4})年(.+?)[-—~至到]+(\d{1,2}月(?:\d{1,2}[日号]?)?)$/;
const LASTING = /^(.+?)起?[,;]?(?:为期|期限)?([一二两三四五六七八九十]{1,2}|\d{1,2})年$/;

/** The two dates, also where the second leaves its year out, where years have two digits, or where so many years are told instead. */
function datesIn(text: string): string[] {
  const full = text.replaceAll(SHORT, '20$1$2$3$2$4').replace(SAME_YEAR, '$1年$2至$1年$3');
  const dates = [...full.match(ONE_DATE) ?? []];
  const lasting = dates.length === 1 ? LASTING.exec(full) : null;
  const from = lasting === null ? null : parseDate(lasting[1] ?? '', 'first');
  const years = lasting === null ? undefined : parseChineseNumeral(lasting[2] ?? '') ?? Number(lasting[2]);
  return from === null || years === undefined || !/[\d日月号]起/.test(full) ? dates : [from, addDays(addMonths(from, years * 12), -1)];
}

/** 期限:two dates in one cell: '2023.1.1-2025.12.31', '2023年1月至2025年12月', '2023.1.1起三年'. */
export const period: CellReader<Period> = (cell) => {
  const text = textOf(cell);
  if (saysNothing(text)) return blank;
  const [first, second, more] = datesIn(text.replaceAll(' ', ''));
  const from = first === undefined ? null : parseDate(first, 'first');
  const until = second === undefined ? null : parseDate(second, 'last');
  if (from === null || until === null || more !== undefined) return fault('date-invalid', '看不出起止日期，请写成“2023-01-01至2025-12-31”的样子');
  return from <= until ? value({ from, until }) : fault('period-reversed', '止期早于起期，请核对');
};
