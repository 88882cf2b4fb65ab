import { expect, test } from 'vitest';
import { orgTree } from './org-tree.ts';

const unit = (id: string, kind: string, parentId: string | null, code: string | null = null) => ({ id, kind, parentId, code, name: id });
const rows = [unit('安和县', 'county', null, '990100'), unit('住建局', 'bureau', '安和县'), unit('清棠镇', 'township', '安和县'), unit('河东社区', 'neighbourhood', '清棠镇', '990100001001'), unit('文澜街道', 'township', '安和县')];
const shape = (text: string) => {
  const { top, branches } = orgTree(rows, text);
  return [top.map(({ name }) => name), branches.map(({ township, below }) => [township.name, ...below.map(({ name }) => name)])];
};

test('every body stands once: in the county, or below its township', () => {
  expect(shape('')).toEqual([['安和县', '住建局'], [['清棠镇', '河东社区'], ['文澜街道']]]);
});

test('a neighbourhood that fits brings its township with it', () => {
  expect(shape('河东')).toEqual([[], [['清棠镇', '河东社区']]]);
});

test('a township that fits keeps all its neighbourhoods', () => {
  expect(shape('清棠')).toEqual([[], [['清棠镇', '河东社区']]]);
});

test('a code is looked for from its beginning', () => {
  expect(shape('990100001')).toEqual([[], [['清棠镇', '河东社区']]]);
});
