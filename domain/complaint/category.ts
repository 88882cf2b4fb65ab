/** 投诉大类, A to J. */
export const categoryGroups = { A: '物业服务', B: '收费与价格', C: '公共收益与维修资金', D: '涉业委会', E: '设施设备', F: '违法行为', G: '环境与邻里', H: '开发遗留', I: '交接退出', J: '咨询建议' } as const;
export type CategoryGroup = keyof typeof categoryGroups;

/** 办理类别: how long an answer may take; the number of days is a parameter. */
export const paceLabels = { consult: '咨询', ordinary: '一般诉求', complex: '复杂诉求', investigated: '投诉举报（需调查）' } as const;
export type Pace = keyof typeof paceLabels;

interface CategoryFact {
  readonly title: string;
  readonly pace: Pace;
  /** 默认主办、协办, until the county's own responsibility list says otherwise. */
  readonly lead: string;
  readonly assisting: string;
  /** On what the default rests; the county confirms it by its own 权责清单. */
  readonly basis: string;
  /** 易反弹: closing one opens a re-check. */
  readonly isRebound?: true;
}

/** 投诉类别: the tree of today with the default responsibility list. A code is never given a second meaning; what goes out of use stays here for the old files. */
export const categories = {
  A01: { title: '保安、监控、治安', pace: 'ordinary', lead: '公安', assisting: '物业服务企业', basis: '参照外地物业管理条例，由县权责清单确认' },
  A02: { title: '物业服务质量、不履约', pace: 'ordinary', lead: '住建', assisting: '街道、居委会', basis: '物业管理条例第四十八条' },
  A03: { title: '门禁、停车管理', pace: 'ordinary', lead: '住建', assisting: '街道、物业服务企业', basis: '物业管理条例第四十八条' },
  B01: { title: '物业费、停车费价格违规、乱收费', pace: 'investigated', lead: '市场监管', assisting: '发改（指导价）、住建', basis: '参照外地物业管理条例，由县权责清单确认' },
  B02: { title: '转供电、水电加价', pace: 'investigated', lead: '市场监管', assisting: '供电、供水', basis: '由县权责清单确认' },
  B03: { title: '以停水停电停热、限制出入催交物业费', pace: 'ordinary', lead: '住建', assisting: '供水供电供热单位、街道、公安', basis: '民法典第九百四十四条第三款' },
  B04: { title: '装修押金、保证金', pace: 'ordinary', lead: '住建', assisting: '街道', basis: '民法典第九百四十五条' },
  C01: { title: '挪用维修资金、公共收益', pace: 'investigated', lead: '住建', assisting: '财政、审计、公安', basis: '物业管理条例第六十条' },
  C02: { title: '公共收益、维修资金使用不公开', pace: 'ordinary', lead: '住建', assisting: '街道、居委会', basis: '民法典第九百四十三条' },
  D01: { title: '业委会选举、履职、违法决定', pace: 'investigated', lead: '街道、乡镇', assisting: '社区党组织、住建', basis: '物业管理条例第十九条' },
  D02: { title: '伪造签名、选票', pace: 'investigated', lead: '街道、乡镇', assisting: '公安、住建', basis: '参照外地物业管理条例，由县权责清单确认' },
  D03: { title: '业委会不公开、印章、换届交接', pace: 'investigated', lead: '街道、乡镇', assisting: '社区党组织、住建', basis: '物业管理条例第十九条' },
  E01: { title: '电梯、机械车库安全', pace: 'ordinary', lead: '市场监管', assisting: '物业服务企业、维保单位、住建（资金）', basis: '参照外地物业管理条例，由县权责清单确认' },
  E02: { title: '二次供水卫生', pace: 'ordinary', lead: '卫生健康', assisting: '水务', basis: '参照外地物业管理条例，由县权责清单确认' },
  E03: { title: '供水、供热、供气、供电设施', pace: 'ordinary', lead: '专营单位的主管部门', assisting: '专营单位', basis: '参照外地物业管理条例，由县权责清单确认' },
  E04: { title: '人防工程', pace: 'ordinary', lead: '人防', assisting: '住建', basis: '参照外地物业管理条例，由县权责清单确认' },
  E05: { title: '外墙、屋面渗漏和共用设施维修', pace: 'complex', lead: '住建', assisting: '街道、物业服务企业', basis: '物业管理条例第四十八条' },
  F01: { title: '小区外、周边占道经营、乱设摊点', pace: 'ordinary', lead: '城管（综合执法）', assisting: '公安交警、市场监管、街道', basis: '参照外地物业管理条例，由县权责清单确认', isRebound: true },
  F02: { title: '违法搭建、私挖地下空间', pace: 'investigated', lead: '城管（综合执法）', assisting: '自然资源、住建、街道', basis: '参照外地物业管理条例，由县权责清单确认', isRebound: true },
  F03: { title: '破坏承重结构', pace: 'investigated', lead: '住建', assisting: '物业服务企业（制止、报告）', basis: '参照外地物业管理条例，由县权责清单确认' },
  F04: { title: '飞线充电、电动车进楼', pace: 'ordinary', lead: '消防救援', assisting: '公安派出所、街道、供电、物业服务企业', basis: '参照外地物业管理条例，由县权责清单确认', isRebound: true },
  F05: { title: '占用堵塞消防通道、损坏消防设施', pace: 'ordinary', lead: '消防救援', assisting: '公安派出所、城管', basis: '消防法第二十八条、第六十条', isRebound: true },
  F06: { title: '其他共用部位堆物、地锁圈占', pace: 'ordinary', lead: '城管（综合执法）', assisting: '物业服务企业、街道', basis: '参照外地物业管理条例，由县权责清单确认' },
  F07: { title: '侵占绿地、毁绿、种菜', pace: 'ordinary', lead: '城管（综合执法）', assisting: '园林', basis: '参照外地物业管理条例，由县权责清单确认' },
  F08: { title: '擅自利用共用部位经营、改变用途', pace: 'investigated', lead: '住建', assisting: '市场监管', basis: '物业管理条例第六十三条' },
  F09: { title: '住改商、擅改规划用途', pace: 'investigated', lead: '自然资源和规划', assisting: '市场监管（登记）、住建', basis: '民法典第二百七十九条' },
  F10: { title: '违法户外广告、乱贴', pace: 'ordinary', lead: '城管（综合执法）', assisting: '市场监管', basis: '参照外地物业管理条例，由县权责清单确认' },
  F11: { title: '群租、违规出租', pace: 'investigated', lead: '公安', assisting: '住建、街道', basis: '参照外地物业管理条例，由县权责清单确认' },
  G01: { title: '生活噪声（邻里）', pace: 'ordinary', lead: '公安', assisting: '居委会（先行劝阻）', basis: '参照外地物业管理条例，由县权责清单确认' },
  G02: { title: '商业、餐饮、施工噪声和油烟', pace: 'ordinary', lead: '城管（综合执法）', assisting: '生态环境', basis: '参照外地物业管理条例，由县权责清单确认' },
  G03: { title: '宠物伤人扰民、犬证', pace: 'ordinary', lead: '公安', assisting: '城管（粪便）', basis: '参照外地物业管理条例，由县权责清单确认' },
  G04: { title: '高空抛物', pace: 'investigated', lead: '公安', assisting: '物业服务企业、街道', basis: '民法典第一千二百五十四条' },
  G05: { title: '垃圾分类、乱倒', pace: 'ordinary', lead: '城管（综合执法）', assisting: '街道', basis: '参照外地物业管理条例，由县权责清单确认' },
  H01: { title: '开发遗留、用房、承接查验', pace: 'investigated', lead: '住建', assisting: '自然资源', basis: '物业管理条例第五十八条、第六十一条' },
  I01: { title: '物业拒不退出、不移交', pace: 'investigated', lead: '住建', assisting: '街道、公安', basis: '物业管理条例第五十八条' },
  J01: { title: '咨询', pace: 'consult', lead: '街道、乡镇', assisting: '住建', basis: '平台默认' },
  J02: { title: '建议', pace: 'complex', lead: '街道、乡镇', assisting: '住建', basis: '平台默认' },
} as const satisfies Record<string, CategoryFact>;
export type CategoryCode = keyof typeof categories;

/** 是否类别代码. */
export const isCategory = (code: string): code is CategoryCode => Object.hasOwn(categories, code);
/** 全部类别, in the order of their codes. */
export const categoryCodes: readonly CategoryCode[] = Object.keys(categories).filter(isCategory);
/** 类别的默认: title, pace and who usually leads. */
export const categoryOf = (code: CategoryCode): CategoryFact => categories[code];
/** 类别 in words, code first, so that a list of them reads in order. */
export const categoryLabels: Readonly<Record<string, string>> = Object.fromEntries(categoryCodes.map((code) => [code, `${code} ${categories[code].title}`]));

const isGroup = (letter: string): letter is CategoryGroup => Object.hasOwn(categoryGroups, letter);
/** 所属大类. @throws RangeError never for a listed code */
export function groupOf(code: CategoryCode): CategoryGroup {
  const letter = code.charAt(0);
  if (!isGroup(letter)) throw new RangeError(`no group of ${code}`);
  return letter;
}

/** 涉业委会: the community's party organisation intervenes within days of its own. */
export const isAboutCommittee = (code: CategoryCode): boolean => groupOf(code) === 'D';
/** 易反弹的类别: one re-check after closing. */
export const isRebound = (code: CategoryCode): boolean => categoryOf(code).isRebound === true;
/** 停水停电、限制出入催费 (民法典第九百四十四条). */
export const isCutOff = (code: CategoryCode): boolean => code === 'B03';
