import { figures, type Figure } from './figures.ts';
import { isReportUnit, type ReportUnit } from './amount.ts';

/** 规整标签: without brackets, blanks, signs and the words that lead a sub-item. */
export const plainLabel = (text: string): string => text.normalize('NFKC').replaceAll(/\([^)]*\)/g, '').replace(/^[\s\d.、]*(?:其中|一是|二是)?[:：]?/, '').replaceAll(/[\s\u3000:：,，。*]+/g, '');

/** 按词认: of several named things the one whose longest word stands in the label; undefined when none does. */
export function byWords<T extends { readonly words: readonly string[]; readonly title: string }>(label: string, among: readonly T[], isWhole = false): T | undefined {
  const plain = plainLabel(label);
  if (plain === '') return undefined;
  let best: { one: T; length: number } | undefined;
  for (const one of among) {
    for (const word of [...one.words, one.title]) {
      const fits = isWhole ? plain === word : plain.includes(word);
      if (fits && (best === undefined || word.length > best.length)) best = { one, length: word.length };
    }
  }
  return best?.one;
}

/** 按标签认指标. */
export const figureByLabel = (label: string): Figure | undefined => byWords(label, figures);

/** 单位按文字: 个、户、万平方米…, alone or in brackets. */
export function unitIn(text: string, figure: Figure): ReportUnit | undefined {
  // NFKC makes m2 of ㎡ and of m².
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '').replace(/m2/i, '平方米').replace('平米', '平方米');
  const told = /[(（]([^()（）]*)[)）]/.exec(plain)?.[1] ?? plain;
  const inside = told === '部' && figure.units.includes('台') ? '台' : told;
  return isReportUnit(inside) && figure.units.includes(inside) ? inside : undefined;
}

/** 表头注明的单位: of a line such as 单位：个、万平方米 the one that this figure is written in. */
export function unitOfSheet(texts: readonly string[], figure: Figure): ReportUnit | undefined {
  const told = texts.flatMap((text) => /(?:计量)?单位[:：]([^:：]{1,30})$/.exec(text.normalize('NFKC').replaceAll(/[\s()]/g, ''))?.[1] ?? []);
  return told.flatMap((text) => text.split(/[、,，/;；]/)).map((piece) => unitIn(piece, figure)).find((unit) => unit !== undefined);
}

/** 小数位 that a unit is usually written with. */
export const usualDecimals = (figure: Figure, unit: ReportUnit): number => (unit === '%' || unit === '平方米' || unit === '万平方米' || unit === '万户' ? 2 : figure.decimals);
