/** 组建率的各部分: what each figure counts, as a condition of the page that lists the estates behind it. */
export const formationParts = { 'not-counted': '已入住但没有计入的', 'all-counted': '计入已成立的', occupied: '已入住的全部', 'past-term': '其中届满未换届的' } as const;
export type FormationPart = keyof typeof formationParts;

interface Standing { readonly inDenominator: boolean; readonly inNumerator: boolean; readonly isExpired: boolean }

/** 是否属于这一部分. */
export const isInPart: Readonly<Record<FormationPart, (row: Standing) => boolean>> = {
  'not-counted': (row) => row.inDenominator && !row.inNumerator,
  'all-counted': (row) => row.inNumerator,
  occupied: (row) => row.inDenominator,
  'past-term': (row) => row.inDenominator && row.isExpired,
};
export const isFormationPart = (text: string): text is FormationPart => Object.hasOwn(formationParts, text);
