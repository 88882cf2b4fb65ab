import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakLines, type WidthOf } from './break-lines.ts';
import { isShapely, titleLines } from './title-lines.ts';

const widthOf: WidthOf = (char) => (/[ -~]/.test(char) ? 0.5 : 1);
const broken = (text: string, width = 28) => breakLines([{ text, face: 'fang' }], { first: width - 2, rest: width }, widthOf).map((line) => line.runs.map((run) => run.text).join(''));

describe('breaking lines', () => {
  test('a full line holds 28 characters, the first one two fewer', () => {
    expect(broken('安'.repeat(60)).map((line) => line.length)).toEqual([26, 28, 6]);
  });

  test('no line begins with a closing mark or ends with an opening one', () => {
    expect(broken(`${'安'.repeat(26)}，${'和'.repeat(5)}`)).toEqual(['安'.repeat(25), `安，${'和'.repeat(5)}`]);
    expect(broken(`${'安'.repeat(25)}（和${'县'.repeat(5)}）`)[0]).toBe('安'.repeat(25));
  });

  test('a number or a Latin word stays whole', () => {
    expect(broken(`${'安'.repeat(24)}0793-1234567`)).toEqual(['安'.repeat(24), '0793-1234567']);
    expect(broken('https://example.test/'.repeat(5)).join('')).toBe('https://example.test/'.repeat(5));
  });

  test('nothing is lost, added or moved, and no line is wider than its room, whatever the text', () => {
    const text = fc.array(fc.constantFrom('安和县', '小区，', '（物业）', '《条例》', '2026', 'abc', '。', '——', '（'), { maxLength: 80 }).map((pieces) => pieces.join('安'));
    fc.assert(fc.property(text, (given) => {
      const lines = breakLines([{ text: given, face: 'fang' }], { first: 26, rest: 28 }, widthOf);
      const texts = lines.map((line) => line.runs.map((run) => run.text).join(''));
      expect(texts.join('')).toBe(given);
      lines.forEach((line, at) => { expect(line.width).toBeLessThanOrEqual(at === 0 ? 26 : 28); });
      for (const line of texts.slice(1)) expect(line).not.toMatch(/^[，。）》—]/);
      for (const line of texts.slice(0, -1)) expect(line).not.toMatch(/[（《]$/);
    }));
  });
});

describe('title lines', () => {
  test.each([
    ['关于开会的通知', [], ['关于开会的通知']],
    ['关于锦绣花园业主委员会换届候选人名单的公示', ['锦绣花园'], ['关于锦绣花园业主委员会', '换届候选人名单的公示']],
    ['安和县住房和城乡建设局关于转办锦绣花园违法搭建问题的函', ['安和县住房和城乡建设局', '锦绣花园'], ['安和县住房和城乡建设局关于', '转办锦绣花园违法搭建问题的函']],
  ] as const)('%s', (title, kept, lines) => { expect(titleLines(title, 18, kept)).toEqual(lines); });

  test('whatever the title: nothing lost, no line too long, the shape a trapezium or a rhombus, no name torn that fits a line', () => {
    const title = fc.string({ unit: fc.constantFrom('安', '和', '的', '关于', '、', '（', '）', '小区', '2', '0'), minLength: 1, maxLength: 60 });
    fc.assert(fc.property(title, (middle) => {
      const whole = `安和县住房和城乡建设局关于${middle}的通知`;
      const lines = titleLines(whole, 18, ['安和县住房和城乡建设局']);
      expect(lines.join('')).toBe(whole);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(18);
      expect(lines[0]).toContain('安和县住房和城乡建设局');
      expect(isShapely(lines.map((line) => [...line].length))).toBe(true);
    }), { numRuns: 200 });
  });

  test('the longest title there can be is set at once, every line within its room', () => {
    const lines = titleLines(`${'安和县住房和城乡建设局'.repeat(9)}关于${'做好冬季消防安全工作和'.repeat(8)}的通知`, 18, []);
    expect(lines.every((line) => Array.from(line).length <= 18)).toBe(true);
    expect(isShapely(lines.map((line) => Array.from(line).length))).toBe(true);
  });

  test('short in the middle is no shape for a title', () => {
    expect([[5, 9, 5], [5, 7, 9], [9, 7, 5], [7, 7]].map(isShapely)).toEqual([true, true, true, true]);
    expect(isShapely([9, 5, 9])).toBe(false);
  });
});
