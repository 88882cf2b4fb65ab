import { z } from 'zod';
import { committeeKindLabels } from '#domain/committee/committee.ts';
import { areaSourceLabels } from '#domain/registry/area-source.ts';
import { contractKinds, feeBases } from '#domain/registry/contract-terms.ts';
import { managementKinds } from '#domain/registry/management-kind.ts';
import { posts } from '#domain/registry/post.ts';
import { labelsOf } from '#domain/registry/vocabulary.ts';

// What the domain has a word for is said in its word; only lists that no rule knows stand here.
export { areaSourceLabels, committeeKindLabels };

/** 词表字段: an enum whose Chinese labels travel in its meta (`x-labels`), so pages, exports and OpenAPI read one list. */
export function choice<const Labels extends Readonly<Record<string, string>>>(title: string, labels: Labels) {
  const keys = Object.keys(labels) as (keyof Labels & string)[];
  return z.enum(keys as [keyof Labels & string, ...(keyof Labels & string)[]], '请从列表中选择').meta({ title, 'x-labels': labels });
}

/** 管理方式: without a company is a kind, not an error. */
export const managementKindLabels = labelsOf(managementKinds);
/** 收费方式. */
export const feeBasisLabels = labelsOf(feeBases);
/** 合同种类. */
export const contractKindLabels = labelsOf(contractKinds);
/** 企业状态. */
export const companyStatusLabels = { active: '在县经营', left: '已退出', revoked: '已注销或吊销' } as const;
/** 信用代码校验. */
export const creditCodeCheckLabels = { ok: '校验通过', 'check-digit': '校验位不符', malformed: '格式不对', missing: '未填' } as const;
/** 岗位. */
export const postLabels = labelsOf(posts);
/** 房屋用途. */
export const usageLabels = { residential: '住宅', commercial: '商业', office: '办公', parking: '车位', storage: '储藏室', other: '其他' } as const;
/** 业主类型. */
export const ownerKindLabels = { person: '个人', organisation: '单位', developer: '建设单位' } as const;
/** 产权关系. */
export const ownershipKindLabels = { owner: '产权人', 'co-owner': '共有人', 'developer-unsold': '建设单位未售', 'developer-undelivered': '已售未交付' } as const;
/** 取得依据. */
export const ownershipBasisLabels = { register: '不动产登记', contract: '买卖合同', delivery: '交付', unknown: '待核实' } as const;
/** 业主组织状态. */
export const committeeStatusLabels = { established: '已成立', preparing: '筹备中', dissolved: '已终止' } as const;
/** 委员职务. */
export const memberPostLabels = { chair: '主任', 'vice-chair': '副主任', member: '委员', alternate: '候补委员' } as const;
/** 通讯录类别. */
export const contactKindLabels = { officer: '经办人', 'grid-member': '网格员', duty: '值班', other: '其他' } as const;
/** 地名类别. */
export const estateNameKindLabels = { former: '曾用名', alias: '俗称', place: '所含地名' } as const;

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
