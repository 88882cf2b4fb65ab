import { normaliseName, parseChineseNumeral, untilSettled } from './chinese-text.ts';

/** 房屋编号: the keys of a unit's building, entrance and room; an entrance may be unknown (''). */
export interface UnitNumber {
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

const BUILDING_WORD = /(号楼|号栋|号幢|幢|栋|#楼|#|号|楼|座)$/;
const ENTRANCE_WORD = /(单元|门洞|门|梯)$/;
const ROOM_WORD = /(号房|房|(?<!储藏|储物|杂物|地下|教)室|号|户)$/;
const SPOKEN = /^(.+?(?:号楼|号栋|号幢|幢|栋|#楼|#|座|楼))(?:(.+?)(?:单元|门洞|梯))?-?(.+)$/;

/** 楼栋编号键: '3幢' = '3号楼' = '03栋' = '3#' = '三号楼' = '3'. Idempotent; letters stay ('A座' → 'A'). */
export function buildingKey(text: string): string {
  return numberKey(text, BUILDING_WORD);
}

/** 单元编号键: '1单元' = '一单元' = '01' = '1'. Idempotent. */
export function entranceKey(text: string): string {
  return numberKey(text, ENTRANCE_WORD);
}

/** 房号键: '301室' = '0301' = '301'. Idempotent. */
export function roomKey(text: string): string {
  return numberKey(text, ROOM_WORD);
}

/** 房屋编号: reads '1-2-301', '1幢2单元301室' or '1-301' from one cell; undefined when it does not name a building and a room. */
export function parseUnitNumber(text: string): UnitNumber | undefined {
  const name = normaliseName(text).replaceAll('/', '-');
  const dashed = joinedStoreys(name.split('-').filter((part) => part !== ''));
  if (dashed.length === 2 && WITH_ENTRANCE.test(dashed[0] ?? '')) return spokenIn(dashed.join('-'));
  if (dashed.length === 3) return numbered(dashed[0], dashed[1], dashed[2]);
  if (dashed.length === 2) return numbered(dashed[0], '', dashed[1]);
  return spokenIn(name);
}

/** 3号楼2单元601: building and entrance are spoken before a dash that belongs to the room. */
const WITH_ENTRANCE = /(号楼|号栋|号幢|幢|栋|#楼|#|座|楼)(.+?(单元|门洞|梯)).+$/;
const STOREYED = /^\d{3,5}(室|号|户)?$/;

/** 1-2-501-601: a home over two storeys has two numbers, which are one. */
function joinedStoreys(parts: readonly string[]): readonly string[] {
  const [upper, lower] = [parts.at(-1) ?? '', parts.at(-2) ?? ''];
  return parts.length > 2 && STOREYED.test(upper) && STOREYED.test(lower) ? [...parts.slice(0, -2), `${lower}-${upper}`] : parts;
}

function spokenIn(name: string): UnitNumber | undefined {
  const spoken = SPOKEN.exec(name);
  return spoken === null ? undefined : numbered(spoken[1], spoken[2]?.replace(/^-/, '') ?? '', spoken[3]);
}

/** 房屋匹配键: one text that is equal for the same unit of an estate, however it was written. */
export function unitKey({ building, entrance, room }: UnitNumber): string {
  return [buildingKey(building), entranceKey(entrance), roomKey(room)].join('-');
}

function numbered(building = '', entrance = '', room = ''): UnitNumber {
  return { building: buildingKey(building), entrance: entranceKey(entrance), room: roomKey(room) };
}

function numberKey(text: string, word: RegExp): string {
  return untilSettled(normaliseName(text), (key) => shorten(key, word));
}

/** One step towards the key: 第 and the closing word dropped, numerals in digits, leading zeros and a workbook's '.0' gone. */
function shorten(key: string, word: RegExp): string {
  const ordinal = key.replace(/^第(?=.)/, '');
  const bare = ordinal.replace(word, '') || ordinal;
  const numeral = parseChineseNumeral(bare)?.toString() ?? bare;
  return numeral.replace(/^(\d+)\.0+$/, '$1').replaceAll(/(?<![0-9])0+(?=[0-9])/g, '');
}
