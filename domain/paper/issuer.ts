import { defineRule, documentFormat, documentRegulation, houseConvention } from '#domain/kernel/rule.ts';

/** 发文单位种类 in words. */
export const issuerKindLabels = {
  county: '县人民政府', bureau: '主管部门', department: '政府部门', party: '党委部门', township: '乡镇街道',
  neighbourhood: '社区（村）', committee: '业主委员会', company: '物业服务企业', other: '其他单位',
} as const;
export type IssuerKind = keyof typeof issuerKindLabels;

/** 版式 in words. 文件 and 信函 are the formats of GB/T 9704; 普通 has no red head. */
export const layoutLabels = { document: '文件格式（红头）', letter: '信函格式（红头）', plain: '普通格式' } as const;
export type PaperLayout = keyof typeof layoutLabels;

const ORGANS: readonly IssuerKind[] = ['county', 'bureau', 'department', 'party', 'township'];

/** 可用红头的单位: party and government organs at township level and above. */
export const mayIssueRed = (kind: IssuerKind): boolean => ORGANS.includes(kind);

/** 版式与发文单位相称: only a party or government organ uses the red head; the others must not imitate it. */
export const layoutFitsIssuer = defineRule<{ readonly issuer: IssuerKind; readonly layout: PaperLayout }>({
  id: 'paper.layout-fits-issuer',
  source: [documentRegulation('第二条'), documentFormat('1')],
  broken: ({ issuer, layout }) => [layout !== 'plain' && !mayIssueRed(issuer) && `${issuerKindLabels[issuer]}不是党政机关，不能使用红头文件版式，请改用普通格式`],
});

/** 版式与文种相称: which layouts a kind of paper may take. */
export const layoutFitsTemplate = defineRule<{ readonly title: string; readonly layouts: readonly PaperLayout[]; readonly layout: PaperLayout }>({
  id: 'paper.layout-fits-template',
  source: [documentRegulation('第八条'), houseConvention('文书')],
  broken: ({ title, layouts, layout }) => [!layouts.includes(layout) && `${title}只能用${layouts.map((one) => layoutLabels[one]).join('、')}，不能用${layoutLabels[layout]}`],
});

/** 以本单位名义: a paper is changed, issued and cancelled by the body that issues it. */
export const byOwnBody = defineRule<{ readonly isOwn: boolean; readonly issuer: string }>({
  id: 'paper.by-own-body',
  source: documentRegulation('第二十二条'),
  broken: ({ isOwn, issuer }) => [!isOwn && `这是${issuer}的文书，由该单位办理`],
});
