import { describe, expect, test } from 'vitest';
import { date, period } from './cells/date.ts';
import { area, count, countAbout, money, percent } from './cells/number.ts';
import { phones } from './cells/text.ts';
import { committeeState, managementKind } from './cells/choices.ts';
import { readOut } from './table.fixture.ts';

const value = (found: unknown) => ({ is: 'value', value: found });

describe('figures as clerks write them', () => {
  test.each([['约800', 800], ['800余', 800], ['600余户', 600], ['近600', 600], ['近千', 1000], ['800户左右', 800], ['600+', 600], ['80多人', 80], ['约1.2万', 12_000]])('%s is taken as %i, with a warning that it is about so many', (text, number) => {
    expect(countAbout(text, '')).toMatchObject({ is: 'value', value: number, note: { code: 'about-figure', severity: 'warn' } });
    expect(count(text, '')).toMatchObject({ is: 'fault', fault: { code: 'not-a-number', says: '不是数字而是约数，请改成确切的数字' } });
  });

  test.each([['约120㎡', '建筑面积', 120], ['120平方米左右', '建筑面积', 120], ['约120.5', '建筑面积(㎡)', 120.5], ['近3.5', '总建筑面积（万㎡）', 35_000], ['约3.5万平方米', '总建筑面积', 35_000]])('an area of %s under %s is read as %f ㎡, with a warning that says so', (text, header, metres) => {
    expect(area(text, header)).toEqual({ is: 'value', value: metres * 10_000, note: { code: 'about-figure', severity: 'warn', says: `是约数，已按${metres}㎡读入，请核实后填确切的数字` } });
    expect(area('100-120㎡', header)).toMatchObject({ is: 'fault', fault: { code: 'not-a-number', says: '是一个范围，请只填一个数，其余写在备注里' } });
  });

  test.each(['800-1000', '三期共800', '约', '几百', '约800到900', '多层80'])('%s holds no one figure and is refused', (text) => {
    expect(countAbout(text, '')).toMatchObject({ is: 'fault', fault: { code: 'not-a-number' } });
  });

  test('a note in brackets without figures, or on what the figure includes, is left out and told; another figure is refused', () => {
    expect(count('800（含商铺）', '')).toMatchObject({ is: 'value', value: 800, note: { code: 'partly-read' } });
    expect(count('800（含商铺20）', '')).toMatchObject({ is: 'value', value: 800, note: { code: 'partly-read' } });
    expect(count('820户（住宅800、商铺20）', '')).toMatchObject({ is: 'value', value: 820, note: { code: 'partly-read' } });
    expect(count('800（不含商铺20）', '')).toMatchObject({ is: 'fault', fault: { says: '里面有几个数，请只填一个，其余写在备注里' } });
    expect(count('住宅300户', '')).toMatchObject({ is: 'fault', fault: { says: '里面还有别的文字，请只填一个数，其余写在备注里' } });
  });

  test('a fee per square metre in any order, a range and a share about so high', () => {
    for (const text of ['1.2元/㎡·月', '1.2元/㎡', '1.20元/平方米/月', '每平方1.2元', '1.2元/（㎡·月）', '1.2元/月·平方米']) expect(money(text, '收费标准')).toEqual(value(120));
    expect(money('0.8-1.5', '')).toMatchObject({ is: 'fault', fault: { says: '是一个范围，请只填一个数，其余写在备注里' } });
    expect(percent('约90%', '')).toMatchObject({ is: 'value', value: 9000, note: { code: 'about-figure' } });
    expect(percent('90%以上', '')).toMatchObject({ is: 'value', value: 9000, note: { code: 'about-figure' } });
  });
});

describe('days as clerks write them', () => {
  test('2024.5 kept as a number can only be May; 2024.1 may be January or October', () => {
    expect(date(2024.5, '')).toEqual(value('2024-05-01'));
    expect(date(2024.1, '')).toMatchObject({ is: 'fault' });
  });

  test.each([['2024年5月底', '2024-05-31'], ['2024年5月初', '2024-05-01'], ['2024年底', '2024-12-31'], ['2024年5月31日前', '2024-05-31']])('%s is %s', (text, day) => {
    expect(date(text, '')).toEqual(value(day));
  });

  test.each([
    ['2023年1月1日-12月31日', '2023-01-01', '2023-12-31'], ['23.1.1-25.12.31', '2023-01-01', '2025-12-31'], ['2023.01.01起三年', '2023-01-01', '2025-12-31'], ['2023年3月15日起2年', '2023-03-15', '2025-03-14'],
  ])('%s is from %s until %s', (text, from, until) => {
    expect(period(text, '')).toEqual(value({ from, until }));
  });

  test.each(['三年', '一年一签', '长期'])('%s alone is no period', (text) => {
    expect(period(text, '')).toMatchObject({ is: 'fault', fault: { code: 'date-invalid' } });
  });
});

describe('words as clerks write them', () => {
  test('a telephone number with a name or a note beside it is the number', () => {
    for (const text of ['13900000002（赵）', '13900000002 李九', '李九13900000002', '李九：13900000002', '13900000002（微信同号）']) expect(phones(text, '')).toEqual(value(['13900000002']));
    expect(phones('李四：13900000002、王五：13900000003', '')).toEqual(value(['13900000002', '13900000003']));
    for (const text of ['短号661234', '1390000000', '139****1234', '139000000021']) expect(phones(text, '')).toMatchObject({ is: 'fault' });
  });

  test('a committee that is planned is none yet', () => {
    for (const text of ['拟2025年成立', '计划成立', '正在筹备']) expect(committeeState(text, '')).toEqual(value('preparing'));
  });

  test('a residents’ committee in the company’s place says that the community looks after the estate', () => {
    for (const text of ['东门社区居委会', '某某村委会', '东门社区']) expect(managementKind(text, '')).toEqual(value('neighbourhood'));
  });
});

describe('one cell that says two things', () => {
  const header = ['小区名称', '街道', '物业公司'];

  test('a person and his telephone in one cell are taken apart, whichever the column is called', () => {
    expect(readOut('estates', { rows: [[...header, '项目经理及电话', '业委会主任'], ['甲苑', '城关街道', '甲物业有限公司', '张三 13900007919', '李四（13900015838）']] }))
      .toMatchObject([{ managerName: '张三', managerPhones: ['13900007919'], committeeHead: '李四', committeePhones: ['13900015838'], problems: [] }]);
    expect(readOut('units', { name: '锦绣花园', rows: [['房号', '面积', '业主及电话'], ['1-101', 88, '张伟13900007919'], ['1-102', 88, '王芳、李四 13900007919']] }))
      .toMatchObject([{ ownerName: '张伟', ownerPhones: ['13900007919'] }, { ownerName: '王芳', coOwners: ['李四'], ownerPhones: ['13900007919'] }]);
    expect(readOut('companies', { rows: [['企业名称', '信用代码', '法人代表及电话'], ['甲物业有限公司', '', '张三 13900007919']] })).toMatchObject([{ legalRepresentative: '张三', phones: ['13900007919'] }]);
  });

  test('a company and its telephone in one cell are taken apart', () => {
    expect(readOut('estates', { rows: [['小区名称', '街道', '物业企业及联系电话'], ['甲苑', '城关街道', '甲物业有限公司 13900007919']] })).toMatchObject([{ company: '甲物业有限公司', managerPhones: ['13900007919'], problems: [] }]);
  });

  test('a stroke may stand between the name and the number', () => {
    expect(readOut('estates', { rows: [[...header, '项目经理/电话'], ['甲苑', '城关街道', '甲物业有限公司', '张三/13900007919']] })).toMatchObject([{ managerName: '张三', managerPhones: ['13900007919'] }]);
    expect(readOut('companies', { rows: [['企业名称', '信用代码', '联系人及电话'], ['甲物业有限公司', '', '李四13900007919']] })).toMatchObject([{ contactName: '李四', phones: ['13900007919'] }]);
  });

  test('a name with a telephone does not overrule the telephone’s own column, and a blank one does not wipe it', () => {
    expect(readOut('estates', { rows: [[...header, '项目经理', '项目经理电话'], ['甲苑', '城关街道', '甲物业有限公司', '张三13900007919', '13900015838'], ['乙苑', '城关街道', '甲物业有限公司', '张三13900007919', '']] }))
      .toMatchObject([{ managerName: '张三', managerPhones: ['13900015838'] }, { managerName: '张三', managerPhones: ['13900007919'] }]);
  });

  test('a phase in its own column is part of the estate’s name', () => {
    expect(readOut('estates', { rows: [['街道', '小区名称', '期数', '户数'], ['城关街道', '大名城', '一期', 100], ['城关街道', '大名城', 2, 200], ['城关街道', '大名城（三期）', '三期', 300], ['城关街道', '大名府', '', 1]] }))
      .toMatchObject([{ name: '大名城一期', problems: [] }, { name: '大名城2期', problems: [] }, { name: '大名城(三期)', problems: [] }, { name: '大名府' }]);
  });

  test('a committee’s term in one cell is its two days; a number of years is none', () => {
    expect(readOut('estates', { rows: [['街道', '小区名称', '业委会', '任期'], ['城关街道', '甲苑', '是', '2021.3-2026.3'], ['城关街道', '乙苑', '是', '五年']] }))
      .toMatchObject([{ committeeSince: '2021-03-01', committeeUntil: '2026-03-31', problems: [] }, { problems: [] }]);
  });
});

describe('the number of a unit in one column', () => {
  const units = (rows: readonly (string | number | { date: never } | null)[][], header = ['小区', '房号', '面积', '业主']) => readOut('units', { rows: [header, ...rows] });

  test('without a column for the building, the room’s column holds all of it', () => {
    const whole = (room: string) => units([['甲苑', room, 90, '张三']])[0];
    expect(whole('3-2-1201')).toMatchObject({ building: '3', entrance: '2', room: '1201' });
    expect(whole('3号楼二单元1202室')).toMatchObject({ building: '3', entrance: '2', room: '1202' });
    expect(whole('4#1-101')).toMatchObject({ building: '4', entrance: '1', room: '101' });
    expect(whole('A座801')).toMatchObject({ building: 'A', room: '801' });
    expect(whole('5幢303')).toMatchObject({ building: '5', room: '303' });
    for (const room of ['商铺12', '101', '车位B-23', '地下室3-5']) expect(whole(room)).toMatchObject({ room });
    for (const room of ['商铺12', '101', '车位B-23', '地下室3-5']) expect(whole(room)).not.toHaveProperty('building');
  });

  test('with a column for the building the room stays as written, unless it repeats the building', () => {
    const header = ['小区', '楼栋', '单元', '房号', '面积', '业主'];
    expect(units([['甲苑', '2', '1', '301-1', 90, '张三'], ['甲苑', '2', '1', '2-1-302', 90, '李四']], header)).toMatchObject([{ building: '2', entrance: '1', room: '301-1' }, { building: '2', entrance: '1', room: '302' }]);
  });

  test('a number that Excel turned into a day is refused, not read as one', () => {
    const day: { date: never } = JSON.parse('{"date":"2003-01-02"}');
    expect(units([['甲苑', day, 90, '张三']])).toMatchObject([{ problems: ['error became-date'] }]);
  });

  test('building and entrance in one column are taken apart', () => {
    expect(units([['甲苑', '1栋1单元', '101', 90, '张三'], ['甲苑', '2-1', '102', 90, '李四'], ['甲苑', '3号楼', '103', 90, '王五']], ['小区', '楼栋单元', '房号', '面积', '业主']))
      .toMatchObject([{ building: '1', entrance: '1', room: '101' }, { building: '2', entrance: '1', room: '102' }, { building: '3', room: '103' }]);
  });

  test('a storey in its own column goes before a room number without one', () => {
    expect(units([['甲苑', 1, 12, '01', 90, '张三'], ['甲苑', 1, 11, '01', 90, '李四'], ['甲苑', 1, 11, '1102', 90, '李四']], ['小区', '楼栋', '楼层', '房号', '面积', '业主']))
      .toMatchObject([{ room: '1201', problems: [] }, { room: '1101', problems: [] }, { room: '1102', problems: [] }]);
  });

  test('an address that begins with the estate gives the estate where no column does', () => {
    expect(readOut('units', { rows: [['坐落', '建筑面积', '权利人', '共有情况'], ['云川县城关街道锦绣花园1幢1单元101室', 98.76, '张三', '单独所有'], ['锦绣花园1幢1单元102室', 98.76, '李四', '共同共有']] }))
      .toMatchObject([{ estate: '锦绣花园', building: '1', entrance: '1', room: '101', ownerName: '张三' }, { estate: '锦绣花园', room: '102' }]);
    expect(readOut('units', { rows: [['小区', '坐落', '面积', '业主'], ['锦绣花园', '城关街道锦绣花园1幢1单元101室', 98, '张三']] })).toMatchObject([{ estate: '锦绣花园', building: '1', room: '101' }]);
  });

  test('a parking space or a shop has a number of its own kind', () => {
    expect(readOut('units', { rows: [['小区', '车位号', '面积', '业主'], ['甲苑', 'B1-023', 12.5, '张三']] })).toMatchObject([{ room: 'B1-23', use: 'parking', problems: [] }]);
    expect(readOut('units', { name: '地下车位', rows: [['锦绣花园业主名册'], ['车位号', '面积', '业主'], ['12', 12.5, '张三']] })).toMatchObject([{ estate: '锦绣花园', room: '12', use: 'parking' }]);
  });
});

describe('who owns', () => {
  const owners = (...cells: string[]) => readOut('units', { name: '锦绣花园', rows: [['楼栋', '房号', '面积', '业主', '证件号码'], ...cells.map((owner, at) => ['1', String(101 + at), 88, owner, ''])] });

  test('空置, 未售 and 待定 are no names', () => {
    for (const row of owners('空置', '未售', '待定', '空关', '未交付')) expect(row).toMatchObject({ ownerName: null, problems: ['warn owner-unnamed'] });
    expect(owners('某某房地产开发有限公司（未售）')).toMatchObject([{ ownerName: '某某房地产开发有限公司', problems: [] }]);
  });

  test('of several numbers in one cell the first is the owner’s, and that the others are left out is told', () => {
    expect(readOut('units', { name: '锦绣花园', rows: [['楼栋', '房号', '面积', '业主', '身份证号'], ['1', '101', 88, '王芳、李娜', '990101199007230768、990101197001010013']] }))
      .toMatchObject([{ ownerName: '王芳', coOwners: ['李娜'], ownerIdNumber: '990101199007230768', problems: ['warn partly-read'] }]);
  });
});
