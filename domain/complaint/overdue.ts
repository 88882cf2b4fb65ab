/** 逾期件数的统计方式. */
export const groupings = { category: '按类别', township: '按乡镇街道', company: '按物业服务企业' } as const;
export type Grouping = keyof typeof groupings;
/** What a line of each is called. */
export const groupingTitles = { category: '类别', township: '乡镇街道', company: '物业服务企业' } as const satisfies Record<Grouping, string>;
