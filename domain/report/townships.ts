import type { TownshipFact } from './facts.ts';
import type { PrintedName } from './mark.ts';

/** 乡镇名的比对键: without blanks, its number in the list, notes in brackets and the words for its office. */
export const townshipKey = (name: string): string => name.normalize('NFKC').replaceAll(/[\s\u3000]+|\([^)]*\)/g, '').replace(/^(?:\d+|[一二三四五六七八九十]+)[.、,]/, '').replace(/(?:街道)?(?:办事处|街办)$|街道办$/, '街道').replace(/(镇|乡)(?:人民政府|政府)$/, '$1').replace(/(?:管理委员会|管委会)$/, '');

/** 认乡镇: the township that a printed name means: as was said of this list, by its own name, as was said of another blank, without its rank; undefined when none or several would fit. */
export function findTownship(printed: string, townships: readonly TownshipFact[], said: readonly PrintedName[] = []): TownshipFact | undefined {
  const key = townshipKey(printed);
  if (key === '') return undefined;
  const told = said.find((name) => townshipKey(name.printed) === key);
  const meant = told === undefined ? undefined : townships.find(({ id }) => id === told.townshipId);
  if (meant !== undefined) return meant;
  const same = townships.filter(({ name }) => townshipKey(name) === key);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  const elsewhere = townships.filter(({ otherNames = [] }) => otherNames.some((name) => townshipKey(name) === key));
  if (elsewhere.length > 0) return elsewhere.length === 1 ? elsewhere[0] : undefined;
  // 「城关」 for 城关街道: the printed name without its rank, when only one township begins so.
  const bare = townships.filter(({ name }) => townshipKey(name).replace(/(街道|镇|乡)$/, '') === key);
  return bare.length === 1 ? bare[0] : undefined;
}
