import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';

/** 一格: a text, a number, a formula (with its equals sign), or an empty cell of a number format. */
export type OddCell = string | number | null | { readonly format: string };
/** 一张自拟的空表, row by row from A1. */
export interface OddSheet { readonly name: string; readonly rows: readonly (readonly OddCell[])[]; readonly merges?: readonly string[]; readonly hiddenRows?: readonly number[]; readonly printArea?: string; readonly isHidden?: boolean }

/** 自拟空表 as cities and provinces draw them: formulas, merges, formats of empty cells, hidden rows, print areas. The .xls beside this file are two of them, saved in the old format by LibreOffice: SheetJS writes no formulas there. */
export function oddBlank(sheets: readonly OddSheet[]): Buffer {
  const book = utils.book_new();
  for (const one of sheets) utils.book_append_sheet(book, sheetOf(one), one.name);
  book.Workbook = {
    Sheets: sheets.map(({ name, isHidden }) => ({ name, Hidden: isHidden === true ? 1 as const : 0 as const })),
    Names: sheets.flatMap(({ name, printArea }, Sheet) => (printArea === undefined ? [] : [{ Name: '_xlnm.Print_Area', Sheet, Ref: `'${name}'!${printArea}` }])),
  };
  const bytes: Buffer = write(book, { type: 'buffer', bookType: 'xlsx' });
  return bytes;
}

const percent = { format: '0.00%' } as const;

/** 两级表头: townships printed in any order and spelling, the sum at the top, a date cell, the unit above the table, a note below. */
export function twoLevels(names: readonly string[], note = '注：本表由县级住建部门填报。'): OddSheet {
  const printed = names.toReversed().map((name, at) => (at === 0 ? `1. ${name}` : at === 1 ? name.split('').join(' ') : name.endsWith('街道') && at % 2 === 0 ? `${name}办事处` : name));
  const sum = (column: string) => `=SUM(${column}6:${column}${5 + printed.length})`;
  return {
    name: '附件1', merges: ['A1:G1', 'A3:A4', 'B3:C3', 'D3:E3'], printArea: '$A$1:$G$20',
    rows: [
      ['全市住宅小区物业管理情况统计表'], ['计量单位：个、户、万平方米', null, null, null, null, '填表日期', { format: 'yyyy"年"m"月"d"日"' }],
      ['乡镇（街道）', '小区数', null, '业主委员会', null, '总建筑面积', '物业服务覆盖率'], [null, '合计', '有物业的', '已成立业委会', '未成立业委会', null, null],
      ['合计', sum('B'), sum('C'), sum('D'), sum('E'), sum('F'), percent], ...printed.map((name) => [name, null, null, null, null, { format: '0.00' }, percent] as const), [note],
    ],
  };
}

/** 名单: two free rows, a hidden row of codes, sums, a signature and a date below. */
export const shortList = (code = '编码'): OddSheet => ({
  name: '名单', printArea: '$A$1:$E$9', hiddenRows: [3], merges: ['A1:E1'],
  rows: [['住宅小区基本情况'], ['序号', '小区名称', '所属镇街', '户数', '面积'], ['内部', code, '行', '不', '印'], [null, null, null, null, null], [null, null, null, null, null], ['合计', null, null, '=SUM(D4:D5)', '=SUM(E4:E5)'], ['填表人：                审核人：'], ['填报日期：    年  月  日']],
});

function sheetOf({ rows, merges = [], hiddenRows = [] }: OddSheet): WorkSheet {
  const sheet: WorkSheet = {};
  rows.forEach((cells, row) => cells.forEach((cell, column) => { if (cell !== null) sheet[utils.encode_cell({ r: row, c: column })] = cellOf(cell); }));
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: Math.max(...rows.map(({ length }) => length)) - 1 } });
  sheet['!merges'] = merges.map((range) => utils.decode_range(range));
  sheet['!rows'] = Array.from({ length: rows.length }, (_, at) => (hiddenRows.includes(at + 1) ? { hidden: true } : {}));
  return sheet;
}

function cellOf(cell: Exclude<OddCell, null>): CellObject {
  if (typeof cell === 'number') return { t: 'n', v: cell };
  if (typeof cell !== 'string') return { t: 'z', z: cell.format };
  return cell.startsWith('=') ? { t: 'n', f: cell.slice(1), v: 0 } : { t: 's', v: cell };
}
