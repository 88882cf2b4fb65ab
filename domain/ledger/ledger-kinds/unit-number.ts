import { buildingKey, entranceKey, parseUnitNumber, roomKey, type UnitNumber } from '#domain/kernel/unit-number.ts';
import { blank, remembering, saysNothing, textOf, value, type CellFault, type CellReader } from '../cells/cell.ts';
import type { Draft } from '../field.ts';
import type { RawCell, UnitValues } from '../types.ts';

const BECAME_DATE = { code: 'became-date', severity: 'error', says: '是被 Excel 当成日期的编号，请把该列设为“文本”后重新填写' } as const;
const isDate = (cell: RawCell): boolean => cell !== null && typeof cell === 'object';

/** 编号:reads a building's or an entrance's number as its key; one that Excel took for a day is a fault. */
export function key(keyOf: (text: string) => string): CellReader<string> {
  const remembered = remembering(keyOf);
  return (cell) => {
    if (isDate(cell)) return { is: 'fault', fault: BECAME_DATE };
    const written = textOf(cell);
    return saysNothing(written) ? blank : value(remembered(written));
  };
}

/** 房屋坐落:building, entrance and room, and the estate where the address begins with it and no column gives it. */
export function putUnitNumber(draft: Draft<UnitValues>, cell: RawCell): CellFault | null {
  if (isDate(cell)) return BECAME_DATE;
  const address = textOf(cell);
  if (saysNothing(address)) return null;
  const { estate, number } = splitAddress(address);
  if (estate !== '') draft.estate ??= estate;
  const read = parseUnitNumber(number);
  if (read === undefined && draft.room === undefined && OF_NO_BUILDING.test(number)) draft.room = keyOfRoom(number);
  noteUse(draft, number);
  if (read === undefined) return draft.room === undefined ? { code: 'required-missing', severity: 'error', says: '看不出楼栋和房号，请写成“1-2-301”的样子' } : null;
  draft.building ??= read.building;
  if (read.entrance !== '') draft.entrance ??= read.entrance;
  draft.room ??= read.room;
  return null;
}

/** 楼栋单元:1栋1单元, 2-1, or the building alone. */
export function putBuildingEntrance(draft: Draft<UnitValues>, cell: RawCell): CellFault | null {
  if (isDate(cell)) return BECAME_DATE;
  const written = textOf(cell);
  if (saysNothing(written)) return null;
  const parts = /^(.+?(?:号楼|号栋|号幢|幢|栋|#楼?|座))-?(.+?)(?:单元|门洞|梯)$/.exec(written) ?? /^([A-Z]?\d{1,3}[A-Z]?)-(\d{1,2})(?:单元)?$/.exec(written);
  draft.building ??= buildingKey(parts?.[1] ?? written);
  if (parts !== null) draft.entrance ??= entranceKey(parts[2] ?? '');
  return null;
}

const ADDRESS = /^(.*?[\u4e00-\u9fff)])[-—_ ]?((?:[A-Z]?\d{1,3}|[A-Z]|[一二三四五六七八九十]{1,3})(?:号楼|号栋|号幢|幢|栋|#楼?|座).+)$/;
const AREAS = /^.*(省|市|县|区(?!域)|街道|镇|乡|社区|村|[路街巷道]\d*号?)(?=[\u4e00-\u9fff]{2})/;

/** 云川县城关街道锦绣花园1幢1单元101室 → 锦绣花园, 1幢1单元101室. */
function splitAddress(address: string): { readonly estate: string; readonly number: string } {
  const parts = ADDRESS.exec(address.replaceAll(' ', ''));
  if (parts === null) return { estate: '', number: address };
  return { estate: (parts[1] ?? '').replace(AREAS, ''), number: parts[2] ?? '' };
}

/** 地下一层A区12号车位, 沿街商铺3号, 负一层088: it stands in no building. */
const OF_NO_BUILDING = /车位|车库|商铺|门面|门市|店面|铺|储藏|储物|杂物|地下|负[一二三123]|物业用房|配套/;

/** What the number itself says of the use; a column for it goes before. */
function noteUse(draft: Draft<UnitValues>, written: string): void {
  const use = useIn(written);
  if (use !== undefined) draft.use ??= use;
}

const useIn = remembering((written: string) => OF_ITS_KIND.find(([, words]) => words.test(written))?.[0]);

const OF_ITS_KIND: readonly (readonly [NonNullable<UnitValues['use']>, RegExp])[] = [['parking', /车位|车库/], ['shop', /商铺|门面|铺号/], ['storage', /储藏|地下室/]];
const WHOLE = /^(?:[A-Z]?\d{1,3}|[A-Z])-(?:\d{1,2}-)?(?:[A-Z]?\d{1,5}[A-Z]?|\d{3,5}-\d{3,5})$|^(?:第?[A-Z]?\d{1,3}|[A-Z]|[一二三四五六七八九十]{1,3})(?:号楼|号栋|号幢|幢|栋|#楼?|座).+/;

/** 一单元101 behind a column for the building. */
const ENTRANCE_AND_ROOM = /^第?([\dA-Z一二三四五六七八九十甲乙丙丁]{1,3})(?:单元|门洞|梯)-?([A-Z]?\d{1,5}[A-Z]?(?:室|号|户)?)$/;
const entranceAndRoom = remembering((written: string): readonly (string | undefined)[] => ENTRANCE_AND_ROOM.exec(written) ?? []);
const keyOfRoom = remembering(roomKey);
const keysOfAll = remembering((written: string) => (WHOLE.test(written) ? wholeNumber(written) : undefined));

/** The room's number; without a column for the building also 3-2-1201 and 3号楼二单元1202室; 2-1-302 in building 2 repeats it. */
export function putRoom(draft: Draft<UnitValues>, cell: RawCell, header: string): CellFault | null {
  if (isDate(cell)) return BECAME_DATE;
  const written = textOf(cell).replace(/(?<=[\dA-Z室号])\([^()\dA-Za-z]{1,8}\)$/, '');
  draft.room = saysNothing(written) ? null : keyOfRoom(written);
  noteUse(draft, written);
  const use = OF_ITS_KIND.find(([, words]) => words.test(header))?.[0];
  if (use !== undefined) { draft.use ??= use; return null; }
  const [, entrance, room] = draft.entrance === undefined || draft.entrance === null ? entranceAndRoom(written) : [];
  if (draft.building && entrance !== undefined) {
    draft.entrance = entranceKey(entrance);
    draft.room = keyOfRoom(room ?? '');
    return null;
  }
  const read = keysOfAll(written);
  if (read === undefined || (draft.building && draft.building !== read.building) || (draft.entrance && read.entrance !== '' && draft.entrance !== read.entrance)) return null;
  if (draft.building !== undefined && read.entrance === '' && /^\w+-/.test(written)) return null;
  draft.building = read.building;
  if (read.entrance !== '') draft.entrance = read.entrance;
  draft.room = read.room;
  return null;
}

/** 4#1-101 too: what is spoken up to the building, and dashed behind it. */
function wholeNumber(written: string): UnitNumber | undefined {
  const mixed = /^(.+?(?:号楼|号栋|号幢|幢|栋|#楼?|座))(\d{1,2})-([A-Z]?\d+[A-Z]?)$/.exec(written);
  return parseUnitNumber(mixed === null ? written : `${buildingKey(mixed[1] ?? '')}-${mixed[2] ?? ''}-${mixed[3] ?? ''}`);
}

/** The storey goes before a room number that does not tell it: 12 and 01 are 1201. */
export function putFloor(draft: Draft<UnitValues>, cell: RawCell): null {
  const floor = /^第?(\d{1,2})[层楼]?$/.exec(textOf(cell))?.[1];
  if (floor !== undefined && draft.room && /^\d{1,2}$/.test(draft.room)) draft.room = `${Number(floor)}${draft.room.padStart(2, '0')}`;
  return null;
}
