import { describe, expect, test } from 'vitest';
import { tableAt } from './find-table.ts';
import { across, down, facts, find, raw, read } from './table.fixture.ts';
import type { SheetFound } from './types.ts';

describe('other offices order, name and format otherwise', () => {
  test('columns in another order under other names, with units in the header', () => {
    const { rows } = read('estates', { rows: [
      ['XX县物业管理项目汇总'], [],
      ['项目名称', '属地', '已入住', '户数', '建筑面积（万㎡）', '服务企业', '收费标准（元/㎡·月）', '业委会', '任期截止', '合同期限', '收费率', '电梯（台）'],
      ['锦绣花园', '城关街道', '1,020户', 1200, 12.35, '甲物业有限公司', '1.25元/㎡·月', '已成立', '2027年6月', '2023.1.1-2025.12.31', '85.5%', '—'],
      ['滨江苑', '临川镇', '/', 300, '3.2', '业主自管', '', '筹备中', '', '', 0.6, 4],
    ] });
    expect(rows.map(({ values, problems }) => ({ values, problems }))).toEqual([
      { problems: [], values: { name: '锦绣花园', township: '城关街道', occupiedCount: 1020, unitCount: 1200, totalAreaCm2: 1_235_000_000, company: '甲物业有限公司', feeFen: 125, committee: 'established', committeeUntil: '2027-06-30', contractFrom: '2023-01-01', contractUntil: '2025-12-31', collectionRateBp: 8550, liftCount: null } },
      { problems: [], values: { name: '滨江苑', township: '临川镇', occupiedCount: null, unitCount: 300, totalAreaCm2: 320_000_000, company: null, managementKind: 'self', feeFen: null, committee: 'preparing', committeeUntil: null, contractFrom: null, contractUntil: null, collectionRateBp: 6000, liftCount: 4 } },
    ]);
  });

  test('an absent column is left out, a blank cell is an explicit null', () => {
    const { rows } = read('estates', { rows: [['小区名称', '所属街道', '总户数', '备注'], ['甲苑', '城关街道', null, ''], ['乙苑', '城关街道', 5, 'x']] });
    expect(rows[0]?.values).toEqual({ name: '甲苑', township: '城关街道', unitCount: null, remark: null });
  });

  test('two levels of header, merged', () => {
    const { found, rows } = read('estates', {
      merges: [down(2, 3, 0), down(2, 3, 1), across(2, 2, 4), across(2, 5, 6), down(2, 3, 7)],
      rows: [
        ['住宅小区情况表'],
        ['街道（乡镇）', '住宅小区', '物业服务企业', null, null, '业主委员会', null, '户数'],
        [null, null, '名称', '项目经理', '联系电话', '有无', '届满', null],
        ['城关街道', '甲苑', '甲物业有限公司', '张三', '0571-88001234、13800000000', '√', '2026.5.1', 100],
      ],
    });
    expect(found.mapping?.headerRows).toEqual([2, 3]);
    expect(rows[0]?.values).toEqual({ township: '城关街道', name: '甲苑', company: '甲物业有限公司', managerName: '张三', managerPhones: ['0571-88001234', '13800000000'], committee: 'established', committeeUntil: '2026-05-01', unitCount: 100 });
  });

  test('two levels of header whose upper cells are not merged but followed by blanks', () => {
    const { found, rows } = read('estates', { rows: [
      ['乡镇', '小区名称', '业委会', '', '', '户数', ''],
      ['', '', '是否成立', '成立时间', '届满时间', '总户数', '入住户数'],
      ['城关镇', '甲苑', '是', '2021年3月1日', '2026年3月1日', 90, 80],
    ] });
    expect(found.mapping?.headerRows).toEqual([1, 2]);
    expect(rows[0]?.values).toEqual({ township: '城关镇', name: '甲苑', committee: 'established', committeeSince: '2021-03-01', committeeUntil: '2026-03-01', unitCount: 90, occupiedCount: 80 });
  });

  test('titles, subtotals, repeated headers, notes, prenumbered blank rows and footers are passed over, each with its reason', () => {
    const header = ['序号', '乡镇', '小区名称', '总户数'];
    const { rows, skipped } = read('estates', { merges: [down(4, 5, 1)], rows: [
      ['小区台账'], ['单位：户'], header,
      [1, '城关镇', '甲苑', 10], [2, null, '乙苑', 20], ['', '小计', '2个', 30],
      header,
      [3, '临川镇', '丙苑', 40], [4, '', '丁苑', 50], ['合 计', '', '4个', 120],
      [5, '', '', ''],
      ['注：总户数含商铺'], ['2.以上数据截至6月底。'], ['填表人：张三', '', '审核人：李四', ''],
    ] });
    expect(rows.map(({ row, values }) => [row, values.township, values.name])).toEqual([[4, '城关镇', '甲苑'], [5, '城关镇', '乙苑'], [8, '临川镇', '丙苑'], [9, '临川镇', '丁苑']]);
    expect(skipped.map(({ row, why }) => [row, why])).toEqual([[6, 'subtotal'], [7, 'header'], [10, 'subtotal'], [11, 'blank'], [12, 'footer'], [13, 'note'], [14, 'footer']]);
  });

  test('a sheet named after a township gives the township, in full, numbered or short', () => {
    const known = { townships: ['城关街道', '临川镇'] };
    const rows = [['小区名称', '总户数'], ['甲苑', 10]];
    expect(read('estates', { name: '城关街道', rows }).rows[0]?.values.township).toBe('城关街道');
    expect(read('estates', { name: '1.临川镇', rows }, known).rows[0]?.values.township).toBe('临川镇');
    expect(read('estates', { name: '城关', rows }, known).rows[0]?.values.township).toBe('城关街道');
    expect(find('estates', { name: 'Sheet1', rows }, known).mapping?.townshipFrom).toBe('none');
  });

  test('a title that names a known township gives it; 城乡 in a title names none', () => {
    const known = { townships: ['城关街道', '临川镇'] };
    expect(find('estates', { rows: [['某县临川镇住宅小区台账'], ['小区名称', '总户数'], ['甲苑', 10]] }, known).mapping).toMatchObject({ townshipFrom: 'title', constants: { township: '临川镇' } });
    expect(find('estates', { rows: [['某县城乡住宅小区台账'], ['小区名称', '总户数'], ['甲苑', 10]] }, known).mapping).toMatchObject({ townshipFrom: 'none', constants: {} });
  });

  test('units on a sheet named after their estate, numbered in one cell, with co-owners in the owner’s', () => {
    const { rows } = read('units', { name: '锦绣花园', rows: [
      ['房屋坐落', '业主姓名', '身份证号码', '建筑面积', '手机号'],
      ['1-2-301', '张三、李四', '990101199007230768', 88.5, 13800000000],
      ['1幢2单元302室', '某某开发有限公司', '', '１００.２５㎡', ''],
      ['1-2-301', '王五', '', 90, ''],
    ] });
    expect(rows.map(({ values }) => values)).toMatchObject([
      { estate: '锦绣花园', building: '1', entrance: '2', room: '301', ownerName: '张三', coOwners: ['李四'], areaCm2: 885_000, ownerPhones: ['13800000000'] },
      { estate: '锦绣花园', building: '1', entrance: '2', room: '302', ownerName: '某某开发有限公司', areaCm2: 1_002_500, ownerIdNumber: null },
      { room: '301' },
    ]);
    expect(rows[2]?.problems).toMatchObject([{ code: 'duplicate-unit', severity: 'error' }]);
  });

  test('an estate or a company that only the title names, and a building that names its sheet', () => {
    const rows = [['房号', '面积', '业主'], ['101', 90, '张三']];
    expect(read('units', { name: '2栋', rows: [['水乡花园业主花名册'], ...rows] }).rows[0]?.values).toMatchObject({ estate: '水乡花园', building: '2', room: '101' });
    expect(read('units', { name: '水乡花园', rows: [['房屋及业主名册'], ...rows] }).rows[0]?.values).toMatchObject({ estate: '水乡花园' });
    expect(find('units', { rows: [['房屋及业主名册'], ...rows] })).toMatchObject({ status: 'unsure', missing: ['小区'] });
    const people = read('practitioners', { rows: [['甲物业服务有限公司从业人员名册'], ['姓名', '手机', '岗位'], ['张三', 13800000000, '保洁员']] });
    expect(people.rows[0]?.values).toMatchObject({ company: '甲物业服务有限公司', phones: ['13800000000'], post: 'cleaning' });
  });

  test('“单位：万㎡” above the table speaks for the areas that have no unit of their own', () => {
    const { rows } = read('estates', { rows: [['小区台账'], ['填报单位：住建局  单位：户、万㎡'], ['小区名称', '乡镇', '总建筑面积', '已交付面积（㎡）'], ['甲苑', '城关镇', 1.5, 9000]] });
    expect(rows[0]?.values).toMatchObject({ totalAreaCm2: 150_000_000, deliveredAreaCm2: 90_000_000 });
  });

  test('what is wrong is said with the row, the header, what was written and what to do', () => {
    const { rows } = read('estates', { rows: [['小区名称', '乡镇', '总户数', '入住户数', '竣工日期', '业委会'], ['甲苑', '城关镇', '三百', 20, '去年', '也许'], ['', '城关镇', 10, 20, '', ''], ['乙苑', '城关镇', '#REF!', '', '', '']] });
    expect(rows.flatMap(({ problems }) => problems.map(({ code, severity, column, message }) => [code, severity, column, message]))).toEqual([
      ['date-invalid', 'warn', 'E', '第2行“竣工日期”写的是“去年”，看不出是哪一天，请写成“2025-01-03”的样子'],
      ['not-a-number', 'error', 'C', '第2行“总户数”写的是“三百”，不是数字，请改成阿拉伯数字'],
      ['choice-unknown', 'warn', 'F', '第2行“业委会”写的是“也许”，不在可填的范围内，请填“是”“否”或“筹备中”'],
      ['name-missing', 'error', 'A', '第3行“小区名称”没有填写，请补上小区名称'],
      ['occupied-exceeds-total', 'error', 'D', '第3行“入住户数”写的是“20”，多于总户数10，请核对两个数'],
      ['cell-error', 'error', 'C', '第4行“总户数”写的是“#REF!”，是公式出错的结果，请改成实际内容'],
    ]);
  });

  test('a row refused for another reason does not make the next one a duplicate', () => {
    const { rows } = read('units', { rows: [['小区', '楼栋', '房号', '面积', '业主'], ['甲苑', '1栋', '101', '待测', '张三'], ['甲苑', '1号楼', '101室', 90, '张三']] });
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['not-a-number'], []]);
  });

  test('a number that Excel cut short is told apart from a wrong one', () => {
    const { rows } = read('practitioners', { rows: [
      ['名册'], ['单位名称', '员工姓名', '身份证号码', '联系方式', '职务'],
      ['甲物业有限公司', '张三', 990101199007230700, '13800000000', '保安队长'],
      ['甲物业有限公司', '李四', '9.90101E+17', '138-0000-0000', '物业项目经理'],
      ['甲物业有限公司', '王五', '99010119900723076X', '12345678901', '副总'],
    ] });
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['id-precision-lost'], ['id-precision-lost'], ['phone-invalid', 'id-check-digit']]);
    expect(rows.map(({ values }) => [values.post, values.postText])).toEqual([['order', '保安队长'], ['estate-manager', '物业项目经理'], ['other', '副总']]);
    expect(rows[2]?.problems[1]?.message).not.toContain('19900723');
  });

  test('three levels of header', () => {
    const { found } = read('estates', {
      merges: [down(1, 3, 0), down(1, 3, 1), across(1, 2, 5), across(2, 2, 3), across(2, 4, 5)],
      rows: [['乡镇', '小区名称', '基本情况', null, null, null], [null, null, '户数', null, '面积', null], [null, null, '总户数', '入住户数', '总建筑面积', '已交付面积'], ['城关镇', '甲苑', 10, 8, 1000, 900]],
    });
    expect(found.mapping).toMatchObject({ firstRow: 4, columns: { township: 0, name: 1, unitCount: 2, occupiedCount: 3, totalAreaCm2: 4, deliveredAreaCm2: 5 } });
  });
});

describe('what is not the table', () => {
  const rows = [['小区名称', '乡镇', '总户数'], ['甲苑', '城关镇', 10], ['乙苑', '城关镇', 10]];

  test('hidden, blank and explanatory sheets are skipped with the reason', () => {
    expect(find('estates', { hidden: true, rows })).toMatchObject({ status: 'skipped', reason: '隐藏的工作表' });
    expect(find('estates', { rows: [] })).toMatchObject({ status: 'skipped', reason: '空白工作表' });
    expect(find('estates', { name: '填表说明', rows: [['1.小区名称填全称'], ['2.总户数不含商铺']] })).toMatchObject({ status: 'skipped', reason: '说明类工作表' });
    expect(find('estates', { name: '汇总表', rows: [['乡镇', '小区数', '总户数'], ['城关镇', 3, 100]] })).toMatchObject({ status: 'skipped' });
  });

  test('another ledger is not taken for this one, and is named', () => {
    const people = [['姓名', '身份证号', '手机号', '所属企业', '岗位', '入职日期'], ['张三', '', '', '', '', '']];
    expect(find('estates', { rows: people })).toMatchObject({ status: 'unsure', reason: expect.stringContaining('物业服务从业人员名册') });
    const units = [['小区', '楼栋', '单元', '房号', '用途', '建筑面积(㎡)', '产权人', '证件号', '联系电话'], ['甲苑', 1, 1, 101, '住宅', 90, '张三', '', '']];
    expect(find('estates', { rows: units })).toMatchObject({ status: 'unsure', reason: expect.stringContaining('房屋业主名册') });
  });

  test('a table without a header that is understood is offered for choosing by hand', () => {
    const strange = { rows: [['A', 'B', 'C'], ['甲苑', '城关镇', 10], ['乙苑', '城关镇', 20]] };
    const found = find('estates', strange);
    expect(found).toMatchObject({ status: 'unsure', reason: '没有找到表头', mapping: null });
    expect(found.columns.map(({ letter, samples }) => [letter, samples])).toEqual([['A', ['A', '甲苑', '乙苑']], ['B', ['B', '城关镇', '城关镇']], ['C', ['C', '10', '20']]]);
    const byHand = tableAt('estates', facts(strange), raw(strange), [1]);
    const chosen: SheetFound = { ...byHand, status: 'table', reason: null, mapping: byHand.mapping === null ? null : { ...byHand.mapping, columns: { name: 0, township: 1, unitCount: 2 } } };
    expect(read('estates', strange, {}, chosen).rows.map(({ values }) => values)).toEqual([{ name: '甲苑', township: '城关镇', unitCount: 10 }, { name: '乙苑', township: '城关镇', unitCount: 20 }]);
  });

  test('a mapping survives JSON, and equal headers have equal signatures whatever the breaks and blanks', () => {
    const one = find('estates', { rows });
    const other = find('estates', { name: '另一张', rows: [['标题'], ['小区\n名称', '乡 镇', '总户数（户）'], ['甲苑', '城关镇', 1]] });
    expect(JSON.parse(JSON.stringify(one.mapping))).toEqual(one.mapping);
    expect(other.signature).toBe(one.signature);
  });
});
