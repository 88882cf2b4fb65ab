const HALF_WIDTH_GAP = 0xfee0;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
/** A whole run at once, and a look whether a line ends in it: a pattern that looks for the end behind blanks takes the square of their number. */
const RUN = /[\s\p{Zs}\u0085]+/gu;
const LINE_END = /[\r\n\u2028\u2029\u0085]/;

/** Ideographs, digits, capitals and plain hyphens only: a text that every step below would leave as it is. Nine names in ten, so it is asked first. */
const PLAIN = /^[\u4e00-\u9fff0-9A-Z-]*$/;

/** 全角转半角: full-width letters, digits and punctuation, and the ideographic blank, become half-width. */
export function toHalfWidth(text: string): string {
  return text
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - HALF_WIDTH_GAP))
    .replaceAll('\u3000', ' ');
}

/**
 * 文字规整: what a cell or a form field says, without how it was typed.
 *
 * Full-width becomes half-width, invisible characters go, every run of blanks becomes one, ends are trimmed; a line break is
 * removed, or becomes a blank between two Latin words. Idempotent.
 */
export function normaliseText(text: string): string {
  if (PLAIN.test(text)) return text;
  return toHalfWidth(text.normalize('NFC').replaceAll(INVISIBLE, ''))
    .replaceAll(RUN, (run) => (LINE_END.test(run) ? '\n' : run))
    .replaceAll(/(?<=[0-9A-Za-z])\n(?=[0-9A-Za-z])/g, ' ')
    .replaceAll('\n', '')
    .replaceAll(/[\s\p{Zs}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/**
 * 名称规整: the key under which names are the same name: no blanks, one kind of bracket, of dash and of middle dot, upper case.
 * 小区, 花园 and the like are part of the name and stay. Idempotent.
 */
export function normaliseName(name: string): string {
  if (PLAIN.test(name)) return name;
  return normaliseText(name)
    .replaceAll(' ', '')
    .replaceAll(/[[{【〔「『〖《<]/g, '(')
    .replaceAll(/[\]}】〕」』〗》>]/g, ')')
    .replaceAll(/[\u2010-\u2015\u2212~〜_]/g, '-')
    .replaceAll(/[•・‧∙⋅●˙]/g, '·')
    .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** 反复规整: applies a step until it changes nothing, so that a key of a key is itself. The step must come to rest. */
export function untilSettled(text: string, step: (text: string) => string): string {
  let settled = text;
  for (let next = step(settled); next !== settled; next = step(settled)) settled = next;
  return settled;
}

const ORGANISATION = /(公司|集团|企业|银行|信用社|合作社|事务所|委员会|居委会|村委会|管委会|办事处|政府|大学|学校|中学|小学|幼儿园|医院|研究院|中心|协会|基金会|商行|商店|工厂|饭店|酒店|超市|供销社|(?:[\u4e00-\u9fff]{2}(?:局|厅|厂|所|站|院|部|处)))(\([^()]*\))?$/;

/** 是否单位名称: does this look like the name of an organisation rather than of a person? By its last word. */
export function isOrganisationName(name: string): boolean {
  const key = normaliseName(name);
  return key.length >= 4 && ORGANISATION.test(key);
}

const DIGITS = '零一二三四五六七八九';

/** 中文数字: reads 一 to 九十九 (also 两, 〇); undefined for anything else. */
export function parseChineseNumeral(text: string): number | undefined {
  const parts = /^(?:([一二三四五六七八九]?)(十))?([零〇一二两三四五六七八九]?)$/.exec(text);
  if (parts === null || text === '') return undefined;
  const [, tens = '', ten = '', unit = ''] = parts;
  return (ten === '' ? 0 : 10 * (tens === '' ? 1 : digitOf(tens))) + (unit === '' ? 0 : digitOf(unit));
}

function digitOf(character: string): number {
  return DIGITS.indexOf(character.replace('〇', '零').replace('两', '二'));
}
