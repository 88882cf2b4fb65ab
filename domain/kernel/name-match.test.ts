import { describe, expect, test } from 'vitest';
import { COMPANY_CERTAIN_LEVELS, companyNameLevels } from './company-name.ts';
import { ESTATE_CERTAIN_LEVELS, estateNameLevels } from './estate-name.ts';
import { matchName } from './name-match.ts';

const companies = (...names: string[]) => names.map((name) => ({ candidate: name, levels: companyNameLevels(name, ['云川县']) }));
const company = (name: string, ...names: string[]) => matchName(companyNameLevels(name, ['云川县']), companies(...names), COMPANY_CERTAIN_LEVELS);
const estate = (name: string, ...names: string[]) => matchName(estateNameLevels(name), names.map((one) => ({ candidate: one, levels: estateNameLevels(one) })), ESTATE_CERTAIN_LEVELS);

describe('companies', () => {
  test('the same name is exact, one without the county or the legal form is taken when it is the only one', () => {
    expect(company(' 云川县诚信物业服务有限公司\n', '云川县诚信物业服务有限公司', '云川县诚信物业管理有限公司')).toEqual({ kind: 'exact', candidate: '云川县诚信物业服务有限公司' });
    expect(company('诚信物业服务有限公司', '云川县诚信物业服务有限公司', '云川县诚信物业管理有限公司')).toEqual({ kind: 'normalised', candidate: '云川县诚信物业服务有限公司' });
    expect(company('诚信物业服务', '云川县诚信物业服务有限公司')).toMatchObject({ kind: 'normalised' });
  });

  test('another line of business is never taken silently, even if only one company comes near', () => {
    expect(company('诚信物业管理有限公司', '云川县诚信物业服务有限公司')).toEqual({ kind: 'ask', candidates: ['云川县诚信物业服务有限公司'] });
    expect(company('诚信', '云川县诚信物业服务有限公司', '云川县诚信物业管理有限公司')).toMatchObject({ kind: 'ask', candidates: { length: 2 } });
  });

  test('a name nobody has, and an empty one, fit nothing', () => {
    expect([company('云川县不存在物业有限公司', '云川县诚信物业服务有限公司'), company('', '')]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  });
});

describe('estates', () => {
  test('phases may be written otherwise; the same name in two townships is asked', () => {
    expect(estate('盛世公馆（1期）', '盛世公馆一期', '盛世公馆二期')).toEqual({ kind: 'normalised', candidate: '盛世公馆一期' });
    expect(estate('幸福里', '幸福里', '幸福里')).toEqual({ kind: 'ask', candidates: ['幸福里', '幸福里'] });
  });

  test('without 小区 it is only suggested', () => {
    expect(estate('幸福', '幸福小区')).toEqual({ kind: 'ask', candidates: ['幸福小区'] });
    expect(estate('幸福小区', '幸福小区', '幸福')).toEqual({ kind: 'exact', candidate: '幸福小区' });
  });
});
