import type { CategoryCode } from '#domain/complaint/category.ts';

/** What people say, by category, how often, and which county department the responsibility list names; without one it stays with the community, or goes to the township. */
export interface Said { readonly weight: number; readonly body: string; readonly lead?: string; readonly isForTownship?: true; readonly isForCompany?: true }

/** 群众反映的情况; all made up. */
export const said: Readonly<Partial<Record<CategoryCode, Said>>> = {
  A02: { weight: 18, body: '楼道长期没有人打扫，垃圾堆在单元门口，多次向物业反映没有改善。', isForCompany: true }, A03: { weight: 10, body: '地下车库道闸经常失灵，外来车辆随意进入，业主车位被占。', isForCompany: true },
  B01: { weight: 9, body: '物业临时停车按每小时十元收费，收费标准没有公示。', lead: '市场监督管理局' }, B03: { weight: 3, body: '因为和物业有费用争议，门禁卡被停用，进出都要等别人开门。', lead: '住房和城乡建设局', isForCompany: true },
  C02: { weight: 7, body: '电梯广告收入几年没有公布，问物业只说以后再说。', lead: '住房和城乡建设局' }, D01: { weight: 6, body: '业委会没有开业主大会就决定续聘物业，业主群里很多人不同意。', isForTownship: true },
  D03: { weight: 5, body: '业委会届满半年没有换届，印章由原主任个人保管，也不公布账目。', isForTownship: true }, E01: { weight: 8, body: '二号电梯一周内停运三次，老人上下楼困难。', isForCompany: true }, E05: { weight: 8, body: '顶楼屋面漏水，卧室墙面发霉，报修两个月没有施工。', lead: '住房和城乡建设局', isForCompany: true },
  F01: { weight: 9, body: '小区大门外早晚摆摊，占了人行道，油烟直接飘进一楼。', lead: '综合行政执法局' }, F02: { weight: 6, body: '顶楼住户在公共平台搭建阳光房。', lead: '综合行政执法局' }, F04: { weight: 11, body: '有人从三楼窗户拉电线给电动车充电。', lead: '消防救援大队' }, F05: { weight: 8, body: '消防通道被私家车长期占用，消防车进不来。', lead: '消防救援大队' },
  G01: { weight: 9, body: '楼上半夜拖动桌椅，影响休息。' }, G04: { weight: 3, body: '有人从高层往下扔烟头和杂物，险些砸到孩子。' }, H01: { weight: 4, body: '交付三年了，开发商承诺的活动用房一直没有移交。', lead: '住房和城乡建设局' }, J01: { weight: 8, body: '想了解成立业主委员会要准备哪些材料、向哪里提出。' },
};

const isSaid = (code: string): code is CategoryCode => Object.hasOwn(said, code);
/** 演示里有人投诉的类别. */
export const saidCodes: readonly CategoryCode[] = Object.keys(said).filter(isSaid);
/** What is said of one category. @throws RangeError when nobody says anything of it */
export function saidOf(code: CategoryCode): Said {
  const found = said[code];
  if (found === undefined) throw new RangeError(`nobody complains of ${code}`);
  return found;
}
