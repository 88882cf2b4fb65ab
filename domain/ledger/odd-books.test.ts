import { describe, expect, test } from 'vitest';
import { guessKinds } from './guess-kind.ts';
import { across, down, facts, raw, read, readOut } from './table.fixture.ts';

const townships = ['城关街道', '云岭镇'];

describe('books of other offices, as they came', () => {
  test('a rate of those moved in is no count of homes', () => {
    expect(readOut('estates', { rows: [['小区', '街道', '总户数', '入住率'], ['星光城', '城关街道', 300, 1], ['月光城', '城关街道', 600, '83.3%']] }))
      .toEqual([{ name: '星光城', township: '城关街道', unitCount: 300, problems: [] }, { name: '月光城', township: '城关街道', unitCount: 600, problems: [] }]);
  });

  test('an example that the form’s maker left in the first row is no estate', () => {
    const { rows, skipped } = read('estates', { rows: [['小区名称*', '所在街道(必填)', '总户数'], ['（示例）幸福家园', '城关街道', 100], ['例：安居苑', '城关街道', 50], ['翠湖苑', '城关街道', 320]] });
    expect([rows.map(({ values }) => values.name), skipped.map(({ why }) => why)]).toEqual([['翠湖苑'], ['note', 'note']]);
  });

  test('another name in brackets is an alias; a phase or a part of the estate stays in its name', () => {
    const names = ['御景湾（备案名：云川花园）', '清风苑(原名清风小区)', '新华苑（南区）', '幸福里（一期）'];
    expect(readOut('estates', { rows: [['小区名称', '街道'], ...names.map((name) => [name, '城关街道'])] }).map(({ name, alias }) => [name, alias ?? null]))
      .toEqual([['御景湾', '云川花园'], ['清风苑', '清风小区'], ['新华苑(南区)', null], ['幸福里(一期)', null]]);
    expect(readOut('estates', { rows: [['小区名称', '街道', '别名'], ['御景湾（备案名：云川花园）', '城关街道', '湖景苑'], ['清风苑（曾用名：清风里）', '城关街道', '']] }).map(({ alias }) => alias)).toEqual(['湖景苑、云川花园', '清风里']);
  });

  test('homes and people in one cell, the fee with a note, the company with its contact, a day with what happened on it', () => {
    expect(readOut('estates', { rows: [['小区', '街道', '户数/人口', '物管费（元/月·㎡）', '物业公司名称及联系人', '交付时间'], ['御景湾', '城关街道', '800户/2400人', '1.5元（含电梯）', '金地物业有限公司（刘一）', '2019.10.1交付'], ['清风苑', '城关街道', '300户', '0.65元', '银河物业有限公司', '2015年12月竣工']] })).toEqual([
      { name: '御景湾', township: '城关街道', unitCount: 800, feeFen: 150, company: '金地物业有限公司', managerName: '刘一', deliveredOn: '2019-10-01', problems: ['warn partly-read'] },
      { name: '清风苑', township: '城关街道', unitCount: 300, feeFen: 65, company: '银河物业有限公司', deliveredOn: '2015-12-01', problems: [] },
    ]);
  });

  test('a sheet named after a township with a note behind it', () => {
    const table = (name: string) => read('estates', { name, rows: [['项目名称', '户数'], ['桃园新村', 700]] }, { townships }).found.mapping?.constants;
    expect([table('城关（已核）'), table('2.云岭镇（终稿）'), table('城关街道（6.30）'), table('城关(8个)')]).toEqual([{ township: '城关街道' }, { township: '云岭镇' }, { township: '城关街道' }, { township: '城关街道' }]);
  });

  test('companies: people grouped under what they are to the company, a number of staff under “规模”', () => {
    const table = { merges: [across(1, 1, 2), across(1, 3, 4), across(1, 5, 6), down(1, 2, 0)], rows: [
      ['企业名称', '法定代表人', null, '日常联系人', null, '规模', null],
      [null, '姓名', '手机', '姓名', '联系方式', '在管项目（个）', '从业人员（人）'],
      ['安泰物业服务有限公司', '张三', 13900000001, '李四', '13900000002', 5, '约120'],
    ] };
    expect(readOut('companies', table)).toMatchObject([{ legalRepresentative: '张三', contactName: '李四', estateCount: 5, staffCount: 120, phones: ['13900000001', '13900000002'] }]);
  });

  test('several telephone numbers in a cell, each with whose or where it is', () => {
    const phones = (text: string) => readOut('companies', { rows: [['企业名称', '联系电话'], ['甲物业有限公司', text]] })[0];
    expect(phones('13900000042\n（办）88001111')).toMatchObject({ phones: ['13900000042', '88001111'], problems: [] });
    expect(phones('办公室：0571-88001111；手机：13900000042')).toMatchObject({ phones: ['0571-88001111', '13900000042'], problems: [] });
    expect(phones('139 0000 0042 / 139 0000 0043')).toMatchObject({ phones: ['13900000042', '13900000043'], problems: [] });
    expect(phones('13900000042.0')).toMatchObject({ phones: ['13900000042'], problems: [] });
    expect(phones('1390000004')).toMatchObject({ problems: ['warn phone-invalid'] });
  });

  test('homes: the owner and his number in one column, also where only the name is written; 是否入住 is no day', () => {
    const table = { name: '阳光城', rows: [['楼号', '房号', '面积', '业主姓名/电话', '是否入住'], ['1#', '101', '88.5', '张三 13900000001', '是'], ['1#', '102', 90, '李四、王五（夫妻）', '否'], ['1#', '103', 45, '甲公司', ''], ['1#', '104', 45, '空置', '']] };
    expect(readOut('units', table).map(({ ownerName, ownerPhones, coOwners, problems }) => [ownerName, ownerPhones ?? null, coOwners ?? null, problems])).toEqual([
      ['张三', ['13900000001'], null, []], ['李四', null, ['王五'], []], ['甲公司', null, null, []], [null, null, null, ['warn owner-unnamed']],
    ]);
  });

  test('a list of estate managers is people; two people in one cell are two rows to write', () => {
    const table = { name: '2025', rows: [['2025年度住宅小区项目负责人登记表'], ['小区名称', '物业公司', '项目负责人', '联系电话', '证书编号', '任职起始'], ['阳光城', '金地物业有限公司', '刘一', '13900000021', 'JS2015-001', '2016年至今'], ['星光城', '银河物业有限公司', '赵云/黄忠', '13900000023/13900000024', '', '2020-1-1']] };
    expect(guessKinds('新建.xlsx', [{ facts: facts(table), rows: raw(table) }])).toEqual([{ sheet: '2025', kind: 'practitioners' }]);
    expect(readOut('practitioners', table)).toMatchObject([
      { name: '刘一', company: '金地物业有限公司', estate: '阳光城', post: 'estate-manager', hiredOn: '2016-01-01', problems: [] },
      { estate: '星光城', problems: ['error several-people'] },
    ]);
    const estates = { rows: [['乡镇', '小区名称', '物业公司', '项目经理', '电话'], ['城关街道', '阳光城', '金地物业有限公司', '刘一', '13900000021']] };
    expect(guessKinds('新建.xlsx', [{ facts: facts(estates), rows: raw(estates) }])).toEqual([{ sheet: 'Sheet1', kind: 'estates' }]);
  });

  test('one head over two columns, for a person and his number; a second column of numbers; a note behind a name', () => {
    expect(readOut('companies', { merges: [across(1, 1, 2)], rows: [['企业名称', '法定代表人及电话', null, '固定电话'], ['甲物业有限公司', '张三', '13900000061', '0571-88001234']] })).toMatchObject([{ legalRepresentative: '张三', phones: ['13900000061', '0571-88001234'], problems: [] }]);
    expect(readOut('practitioners', { rows: [['公司名称', '姓名', '手机号码1', '手机号码2'], ['甲公司', '孙三（退休返聘）', 13900000071, '13900000072'], ['甲公司', '孙四', '', '13900000073'], ['甲公司', '孙五', '13900000074', '']] }).map(({ name, phones }) => [name, phones]))
      .toEqual([['孙三', ['13900000071', '13900000072']], ['孙四', ['13900000073']], ['孙五', ['13900000074']]]);
  });

  test('homes under a title that names the estate and the building, and its parking spaces', () => {
    const homes = { name: '3幢', rows: [['东苑小区3幢业主名册'], ['室号', '面积', '业主'], ['101', 89.5, '张一']] };
    expect(readOut('units', homes)).toMatchObject([{ estate: '东苑小区', building: '3', room: '101' }]);
    expect(readOut('units', { ...homes, name: 'Sheet1' })).toMatchObject([{ estate: '东苑小区', building: '3', room: '101' }]);
    expect(readOut('units', { name: '车位', rows: [['东苑小区车位'], ['车位号', '业主'], ['A-01', '张一']] })).toMatchObject([{ estate: '东苑小区', room: 'A-1', use: 'parking' }]);
  });

  test('an identity number behind an apostrophe that was typed', () => {
    expect(readOut('practitioners', { rows: [['姓名', '身份证号', '单位'], ['张三', '\'11010519491231002X', '甲公司'], ['李四', '‘11010519491231002x', '甲公司']] }).map(({ idNumber }) => idNumber)).toEqual(['11010519491231002X', '11010519491231002X']);
  });
});
