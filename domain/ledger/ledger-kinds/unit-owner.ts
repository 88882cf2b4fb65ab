import { errorIn, isErrorText, saysNothing, textOf, type CellFault } from '../cells/cell.ts';
import { numbersOf, splitContact } from '../cells/contact.ts';
import { identifier } from '../cells/text.ts';
import type { Draft } from '../field.ts';
import type { RawCell, UnitValues } from '../types.ts';

/** One number; of several the first is the owner's, who stands first too. */
export function putIdNumber(draft: Draft<UnitValues>, cell: RawCell): CellFault | null {
  const written = textOf(cell);
  if (isErrorText(written)) return errorIn(written);
  const [first, ...others] = written.split(/[、,;/]| +(?=\d{17})/).filter((piece) => piece.trim() !== '');
  const read = identifier(typeof cell === 'string' ? first ?? '' : cell, '');
  if (read.is === 'fault') return read.fault;
  draft.ownerIdNumber = read.is === 'blank' ? null : read.value;
  return others.length === 0 ? null : { code: 'partly-read', severity: 'warn', says: '有几个证件号，只登记了第一个，共有人的证件号请到详情页补登' };
}

const putNumbers = numbersOf('ownerPhones');

/** Numbers, and the names beside them where no column gives the owner. */
export function putPhones(draft: Draft<UnitValues>, cell: RawCell): CellFault | null {
  const fault = putNumbers(draft, cell);
  if (draft.ownerName !== undefined) return fault;
  const { words, numbers } = splitContact(textOf(cell));
  if (fault === null && numbers.length > 0 && words !== '') return putOwner(draft, words);
  return fault;
}

const NOBODY = /^(开发商|开发公司|开发企业|开发单位|建设单位|房开公司|空置|空关|空房|未售|未出售|待售|未交付|未知|待定|待核|不详|没有|未入住)(房|房屋)?$/;

/** “张三、李四” are the owner and a co-owner; an organisation's name is never split; 空置 and 未售 name nobody. */
export function putOwner(draft: Draft<UnitValues>, cell: RawCell): CellFault | null {
  if (isErrorText(textOf(cell))) return errorIn(textOf(cell));
  const { words, numbers } = splitContact(textOf(cell));
  if (numbers.length > 0) draft.ownerPhones ??= numbers;
  if (NOBODY.test(words)) {
    draft.ownerName = null;
    return { code: 'owner-unnamed', severity: 'warn', says: '不是产权人的姓名或名称，产权人暂不登记；未售的房屋请填开发企业名称' };
  }
  const more = !/[等(]/.test(words) ? undefined : /^(.{2,}?)(?:\((?:已故|去世|故)\)| ?等\d*[人户]?)$/.exec(words)?.[1];
  if (more !== undefined) {
    draft.ownerName = people(more)[0] ?? null;
    return { code: 'partly-read', severity: 'warn', says: '后面的说明没有登记，请核对现在的产权人，有共有人的写在“共有人”一栏' };
  }
  const [first, ...others] = people(words.replace(/\((未售|空置|待售|开发商|业主|夫妻|夫妇|父子|父女|母子|母女|兄弟|姐妹|共有|共同共有|按份共有)\)$/, ''));
  draft.ownerName = first ?? null;
  if (others.length > 0) draft.coOwners = [...(draft.coOwners ?? []), ...others];
  return null;
}

/** 共有人:names; 共同共有 and its kin name nobody. */
export function putCoOwners(draft: Draft<UnitValues>, cell: RawCell): CellFault | null {
  const written = textOf(cell).replaceAll(/(?<=[\u4e00-\u9fff]{2})\((配偶|夫妻|妻子?|丈夫|夫|父亲?|母亲?|儿子?|女儿?|子女|兄弟?|姐妹?|共有人)\)/g, '');
  if (/^\d+(人|位|名)?$/.test(written)) return { code: 'partly-read', severity: 'warn', says: '没有写明共有人是谁，共有人没有登记，请填姓名' };
  const found = people(written.replace(/^(单独所有|共同共有|按份共有|共有|是|否)$/, ''));
  draft.coOwners = found.length === 0 ? draft.coOwners ?? null : [...new Set([...(draft.coOwners ?? []), ...found])];
  return null;
}

/** 欧阳 娜娜: the blank stands within the name. */
const TWO_SURNAMES = /(?<=^|[、,;/ ])(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|轩辕|端木|南宫|百里|东郭|闻人|申屠|公冶|澹台|太史|钟离|鲜于|闾丘|司空|呼延|赫连|拓跋|第五|单于) (?=[\u4e00-\u9fff]{1,2}(?:$|[、,;/ ]))/g;

function people(written: string): string[] {
  if (saysNothing(written)) return [];
  if (!/[、,;/ ]/.test(written)) return [written];
  const pieces = written.replaceAll(TWO_SURNAMES, '$1').split(/[、,;/]|(?<=[\u4e00-\u9fff]{2}) (?=[\u4e00-\u9fff]{2})/).map((piece) => piece.replaceAll(' ', '')).filter((piece) => piece !== '');
  const isPeople = pieces.length > 1 && pieces.every((piece) => /^[\u4e00-\u9fff·]{2,8}$/.test(piece));
  return isPeople ? pieces : [written.replaceAll(/(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])/g, '')];
}
