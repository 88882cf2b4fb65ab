import { describe, expect, test } from 'vitest';
import { unreadColumns } from './unread-columns.ts';
import { withoutSummaries } from './find-table.ts';
import { date } from './cells/date.ts';
import { across, down, find, read, readOut } from './table.fixture.ts';

const townships = ['城关街道', '云岭镇'];
const header = ['街道', '小区'];

describe('columns that were passed over', () => {
  test('companies: a second telephone, whatever it is called, stands beside the first; 承接物业公司 is the company, 负责人及电话 its head', () => {
    expect(readOut('companies', { rows: [['物业服务企业名称', '手机', '办公电话'], ['甲物业有限公司', '13900000001', '0571-88001111']] })).toMatchObject([{ phones: ['13900000001', '0571-88001111'] }]);
    expect(readOut('companies', { rows: [['序号', '承接物业公司', '信用代码', '负责人及电话'], [1, '甲物业有限公司', '', '张三13900000001']] })).toMatchObject([{ name: '甲物业有限公司', legalRepresentative: '张三', phones: ['13900000001'] }]);
  });

  test('a telephone behind what more is told of the head is his; one behind a department’s contact is nobody’s of ours', () => {
    expect(readOut('companies', { rows: [['企业名称', '法定代表人', '法定代表人身份证号', '联系电话'], ['甲物业有限公司', '张三', '', '13900000001']] })).toMatchObject([{ phones: ['13900000001'] }]);
    const [row] = readOut('estates', { rows: [[...header, '牵头部门', '联系人', '联系电话'], ['城关街道', '甲苑', '城管局', '张三', '13900000001']] });
    expect([row?.managerName, row?.managerPhones]).toEqual([undefined, undefined]);
  });

  test('of several years of one figure the latest is read, wherever it stands, and the others are told as unread', () => {
    const over = { rows: [[...header, '物业费收缴率', ''], ['', '', '2024年', '2025年'], ['城关街道', '甲苑', '80%', '90%'], ['城关街道', '乙苑', '81%', '91%']], merges: [down(1, 2, 0), down(1, 2, 1), across(1, 2, 3)] };
    for (const table of [over, { rows: [[...header, '2024年收缴率', '2025年收缴率'], ['城关街道', '甲苑', '80%', '90%'], ['城关街道', '乙苑', '81%', '91%']] }, { rows: [[...header, '收缴率（2025年度）', '收缴率（2024年度）'], ['城关街道', '甲苑', '90%', '80%'], ['城关街道', '乙苑', '91%', '81%']] }]) {
      expect(readOut('estates', table).map(({ collectionRateBp }) => collectionRateBp)).toEqual([9_000, 9_100]);
      expect(unreadColumns(find('estates', table).columns).join()).toMatch(/2024/);
    }
  });

  test('estates: 有无物业（名称） names the company or says how the estate is run, and a second telephone is kept', () => {
    const rows = ['有（安泰物业）', '无', '社区托管', '有', '云川县安泰物业服务有限公司', '×', '是：安泰物业'].map((said, at) => ['城关街道', `甲${at}苑`, said, '张三 13900000001', '0571-88001234']);
    const out = readOut('estates', { rows: [[...header, '有无物业（名称）', '物业联系人及电话', '第二联系电话'], ...rows] });
    expect(out.map(({ company, managementKind }) => [company, managementKind])).toEqual([
      ['安泰物业', undefined], [null, 'unmanaged'], [null, 'neighbourhood'], [undefined, 'company'], ['云川县安泰物业服务有限公司', undefined], [null, 'unmanaged'], ['安泰物业', undefined],
    ]);
    expect(out[0]).toMatchObject({ managerName: '张三', managerPhones: ['13900000001', '0571-88001234'], problems: [] });
    expect(readOut('estates', { rows: [[...header, '物业管理情况'], ['城关街道', '甲苑', '准物业管理'], ['城关街道', '乙苑', '甲物业有限公司']] })).toMatchObject([{ managementKind: 'quasi' }, { company: '甲物业有限公司' }]);
    expect(readOut('estates', { rows: [[...header, '是否有物业', '物业公司名称'], ['城关街道', '甲苑', '√', '安泰物业'], ['城关街道', '乙苑', '否', '/']] })).toMatchObject([{ company: '安泰物业', managementKind: 'company' }, { company: null, managementKind: 'unmanaged' }]);
  });

  test('a person under a head of two or three levels, and 负责人及电话 of an estate', () => {
    const table = { merges: [down(1, 2, 0), down(1, 2, 1), across(1, 2, 3)], rows: [['街道', '小区（组团）', '小区经理', null], [null, null, '姓名', '手机'], ['城关街道', '甲苑', '张三', '13900000001']] };
    expect(readOut('estates', table)).toMatchObject([{ managerName: '张三', managerPhones: ['13900000001'] }]);
    expect(readOut('estates', { rows: [[...header, '负责人及电话'], ['城关街道', '甲苑', '张三 13900000001\n李四 13900000002'], ['城关街道', '乙苑', '13900000003'], ['城关街道', '丙苑', '王五1390000']] })).toMatchObject([
      { managerName: '张三、李四', managerPhones: ['13900000001', '13900000002'], problems: [] }, { managerName: null, managerPhones: ['13900000003'] }, { managerName: '王五', problems: ['warn phone-invalid'] },
    ]);
  });

  test('a field’s own title goes before its other names: 总户数 before 住宅户数, 实测 before 预测面积', () => {
    expect(readOut('estates', { rows: [[...header, '住宅户数', '商铺户数', '总户数'], ['城关街道', '甲苑', 800, 20, 820]] })).toMatchObject([{ unitCount: 820 }]);
    expect(readOut('units', { rows: [['项目名称', '楼幢', '房号', '预测面积', '实测面积', '买受人'], ['甲苑', '1幢', '101', 89, 88.7, '张三']] })).toMatchObject([{ areaCm2: 887_000 }]);
  });

  test('whether a committee may be founded, or has a party group, does not say that there is one', () => {
    for (const column of ['是否符合成立业委会条件', '业委会是否建立党组织', '业委会是否换届']) expect(readOut('estates', { rows: [[...header, column], ['城关街道', '甲苑', '是']] })[0]).not.toHaveProperty('committee');
  });

  test('founded and expiring in one column; a word with a note in brackets', () => {
    expect(readOut('estates', { rows: [[...header, '业委会成立时间/届满时间', '业主委员会是否成立'], ['城关街道', '甲苑', '2021.5-2026.5', '是（已届满）'], ['城关街道', '乙苑', '未成立', '否（入住率低）']] }))
      .toMatchObject([{ committeeSince: '2021-05-01', committeeUntil: '2026-05-31', committee: 'established' }, { committee: 'none' }]);
  });

  test('practitioners: 人员 is the name, a column of estate managers says the post, a passport has no rule, who has left is refused', () => {
    expect(readOut('practitioners', { rows: [['公司', '人员', '岗位', '电话'], ['安泰物业', '张三', '保安', '13900000001']] })).toMatchObject([{ name: '张三' }]);
    expect(readOut('practitioners', { rows: [['企业名称', '小区', '项目经理', '项目经理电话'], ['安泰物业', '甲苑', '张三', '13900000001']] })).toMatchObject([{ name: '张三', post: 'estate-manager' }]);
    expect(readOut('practitioners', { rows: [['姓名', '证件号码', '单位', '在职状态', '备注'], ['JOHN SMITH', 'E12345678', '安泰物业', '在职', ''], ['李四', '', '安泰物业', '离职', ''], ['王五', '', '安泰物业', '', '已离职']] }).map(({ problems }) => problems))
      .toEqual([[], ['error left-service'], ['warn left-service']]);
  });
});

describe('what was read wrongly without a word', () => {
  test('columns that mean nothing to the ledger are named, but for the numbering and those of a table beside it', () => {
    const found = find('practitioners', { rows: [['序 号', '姓名', '性别', '公司', '学历'], [1, '张三', '男', '甲公司', '大专']] });
    expect(unreadColumns(found.columns)).toEqual(['性别（C列）', '学历（E列）']);
    const two = find('units', { name: '甲苑', rows: [['房号', '业主', '户型', '房号', '业主', '户型'], ['101', '张三', 'A', '201', '李四', 'B']] });
    expect(unreadColumns(two.columns)).toEqual(['户型（C列）', '户型（F列）']);
  });

  test('a company that has gone serves no more', () => {
    const gone = ['停止服务', '安泰物业（已撤离）', '原安泰物业，现无', '安泰物业有限公司（2023年6月撤场）'];
    const out = readOut('estates', { rows: [[...header, '物业公司'], ...gone.map((said) => ['城关街道', `甲${said}`, said]), ['城关街道', '乙苑', '甲物业有限公司（2024年1月起）']] });
    expect(out.slice(0, 4).map(({ company, managementKind, problems }) => [company, managementKind, problems])).toEqual(gone.map(() => [null, 'unmanaged', ['warn partly-read']]));
    expect(out[4]).toMatchObject({ company: '甲物业有限公司', problems: [] });
    expect(readOut('estates', { rows: [[...header, '管理方式'], ['城关街道', '甲苑', '物业退出']] })).toMatchObject([{ managementKind: 'unmanaged' }]);
  });

  test('a year that is not told for sure is told; dashes of any width, and years of two digits', () => {
    expect(date('2000年前', '')).toMatchObject({ is: 'value', value: '2000-01-01', note: { code: 'about-figure', severity: 'warn' } });
    expect(date('2015年左右', '')).toMatchObject({ note: { code: 'about-figure' } });
    expect([date('2023—05—01', ''), date('99年', '')]).toMatchObject([{ value: '2023-05-01' }, { value: '1999-01-01' }]);
  });

  test('homes over two storeys keep both numbers, however they are written', () => {
    const homes = (numbers: readonly string[]) => readOut('units', { name: '甲苑', rows: [['房号', '面积', '业主'], ...numbers.map((number) => [number, 180, '张三'])] }).map(({ building, entrance, room }) => [building, entrance, room]);
    expect(homes(['3号楼2单元501-601', '3-2-502-602', '3-503-603', '3幢-2单元-504室', '3-2-505'])).toEqual([['3', '2', '501-601'], ['3', '2', '502-602'], ['3', undefined, '503-603'], ['3', '2', '504'], ['3', '2', '505']]);
  });

  test('parking spaces and shops stand in no building, and say themselves what they are', () => {
    const table = { name: '甲苑', rows: [['坐落', '面积', '权利人'], ['甲苑1幢101室', 100, '张三'], ['地下一层A区12号车位', 12, '张三'], ['沿街商铺3号', 50, '李四'], ['1幢-1-05储藏室', 8, '王五']] };
    expect(readOut('units', table)).toMatchObject([{ estate: '甲苑', building: '1', room: '101' }, { estate: '甲苑', room: '地下一层A区12号车位', use: 'parking' }, { room: '沿街商铺3', use: 'shop' }, { building: '1', room: '5储藏室', use: 'storage' }]);
    expect(readOut('units', { name: '甲苑', rows: [['类型', '房号', '面积', '业主'], ['', '商铺3', 50, '李四'], ['住宅', '101', 50, '李四']] })).toMatchObject([{ use: 'shop' }, { use: 'residence' }]);
  });

  test('an identity number with a comma behind it is that number', () => {
    expect(readOut('units', { name: '甲苑', rows: [['房号', '业主', '身份证号'], ['101', '张三', '11010519491231002X,'], ['102', '李四', '110105194912310021,']] }).map(({ ownerIdNumber, problems }) => [ownerIdNumber, problems]))
      .toEqual([['11010519491231002X', []], ['110105194912310021', ['error id-check-digit']]]);
  });

  test('a formula whose result is not in the file is told as such', () => {
    const { rows } = read('estates', { rows: [[...header, '总户数'], ['城关街道', '甲苑', '#未计算']] });
    expect(rows[0]?.problems.map(({ message }) => message)).toEqual(['第2行“总户数”写的是“#未计算”，是公式，文件里没有保存计算结果，请用 Excel 或 WPS 打开并保存一次，再上传']);
  });
});

describe('where the table is', () => {
  test('of two tables below each other the first is read, and where the next begins is told', () => {
    const { rows, skipped } = read('companies', { rows: [['一、备案企业'], ['序号', '企业名称', '法人', '电话'], [1, '甲物业有限公司', '张三', '13900000001'], [], ['二、未备案企业'], ['序号', '单位名称', '联系人', '联系电话', '地址'], [1, '乙物业有限公司', '李四', '13900000002', '和平路']] });
    expect(rows.map(({ values }) => values.name)).toEqual(['甲物业有限公司']);
    expect(skipped.map(({ row, why }) => [row, why])).toEqual([[5, 'note'], [6, 'other-table'], [7, 'other-table']]);
  });

  test('tables of the same columns side by side are read one after the other, each with what stands above it', () => {
    const units = { name: '甲苑', rows: [['1单元', null, null, null, '2单元'], ['序号', '房号', '业主', null, '序号', '房号', '业主'], [1, '101', '张三', null, 1, '101', '李四'], [2, '102', '王五', null, 2, '102', '钱七'], [3, '103', '赵六']] };
    const { rows, found } = read('units', units);
    expect(rows.map(({ row, values: { entrance, room, ownerName } }) => [row, entrance, room, ownerName].join(' ')).toSorted()).toEqual(['3 1 101 张三', '3 2 101 李四', '4 1 102 王五', '4 2 102 钱七', '5 1 103 赵六']);
    expect(JSON.parse(JSON.stringify(found.mapping))).toEqual(found.mapping);
    const companies = { rows: [['本地企业', null, null, '外地企业'], ['企业名称', '电话', '', '企业名称', '电话'], ['甲物业有限公司', '13900000001', '', '乙物业有限公司', '1390000'], ['合计', '1家', '', '丙物业有限公司', '']] };
    expect(read('companies', companies).rows.map(({ values, problems }) => [values.name, values.phones, problems.map(({ column }) => column)])).toEqual([['甲物业有限公司', ['13900000001'], []], ['乙物业有限公司', undefined, ['E']], ['丙物业有限公司', null, []]]);
  });

  test('two tables side by side that are not alike are told; a table that lies down is told as such', () => {
    expect(find('units', { name: '甲苑', rows: [['楼栋', '房号', '业主', '房号', '业主'], ['1', '101', '张三', '201', '李四']] })).toMatchObject({ status: 'unsure', reason: expect.stringContaining('左右并排') });
    expect(find('companies', { rows: [['企业名称', '甲物业有限公司', '乙物业有限公司', '丙物业有限公司'], ['信用代码', '', '', ''], ['法人', '张三', '李四', '王五'], ['联系电话', '1', '2', '3']] })).toMatchObject({ status: 'unsure', reason: expect.stringContaining('转置') });
  });

  test('the file’s name says the township or the estate where nothing else does', () => {
    const estates = { rows: [['小区名称', '户数'], ['甲苑', 10]] };
    expect(read('estates', estates, { townships, fileName: '附件2：云岭镇住宅小区台账（终稿）.xlsx' }).rows[0]?.values.township).toBe('云岭镇');
    expect(find('estates', estates, { townships, fileName: '城关街道、云岭镇小区台账.xlsx' }).mapping?.constants).toEqual({});
    const units = { name: '1栋', rows: [['单元', '房号', '业主'], ['1', '101', '张三']] };
    for (const fileName of ['锦绣花园业主花名册.xls', '锦绣花园.xlsx']) expect(find('units', units, { fileName }).mapping?.constants).toEqual({ building: '1栋', estate: '锦绣花园' });
    expect(find('units', units, { fileName: '新建 XLSX 工作表.xlsx' })).toMatchObject({ status: 'unsure' });
  });

  test('花名册 and 不动产登记 are no estates: the title, or the address, names it', () => {
    expect(read('units', { name: '花名册', rows: [['甲苑业主花名册'], ['房号', '业主'], ['1-101', '张三']] }).rows[0]?.values.estate).toBe('甲苑');
    expect(read('units', { name: '不动产登记', rows: [['坐落', '权利人'], ['城关街道解放路1号锦绣花园1幢1单元101室', '张三'], ['锦绣花园-1栋-1单元-102', '李四']] }).rows.map(({ values }) => values.estate)).toEqual(['锦绣花园', '锦绣花园']);
  });

  test('a subtotal of a building or of a page ends neither the estate nor the township', () => {
    const rows = [['小区', '楼栋', '房号', '业主'], ['甲苑', '1幢', '101', '张三'], ['1幢小计', null, null, '1户'], [null, '2幢', '101', '李四'], [null, null, '102', '王五']];
    expect(readOut('units', { rows })).toMatchObject([{ estate: '甲苑', building: '1' }, { estate: '甲苑', building: '2' }, { estate: '甲苑', building: '2' }]);
    expect(readOut('estates', { rows: [['街道', '小区', '户数'], ['城关街道', '甲苑', 10], ['小计', null, 10], [null, '乙苑', 10]] }).map(({ township }) => township)).toEqual(['城关街道', null]);
  });

  test('two people below each other beside one merged estate are one estate’s; a row that says more is a row of its own', () => {
    const table = { merges: [down(2, 3, 0), down(2, 3, 1), down(2, 3, 2)], rows: [['街道', '小区', '户数', '项目经理', '电话'], ['城关街道', '甲苑', 100, '张三', '13900000001'], [null, null, null, '李四', '13900000002'], ['城关街道', '乙苑', 90, '王五', '13900000003']] };
    const { rows } = read('estates', table);
    expect(rows.map(({ row, values: { name, managerName, managerPhones }, texts }) => [row, name, managerName, managerPhones, texts['managerPhones']])).toEqual([
      [2, '甲苑', '张三、李四', ['13900000001', '13900000002'], '13900000001、13900000002'], [4, '乙苑', '王五', ['13900000003'], '13900000003'],
    ]);
    expect(readOut('estates', { ...table, merges: [down(2, 3, 1)], rows: [['街道', '小区', '户数'], ['城关街道', '甲苑', 100], [null, null, 90]] }).map(({ problems }) => problems)).toEqual([[], ['error duplicate']]);
  });

  test('a sheet of those who have left is passed over beside the others', () => {
    const rows = [['姓名', '手机', '公司'], ['张三', '13900000001', '安泰物业']];
    const found = ['在职人员', '离职人员'].map((name) => find('practitioners', { name, rows }));
    expect(withoutSummaries(found).map(({ status, reason }) => [status, reason])).toEqual([['table', null], ['skipped', expect.stringContaining('离职')]]);
    expect(withoutSummaries(found.slice(1)).map(({ status }) => status)).toEqual(['table']);
  });
});

describe('rows and cells that say something else than they seem to', () => {
  test('a row of units below the header belongs to the header; 万方 is ten thousand square metres', () => {
    const { rows } = read('estates', { rows: [['街道', '小区', '建筑面积', '总户数', '物业费'], ['', '', '（万㎡）', '（户）', '（元/㎡·月）'], ['城关街道', '甲苑', 12.35, 1200, 1.2]] });
    expect(rows.map(({ row, values: { totalAreaCm2, unitCount }, problems }) => [row, totalAreaCm2, unitCount, problems])).toEqual([[3, 1_235_000_000, 1200, []]]);
    expect(readOut('estates', { rows: [['街道', '小区', '建筑面积（万方）'], ['城关街道', '甲苑', 12.35], ['城关街道', '乙苑', '12万方']] }).map(({ totalAreaCm2 }) => totalAreaCm2)).toEqual([1_235_000_000, 1_200_000_000]);
  });

  test('where both words stand there, the mark says which', () => {
    const marks = ['是√否□', '有□无√', '□是 ☑否', '■有 □无', '是（√） 否（ ）', '是（ ）/否（√）'];
    expect(readOut('estates', { rows: [['街道', '小区', '有无业委会'], ...marks.map((mark, at) => ['城关街道', `甲${at}苑`, mark])] }).map(({ committee }) => committee)).toEqual(['established', 'none', 'none', 'established', 'established', 'none']);
  });

  test('an area within the walls, or of the dwellings alone, is not the building area', () => {
    expect(readOut('units', { name: '甲苑', rows: [['房号', '套内面积', '业主'], ['1-101', 70, '张三']] })[0]).not.toHaveProperty('areaCm2');
    expect(readOut('estates', { rows: [['街道', '小区', '总户数', '物业公司', '住宅建筑面积'], ['城关街道', '甲苑', 700, '', 70_000]] })[0]).not.toHaveProperty('totalAreaCm2');
  });

  test('who lives in a home beside its owner owns nothing', () => {
    const rows = [['房号', '姓名', '与户主关系', '面积'], ['1-101', '张三', '户主', 88], [null, '李四', '妻', null], [null, '张小三', '之子', null], ['1-102', '王五', '户主', 90]];
    expect(readOut('units', { name: '甲苑', merges: [down(2, 4, 0), down(2, 4, 3)], rows }).map(({ ownerName, coOwners, problems }) => [ownerName, coOwners ?? null, problems])).toEqual([['张三', null, ['warn partly-read', 'warn partly-read']], ['王五', null, []]]);
  });

  test('合计 in a remark behind a name sums up nothing; a line below the header that tells how to fill it is no estate', () => {
    const { rows, skipped } = read('estates', { rows: [['街道', '小区', '户数', '备注'], ['下拉选择', '填写全称', '填写整数', '选填'], ['城关街道', '甲苑', 100, '与东苑合计'], ['城关街道', '', 100, '合计']] });
    expect([rows.map(({ values }) => values.name), skipped.map(({ why }) => why)]).toEqual([['甲苑'], ['note', 'subtotal']]);
  });

  test('a phase or a part of the estate in a column of its own is part of its name', () => {
    expect(readOut('estates', { merges: [down(2, 3, 1)], rows: [['街道', '小区', '期', '户数'], ['城关街道', '甲苑', '一期', 100], ['城关街道', null, '二期', 120]] }).map(({ name }) => name)).toEqual(['甲苑一期', '甲苑二期']);
    expect(readOut('estates', { rows: [['街道', '住宅小区（组团）', '组团名称'], ['城关街道', '甲苑', '梅园'], ['城关街道', '甲苑梅园', '梅园']] }).map(({ name }) => name)).toEqual(['甲苑梅园', '甲苑梅园']);
  });

  test('an area that cannot be in this unit, and a fee that cannot be a month’s, are told', () => {
    const rows = [['街道', '小区', '总建筑面积（万㎡）', '总户数', '物业费'], ['城关街道', '甲苑', 123_456, 1000, 1.2], ['城关街道', '乙苑', 12.3, 1000, 144], ['城关街道', '丙苑', 0.001, 1000, 1]];
    expect(readOut('estates', { rows }).map(({ problems }) => problems)).toEqual([['warn out-of-range'], ['warn out-of-range'], ['warn out-of-range']]);
    expect(readOut('estates', { rows: [['街道', '小区', '总户数'], ['城关街道', '甲苑', "'1,020"]] })).toMatchObject([{ unitCount: 1020, problems: [] }]);
  });

  test('homes: an entrance before the room, a building that is missing, an area beyond belief', () => {
    const rows = [['楼栋', '房号', '面积', '业主'], ['', '104', 88, '王五'], ['1幢', '一单元101', 88, '张三'], ['1幢', '1单元-102室', 88, '李四'], ['1幢', '105', 8_850_000, '赵六'], ['', '商铺3', 88, '王五']];
    expect(readOut('units', { name: '甲苑', rows }).map(({ building, entrance, room, problems }) => [building, entrance, room, problems])).toEqual([
      [null, undefined, '104', ['warn required-missing']], ['1', '1', '101', []], ['1', '1', '102', []], ['1', undefined, '105', ['warn out-of-range']], [null, undefined, '商铺3', []],
    ]);
  });

  test('owners: 等3人, 已故 and 开发商 are told, a co-owner’s kinship is no part of his name, a number of co-owners names nobody', () => {
    const rows = [['房号', '业主', '共有人'], ['1-101', '张三 等3人', ''], ['1-102', '张三（已故）', ''], ['1-103', '开发商', ''], ['1-104', '张三', '李四（配偶）'], ['1-105', '张三', '2人']];
    expect(readOut('units', { name: '甲苑', rows }).map(({ ownerName, coOwners, problems }) => [ownerName, coOwners ?? null, problems])).toEqual([
      ['张三', null, ['warn partly-read']], ['张三', null, ['warn partly-read']], [null, null, ['warn owner-unnamed']], ['张三', ['李四'], []], ['张三', null, ['warn partly-read']],
    ]);
  });

  test('the kind of paper before its number is left out; a number of seventeen digits has lost one', () => {
    const rows = [['房号', '业主', '证件号码'], ['1-101', '张三', '护照E12345678'], ['1-102', '张三', '身份证：11010519491231002x'], ['1-103', '张三', '11010519491231002']];
    expect(readOut('units', { name: '甲苑', rows }).map(({ ownerIdNumber, problems }) => [ownerIdNumber, problems])).toEqual([['E12345678', []], ['11010519491231002X', []], ['11010519491231002', ['error id-check-digit']]]);
  });
});
