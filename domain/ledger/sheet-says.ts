import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { HeaderCandidate } from './find-header.ts';
import type { Grid } from './grid.ts';
import { ledgerSpecs } from './ledger-specs.ts';
import { columnSays } from './no-table.ts';
import { sectionOf } from './section.ts';
import type { LedgerKind, SheetFacts, SheetMapping } from './types.ts';

/** 已知名称:what the registry knows, to tell whether a sheet's name or title names a township. */
export interface KnownNames {
  readonly townships?: readonly string[];
  /** The name of the file, for what neither the sheet nor the lines above the table say. */
  readonly fileName?: string;
}

const TOWNSHIP = /^[\u4e00-\u9fff]{1,12}(街道办事处|街道|镇|乡|开发区|管委会|园区|新区)/;

/** 整表常量:what the sheet's name and the lines above the table say for all its rows, where no column says it. */
export function constantsOf(kind: LedgerKind, facts: SheetFacts, grid: Grid, best: HeaderCandidate, known: KnownNames): { constants: Record<string, string>; townshipFrom: SheetMapping['townshipFrom'] } {
  const file = fileSays(known);
  const says = columnSays(grid, best, best.rows.at(-1) ?? 0);
  const titles = [...titlesAbove(grid, best.rows[0] ?? 0), ...(file === '' ? [] : [file])];
  const sheetName = normaliseName(facts.name).replace(/(住宅)?小区台账$|台账$|花?名册$|明细表?$/, '');
  const named = best.headers[best.columns['name'] ?? -1] ?? '';
  const isManagers = kind === 'practitioners' && best.columns['post'] === undefined && [sheetName, ...titles, named].some((text) => /(项目|小区|物业)(负责人|经理)/.test(text));
  const constants: Record<string, string> = {
    ...(isManagers ? { post: '项目经理' } : {}),
    ...withoutTownship(estateOf(kind, best, { sheetName, titles: titles.filter((title) => !/[:：]/.test(title)), file, mayBe: (estate) => !says('unitNumber', ADDRESS) || says('unitNumber', new RegExp(escaped(estate))) }), known.townships ?? []), ...companyOf(kind, best, sheetName, titles), ...labelled(kind, best, titles),
  };
  if (kind === 'companies') return { constants, townshipFrom: 'none' };
  if (best.columns['township'] !== undefined) return { constants, townshipFrom: 'column' };
  const townships = known.townships ?? [];
  if (constants['township'] !== undefined) return { constants, townshipFrom: 'title' };
  const bySheet = townshipOfSheet(sheetName, townships);
  if (bySheet !== null) return { constants: { ...constants, township: bySheet }, townshipFrom: 'sheet' };
  const isOfSeveral = townships.filter((name) => file.includes(normaliseName(name))).length > 1;
  const byTitle = titles.filter((title) => title !== file || !isOfSeveral).map((title) => townshipIn(title, townships)).find((name) => name !== null) ?? null;
  return byTitle === null ? { constants, townshipFrom: 'none' } : { constants: { ...constants, township: byTitle }, townshipFrom: 'title' };
}

const LABELLED: readonly (readonly [string, RegExp])[] = [
  ['estate', /(?:小区|项目|楼盘)(?:名称)?:([^ :;,]{2,30})/], ['building', /(?:楼栋|幢|栋|楼)号?:([^ :;,]{1,10})/], ['township', /(?:街道|乡镇|镇街)(?:名称)?:([^ :;,]{2,20})/],
  ['company', /(?:单位|企业|公司)(?:名称|全称)?(?:\(盖章\)|\(公章\))?:([^ :;,]*公司[^ :;,]{0,8})/],
];

/** “小区名称：锦绣花园  楼栋：3幢” above the table speaks for all its rows where no column does. */
function labelled(kind: LedgerKind, { columns }: HeaderCandidate, titles: readonly string[]): Record<string, string> {
  const known = new Set(ledgerSpecs[kind].fields.map(({ key }) => key));
  return Object.fromEntries(LABELLED.flatMap(([field, words]): [string, string][] => {
    const said = titles.map((title) => words.exec(normaliseName(title))?.[1]).find((text) => text !== undefined);
    return said === undefined || !known.has(field) || columns[field] !== undefined || (field === 'company' && kind === 'estates') ? [] : [[field, said]];
  }));
}

/** Units without an estate's column: the sheet is named after the estate, or after a building and the title after the estate. */
function estateOf(kind: LedgerKind, { columns }: HeaderCandidate, { sheetName, titles, file, mayBe }: { sheetName: string; titles: readonly string[]; file: string; mayBe: (estate: string) => boolean }): Record<string, string> {
  if (kind !== 'units' || columns['estate'] !== undefined) return {};
  const isBuilding = /^[A-Z\d]{1,3}(栋|幢|号楼|座|#楼?)$/.test(sheetName);
  const use: Record<string, string> = columns['use'] === undefined && OF_ITS_KIND.test(sheetName) ? { use: sheetName } : {};
  const inTitle = [sheetName, ...titles].map((text) => sectionOf('units', text, (field) => columns[field] !== undefined)).find((said) => said?.['building'] !== undefined) ?? {};
  const building: Record<string, string> = isBuilding && columns['building'] === undefined && columns['unitNumber'] === undefined ? { ...use, building: sheetName } : { ...use, ...inTitle };
  if (building['estate'] !== undefined) return building;
  const said = titles.map((text) => /^(.{2,20}?)(?:房屋|业主|住户|产权|车位|车库|商铺|储藏)/.exec(normaliseName(text))?.[1] ?? '').find((text) => text !== '' && !/房屋|业主|住户|关于|表|^(地[上下]|机动车?|全部|小区)$/.test(text));
  // 东苑小区3幢业主名册: the estate and one of its buildings.
  const [, title = said, ofTitle] = /^(.{2,}?)([A-Z\d]{1,3}(?:栋|幢|号楼|座|#楼?))$/.exec(said ?? '') ?? [];
  if (ofTitle !== undefined && columns['building'] === undefined && columns['unitNumber'] === undefined) building['building'] ??= ofTitle;
  const isNamed = !isBuilding && !NO_PLACE.test(sheetName) && !OF_ITS_KIND.test(sheetName) && TOWNSHIP.exec(sheetName)?.[0] !== sheetName;
  const estate = isNamed ? sheetName : title ?? (ESTATE.test(file) ? file : undefined);
  return estate === undefined || !mayBe(estate) ? building : { ...building, estate };
}

const NO_PLACE = /^(SHEET|工作表|表)\d*$|^[\d年月日.-]*$|名册|台账|业主|房屋|^花$|(不动产|登记|网签|备案|数据|导出|信息|清单|列表|统计|汇总|一览|收费)(信息)?(表|册)?\d*$/;
/** What a file is called that is named after its estate and nothing else. */
const ESTATE = /^[\u4e00-\u9fff\dA-Z()·]{2,20}(花园|小区|[苑城里府湾庭园院郡邸居都墅阁轩])(\(?[一二三四五六七八九\d]+期\)?)?$/;

/** The file's name without its kind, numbers and what offices put around it: 附件3：城关街道住宅小区台账（终稿）.xlsx. */
function fileSays({ fileName = '' }: KnownNames): string {
  return normaliseName(fileName).replace(/\.[A-Z]{2,5}$/, '').replace(/^(附件|附表|附)?\d*[:.、-]?/, '').replace(/\([^()]*\)$/, '');
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** An address that begins with the estate's name: it names the estate better than a sheet called 不动产登记 does. */
export const ADDRESS = /[\u4e00-\u9fff]{2,}-?(?:[A-Z]?\d{1,3}|[A-Z]|[一二三四五六七八九十]{1,3})(号楼|栋|幢|座|#)/;

/** 城关街道锦绣花园 is 锦绣花园 in 城关街道. */
function withoutTownship(constants: Record<string, string>, townships: readonly string[]): Record<string, string> {
  const estate = constants['estate'];
  const leading = townships.find((township) => estate !== undefined && estate.includes(normaliseName(township)));
  const rest = estate === undefined || leading === undefined ? '' : estate.slice(estate.indexOf(normaliseName(leading)) + normaliseName(leading).length);
  return rest.length >= 2 ? { ...constants, estate: rest } : constants;
}

/** Sheets named after what stands on them, not after an estate. */
const OF_ITS_KIND = /^(地下|地上)?(机动车位?|车位|车库|停车位|商铺|门面房?|商业|储藏室|地下室|住宅)(名册|明细|台账)?$/;

/** Practitioners, or estates, without a company's column: the sheet or the title names the company. */
function companyOf(kind: LedgerKind, { columns }: HeaderCandidate, sheetName: string, titles: readonly string[]): Record<string, string> {
  if ((kind !== 'practitioners' && kind !== 'estates') || columns['company'] !== undefined || columns['managementKind'] !== undefined) return {};
  if (kind === 'estates') return /公司(\(.*\))?$/.test(sheetName) ? { company: sheetName } : {};
  const company = /公司|物业/.test(sheetName) && !NO_COMPANY.test(sheetName) ? sheetName : titles.map((text) => /[\u4e00-\u9fff()]{4,30}?公司/.exec(normaliseName(text))?.[0]).find((text) => text !== undefined && !NO_COMPANY.test(text));
  return company === undefined ? {} : { company };
}

/** 全县物业公司: all of them, not one. */
const NO_COMPANY = /^(.{1,6}[县市区])?(全县|全市|全区|各|所有|辖区|本辖区)?(住宅)?(小区)?物业(服务|管理)*(企业|公司|人员|行业)?$/;

/** A sheet named after a township: a known one in full or without its kind; else whatever ends like one. */
function townshipOfSheet(name: string, townships: readonly string[]): string | null {
  // 城关（已核）: what is said of the sheet is no part of the place's name.
  const key = name.replace(/^\d+[.、]?/, '').replace(/\([^()]*\)$/, '');
  const known = townshipIn(key, townships) ?? townships.find((township) => shortName(township).length >= 2 && shortName(township) === key);
  return known ?? (TOWNSHIP.exec(key)?.[0] === key ? key : null);
}

/** The longest known township that the text names; a title that merely sounds like one (城乡) names none. */
function townshipIn(text: string, townships: readonly string[]): string | null {
  const key = normaliseName(text);
  return townships.filter((township) => key.includes(normaliseName(township))).sort((a, b) => b.length - a.length)[0] ?? null;
}

function shortName(township: string): string {
  return normaliseName(township).replace(/(街道办事处|街道|镇|乡|开发区|管委会)$/, '');
}

function titlesAbove(grid: Grid, headerRow: number): string[] {
  return grid.rows.filter((row) => row < headerRow).flatMap((row) => Array.from({ length: grid.lastColumn + 1 }, (_, column) => grid.own(row, column)).filter((text) => text !== '')).slice(0, 8)
    .map((text) => text.replace(/^(填报|编制|报送)?单位[::]/, ''));
}
