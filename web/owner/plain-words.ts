import type { CategoryCode } from '#domain/complaint/category.ts';

/** 大白话: how somebody at the door would say it, in the order in which it is mostly wanted; every category stands here once. */
export const plainWords: readonly { readonly title: string; readonly choices: readonly (readonly [code: CategoryCode, words: string])[] }[] = [
  { title: '物业服务', choices: [['A02', '保洁、维修、服务不好'], ['A03', '门禁、停车管得不好'], ['A01', '保安、监控、治安']] },
  { title: '设施坏了', choices: [['E01', '电梯、机械车库'], ['E05', '漏水、外墙、公共设施要修'], ['E03', '停水、停电、停气、不热'], ['E02', '水箱水质'], ['E04', '人防地下室']] },
  { title: '钱的事', choices: [['B01', '物业费、停车费乱收'], ['B02', '水电加价'], ['B03', '用停水停电、不让进门催交物业费'], ['B04', '装修押金不退'], ['C02', '公共收益、维修资金不公开'], ['C01', '公共收益、维修资金被挪用']] },
  { title: '安全和占用', choices: [['F04', '飞线充电、电动车进楼'], ['F05', '消防通道被堵、消防设施坏了'], ['G04', '高空抛物'], ['F03', '拆承重墙'], ['F06', '楼道堆物、私装地锁'], ['F07', '占绿地、毁绿、种菜'], ['F01', '摆摊占道'], ['F02', '违法搭建、挖地下室'], ['F10', '小广告、违规招牌']] },
  { title: '邻里和环境', choices: [['G01', '邻居吵'], ['G02', '店铺、工地的噪声和油烟'], ['G05', '垃圾'], ['G03', '狗和宠物'], ['F11', '群租'], ['F09', '住宅里开店'], ['F08', '公共地方被拿去经营']] },
  { title: '业委会', choices: [['D03', '业委会不公开、不换届、乱用章'], ['D01', '业委会选举、做决定有问题'], ['D02', '假签名、假选票']] },
  { title: '其他', choices: [['H01', '开发商留下的问题'], ['I01', '老物业赖着不走、不交接'], ['J01', '我想问问'], ['J02', '我有个建议']] },
];
