import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityCheckDigit } from '#domain/kernel/identifier.ts';
import { blocksOf, passagesOf, textOf } from './content.ts';
import { possibleNames } from './names.ts';
import { lookForMarks, lookForNames, lookForNumbers, mendingWords, mustBeMended, sightingKindLabels, type SightingKind } from './sighting.ts';

const identity = (() => { const body = '99010019700307012'; return `${body}${identityCheckDigit(body)}`; })();
const CARD = '6222021234567890128';
const kindsIn = (text: string) => lookForNumbers([{ where: '正文', text }]).map(({ kind }) => kind);
const withLuhn = (body: string): string => {
  const digit = [...Array(10).keys()].find((last) => [...`${body}${last}`].toReversed().reduce((sum, each, at) => { const value = at % 2 === 1 ? Number(each) * 2 : Number(each); return sum + (value > 9 ? value - 9 : value); }, 0) % 10 === 0);
  return `${body}${digit ?? 0}`;
};

describe('numbers of persons', () => {
  test.each<[string, SightingKind[]]>([
    [`证号${identity}。`, ['identity']], [`证号${identity.slice(0, 6)} ${identity.slice(6, 14)} ${identity.slice(14)}`, ['identity']], [[...identity].map((digit) => (/\d/.test(digit) ? String.fromCodePoint(0xff10 + Number(digit)) : digit)).join(''), ['identity']],
    ['电话13912345678', ['mobile']], ['电话 139-1234-5678 或 13812345678', ['mobile', 'mobile']], ['+8613912345678', ['mobile']], ['13912345678 13812345678', ['mobile', 'mobile']],
    [`卡号${withLuhn(CARD.slice(0, 18))}`, ['bank-card']], [`${identity.slice(0, 17)}${identity.endsWith('1') ? '2' : '1'}`, ['identity-like']], ['990100700307012', ['identity-like']],
    ['办公电话 0571-88001234', []], ['热线12345', []], ['安建〔2026〕12号', []], ['2026年11月20日', []], ['面积12345.67平方米，共1234567890元', []], ['91330100MA27XXXX1X', []], ['报警电话110，邮编313000', []],
  ])('%s gives %j', (text, kinds) => { expect(kindsIn(text)).toEqual(kinds); });

  test('the same number in several places is one finding, masked', () => {
    const found = lookForNumbers(passagesOf(`联系13912345678`, blocksOf('打139 1234 5678\n别的')));
    expect(found).toEqual([{ kind: 'mobile', value: '13912345678', shown: '139******78', places: ['标题', '正文第1段'] }]);
    expect(Object.keys(sightingKindLabels).filter((kind) => mustBeMended(kind as SightingKind))).toEqual(['identity', 'secrecy-mark']);
  });

  test('wherever a mobile number stands, in whatever groups, it is found', () => {
    const gap = fc.constantFrom('', ' ', '-', '－');
    const word = fc.constantFrom('电话', '：', '请拨打', '、', '（', '\n');
    fc.assert(fc.property(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{9}$/), gap, word, word, (second, rest, between, before, after) => {
      const number = `1${second}${rest}`;
      expect(kindsIn(`${before}${number.slice(0, 3)}${between}${number.slice(3, 7)}${between}${number.slice(7)}${after}`)).toEqual(['mobile']);
    }));
  });
});

describe('names', () => {
  test('what could be a name is asked for, a name inside a longer one is told once', () => {
    const passages = [{ where: '正文', text: '请欧阳春和王小明于周三到会。' }];
    expect(possibleNames(passages)).toEqual(expect.arrayContaining(['欧阳春', '王小明', '王小']));
    expect(lookForNames(passages, ['王小', '王小明', '李四']).map(({ value }) => value)).toEqual(['王小明']);
    expect(possibleNames([{ where: '正文', text: '小区物业 ABC 123' }])).toEqual([]);
  });
});

describe('marks', () => {
  const marks = (text: string) => lookForMarks([{ where: '附件', text }]).map(({ kind, value }) => [kind, value]);
  test('a mark of secrecy is seen with its star, alone on its line, or after 密级, also in full-width signs', () => {
    expect(marks('机密 ★ １年\n关于某事的报告')).toEqual([['secrecy-mark', '机密★1年']]);
    expect(marks('秘密★长期 绝密☆')).toEqual([['secrecy-mark', '秘密★长期'], ['secrecy-mark', '绝密☆']]);
    expect([marks('密 级：秘密'), marks('标题\n　秘密　\n正文')]).toEqual([[['secrecy-mark', '密级:秘密']], [['secrecy-mark', '秘密']]]);
  });
  test('the words in a sentence are no mark; what is meant for inside is told, and may be answered', () => {
    expect(marks('依法保守国家秘密和商业秘密，加强机密文件管理。')).toEqual([]);
    expect(marks('内部资料，请勿外传')).toEqual([['inner-mark', '内部资料'], ['inner-mark', '请勿外传']]);
    expect([mustBeMended('secrecy-mark'), mustBeMended('inner-mark'), mendingWords('inner-mark')]).toEqual([true, false, null]);
  });
});

describe('blocks', () => {
  test('headings, lists, tables and paragraphs are told apart; markup is text', () => {
    expect(blocksOf('一、开会\n（一）时间\n周三上午。\n\n- 带笔\n- 带本\n名称｜数量\n甲｜3\n<b>重要</b>').map((block) => block.kind)).toEqual(['heading', 'heading', 'paragraph', 'list', 'table', 'paragraph']);
    expect(blocksOf('<script>x</script>')).toEqual([{ kind: 'paragraph', text: '<script>x</script>' }]);
    expect(blocksOf('一、这一条写得很长，是一整句话，以句号结尾。')[0]?.kind).toBe('paragraph');
  });

  test('nothing that was written is lost, whatever it is', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[\u4e00-\u9fff一、（）。\-·｜\t0-9a-z]{0,30}$/), { maxLength: 12 }), (lines) => {
      const squeezed = (text: string) => [...text.replaceAll(/[\s　｜\-－·•●|]/g, '')].toSorted().join('');
      expect(squeezed(textOf('', blocksOf(lines.join('\n'))))).toBe(squeezed(lines.join('\n')));
    }));
  });
});
