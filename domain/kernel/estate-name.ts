import { normaliseName, parseChineseNumeral, untilSettled } from './chinese-text.ts';

const COUNTED = /第?([零〇一二两三四五六七八九十]+)(?=期|区|组团|号|幢|栋|标段)/g;
const ZEROS = /(?<![0-9.])0+(?=[0-9])/g;
const GENERIC = /(住宅小区|小区)$/;

/**
 * 小区名称匹配键: the keys under which an estate's name is looked up, from exact to loose, without repeats.
 *
 * 1. the normalised name; 2. phases and zones by one kind of number, brackets and dots dropped (春江花园（一期） = 春江花园1期);
 * 3. also without a trailing 小区. 花园, 苑, 里 and the like are part of the name at every step.
 */
export function estateNameKeys(name: string): string[] {
  return [...new Set(estateNameLevels(name))];
}

/** 小区名称匹配层级: the same keys, one per level, for `matchName`. Only the first two are certain. */
export function estateNameLevels(name: string): readonly string[] {
  const exact = normaliseName(name);
  const canonical = canonicalEstateName(exact);
  const core = canonical.replace(GENERIC, '');
  return [exact, canonical, core.length >= 2 ? core : canonical];
}

/** How many levels of an estate's name decide by themselves: without 小区 it may be another place, so the last only suggests. */
export const ESTATE_CERTAIN_LEVELS = 2;

/** 小区名称规整: numbers of phases and zones in Arabic digits, no brackets, dots or dashes. Idempotent. */
export function canonicalEstateName(name: string): string {
  return untilSettled(normaliseName(name).replaceAll(/[()·."'、,-]/g, ''), (key) => key
    .replaceAll(COUNTED, (whole, numeral: string) => parseChineseNumeral(numeral)?.toString() ?? whole)
    .replaceAll(/第(?=\d+(期|区|组团|号|幢|栋|标段))/g, '')
    .replaceAll(ZEROS, ''));
}
