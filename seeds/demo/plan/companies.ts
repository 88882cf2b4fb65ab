import type { Id } from '#domain/kernel/brand.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { checkCreditCode } from '#domain/kernel/identifier.ts';
import { companyKey } from '#modules/registry/names.ts';
import { dayBetween, personName } from '../made-up.ts';
import type { CompanyRow, Making } from './rows.ts';

const COUNT = 64;
const FIRST = ['安澜', '和泰', '禾悦', '青梧', '望舒', '听荷', '云亭', '沐阳', '朗润', '嘉树', '清晏', '锦鲤', '知和', '惠邻', '近邻', '邻里', '同心', '乐居', '善居', '瑞庭', '景明', '启明', '恒泽', '润物', '千户', '万象春', '春晖里', '长乐', '明月', '松间', '竹里', '鹿鸣'];
const SECOND = ['', '', '', '', '嘉园', '新城', '和家', '康居', '优家'];
const FORM = ['物业服务有限公司', '物业服务有限公司', '物业管理有限公司', '物业管理有限公司', '物业有限公司', '城市服务有限公司'];

/** 演示企业: 64 of them; a few without a code, with a wrong check character, gone from the county or renamed. */
export function planCompanies(making: Making, countyId: Id<'OrgUnit'>): CompanyRow[] {
  const { random, newId, newPhone } = making;
  const names = companyNames(making);
  return names.map(({ core, name }, at) => {
    const creditCode = codeOf(making, at);
    return {
      id: newId(), countyId, name, matchKey: companyKey(name),
      shortName: random.chance(0.7) ? `${core}物业` : null,
      formerNames: random.chance(0.08) ? [`安和县${core}${name.includes('物业管理') ? '物业服务' : '物业管理'}有限公司`] : [],
      creditCode, creditCodeCheck: creditCode === null ? 'missing' : checkCreditCode(creditCode),
      contactName: random.chance(0.8) ? personName(random) : null,
      legalPerson: random.chance(0.95) ? personName(random) : null,
      phone: random.chance(0.94) ? newPhone() : null,
      registeredOn: random.chance(0.9) ? dayBetween(random, localDate('1999-03-01'), localDate('2023-12-31')) : null,
      address: `安和县${random.pick(['文澜街道', '宁川街道', '东麓街道', '安和经济开发区'])}${random.pick(['书院路', '长堤路', '兴文路', '望湖路', '创业大道'])}${random.whole(1, 288)}号`,
      claimedEstates: null, status: at >= COUNT - 3 ? 'left' : 'active', note: null, isDemo: true,
    };
  });
}

/** Of 64: two malformed, three with a wrong check character, two without any. */
function codeOf({ random, newCreditCode }: Making, at: number): string | null {
  if (at === 11 || at === 37) return null;
  const code = newCreditCode();
  if (at === 19 || at === 52) return code.slice(0, 17);
  if (at !== 7 && at !== 26 && at !== 44) return code;
  return code.slice(0, 17) + random.pick(Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY').filter((character) => character !== code[17]));
}

/** Distinct names whose distinguishing words are distinct too. */
function companyNames({ random }: Making): { core: string; name: string }[] {
  const names = new Map<string, string>();
  while (names.size < COUNT) {
    const core = random.pick(FIRST) + random.pick(SECOND);
    if (!names.has(core)) names.set(core, `${random.chance(0.55) ? random.pick(['安和', '安和县']) : ''}${core}${random.pick(FORM)}`);
  }
  return [...names].map(([core, name]) => ({ core, name }));
}
