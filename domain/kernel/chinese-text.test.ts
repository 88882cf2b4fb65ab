import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOrganisationName, normaliseName, normaliseText, parseChineseNumeral } from './chinese-text.ts';
import { canonicalEstateName, estateNameKeys } from './estate-name.ts';
import { companyNameKeys } from './company-name.ts';

const pieces = fc.constantFrom('云川', '春江', '花园', '小区', '一期', '（', '）', '(', ')', 'Ａ', 'a', '１', '01', '二', '十', '区', '期', ' ', '\u3000', '\u00a0', '\n', '\r\n', '\u200b', '·', '•', '【', '】', '第', '号', '－', '—', '物业', '有限公司', '县', '.', '0');
const messy = fc.oneof(fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')), fc.string({ unit: 'binary' }));

describe('normaliseText', () => {
  test.each([['１２，３４５．６㎡', '12,345.6㎡'], [' 金色里\u00a0\u3000', '金色里'], ['项目\n经理', '项目经理'], ['Room\n12', 'Room 12'], ['张  三', '张 三'], ['（甲）：ＡＢ', '(甲):AB'], ['\ufeff甲\u200b乙', '甲乙'], ['物业费标准 \r\n （元）', '物业费标准(元)'], ['', '']])('%j becomes %j', (text, expected) => {
    expect(normaliseText(text)).toBe(expected);
  });

  test('a text that needs no step comes out the same as when every step is taken', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('云', '川', '一', '龥', '0', '9', 'A', 'Z', '-'), { maxLength: 9 }).map((parts) => parts.join('')), (plain) => {
      expect([normaliseText(plain), normaliseName(plain)]).toEqual([normaliseText(`\u200b${plain}`), normaliseName(`\u200b${plain}`)]);
    }));
  });

  test('doing it again changes nothing', () => {
    fc.assert(fc.property(messy, (text) => {
      const once = normaliseText(text);
      expect(normaliseText(once)).toBe(once);
      const name = normaliseName(text);
      expect(normaliseName(name)).toBe(name);
    }), { numRuns: 500 });
  });
});

describe('normaliseName', () => {
  test.each([['春江花园【一期】', '春江花园(一期)'], ['张 三', '张三'], ['春江花园ａ区', '春江花园A区'], ['阿依古丽•买买提', '阿依古丽·买买提'], ['1—2–301', '1-2-301'], ['幸福小区', '幸福小区']])('%s becomes %s', (name, key) => {
    expect(normaliseName(name)).toBe(key);
  });
});

test.each([['云川县建设开发有限公司', true], ['云川县住房和城乡建设局', true], ['第一中学', true], ['中国工商银行云川支行', false], ['郭明英', false], ['欧阳建国', false], ['阿依古丽·买买提', false], ['甲公司', false], ['某某有限公司(破产)', true]])('%s is an organisation: %s', (name, is) => {
  expect(isOrganisationName(name)).toBe(is);
});

test('Chinese numerals are read up to ninety-nine', () => {
  expect(['一', '十', '十二', '二十', '九十九', '两', '〇', '百', '', '一一'].map(parseChineseNumeral)).toEqual([1, 10, 12, 20, 99, 2, 0, undefined, undefined, undefined]);
});

const keys = (name: string) => companyNameKeys(name, ['云川县']);
const shared = (a: string, b: string) => keys(a).filter((key) => keys(b).includes(key));

describe('companyNameKeys', () => {
  test('keys go from exact to loose', () => {
    expect(keys('云川县明珠嘉物业管理有限公司')).toEqual(['云川县明珠嘉物业管理有限公司', '明珠嘉物业管理有限公司', '明珠嘉物业管理', '明珠嘉']);
    expect(keys('明珠嘉物业管理有限责任公司')).toContain('明珠嘉物业管理');
  });

  test('the county, the legal form and the line of business may be left out', () => {
    for (const other of ['明珠嘉物业管理有限公司', '云川明珠嘉物业', '云川县明珠嘉物业服务有限责任公司', '明珠嘉']) {
      expect(keys(other)).toContain('明珠嘉');
    }
  });

  test('of several names of areas the longest in front is dropped, whatever their order', () => {
    for (const areas of [['云川', '云川县', '安宁市'], ['安宁市', '云川县', '云川']]) expect(companyNameKeys('安宁市云川县明珠嘉物业管理有限公司', areas).at(-1)).toBe('明珠嘉');
  });

  test('names that differ in anything else share no key', () => {
    expect(shared('云川县中天物业管理有限公司', '云川县中天远物业管理有限公司')).toEqual([]);
    expect(shared('云川县万安物业服务有限公司', '云川县万安城物业有限公司')).toEqual([]);
    expect(shared('明珠嘉物业有限公司(城北分公司)', '明珠嘉物业有限公司')).toEqual([]);
  });

  test('a name that is nothing but such parts keeps enough to be told apart', () => {
    expect(keys('云川物业管理有限公司')).toEqual(['云川物业管理有限公司', '云川物业管理', '云川']);
    expect(keys('物业')).toEqual(['物业']);
  });

  test('the first key is the normalised name and none repeats', () => {
    fc.assert(fc.property(messy, (name) => {
      const found = keys(name);
      expect(found[0]).toBe(normaliseName(name));
      expect(new Set(found).size).toBe(found.length);
      expect(found.every((key, at) => at === 0 || key.length >= 2)).toBe(true);
    }));
  });
});

describe('estateNameKeys', () => {
  test.each([['盛世公馆一期', '盛世公馆(1期)'], ['盛世公馆第一期', '盛世公馆1期'], ['春江小区Ａ区', '春江小区a区'], ['幸福里十二区', '幸福里12区'], ['翡翠新城 01期', '翡翠新城1期']])('%s and %s share their canonical name', (a, b) => {
    expect(canonicalEstateName(a)).toBe(canonicalEstateName(b));
  });

  test('a trailing 小区 is dropped only in the loosest key; 花园 and 里 never', () => {
    expect(estateNameKeys('幸福小区')).toEqual(['幸福小区', '幸福']);
    expect(estateNameKeys('云川花园')).toEqual(['云川花园']);
    expect(estateNameKeys('春江小区A区')).toEqual(['春江小区A区']);
    expect(estateNameKeys('小区')).toEqual(['小区']);
  });

  test('phases, zones and names that differ share no key', () => {
    for (const [a, b] of [['盛世公馆一期', '盛世公馆二期'], ['书香公馆北区', '书香公馆南区'], ['春江名苑', '春江花园'], ['一品江南', '江南']]) {
      expect(estateNameKeys(a ?? '').filter((key) => estateNameKeys(b ?? '').includes(key))).toEqual([]);
    }
  });

  test('the canonical name of a canonical name is itself', () => {
    fc.assert(fc.property(messy, (name) => {
      const once = canonicalEstateName(name);
      expect(canonicalEstateName(once)).toBe(once);
    }), { numRuns: 500 });
  });
});
