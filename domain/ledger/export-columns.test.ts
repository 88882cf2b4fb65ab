import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { writeWorkbook } from '#platform/workbook/write.ts';
import { readLedger, temporaryFolder } from '#platform/workbook/workbook.fixture.ts';
import { areaSource, committeeState, feeBasis, managementKind, posts, unitUse } from './cells/choices.ts';
import { areaSourceLabels, committeeLabels, exportColumns, feeBasisLabels, managementLabels, postLabels, unitUseLabels, type LedgerColumn } from './export-columns.ts';
import type { LedgerKind, Values } from './types.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const seeds = fileURLToPath(new URL('../../seeds/ledgers/', import.meta.url));
const note = { asOf: localDate('2025-06-30'), exportedBy: '王敏', exportedAt: instant('2025-07-01T02:20:00.000Z') };

/** Reads a ledger, exports what was read, and reads the export. */
async function roundTrip<K extends LedgerKind>(kind: K, columns: readonly LedgerColumn<K>[], file: string): Promise<{ before: Values<K>[]; after: Values<K>[] }> {
  const path = await folder.put('in.xlsx', readFileSync(seeds + file));
  const before = (await readLedger(kind, path, 'xlsx')).rows.filter(({ problems }) => problems.length === 0).map(({ values }) => values);
  const stream = writeWorkbook<Values<K>>({ sheetName: '导出', columns: columns.map(({ title, as, cell }) => ({ title, as, value: cell })), rows: before, note });
  const out = await folder.put('out.xlsx', await buffer(stream));
  const read = await readLedger(kind, out, 'xlsx');
  expect(read.rows.flatMap(({ problems }) => problems)).toEqual([]);
  expect(read.found[0]?.mapping?.columns).toEqual(Object.fromEntries(columns.map(({ key }, at) => [key, at])));
  return { before, after: read.rows.map(({ values }) => values) };
}
const filled = (rows: readonly object[]) => rows.map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)));

const readBack = <T>(labels: Readonly<Record<string, string>>, read: (cell: string, header: string) => { is: string; value?: T }) => Object.entries(labels).map(([choice, label]) => [choice, read(label, '').value]);

describe('what is exported is read back as no change', { timeout: 60_000 }, () => {
  test('companies', async () => {
    const { before, after } = await roundTrip('companies', exportColumns.companies, '物业服务企业台账.xlsx');
    expect(filled(after)).toEqual(filled(before));
  });
  test('estates', async () => {
    const { before, after } = await roundTrip('estates', exportColumns.estates, '住宅小区台账.xlsx');
    expect(filled(after)).toEqual(filled(before));
  });
  test('practitioners', async () => {
    const { before, after } = await roundTrip('practitioners', exportColumns.practitioners, '从业人员名册.xlsx');
    expect(filled(after)).toEqual(filled(before));
  });
  test('units', async () => {
    const { before, after } = await roundTrip('units', exportColumns.units, '房屋业主名册.xlsx');
    expect(filled(after)).toEqual(filled(before));
  });

  test('every label is read as the choice that it stands for', () => {
    for (const pairs of [readBack(committeeLabels, committeeState), readBack(managementLabels, managementKind), readBack(feeBasisLabels, feeBasis), readBack(areaSourceLabels, areaSource), readBack(unitUseLabels, unitUse)]) {
      for (const [choice, read] of pairs) expect(read).toBe(choice);
    }
    for (const [post, label] of Object.entries(postLabels)) expect(posts.find(([, words]) => words.test(label))?.[0] ?? 'other').toBe(post);
  });
});
