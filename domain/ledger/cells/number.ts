import { MOST_THINGS } from '#domain/kernel/limits.ts';
import { areaCm2, basisPoints, fen, type AreaCm2, type BasisPoints, type Fen } from '#domain/kernel/brand.ts';
import { parseDecimal } from '#domain/kernel/decimal.ts';
import { blank, fault, saysNothing, textOf, value, type CellReader, type CellResult } from './cell.ts';

const UNIT = /(户|套|栋|幢|座|个|人|名|位|部|台|家|辆|间|层|㎡|m2|m²|平方米|平米|平方|平|(?<=\d万?)方|元\/(?:㎡|平方米|平米|平方|平|m2|m²)(?:[·.*/每]?月)?|元\/月[·.*/]?(?:㎡|平方米|平米|m2|m²)|元)$/i;
const TEN_THOUSAND = 4;
const CM2_PER_HUNDREDTH = 100;
const CM2_PER_M2 = 10_000;

interface Read { readonly units: number; readonly isRounded: boolean }

/** 读数:reads a number with at most `scale` decimals kept, whatever unit follows it; a trailing 万 counts. */
function readScaled(text: string, scale: number): CellResult<Read> {
  const plain = text.replaceAll(' ', '').replace(/^['‘’`+¥￥]+/, '');
  let digits = plain.replace(UNIT, '');
  let places = scale;
  if (digits.endsWith('万')) {
    digits = digits.slice(0, -1);
    places += TEN_THOUSAND;
  }
  const exact = parseDecimal(digits, places);
  if (exact.ok) return value({ units: exact.value, isRounded: false });
  if (exact.fault === 'too-precise') return rounded(digits, places);
  return fault('not-a-number', exact.fault === 'too-large' ? '数值过大，请核对' : whyNoNumber(plain));
}

const NUMBER = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`;
const RANGE = new RegExp(`^${NUMBER}[-~—至到]${NUMBER}$`);

function whyNoNumber(text: string): string {
  if (exactly(text) !== null) return '不是数字而是约数，请改成确切的数字';
  if (RANGE.test(text.replaceAll(/[^\d.,~—至到-]/g, ''))) return '是一个范围，请只填一个数，其余写在备注里';
  if (/\d亩$/.test(text)) return '单位是亩，请按平方米填写';
  if ((text.match(new RegExp(NUMBER, 'g'))?.length ?? 0) > 1) return '里面有几个数，请只填一个，其余写在备注里';
  if (/\d/.test(text)) return '里面还有别的文字，请只填一个数，其余写在备注里';
  return '不是数字，请改成阿拉伯数字';
}

const BEFORE = /^(?:大约|将近|超过|不足|不到|约|近|超|逾|上)(?:为|有|计)?/;
const BEHIND = /(?:左右|上下|以上|以下|许|\+)$/;
const BETWEEN = /(?<=[\d万])[余多来](?=万?(?:户|套|栋|幢|个|人|名|位|部|台|家|辆|间|层|㎡|平方米|平米|平)?$)/;
const ROUND: Readonly<Record<string, string>> = { 百: '100', 千: '1000', 万: '10000' };

/** What an about-figure (约800, 600余户, 近千) is about; null when the text is none, or holds more than one figure. */
function exactly(text: string): string | null {
  const bare = text.replace(BEFORE, '').replace(BEHIND, '').replace(BETWEEN, '');
  if (bare === text || (bare.match(new RegExp(NUMBER, 'g'))?.length ?? 0) > 1) return null;
  const figure = ROUND[bare] ?? bare;
  return /^\d/.test(figure) && /^[\d.,]+万?%?$/.test(figure.replace(UNIT, '')) ? figure : null;
}

/** 约数:read by `read` where it is a figure, else as the figure it is about, with a warning; `taken` says as what. */
function about<T>(read: CellReader<T>, taken: (found: T) => string = () => '所写的数字收下'): CellReader<T> {
  return (cell, header) => {
    const found = read(cell, header);
    if (found.is !== 'fault') return found;
    const figure = exactly(textOf(cell).replaceAll(' ', ''));
    const near = figure === null ? found : read(figure, header);
    return near.is === 'value' ? value(near.value, { code: 'about-figure', severity: 'warn', says: `是约数，已按${taken(near.value)}，请核实后填确切的数字` }) : found;
  };
}

/** 去掉说明:a note in brackets that holds no figure, or tells what the figure before it includes, leaves that figure what it is: 800（含商铺20）. */
export function withoutNote<T>(read: CellReader<T>): CellReader<T> {
  return (cell, header) => {
    const found = read(cell, header);
    const parts = found.is === 'fault' ? /^([^()]+)\((?:[^()\d]*|(?:含|其中|包括|包含|住宅)[^()]*)\)$/.exec(textOf(cell)) : null;
    const bare = parts === null ? found : read(parts[1] ?? '', header);
    return parts !== null && bare.is === 'value' ? value(bare.value, { code: 'partly-read', severity: 'warn', says: '括号里的说明没有登记，如有用请写在备注里' }) : found;
  };
}

/** Rounds half up on the digits themselves. */
function rounded(digits: string, places: number): CellResult<Read> {
  const [whole = '', fraction = ''] = digits.split('.');
  const cut = parseDecimal(`${whole}.${fraction.slice(0, places)}`, places);
  if (!cut.ok) return fault('not-a-number', '不是数字，请改成阿拉伯数字');
  const up = Number(fraction.charAt(places)) >= 5 ? 1 : 0;
  const isBelowZero = whole.startsWith('-');
  return value({ units: isBelowZero ? cut.value - up : cut.value + up, isRounded: true });
}

/** 读非负数:negatives are a fault of their own, decimals beyond `scale` are rounded with a note. */
function readAmount(text: string, scale: number, unit: string): CellResult<number> {
  const read = readScaled(text, scale);
  if (read.is !== 'value') return read;
  const { units, isRounded } = read.value;
  if (units < 0) return fault('negative', '不能是负数，请核对后改正');
  return isRounded ? value(units, { code: 'rounded', severity: 'warn', says: `小数位过多，已四舍五入到${unit}` }) : value(units);
}

/** 个数:a whole number, zero allowed: ' 1,566 ', '１８４８', '120户'. '约120' is none: nothing that is argued about may rest on it. */
export const count: CellReader<number> = withoutNote((cell) => {
  const text = textOf(cell);
  if (saysNothing(text)) return blank;
  const read = readScaled(text, 0);
  if (read.is !== 'value') return read;
  if (read.value.units < 0) return fault('negative', '不能是负数，请核对后改正');
  if (read.value.units > MOST_THINGS) return fault('out-of-range', '数字过大，请核对，可能填错了列');
  return read.value.isRounded ? fault('not-a-number', '不是整数，请核对后改正') : value(read.value.units);
});

/** 个数(可为约数):'约120' is taken as 120 with a warning; for figures that nothing rests on. */
export const countAbout: CellReader<number> = about(count);

/** 面积:in m², or in 万㎡ when the header or the cell says so; kept exactly to 0.01 m². '约120㎡' is taken as 120 with a warning: to refuse a home with its owner for that word helps nobody. */
export const area: CellReader<AreaCm2> = about(withoutNote((cell, header) => {
  const text = textOf(cell);
  if (saysNothing(text)) return blank;
  const scale = /万\s*(㎡|m2|m²|平|方)/i.test(header) && !/[万㎡平方]/.test(text) ? 2 + TEN_THOUSAND : 2;
  const read = readAmount(text, scale, '0.01㎡');
  return safely(read, (hundredths) => areaCm2(hundredths * CM2_PER_HUNDREDTH));
}), (found) => `${found / CM2_PER_M2}㎡读入`);

/** 金额:in yuan, or in 万元 when the header or the cell says so. */
export const money: CellReader<Fen> = (cell, header) => {
  const text = textOf(cell).replace(/(人民币|元整)$/, '').replace(/^(?:认缴|实缴|注册资本)?(?:人民币)?:?(?:每(?:平方米|平米|平方|平|㎡))?/, '').replace(/(?<=元\/)\(([^()]*)\)$/, '$1');
  if (saysNothing(text)) return blank;
  const scale = /万/.test(header) && !/[万元]/.test(text) ? 2 + TEN_THOUSAND : 2;
  const read = readAmount(text, scale, '分');
  return safely(read, fen);
};

const PERCENT = 100;

/** 百分比:'85%', 85 or 0.85 are all 8500 bp: what is not above 1 is taken as a part of one; '约90%' with a warning. */
export const percent: CellReader<BasisPoints> = about((cell) => {
  const text = textOf(cell).replaceAll(' ', '');
  if (saysNothing(text)) return blank;
  const isMarked = text.endsWith('%');
  const read = readAmount(isMarked ? text.slice(0, -1) : text, 4, '0.01%');
  if (read.is !== 'value') return read;
  const isPart = !isMarked && read.value <= 10_000;
  const points = isPart ? read.value : Math.round(read.value / PERCENT);
  return points > 10_000 ? fault('out-of-range', '超过100%，请核对') : value(basisPoints(points));
});

function safely<T>(read: CellResult<number>, make: (units: number) => T): CellResult<T> {
  if (read.is !== 'value') return read;
  return Number.isSafeInteger(read.value * CM2_PER_HUNDREDTH) ? value(make(read.value), read.note) : fault('not-a-number', '数值过大，请核对');
}
