import { expect, test } from 'vitest';
import type { Entry } from './judged.ts';
import { placeFrom } from './judge.ts';

test('another row is told from where this one stands: its own sheet and its own file are not named again', () => {
  const mapping = { sheet: '甲镇', headerRows: [1], firstRow: 2, columns: {}, headers: {}, constants: {}, townshipFrom: 'none' } as const;
  const from: Entry<'estates'> = { rowNo: 9, fileNo: 1, mapping, resolution: null, row: { sheet: '甲镇', row: 9, values: {}, texts: {}, problems: [] } };
  expect([{ fileNo: 1, sheet: '甲镇', row: 3 }, { fileNo: 1, sheet: '乙镇', row: 3 }, { fileNo: 2, sheet: '甲镇', row: 3 }].map((other) => placeFrom(from, other))).toEqual(['第3行', '“乙镇”表第3行', '第2个文件“甲镇”表第3行']);
});
