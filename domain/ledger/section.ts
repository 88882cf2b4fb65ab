import { isOrganisationName, normaliseName } from '#domain/kernel/chinese-text.ts';
import type { LedgerKind } from './types.ts';

const NUMBERING = /^[(]?(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})[)]?[、.:)]\s*|^附件\d*[:]?/;
const TOWNSHIP = /^(?:[\u4e00-\u9fff]{1,6}[县市区])?([\u4e00-\u9fff]{1,8}?(?:街道办事处|街道|镇|乡|开发区|管委会))(?=$|小区|住宅|物业|房屋|业主|从业|台账|名册|统计|辖区|\()/;
const NO_TOWNSHIP = /^(各|全县|本)?(乡|城|村|集|街道乡|城乡|乡镇街道|各乡)?(镇|乡|街道)$|小镇$/;
const BUILDING = /^(.*?)(第?(?:\d{1,3}|[A-Z]|[一二三四五六七八九十]{1,3}))(号楼|栋|幢|座|#楼?)(?:业主|房屋|住户|名册|台账|一览表|\(|$)/;
const LONGEST = 40;

/**
 * 分段行:what a line between the rows says for those below it: 「二、云岭镇」, 「甲物业有限公司」, 「锦绣花园2栋」.
 *
 * `isColumn` tells which fields have a column of their own: those are never spoken for. In the column of names a bare 「阳光镇」 is more likely
 * an estate (`isInNames`). Null when the line names nothing.
 */
export function sectionOf(kind: LedgerKind, line: string, isColumn: (field: string) => boolean, isInNames = false): Readonly<Record<string, string>> | null {
  const text = normaliseName(line).replace(NUMBERING, '');
  if (text === '' || text.length > LONGEST) return null;
  const building = kind === 'units' && !isColumn('building') ? BUILDING.exec(text) : null;
  if (building !== null) {
    const estate = building[1] ?? '';
    return { building: `${building[2] ?? ''}${building[3] ?? ''}`, ...(estate.length >= 2 && !isColumn('estate') ? { estate } : {}) };
  }
  const company = text.replace(/\(.*\)$/, '');
  if ((kind === 'practitioners' || kind === 'estates') && !isColumn('company') && /公司$/.test(company) && isOrganisationName(company)) return { company };
  const township = kind === 'companies' || isColumn('township') ? null : TOWNSHIP.exec(text);
  if (township === null || NO_TOWNSHIP.test(township[1] ?? '') || (isInNames && township[0] === normaliseName(line))) return null;
  return { township: township[1] ?? '' };
}
