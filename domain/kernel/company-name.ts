import { normaliseName } from './chinese-text.ts';

const LEGAL_FORM = /(股份有限公司|有限责任公司|有限公司|公司)(?=$|\()/;
const BUSINESS = /(物业服务管理|物业管理服务|物业经营管理|物业服务|物业管理|物业|物管)$/;
const SHORTEST_KEY = 2;

/**
 * 企业名称匹配键: the keys under which a company's name is looked up, from exact to loose, without repeats.
 *
 * 1. the normalised name; 2. without the names of the county (with or without 县/区/市) and of the areas above it in front;
 * 3. also without 有限公司 and its kin; 4. also without 物业服务/物业管理 at the end. A key shorter than two characters is not given.
 * Two names share a loose key only if they differ in nothing but these parts.
 *
 * @param areas names of the county and the areas above it, in any order, e.g. ['云川县', '某某市']
 */
export function companyNameKeys(name: string, areas: readonly string[]): string[] {
  return [...new Set(companyNameLevels(name, areas))];
}

/** 企业名称匹配层级: the same keys, one per level, for `matchName`; a key too short repeats the one before. Only the first three are certain. */
export function companyNameLevels(name: string, areas: readonly string[]): readonly string[] {
  const exact = normaliseName(name);
  const local = withoutAreas(exact, areas);
  const bare = orElse(local.replace(LEGAL_FORM, ''), local);
  return [exact, local, bare, orElse(bare.replace(BUSINESS, ''), bare)];
}

/** How many levels of a company's name decide by themselves: 物业服务 and 物业管理 may be two companies, so the last only suggests. */
export const COMPANY_CERTAIN_LEVELS = 3;

function orElse(key: string, longer: string): string {
  return key.length >= SHORTEST_KEY ? key : longer;
}

/** 去除行政区划前缀: drops leading names of areas, with or without 省/市/县/区, as long as a name of two characters remains. */
export function withoutAreas(key: string, areas: readonly string[]): string {
  const names = areas.map(normaliseName).flatMap(longAndShort).sort((a, b) => b.length - a.length);
  let rest = key;
  for (let found = leading(rest, names); found !== undefined; found = leading(rest, names)) rest = rest.slice(found.length);
  return rest;
}

function leading(text: string, names: readonly string[]): string | undefined {
  return names.find((name) => text.startsWith(name) && isName(text.slice(name.length)));
}

function isName(rest: string): boolean {
  return rest.replace(LEGAL_FORM, '').replace(BUSINESS, '').length >= SHORTEST_KEY;
}

function longAndShort(area: string): string[] {
  const short = area.replace(/(自治区|自治州|自治县|省|市|县|区|旗)$/, '');
  return short.length >= 2 ? [area, short] : [area];
}
