/** 代谁提出: what the one spoken for is to the one who speaks. */
export const familyLabels = { parent: '父亲或母亲', grandparent: '祖父母或外祖父母', spouse: '配偶', child: '子女', other: '其他家人' } as const;
export type FamilyRelation = keyof typeof familyLabels;

/** 代家人提出的说法: 代父亲或母亲提出; where nobody said for whom, 代家人提出. */
export const familyWords = (relation: FamilyRelation | null): string => `代${relation === null ? '家人' : familyLabels[relation]}提出`;
