/** 公开事项的种类 in words. A kind is added here and as one value of the module's registry. */
export const publicationKindLabels = {
  announcement: '通知公告', paper: '文书', estate: '小区公开信息', companies: '物业服务企业名录', formation: '业委会组建率',
} as const;
export type PublicationKind = keyof typeof publicationKindLabels;

/** 取自何处: what a kind is drawn up from; `none` is written by the drafter alone. */
export const publicationSubjects = { announcement: 'none', paper: 'paper', estate: 'estate', companies: 'county', formation: 'reading' } as const satisfies Record<PublicationKind, string>;
