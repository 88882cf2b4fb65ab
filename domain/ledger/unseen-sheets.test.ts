import { describe, expect, test } from 'vitest';
import { down, find, readOut } from './table.fixture.ts';

describe('columns that say more, or something else, than their header', () => {
  test('the day of a committee’s founding may be a word: what the word says is taken', () => {
    expect(readOut('estates', { rows: [['街道', '小区', '业委会成立时间'], ['滨江街道', '甲苑', '2021.5.6'], ['滨江街道', '乙苑', '未成立'], ['滨江街道', '丙苑', '筹备中'], ['滨江街道', '丁苑', '/']] })).toMatchObject([
      { committeeSince: '2021-05-06', problems: [] }, { committee: 'none', committeeSince: null, problems: [] }, { committee: 'preparing', committeeSince: null, problems: [] }, { committeeSince: null, problems: [] },
    ]);
    expect(readOut('estates', { rows: [['街道', '小区', '是否成立业委会', '成立时间'], ['滨江街道', '甲苑', '是', '未备案']] })).toMatchObject([{ committee: 'established' }]);
  });

  test('buildings and homes in one cell are two figures', () => {
    expect(readOut('estates', { rows: [['街道', '小区', '栋数/户数', '管理模式'], ['滨江街道', '甲苑', '3栋/72户', '单位自管'], ['滨江街道', '乙苑', '2/40', '失管'], ['滨江街道', '丙苑', '若干', '失管']] }))
      .toMatchObject([{ buildingCount: 3, unitCount: 72, problems: [] }, { buildingCount: 2, unitCount: 40 }, { problems: ['warn not-a-number'] }]);
  });

  test('a district beside the street is not the township; alone it is', () => {
    expect(find('estates', { rows: [['项目名称', '所属区域', '所属街道', '总套数'], ['甲苑', '某某县', '滨江街道', 10]] }).mapping?.columns).toMatchObject({ township: 2 });
    expect(find('estates', { rows: [['项目名称', '所属区域', '总套数', '物业企业'], ['甲苑', '滨江街道', 10, '']] }).mapping?.columns).toMatchObject({ township: 1 });
  });

  test('the number beside somebody else’s name is not the estate manager’s', () => {
    const columns = (who: string) => find('estates', { rows: [['街道', '小区名称', '总户数', who, '电话'], ['滨江街道', '甲苑', 10, '张三', 13900000001]] }).mapping?.columns;
    expect(columns('企业负责人')).not.toHaveProperty('managerPhones');
    expect(columns('社区书记')).not.toHaveProperty('managerPhones');
    expect(columns('项目经理')).toMatchObject({ managerName: 3, managerPhones: 4 });
    expect(columns('联系人')).toMatchObject({ managerPhones: 4 });
  });

  test('全部 in the place of a number of homes lived in is all of them, where their number is known', () => {
    expect(readOut('estates', { rows: [['街道', '小区', '总户数', '入住户数'], ['滨江街道', '甲苑', 120, '全部'], ['滨江街道', '乙苑', '', '全部'], ['滨江街道', '丙苑', 90, '88户']] }))
      .toMatchObject([{ occupiedCount: 120, problems: ['warn about-figure'] }, { problems: ['error not-a-number'] }, { occupiedCount: 88, problems: [] }]);
  });

  test('a name alone in a column for name and number is a name, in a column of numbers it is none', () => {
    expect(readOut('estates', { rows: [['街道', '小区', '项目经理及电话'], ['滨江街道', '甲苑', '王五'], ['滨江街道', '乙苑', '李四13900000001']] })).toMatchObject([{ managerName: '王五', managerPhones: null, problems: [] }, { managerName: '李四', managerPhones: ['13900000001'] }]);
    expect(readOut('estates', { rows: [['街道', '小区', '项目经理电话'], ['滨江街道', '甲苑', '停机']] })).toMatchObject([{ problems: ['warn phone-invalid'] }]);
  });

  test('a name of two surnames written with a blank is one person', () => {
    expect(readOut('units', { name: '甲苑', rows: [['楼栋', '房号', '业主'], ['1', '101', '欧阳 娜娜'], ['1', '102', '张三 李四'], ['1', '103', '司马相如 卓文君']] }))
      .toMatchObject([{ ownerName: '欧阳娜娜' }, { ownerName: '张三', coOwners: ['李四'] }, { ownerName: '司马相如', coOwners: ['卓文君'] }]);
  });

  test('what stands in brackets behind a room’s number is no part of it', () => {
    expect(readOut('units', { name: '甲苑', rows: [['楼栋', '房号', '业主'], ['1', '302（空置）', ''], ['1', '303（出租）', '李四'], ['1', '304（A）', '王五']] })).toMatchObject([{ room: '302' }, { room: '303' }, { room: '304(A)' }]);
  });
});

describe('homes without rooms, and rooms without homes', () => {
  test('a register of villas needs no column of rooms where each row is another building', () => {
    const villas = { name: '湖畔山庄', rows: [['湖畔山庄别墅业主名册'], ['幢号', '业主', '面积'], ['1幢', '张三', 320], ['2幢', '李四', 330]] };
    expect(readOut('units', villas)).toMatchObject([{ building: '1', room: '整栋', problems: ['warn whole-building'] }, { building: '2', room: '整栋' }]);
    expect(find('units', { name: '甲苑', rows: [['楼栋', '业主', '面积'], ['1幢', '张三', 90], ['1幢', '李四', 90]] })).toMatchObject({ status: 'unsure', missing: ['房号'] });
  });

  test('of the registry office’s own list, the rows of a home held together are one home', () => {
    const header = ['坐落', '权利人', '共有情况', '面积', '登记时间'];
    const at = (owner: string, how: string, room = '301') => [`滨江街道江滨路1号甲苑1幢2单元${room}室`, owner, how, '98.50平方米', '2019/3/5 10:20:30'];
    expect(readOut('units', { rows: [header, at('张三', '共同共有'), at('李四', '共同共有'), at('王五', '单独所有', '302')] }))
      .toMatchObject([{ room: '301', ownerName: '张三', coOwners: ['李四'], registeredOn: '2019-03-05', problems: [] }, { room: '302', ownerName: '王五' }]);
    expect(readOut('units', { rows: [header, at('张三', '单独所有'), at('李四', '单独所有')] }).map(({ problems }) => problems)).toEqual([[], ['error duplicate-unit']]);
  });

  test('a sheet called after an estate’s building speaks for both', () => {
    expect(readOut('units', { name: '锦绣江南2幢', merges: [down(2, 3, 0)], rows: [['单元', '房号', '业主', '面积'], ['1', '101', '张三', 90], [null, '102', '李四', 90]] }))
      .toMatchObject([{ estate: '锦绣江南', building: '2', entrance: '1', room: '101' }, { estate: '锦绣江南', building: '2', entrance: '1', room: '102' }]);
  });

  test('headers shortened to a word are known', () => {
    expect(find('estates', { rows: [['项目名称', '街道', '总户', '入住户', '物业公司'], ['甲苑', '滨江街道', 10, 9, '']] }).mapping?.columns).toMatchObject({ unitCount: 2, occupiedCount: 3 });
  });
});
