import { describe, expect, test } from 'vitest';
import { areaCm2, localDate } from '#domain/kernel/brand.ts';
import { prevailingArea, readAreaSource } from './area-source.ts';
import { contractKinds, feeBases } from './contract-terms.ts';
import { estateStage, estateStages } from './estate-stage.ts';
import { managementKinds } from './management-kind.ts';
import { organisationKindOfName, organisationKinds, rankOf } from './organisation-kind.ts';
import { posts } from './post.ts';
import { keysOf, labelOf, labelsOf, readTerm, type Vocabulary } from './vocabulary.ts';

const all: [string, Vocabulary<string>][] = [['管理方式', managementKinds], ['机构种类', organisationKinds], ['岗位', posts], ['收费方式', feeBases], ['合同种类', contractKinds], ['项目阶段', estateStages]];

describe.each(all)('%s', (_, vocabulary) => {
  test('its labels are those of its words, in their order', () => {
    expect(Object.entries(labelsOf(vocabulary))).toEqual(keysOf(vocabulary).map((key) => [key, labelOf(vocabulary, key)]));
  });

  test('every label and synonym is read as its own word and no other', () => {
    for (const key of keysOf(vocabulary)) {
      for (const word of [labelOf(vocabulary, key), ...(vocabulary[key]?.synonyms ?? []), key]) expect([word, readTerm(vocabulary, ` ${word}\n`)]).toEqual([word, key]);
    }
    expect(readTerm(vocabulary, '某某')).toBeUndefined();
    expect(readTerm(vocabulary, '')).toBeUndefined();
  });
});

test.each([['项目负责人', 'estate-manager'], ['保安', 'order'], ['企业负责人', 'head'], ['客 服', 'customer-service']])('the post %s is %s', (text, post) => {
  expect(readTerm(posts, text)).toBe(post);
});

test.each([['城关街道', 'street'], ['城关街道办事处', 'street'], ['柳河镇', 'town'], ['柳河镇人民政府', 'town'], ['白石乡', 'rural-township'], ['云川经济开发区管委会', 'zone'], ['城关新桥社区', 'community'], ['柳河村', 'village'], ['县住建局', undefined]])('%s is a %s', (name, kind) => {
  expect(organisationKindOfName(name)).toBe(kind);
});

describe('area sources', () => {
  test.each([['不动产登记簿', 'register'], ['房产证', 'register'], ['测绘成果', 'survey'], ['实测', 'survey'], ['购房合同', 'contract'], ['商品房买卖合同', 'contract'], ['', undefined]])('%s is %s', (text, source) => {
    expect(readAreaSource(text)).toBe(source);
  });

  test('the register goes before the survey, the survey before the contract; of one source the last given', () => {
    const [register, survey, contract, later] = [{ area: areaCm2(1), source: 'register' as const }, { area: areaCm2(2), source: 'survey' as const }, { area: areaCm2(3), source: 'contract' as const }, { area: areaCm2(4), source: 'survey' as const }];
    expect(prevailingArea([contract, survey, register])).toBe(register);
    expect(prevailingArea([survey, contract, later])).toBe(later);
    expect(prevailingArea([contract, { area: areaCm2(5), source: 'unknown' }])).toBe(contract);
    expect(prevailingArea([])).toBeUndefined();
  });
});

test.each([['2020-01-01', 1, 'occupied'], ['2020-01-01', 0, 'delivered'], ['2020-01-01', null, 'occupied'], [null, null, 'occupied'], [null, 0, 'delivered'], ['2025-07-01', 0, 'building'], ['2025-07-01', null, 'building'], ['2025-06-30', 0, 'delivered']])(
  'delivered %s with %s households is %s on 2025-06-30', (deliveredOn, occupiedUnits, stage) => {
    expect(estateStage({ deliveredOn: deliveredOn === null ? null : localDate(deliveredOn), occupiedUnits }, localDate('2025-06-30'))).toBe(stage);
  });

test('communities and villages are neighbourhoods, the others townships', () => {
  expect(keysOf(organisationKinds).map((kind) => [kind, rankOf(kind)])).toEqual([
    ['street', 'township'], ['town', 'township'], ['rural-township', 'township'], ['zone', 'township'], ['community', 'neighbourhood'], ['village', 'neighbourhood'],
  ]);
});
