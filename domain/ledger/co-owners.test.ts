import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { down, read, readOut } from './table.fixture.ts';

const header = ['楼栋', '单元', '房号', '建筑面积', '产权人', '身份证号', '联系电话', '份额'];

describe('owners written below each other beside one room', () => {
  test('under a merged room they are the co-owners of one home, each with his own number and share', () => {
    const { rows } = read('units', {
      name: '锦绣花园', merges: [down(2, 3, 0), down(2, 3, 1), down(2, 3, 2), down(2, 3, 3)],
      rows: [header, ['1栋', '1单元', '101', 98.5, '张三', '', '13900000001', '50%'], [null, null, null, null, '李四', '11010519491231002X', '13900000002', '1/2'], ['1栋', '1单元', '102', 88, '王五', '', '', '100%']],
    });
    expect(rows.map(({ row, values: { room, ownerName } }) => [row, room, ownerName])).toEqual([[2, '101', '张三'], [4, '102', '王五']]);
    expect(rows[0]?.values).toMatchObject({ coOwners: ['李四'], share: { part: 1, whole: 2 }, coHolders: [{ name: '李四', idNumber: '11010519491231002X', phones: ['13900000002'], share: { part: 1, whole: 2 } }] });
    expect(rows[0]).toMatchObject({ problems: [], texts: { coOwners: '李四' } });
    expect(rows[1]?.values).toMatchObject({ share: { part: 1, whole: 1 } });
  });

  test('three of them, the last of the sheet, and where the program repeats the value in every merged cell', () => {
    const merges = [down(2, 4, 0), down(2, 4, 1)];
    const of = (repeated: string | null) => readOut('units', { name: '甲苑', merges, rows: [['楼栋', '房号', '业主'], ['1', '101', '张三'], [repeated && '1', repeated, '李四'], [repeated && '1', repeated, '王五']] });
    expect(of(null)).toMatchObject([{ room: '101', ownerName: '张三', coOwners: ['李四', '王五'], problems: [] }]);
    expect(of('101')).toEqual(of(null));
  });

  test('a room repeated without a share stays a home told twice; where both rows say that it is held together it is one home', () => {
    const rows = (share: string) => readOut('units', { name: '甲苑', rows: [['楼栋', '房号', '业主', '份额'], ['1', '101', '张三', share], ['1', '101', '李四', share]] });
    expect(rows('').map(({ problems }) => problems)).toEqual([[], ['error duplicate-unit']]);
    expect(rows('按份共有50%')).toMatchObject([{ coOwners: ['李四'], share: { part: 1, whole: 2 }, problems: [] }]);
    expect(rows('共同共有')).toMatchObject([{ coOwners: ['李四'], share: null, problems: [] }]);
    expect(rows('100%').map(({ problems }) => problems)).toEqual([[], ['error duplicate-unit']]);
  });

  test('the same owner twice, or another area, is no co-owner', () => {
    const merges = [down(2, 3, 1)];
    expect(readOut('units', { name: '甲苑', merges, rows: [['楼栋', '房号', '面积', '业主'], ['1', '101', 90, '张三'], ['1', null, 90, '张三']] }).map(({ problems }) => problems)).toEqual([[], ['error duplicate-unit']]);
    expect(readOut('units', { name: '甲苑', merges, rows: [['楼栋', '房号', '面积', '业主'], ['1', '101', 90, '张三'], ['1', null, 35, '李四']] }).map(({ problems }) => problems)).toEqual([[], ['error duplicate-unit']]);
  });

  test('a fault in a co-owner’s row refuses the home, names the row, and quotes no number in full', () => {
    const { rows } = read('units', { name: '锦绣花园', merges: [down(2, 3, 0), down(2, 3, 2)], rows: [['楼栋', '单元', '房号', '业主', '身份证号'], ['1栋', '1', '101', '张三', ''], [null, '1', null, '李四', '110105194912310021']] });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.problems).toMatchObject([{ row: 3, code: 'id-check-digit', severity: 'error', field: 'coOwners', column: 'E' }]);
    expect(rows[0]?.problems[0]?.message).not.toContain('110105194912310021');
  });

  test('shares that come to more than the whole are flagged; a share that became a day says so', () => {
    const merges = [down(2, 3, 1)];
    expect(readOut('units', { name: '甲苑', merges, rows: [['楼栋', '房号', '业主', '份额'], ['1', '101', '张三', 0.6], ['1', null, '李四', '60%']] })).toMatchObject([{ problems: ['warn out-of-range'] }]);
    expect(readOut('units', { name: '甲苑', rows: [['楼栋', '房号', '业主', '份额'], ['1', '101', '张三', { date: localDate('2025-01-02') }]] })).toMatchObject([{ problems: ['warn became-date'] }]);
  });
});

describe('a building that is a home', () => {
  test('a villa without a room number is its building’s only home, and the user is told', () => {
    expect(readOut('units', { name: '湖畔别墅', rows: [['幢号', '房号', '建筑面积', '业主'], ['3幢', '', 320, '张三'], ['5幢', '/', 318.5, '李四']] }))
      .toMatchObject([{ building: '3', room: '整栋', problems: ['warn whole-building'] }, { building: '5', room: '整栋', problems: ['warn whole-building'] }]);
  });

  test('in a building of several homes a missing room number is missing, before them and after them', () => {
    const rows = [['幢号', '房号', '建筑面积', '业主'], ['3幢', '', 90, '张三'], ['3幢', '102', 90, '李四'], ['3幢', '', 90, '王五']];
    expect(readOut('units', { name: '甲苑', rows }).map(({ problems }) => problems)).toEqual([['error required-missing'], [], ['error required-missing']]);
  });

  test('where the building is only said above, a blank room stays a fault', () => {
    expect(readOut('units', { name: '甲苑', rows: [['幢号', '房号', '面积', '业主'], ['3幢', '', 90, '张三'], ['', '', 90, '李四']] }).map(({ problems }) => problems)).toEqual([['warn whole-building'], ['error required-missing']]);
  });
});

describe('what is crossed out', () => {
  test('a row crossed out is void: refused with a sentence, and no duplicate of the row that replaces it', () => {
    const { rows } = read('estates', { rows: [['小区名称', '街道', '总户数'], ['甲苑', '城关街道', 100], ['甲苑', '城关街道', 120]], struck: { 2: [0, 1, 2] } });
    expect(rows.map(({ row, problems }) => [row, problems.map(({ code, severity }) => `${severity} ${code}`)])).toEqual([[2, ['error row-struck']], [3, []]]);
  });

  test('the name alone crossed out makes the row void, another cell alone is taken with a warning', () => {
    const { rows } = read('companies', { rows: [['企业名称', '信用代码', '法定代表人', '联系电话'], ['甲物业有限公司', '', '张三', '13900000001'], ['乙物业有限公司', '', '李四', '13900000002']], struck: { 2: [0], 3: [3] } });
    expect(rows.map(({ problems }) => problems.filter(({ code }) => code.endsWith('struck')).map(({ code, severity, column }) => `${severity} ${code} ${column}`))).toEqual([['error row-struck null'], ['warn cell-struck D']]);
  });

  test('an owner crossed out under a merged room is not made a co-owner', () => {
    const { rows } = read('units', { name: '甲苑', merges: [down(2, 3, 1)], rows: [['楼栋', '房号', '业主'], ['1', '101', '张三'], ['1', null, '李四']], struck: { 3: [0, 2] } });
    expect(rows.map(({ values: { ownerName, coOwners }, problems }) => [ownerName, coOwners ?? null, problems.map(({ code }) => code)])).toEqual([['张三', null, []], ['李四', null, ['row-struck']]]);
  });
});
