import type { EstateStanding } from './formation.ts';

/** 组建率的各部分: what each figure counts, as a condition of the page that lists the estates behind it. */
export const formationParts = { 'not-counted': '已入住但没有计入的', 'all-counted': '计入已成立的', occupied: '已入住的全部', 'past-term': '其中届满未换届的' } as const;
/** 部分: one of them. */
export type FormationPart = keyof typeof formationParts;

type Standing = Pick<EstateStanding, 'inDenominator' | 'inNumerator' | 'isExpired'>;

/** 是否属于这一部分. */
export const isInPart: Readonly<Record<FormationPart, (row: Standing) => boolean>> = {
  'not-counted': (row) => row.inDenominator && !row.inNumerator,
  'all-counted': (row) => row.inNumerator,
  occupied: (row) => row.inDenominator,
  'past-term': (row) => row.inDenominator && row.isExpired,
};
/** 是否部分的名称. */
export const isFormationPart = (text: string): text is FormationPart => Object.hasOwn(formationParts, text);

/** 是否符合“计入情况”这个条件: a part, or one standing; everything where none is named. */
export const meetsStanding = (row: Standing & Pick<EstateStanding, 'standing'>, wanted: string | undefined): boolean => {
  if (wanted === undefined || wanted === ALL_STANDINGS) return true;
  return isFormationPart(wanted) ? isInPart[wanted](row) : row.standing === wanted;
};
/** 全部小区 as a condition. */
export const ALL_STANDINGS = 'all';
