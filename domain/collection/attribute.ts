/** 选对象的条件: what is asked of a recipient's place and estates; null asks nothing. `managementKind` in the books' own words. */
export interface Conditions { readonly townshipId: string | null; readonly managementKind: string | null; readonly hasCommittee: boolean | null }
/** 小区 as far as conditions ask. `managementKind` is null where it is not known. */
export interface AttributedEstate { readonly townshipId: string | null; readonly managementKind: string | null; readonly hasCommittee: boolean }

/** 符合条件的小区, all conditions at once of one estate. */
export const fits = ({ townshipId, managementKind, hasCommittee }: Conditions) => (estate: AttributedEstate): boolean =>
  (townshipId === null || estate.townshipId === townshipId) && (managementKind === null || estate.managementKind === managementKind) && (hasCommittee === null || estate.hasCommittee === hasCommittee);

/**
 * 对象符合条件: a body lies in the township; a company has an estate there. Where something is asked of estates, at least one of its own answers to
 * all of it. How many do is told; null where nothing was asked of estates.
 */
export function fittingEstates(conditions: Conditions, recipient: { readonly isCompany: boolean; readonly townshipId: string | null }, estates: readonly AttributedEstate[]): { readonly isFitting: boolean; readonly count: number | null } {
  const asksEstates = conditions.managementKind !== null || conditions.hasCommittee !== null || (recipient.isCompany && conditions.townshipId !== null);
  if (!asksEstates) return { isFitting: conditions.townshipId === null || recipient.townshipId === conditions.townshipId, count: null };
  const count = estates.filter(fits(conditions)).length;
  return { isFitting: count > 0, count };
}

/** 条件的说法; null where nothing is asked. `township` is its name. */
export function conditionWords({ managementKind, hasCommittee }: Conditions, township: string | null): string | null {
  const asked = [...(township === null ? [] : [`在${township}`]), ...(managementKind === null ? [] : [`管理方式为“${managementKind}”`]), ...(hasCommittee === null ? [] : [hasCommittee ? '有业委会' : '没有业委会'])];
  return asked.length === 0 ? null : `${asked.join('、')}的小区`;
}
