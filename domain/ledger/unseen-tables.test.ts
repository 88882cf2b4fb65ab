import { describe, expect, test } from 'vitest';
import { withoutSummaries } from './find-table.ts';
import { across, down, find, read, readOut } from './table.fixture.ts';

describe('headers that no list of synonyms holds', () => {
  test('what a header adds in brackets does not hide it', () => {
    expect(find('companies', { rows: [['序号', '企业名称（盖章）', '★统一社会信用代码（18位）', '*法定代表人（负责人）', '联系电话（手机）'], [1, '甲物业有限公司', '', '张三', '13900000001']] }).mapping?.columns)
      .toEqual({ name: 1, creditCode: 2, legalRepresentative: 3, phones: 4 });
  });

  test('building area in its short forms, numbers of parking spaces and shops', () => {
    expect(find('estates', { rows: [['楼盘', '所属街道', '建面(㎡)', '套数', '物业企业'], ['甲苑', '城关街道', 1, 2, '']] }).mapping?.columns).toEqual({ name: 0, township: 1, totalAreaCm2: 2, unitCount: 3, company: 4 });
  });

  test('a word that merely occurs in a header does not make it that column', () => {
    expect(find('estates', { rows: [['街道', '小区名称', '户数', '社区书记', '物业类型'], ['城关街道', '甲苑', 1, '李四', '住宅']] }).mapping?.columns).toEqual({ township: 0, name: 1, unitCount: 2 });
    expect(find('companies', { rows: [['企业名称', '信用代码', '法定代表人', '服务项目名称'], ['甲物业有限公司', '', '张三', '甲苑、乙苑']] }).mapping?.columns).toEqual({ name: 0, creditCode: 1, legalRepresentative: 2 });
    expect(find('units', { rows: [['小区', '不动产单元号', '楼栋', '房号', '面积', '业主', '客户类型', '共有情况'], ['甲苑', '990101001001GB', '1', '101', 88, '张三', '业主', '单独所有']] }).mapping?.columns)
      .toEqual({ estate: 0, building: 2, room: 3, areaCm2: 4, ownerName: 5, share: 7 });
  });

  test('of three levels the upper one is not left out', () => {
    const { rows } = read('estates', {
      merges: [across(1, 0, 5), down(2, 4, 0), across(2, 1, 3), across(2, 4, 5), down(3, 4, 1), across(3, 2, 3), down(3, 4, 4), down(3, 4, 5)],
      rows: [['小区台账', null, null, null, null, null], ['小区名称', '基本情况', null, null, '物业服务情况', null], [null, '建成年代', '规模', null, '企业名称', '物业费'], [null, null, '总户数', '入住户数', null, null], ['甲苑', '2010', 560, 501, '甲物业有限公司', 1.5]],
    });
    expect(rows[0]?.values).toMatchObject({ name: '甲苑', unitCount: 560, company: '甲物业有限公司', feeFen: 150 });
  });

  test('words broken over two rows are one word', () => {
    const { found, rows } = read('estates', { rows: [['序', '所属', '小区', '总户', '已入住', '物业服务', '业委会'], ['号', '街道', '名称', '数', '户数', '企业', '成立情况'], [1, '城关街道', '甲苑', 100, 90, '甲物业有限公司', '已成立']] });
    expect(found.mapping?.headerRows).toEqual([1, 2]);
    expect(rows[0]?.values).toEqual({ township: '城关街道', name: '甲苑', unitCount: 100, occupiedCount: 90, company: '甲物业有限公司', committee: 'established' });
  });

  test('very many unknown columns do not make it another ledger', () => {
    const header = [...Array.from({ length: 200 }, (_, at) => `指标${at}`), '企业名称', '信用代码', '法人'];
    expect(find('companies', { rows: [header, [...Array.from({ length: 200 }, () => 1), '甲物业有限公司', '', '张三']] })).toMatchObject({ status: 'table', reason: null });
  });
});

describe('what looks like a table and is none', () => {
  test('a form with the words on the left and the answers beside them is not read as a table', () => {
    const form = [['小区基本情况登记表'], ['小区名称', '锦绣花园', '所属街道', '城关街道'], ['总户数', '1200', '建筑面积', '123456'], ['物业公司', '甲物业有限公司', '联系电话', '13900000000']];
    expect(find('estates', { rows: form })).toMatchObject({ status: 'unsure', reason: expect.stringContaining('登记表') });
    expect(find('companies', { rows: [['物业服务企业登记表'], ['企业名称', '甲物业有限公司', '信用代码', '91990101MA1000000X'], ['法定代表人', '张三', '联系电话', '13900000000']] })).toMatchObject({ status: 'unsure' });
  });

  test('values that happen to be words of a header do not make a table a form', () => {
    expect(find('units', { rows: [['物业名称', '房屋编号', '计费面积', '客户名称', '客户类型', '证件类型'], ['锦绣花园', '1-1-101', 98.76, '张三', '业主', '身份证']] })).toMatchObject({ status: 'table' });
  });

  test('two tables side by side are not read by half', () => {
    expect(find('companies', { rows: [['企业名称', '信用代码', '电话', '', '企业名称', '信用代码', '电话'], ['甲物业有限公司', '', '', '', '乙物业有限公司', '', '']] })).toMatchObject({ status: 'table', mapping: { columns: { name: 0 }, beside: [{ shift: 4 }] } });
    expect(find('companies', { rows: [['企业名称', '信用代码', '电话', '', '企业名称', '地址'], ['甲物业有限公司', '', '', '', '乙物业有限公司', '']] })).toMatchObject({ status: 'unsure', reason: expect.stringContaining('左右') });
  });

  test('a summary beside the tables it sums up is passed over; alone it is the table', () => {
    const sheets = [
      find('estates', { name: '全县汇总', rows: [['乡镇', '小区名称', '户数'], ['城关街道', '甲苑', 1]] }),
      find('estates', { name: '城关街道', rows: [['小区名称', '户数'], ['甲苑', 1]] }),
    ];
    expect(withoutSummaries(sheets).map(({ status, reason }) => [status, reason])).toEqual([['skipped', '汇总类工作表，明细在其他工作表里'], ['table', null]]);
    expect(withoutSummaries(sheets.slice(0, 1))).toMatchObject([{ status: 'table' }]);
  });
});

describe('what stands above and beside the table', () => {
  test('rows that the header’s merged cells reach over are no data', () => {
    const { rows } = read('estates', { merges: [down(1, 2, 0), down(1, 2, 1), across(1, 2, 3)], rows: [['街道', '小区', '停车费', null, '说明'], [null, null, '地上', '地下', null], ['城关街道', '甲苑', 50, 100, 'x']] });
    expect(rows.map(({ values }) => values.name)).toEqual(['甲苑']);
  });

  test('what the lines above say of estate, building, township and company holds for all rows', () => {
    expect(readOut('units', { rows: [['小区名称：锦绣花园', '', '', '楼栋：3幢'], ['单元', '房号', '业主', '面积'], ['1', '301', '张三', 88]] })).toMatchObject([{ estate: '锦绣花园', building: '3', entrance: '1', room: '301' }]);
    expect(readOut('units', { rows: [['城关街道锦绣花园小区业主清册'], ['栋', '室', '姓名', '面积'], ['1', '301', '张三', 88]] }, { townships: ['城关街道'] })).toMatchObject([{ estate: '锦绣花园小区', township: '城关街道' }]);
    expect(readOut('practitioners', { rows: [['单位名称：甲物业有限公司', '', '填报日期：2025.6.1'], ['姓名', '手机', '岗位'], ['张三', '13900000001', '保安']] })).toMatchObject([{ company: '甲物业有限公司' }]);
  });

  test('a list of estate managers needs no column for the post', () => {
    expect(readOut('practitioners', { rows: [['物业项目负责人备案表'], ['企业名称', '备案项目', '负责人姓名', '手机号码'], ['甲物业有限公司', '锦绣花园', '张三', '13900000001']] })).toMatchObject([{ name: '张三', post: 'estate-manager', estate: '锦绣花园' }]);
  });
});

describe('rows between and around the data', () => {
  test('a line that names the township speaks for the rows below it', () => {
    const { rows, skipped } = read('estates', { merges: [across(3, 0, 3), across(6, 0, 3)], rows: [['小区名册'], ['序号', '小区名称', '总户数', '物业公司'], ['一、城关街道（2个）'], [1, '甲苑', 100, ''], [2, '乙苑', 50, ''], ['二、云岭镇'], [3, '丙苑', 40, '']] });
    expect(rows.map(({ values }) => [values.township, values.name])).toEqual([['城关街道', '甲苑'], ['城关街道', '乙苑'], ['云岭镇', '丙苑']]);
    expect(skipped.map(({ row, why }) => [row, why])).toEqual([[3, 'section'], [6, 'section']]);
  });

  test('an estate of which only the name is known stays one, though it is called after a town', () => {
    const { rows } = read('estates', { name: '城关街道', rows: [['小区名称', '总户数', '物业公司'], ['甲苑', 100, ''], ['阳光新镇', '', ''], ['欧洲小镇', '', '']] });
    expect(rows.map(({ values }) => [values.township, values.name])).toEqual([['城关街道', '甲苑'], ['城关街道', '阳光新镇'], ['城关街道', '欧洲小镇']]);
  });

  test('tables one below another each have their own title', () => {
    const header = ['小区名称', '总户数', '物业公司'];
    const { rows } = read('estates', { rows: [['城关街道小区台账'], header, ['甲苑', 100, ''], [], ['某县云岭镇小区台账'], header, ['乙苑', 50, '']] }, { townships: ['城关街道', '云岭镇'] });
    expect(rows.map(({ values }) => [values.township, values.name])).toEqual([['城关街道', '甲苑'], ['云岭镇', '乙苑']]);
  });

  test('a line that names the company, or the building, speaks for the rows below it', () => {
    expect(readOut('practitioners', { rows: [['姓名', '手机', '岗位'], ['甲物业有限公司'], ['张三', '13900000001', '保安'], ['乙物业有限公司'], ['李四', '13900000002', '保安']] })).toMatchObject([{ name: '张三', company: '甲物业有限公司' }, { name: '李四', company: '乙物业有限公司' }]);
    expect(readOut('units', { rows: [['锦绣花园1栋'], ['房号', '面积', '业主'], ['101', 88, '张三'], ['锦绣花园2栋'], ['房号', '面积', '业主'], ['101', 88, '李四']] })).toMatchObject([{ estate: '锦绣花园', building: '1', room: '101' }, { estate: '锦绣花园', building: '2', room: '101', problems: [] }]);
  });

  test('another table below ends this one', () => {
    const { rows, skipped } = read('companies', { rows: [['企业名称', '信用代码', '法人'], ['甲物业有限公司', '', '张三'], [], ['二、已退出企业'], ['企业名称', '退出时间', '退出原因'], ['乙物业有限公司', '2024.5', '合同到期']] });
    expect(rows.map(({ values }) => values.name)).toEqual(['甲物业有限公司']);
    expect(skipped.map(({ row, why }) => [row, why])).toEqual([[4, 'note'], [5, 'other-table'], [6, 'other-table']]);
  });

  test('numbers of the columns, strokes and examples are no data', () => {
    const { rows, skipped } = read('estates', { rows: [
      ['序号', '街道', '小区名称', '户数', '入住'], ['(1)', '(2)', '(3)', '(4)', '(5)'], ['甲', '乙', '丙', '1', '2'], ['例', '城关街道', '示例小区', 100, 90], ['—', '—', '—', '—', '—'], [1, '城关街道', '甲苑', 100, 90],
    ] });
    expect(rows.map(({ values }) => values.name)).toEqual(['甲苑']);
    expect(skipped.map(({ row, why }) => [row, why])).toEqual([[2, 'header'], [3, 'header'], [4, 'note'], [5, 'blank']]);
  });

  test('同上 and 〃 say what the cell above says', () => {
    expect(readOut('estates', { rows: [['街道', '小区', '物业公司'], ['城关街道', '甲苑', '甲物业有限公司'], ['〃', '乙苑', '同上'], ['云岭镇', '丙苑', ''], ['同上', '丁苑', '同上']] }))
      .toMatchObject([{}, { township: '城关街道', company: '甲物业有限公司' }, { township: '云岭镇', company: null }, { township: '云岭镇', company: null }]);
  });

  test('where only the first unit of a building names it, it names those below', () => {
    const header = ['楼栋', '单元', '房号', '面积', '业主'];
    expect(readOut('units', { name: '锦绣花园', rows: [header, ['1栋', '1单元', '101', 88, '张三'], ['', '', '102', 88, '李四'], ['', '2单元', '201', 88, '王五'], ['2栋', '', '101', 88, '赵六'], ['', '', '商铺1', 88, '钱七']] }))
      .toMatchObject([{ building: '1', entrance: '1' }, { building: '1', entrance: '1' }, { building: '1', entrance: '2' }, { building: '2', entrance: null }, { building: null, room: '商铺1' }]);
    expect(readOut('units', { rows: [['小区', ...header], ['甲苑', '1栋', '', '101', 88, '张三'], ['甲苑', '', '', '102', 88, '李四']] })).toMatchObject([{ building: '1' }, { building: null }]);
  });

  test('estates on a sheet named after their company are its', () => {
    expect(readOut('estates', { name: '甲物业有限公司', rows: [['项目名称', '街道', '户数'], ['甲苑', '城关街道', 100]] })).toMatchObject([{ name: '甲苑', company: '甲物业有限公司' }]);
  });

  test('a duplicate on another sheet names that sheet', () => {
    const one = { name: '甲镇', rows: [['小区名称', '乡镇'], ['甲苑', '甲镇']] };
    const { rows } = read('estates', { ...one, rows: [...one.rows, ['甲苑', '甲镇']] });
    expect(rows[1]?.problems[0]?.message).toContain('与第2行是同一个小区');
  });
});
