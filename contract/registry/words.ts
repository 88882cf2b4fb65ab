import { z } from 'zod';

/** 词表字段: an enum whose Chinese labels travel in its meta (`x-labels`), so pages, exports and OpenAPI read one list. */
export function choice<const Labels extends Readonly<Record<string, string>>>(title: string, labels: Labels) {
  const keys = Object.keys(labels) as (keyof Labels & string)[];
  return z.enum(keys as [keyof Labels & string, ...(keyof Labels & string)[]], '请从列表中选择').meta({ title, 'x-labels': labels });
}

/** 管理方式: without a company is a kind, not an error. */
export const managementKindLabels = {
  company: '物业服务企业', self: '业主自管', 'work-unit': '单位自管', neighbourhood: '社区托管', quasi: '准物业', unmanaged: '无人管理', unknown: '待核实',
} as const;
/** 收费方式. */
export const feeBasisLabels = { 'lump-sum': '包干制', commission: '酬金制' } as const;
/** 合同种类. */
export const contractKindLabels = { early: '前期物业服务合同', ordinary: '物业服务合同', 'open-ended': '不定期服务', unknown: '待核实' } as const;
/** 企业状态. */
export const companyStatusLabels = { active: '在县经营', left: '已退出', revoked: '已注销或吊销' } as const;
/** 信用代码校验. */
export const creditCodeCheckLabels = { ok: '校验通过', 'check-digit': '校验位不符', malformed: '格式不对', missing: '未填' } as const;
/** 岗位. */
export const postLabels = {
  head: '企业负责人', 'estate-manager': '项目经理', order: '秩序维护', cleaning: '保洁', greening: '绿化', engineering: '工程维修',
  'customer-service': '客服', finance: '财务', 'fire-control': '消防控制室值班', office: '行政人事', other: '其他',
} as const;
/** 房屋用途. */
export const usageLabels = { residential: '住宅', commercial: '商业', office: '办公', parking: '车位', storage: '储藏室', other: '其他' } as const;
/** 面积依据, best first. */
export const areaSourceLabels = { register: '不动产登记簿', survey: '测绘成果', contract: '买卖合同', unknown: '待核实' } as const;
/** 业主类型. */
export const ownerKindLabels = { person: '个人', organisation: '单位', developer: '建设单位' } as const;
/** 产权关系. */
export const ownershipKindLabels = { owner: '产权人', 'co-owner': '共有人', 'developer-unsold': '建设单位未售', 'developer-undelivered': '已售未交付' } as const;
/** 取得依据. */
export const ownershipBasisLabels = { register: '不动产登记', contract: '买卖合同', delivery: '交付', unknown: '待核实' } as const;
/** 业主组织种类. */
export const committeeKindLabels = { committee: '业主委员会', 'management-committee': '物业管理委员会', joint: '联合业主委员会' } as const;
/** 业主组织状态. */
export const committeeStatusLabels = { established: '已成立', preparing: '筹备中', dissolved: '已终止' } as const;
/** 委员职务. */
export const memberPostLabels = { chair: '主任', 'vice-chair': '副主任', member: '委员', alternate: '候补委员' } as const;
/** 通讯录类别. */
export const contactKindLabels = { officer: '经办人', 'grid-member': '网格员', duty: '值班', other: '其他' } as const;
/** 地名类别. */
export const estateNameKindLabels = { former: '曾用名', alias: '俗称', place: '所含地名' } as const;
/** 机构类别. */
export const orgUnitKindLabels = { county: '县', township: '乡镇街道', neighbourhood: '社区（村）', bureau: '县住建局', department: '部门', party: '党组织', other: '其他' } as const;

export const managementKind = choice('管理方式', managementKindLabels);
export const feeBasis = choice('收费方式', feeBasisLabels);
export const contractKind = choice('合同种类', contractKindLabels);
export const companyStatus = choice('状态', companyStatusLabels);
export const creditCodeCheck = choice('代码校验', creditCodeCheckLabels);
export const post = choice('岗位', postLabels);
export const usage = choice('用途', usageLabels);
export const areaSource = choice('面积依据', areaSourceLabels);
export const ownerKind = choice('业主类型', ownerKindLabels);
export const ownershipKind = choice('产权关系', ownershipKindLabels);
export const ownershipBasis = choice('取得依据', ownershipBasisLabels);
export const committeeKind = choice('组织种类', committeeKindLabels);
export const committeeStatus = choice('状态', committeeStatusLabels);
export const memberPost = choice('职务', memberPostLabels);
export const contactKind = choice('类别', contactKindLabels);
export const estateNameKind = choice('类别', estateNameKindLabels);
export const orgUnitKind = choice('机构类别', orgUnitKindLabels);
