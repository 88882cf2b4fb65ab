import { describe, expect, test } from 'vitest';
import { guessKinds, kindByName } from './guess-kind.ts';
import { across, down, facts, raw, type Table } from './table.fixture.ts';

const NONSENSE = '新建 XLSX 工作表.xlsx';
const kinds = (tables: readonly Table[], name = NONSENSE) => guessKinds(name, tables.map((table) => ({ facts: facts(table), rows: raw(table) }))).map(({ kind }) => kind);

const companies: Table = { rows: [['全县物业企业基本情况'], ['序号', '公司全称', '营业执照编号', '法人', '法人电话', '办公地址', '在管小区个数', '员工人数'], [1, '甲物业有限公司', '', '张三', '13900000001', '和平路1号', 3, 40]] };
const estates: Table = { merges: [down(1, 2, 0), down(1, 2, 1), across(1, 2, 3), across(1, 4, 6)], rows: [['镇街', '项目名称', '户数', null, '物业服务企业', null, null], [null, null, '总户数', '已入住', '名称', '负责人', '电话'], ['城关镇', '甲苑', 100, 80, '甲物业有限公司', '李四', '13900000002']] };
const practitioners: Table = { rows: [['单位名称', '姓名', '职务', '身份证号码', '手机', '所在项目'], ['甲物业有限公司', '李四', '项目经理', '', '13900000002', '甲苑']] };
const units: Table = { rows: [['项目名称', '幢号', '单元', '室号', '建筑面积', '业主姓名', '电话'], ['甲苑', 1, 1, '101', 90, '王五', '13900000003']] };

describe('the kind of a ledger is told by its columns', () => {
  test.each([['companies', companies], ['estates', estates], ['practitioners', practitioners], ['units', units]] as const)('%s, whatever the file and the sheet are called', (kind, table) => {
    expect(kinds([table])).toEqual([kind]);
    for (const name of ['小区台账.xlsx', '业主名册.xlsx', '人员.xls', '企业.xlsx', '1.xlsx']) expect(kinds([table], name)).toEqual([kind]);
  });

  test('several kinds in one workbook, sheet by sheet; hidden, empty and explanatory sheets and summaries have none', () => {
    expect(kinds([{ ...companies, name: '1' }, { ...practitioners, name: '2' }, { ...estates, name: '3' }, { ...units, name: '4' }, { ...estates, name: '隐', hidden: true }, { name: '空', rows: [] }, { ...estates, name: '汇总' }]))
      .toEqual(['companies', 'practitioners', 'estates', 'units', null, null, null]);
    expect(kinds([{ ...estates, name: '汇总表' }])).toEqual(['estates']);
  });

  test('units of an estate that only the sheet’s name tells', () => {
    expect(kinds([{ name: '锦绣花园', rows: [['楼栋', '房号', '面积', '产权人'], ['1栋', '101', 90, '张三']] }])).toEqual(['units']);
  });

  test('where two fit alike the name decides, the sheet’s before the file’s; without one the user does', () => {
    const both: Table = { rows: [['名称', '地址', '备注'], ['甲', '和平路', '']] };
    expect(kinds([{ ...both, name: '小区' }], '企业.xlsx')).toEqual(['estates']);
    expect(kinds([both], '物业企业台账.xlsx')).toEqual(['companies']);
    expect(kinds([both])).toEqual([null]);
  });

  test('a table without columns that are known has no kind', () => {
    expect(kinds([{ rows: [['A', 'B', 'C'], ['甲苑', '城关镇', 10], ['乙苑', '城关镇', 20]] }])).toEqual([null]);
    expect(kinds([{ rows: [['品名', '数量', '单价'], ['笔', 10, 2]] }])).toEqual([null]);
  });

  test('what a name says', () => {
    expect(['房屋业主名册.xlsx', '从业人员名册', '住宅小区台账（分乡镇）', '物业服务企业台账.xls', NONSENSE].map(kindByName)).toEqual(['units', 'practitioners', 'estates', 'companies', null]);
  });
});
