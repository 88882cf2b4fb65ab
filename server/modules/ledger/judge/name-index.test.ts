import { describe, expect, test } from 'vitest';
import { COMPANY_CERTAIN_LEVELS, companyNameLevels } from '#domain/kernel/company-name.ts';
import { ESTATE_CERTAIN_LEVELS, estateNameLevels } from '#domain/kernel/estate-name.ts';
import { placeKeys } from './books.ts';
import { NameIndex } from './name-index.ts';

const areas = ['云川县'];

function companies(...names: string[]): NameIndex<string> {
  const index = new NameIndex<string>();
  for (const name of names) index.add(companyNameLevels(name, areas), name);
  return index;
}

describe('finding a thing by its name', () => {
  test.each([
    ['云川县诚信物业服务有限公司', 'one'], ['诚信物业服务有限公司', 'one'], ['诚信物业服务', 'one'],
    ['诚信物业管理有限公司', 'none'], ['诚信物业', 'none'],
  ])('%s, where only 云川县诚信物业服务有限公司 is known, is certainly %s', (written, expected) => {
    expect(companies('云川县诚信物业服务有限公司').find(companyNameLevels(written, areas), undefined, COMPANY_CERTAIN_LEVELS).is).toBe(expected);
  });

  test('what differs only in 物业服务 or 物业管理 is found when nobody asks for certainty, so that it can be offered', () => {
    expect(companies('云川县诚信物业服务有限公司').find(companyNameLevels('诚信物业管理有限公司', areas))).toMatchObject({ is: 'one', value: '云川县诚信物业服务有限公司' });
  });

  test('the exact name wins over what is merely alike', () => {
    const both = companies('云川县诚信物业服务有限公司', '云川县诚信物业管理有限公司');
    expect(both.find(companyNameLevels('诚信物业管理有限公司', areas), undefined, COMPANY_CERTAIN_LEVELS)).toMatchObject({ is: 'one', value: '云川县诚信物业管理有限公司' });
    expect(both.find(companyNameLevels('诚信物业', areas)).is).toBe('many');
  });

  test.each([['锦绣花园一期', 'one'], ['锦绣花园（1期）', 'one'], ['锦绣花园', 'none']])('the estate %s, where 锦绣花园1期 is known, is certainly %s', (written, expected) => {
    const index = new NameIndex<string>();
    index.add(estateNameLevels('锦绣花园1期'), '锦绣花园1期');
    expect(index.find(estateNameLevels(written), undefined, ESTATE_CERTAIN_LEVELS).is).toBe(expected);
  });

  test('锦绣 may stand beside 锦绣小区: neither is certainly the other', () => {
    const index = new NameIndex<string>();
    index.add(estateNameLevels('锦绣小区'), '锦绣小区');
    expect(index.find(estateNameLevels('锦绣'), undefined, ESTATE_CERTAIN_LEVELS).is).toBe('none');
    expect(index.find(estateNameLevels('锦绣'))).toMatchObject({ is: 'one', value: '锦绣小区' });
  });

  test.each(['南湖', '南湖街道', '南湖街道办事处', '南湖街道办'])('the township written %s is 南湖街道', (written) => {
    const index = new NameIndex<string>();
    index.add(placeKeys('南湖街道'), '南湖街道');
    index.add(placeKeys('云岭镇'), '云岭镇');
    expect(index.find(placeKeys(written))).toMatchObject({ is: 'one', value: '南湖街道' });
  });
});
