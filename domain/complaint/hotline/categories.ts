import { categories, categoryCodes, type CategoryCode } from '../category.ts';

/** 热线诉求类型对应的类别: by words of the type; the first that fits counts. Only what leaves no doubt stands here, the rest is chosen once and remembered. */
const byWords: readonly (readonly [RegExp, CategoryCode])[] = [
  [/业委会|业主委员会|业主大会/, 'D01'], [/停水|停电|断水|断电|锁门禁催/, 'B03'], [/物业(管理)?费|物业收费|停车费|乱收费/, 'B01'], [/维修资金|维修基金/, 'C01'], [/公共收益/, 'C02'],
  [/电梯/, 'E01'], [/二次供水/, 'E02'], [/供(水|暖|热|气|电)|暖气/, 'E03'], [/漏水|渗漏|外墙|屋面/, 'E05'], [/占道经营|流动摊/, 'F01'], [/违(法|章)?(搭建|建设|建筑|建)/, 'F02'], [/承重/, 'F03'],
  [/飞线|电动(自行)?车.*(充电|上楼|进楼)/, 'F04'], [/消防(通道|设施|隐患)/, 'F05'], [/毁绿|占绿|绿地/, 'F07'], [/群租/, 'F11'], [/油烟|施工噪(音|声)|商业噪(音|声)/, 'G02'], [/噪(音|声)/, 'G01'], [/宠物|犬|养狗/, 'G03'],
  [/高空抛物/, 'G04'], [/垃圾/, 'G05'], [/停车|门禁/, 'A03'], [/物业(服务|管理)/, 'A02'], [/不动产证|房产证|开发商/, 'H01'],
];

/** 建议类别 for a hotline's type: the county's own line first, then a title that is the same, then words. Null where nobody can tell. */
export function suggestedCategory(type: string, own: ReadonlyMap<string, CategoryCode>): CategoryCode | null {
  const plain = type.replaceAll(/\s/g, '');
  if (plain === '') return null;
  const leaf = plain.split(/[/>＞\\|-]/).findLast((part) => part !== '') ?? plain;
  return own.get(plain) ?? own.get(leaf) ?? categoryCodes.find((code) => categories[code].title === leaf || leaf === code) ?? byWords.find(([words]) => words.test(leaf))?.[1] ?? byWords.find(([words]) => words.test(plain))?.[1] ?? null;
}
/** 诉求类型的比较键: blanks do not count. */
export const typeKey = (type: string): string => type.replaceAll(/\s/g, '');
