import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { writeXlsxStream } from 'hucre/xlsx';
import { creditCheckCharacter } from '#domain/kernel/identifier.ts';

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜';
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红文建国海';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const PER_ESTATE = 1_000;

/** 大名册的小区名 */
export const estateNames = (units: number): string[] => Array.from({ length: Math.ceil(units / PER_ESTATE) }, (_, at) => `测试花园${at + 1}期`);

/** A generator with a fixed seed: the same workbook every time. */
function* randoms(seed: number): Generator<number, never, undefined> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

/** A well-formed identity number of the made-up county. */
function identity(random: () => number): string {
  const year = 1950 + (random() % 55);
  const body = `990101${year}${String(1 + (random() % 12)).padStart(2, '0')}${String(1 + (random() % 28)).padStart(2, '0')}${String(random() % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + ('10X98765432'[sum % 11] ?? '0');
}

/** 大名册的表头 */
export const UNIT_COLUMNS = ['小区', '楼栋', '单元', '房号', '用途', '建筑面积(㎡)', '产权人', '证件号', '联系电话', '共有人', '登记依据', '交付日期'];

/** 大名册的行: `units` made-up owners in estates of a thousand, the same every time. */
export function* unitRows(units: number): Generator<(string | number)[], void, undefined> {
  const source = randoms(20_260_630);
  const random = () => source.next().value >>> 8;
  const names = estateNames(units);
  for (let at = 0; at < units; at += 1) {
    const inEstate = at % PER_ESTATE;
    const name = () => (SURNAMES[random() % SURNAMES.length] ?? '') + (GIVEN[random() % GIVEN.length] ?? '') + (GIVEN[random() % GIVEN.length] ?? '');
    yield [
      names[Math.floor(at / PER_ESTATE)] ?? '', `${Math.floor(inEstate / 100) + 1}栋`, `${(Math.floor(inEstate / 50) % 2) + 1}单元`, `${Math.floor((inEstate % 50) / 4) + 1}0${(inEstate % 4) + 1}`, '住宅',
      (5000 + (random() % 12_000)) / 100, name(), identity(random), `1${[39, 58, 77, 99][random() % 4] ?? 39}${String(random() % 100_000_000).padStart(8, '0')}`,
      random() % 8 === 0 ? name() : '', ['不动产登记簿', '测绘成果', '购房合同'][random() % 3] ?? '', `20${10 + (random() % 14)}-0${1 + (random() % 9)}-1${random() % 9}`,
    ];
  }
}

/** 写一份大名册:`units` rows of made-up owners in estates of a thousand, as an .xlsx. */
export async function writeUnitsWorkbook(path: string, units: number): Promise<void> {
  await writeSheet(path, '房屋业主名册', headed(units));
}

function* headed(units: number): Generator<(string | number)[], void, undefined> {
  yield UNIT_COLUMNS;
  yield* unitRows(units);
}

/** 写一张表, as an .xlsx. */
export async function writeSheet(path: string, name: string, rows: Iterable<(string | number)[]>): Promise<void> {
  const stream = writeXlsxStream(rows, { name, repeatHeaders: false });
  const file = createWriteStream(path);
  for await (const piece of stream) if (!file.write(piece)) await once(file, 'drain');
  file.end();
  await finished(file);
}

/** 一个有效的信用代码 of the made-up county. */
export const creditCode = (at: number): string => { const body = `91990101MA${String(at).padStart(7, '0')}`; return body + creditCheckCharacter(body); };
