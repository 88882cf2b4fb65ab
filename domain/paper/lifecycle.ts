import { defineRule, documentRegulation, houseConvention } from '#domain/kernel/rule.ts';

/** 文书状态 in words. */
export const paperStatusLabels = { draft: '拟稿', issued: '已签发', cancelled: '已作废', discarded: '已弃稿' } as const;
export type PaperStatus = keyof typeof paperStatusLabels;

/** 拟稿可改: only a draft is edited; what was issued is frozen. */
export const draftOnly = defineRule<{ readonly status: PaperStatus }>({
  id: 'paper.draft-only',
  source: houseConvention('文书'),
  broken: ({ status }) => [status !== 'draft' && `这份文书${paperStatusLabels[status]}，内容已固定，不能再修改；需要更正的，请作废后重新拟稿`],
});

/** 先拟稿后签发: a draft is issued once. */
export const issueOnce = defineRule<{ readonly status: PaperStatus }>({
  id: 'paper.issue-once',
  source: documentRegulation('第二十二条'),
  broken: ({ status }) => [status !== 'draft' && `这份文书${paperStatusLabels[status]}，不能再次签发`],
});

/** 作废的前提: only an issued paper is cancelled; it keeps its number. */
export const cancelIssued = defineRule<{ readonly status: PaperStatus }>({
  id: 'paper.cancel-issued',
  source: houseConvention('文书'),
  broken: ({ status }) => [
    status === 'draft' && '还没有签发的拟稿请点“弃稿”，不占用字号',
    (status === 'cancelled' || status === 'discarded') && `这份文书${paperStatusLabels[status]}，不用再作废`,
  ],
});
