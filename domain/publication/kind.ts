/** 公开事项的种类 in words. A kind is added here and as one value of the module's registry. */
export const publicationKindLabels = {
  announcement: '通知公告', paper: '文书', estate: '小区公开信息', companies: '物业服务企业名录', formation: '业委会组建率',
  'overdue-category': '投诉逾期件数（按类别）', 'overdue-township': '投诉逾期件数（按乡镇街道）', 'overdue-company': '投诉逾期件数（按物业服务企业）',
} as const;
export type PublicationKind = keyof typeof publicationKindLabels;

/** 取自何处: what a kind is drawn up from; `none` is written by the drafter alone. */
export const publicationSubjects = { announcement: 'none', paper: 'paper', estate: 'estate', companies: 'county', formation: 'reading', 'overdue-category': 'overdue', 'overdue-township': 'overdue', 'overdue-company': 'overdue' } as const satisfies Record<PublicationKind, string>;

/** 发布单位的层级 as far as it decides what may be published: a body of the public writes of its area, a company and a committee of themselves. */
export type PublishingLevel = 'county' | 'township' | 'neighbourhood' | 'estate' | 'company';
const OWN_WORDS: readonly PublicationKind[] = ['announcement', 'paper'];
const ALL: readonly PublicationKind[] = ['announcement', 'paper', 'estate', 'companies', 'formation'];

/** 逾期件数: of the whole county, by its bodies only; begun from the page that counts. */
export const overdueKinds = ['overdue-category', 'overdue-township', 'overdue-company'] as const satisfies readonly PublicationKind[];

/** 可以公开的种类 of such a body. */
export const kindsFor = (level: PublishingLevel): readonly PublicationKind[] => (level === 'estate' || level === 'company' ? OWN_WORDS : level === 'county' ? [...ALL, ...overdueKinds] : ALL);

/** 索引号的系列: whose numbers run together. */
export const seriesOf = (level: PublishingLevel): 'office' | 'company' | 'committee' => (level === 'company' ? 'company' : level === 'estate' ? 'committee' : 'office');

/** 索引号: the county's code (with a sign for who is no office), year and number. */
export const indexNoOf = (code: string, level: PublishingLevel, year: number, serial: number): string => `${code}${{ office: '', company: 'Q', committee: 'Y' }[seriesOf(level)]}/${year}-${String(serial).padStart(5, '0')}`;
