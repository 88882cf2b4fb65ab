import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, wholeNumber, yesOrNo, type Parameter } from '#domain/kernel/parameter.ts';
import { houseConvention } from '#domain/kernel/rule.ts';

/** 签发人与审核人分开: whether who reviewed may not also issue where the body has somebody else who could do either. */
export const issuerApart = defineParameter({
  id: 'publication.issuer-apart', title: '公开发布的签发人与审核人须为不同的人（本单位有人可换时）', unit: '', kind: yesOrNo,
  versions: [{ from: localDate('2025-01-01'), value: true, source: houseConvention('公开发布'), sureness: 'I' }],
});

/** 公示天数: natural days that a publication proposes. */
export const proposedDays = defineParameter({
  id: 'publication.proposed-days', title: '公开发布建议的公示天数', unit: '天', kind: wholeNumber(1, 365),
  versions: [{ from: localDate('2025-01-01'), value: 7, source: houseConvention('公开发布'), sureness: 'I' }],
});

/** 公开发布的全部参数. */
export const publicationParameters: readonly Parameter<unknown>[] = [issuerApart, proposedDays];
