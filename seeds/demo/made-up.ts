import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { creditCheckCharacter, identityCheckDigit } from '#domain/kernel/identifier.ts';
import { fromDay, toDay } from '#domain/kernel/local-date.ts';
import { localDate } from '#domain/kernel/brand.ts';
import type { Random } from './random.ts';

const SURNAMES = Array.from('王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤');
const GIVEN = Array.from('伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰萍鹏辉玲健红丹波宁琴云飞雪松柏梅岚峰凯旭东晨曦睿浩宇轩涵雨欣怡然嘉豪子墨思源文博海燕春秋冬荣贵福禄寿康安和顺达志远立本正清朗月星辰永恒建国庆民爱华');

/** 人名: a surname and one or two given characters; any likeness is chance. */
export function personName(random: Random): string {
  return random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.72) ? random.pick(GIVEN) : '');
}

/** 不重复的号码: mobile numbers of the made-up range 199xxxxxxxx, each given once. */
export function phoneBook(random: Random): () => string {
  return distinct(() => `199${String(random.whole(0, 99_999_999)).padStart(8, '0')}`);
}

/** 不重复的身份证号: numbers of the made-up region 990100 with the right check digit, each given once. */
export function identityNumbers(random: Random): () => string {
  const earliest = toDay(localDate('1946-01-01'));
  const latest = toDay(localDate('2003-12-31'));
  return distinct(() => {
    const body = `990100${fromDay(random.whole(earliest, latest)).replaceAll('-', '')}${String(random.whole(1, 999)).padStart(3, '0')}`;
    return body + identityCheckDigit(body);
  });
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** 不重复的统一社会信用代码: companies of the made-up division 990100, both check characters right. */
export function creditCodes(random: Random): () => string {
  return distinct(() => {
    const digits = String(random.whole(0, 99_999_999)).padStart(8, '0');
    const sum = ORGANISATION_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
    const check = (11 - (sum % 11)) % 11;
    const body = `91990100${digits}${check === 10 ? 'X' : check}`;
    return body + creditCheckCharacter(body);
  });
}

/** 日期: a day from `first` to `last`, both included. */
export function dayBetween(random: Random, first: LocalDate, last: LocalDate): LocalDate {
  return fromDay(random.whole(toDay(first), toDay(last)));
}

const FIRST_MS = Date.parse('2024-12-01T00:00:00.000Z');

/** 编号: uuids of version 7 that sort in the order they are asked for, the same for the same seed. */
export function idMaker(random: Random): <Kind extends string>() => Id<Kind> {
  let made = 0;
  const hex = (digits: number) => random.whole(0, 16 ** digits - 1).toString(16).padStart(digits, '0');
  return <Kind extends string>() => {
    const time = (FIRST_MS + made).toString(16).padStart(12, '0');
    made += 1;
    return makeId<Kind>(`${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(6)}${hex(6)}`);
  };
}

function distinct(make: () => string): () => string {
  const given = new Set<string>();
  return () => {
    let text = make();
    while (given.has(text)) text = make();
    given.add(text);
    return text;
  };
}
