import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspectUpload } from '#platform/workbook/open.ts';
import { readLedger } from '#platform/workbook/workbook.fixture.ts';
import type { LedgerKind, LedgerRow, RowProblem, SheetFound } from './types.ts';

const folder = fileURLToPath(new URL('../../seeds/ledgers/', import.meta.url));
const truth = JSON.parse(readFileSync(`${folder}truth.json`, 'utf8'));

const hasError = ({ problems }: { problems: readonly RowProblem[] }) => problems.some(({ severity }) => severity === 'error');
const shortForm = (problems: readonly RowProblem[]) => problems.map(({ row, code, severity }) => ({ row, code, severity }));

async function read<K extends LedgerKind>(kind: K, file: string): Promise<{ found: SheetFound[]; rows: LedgerRow<K>[] }> {
  const inspected = await inspectUpload(folder + file);
  if (!inspected.ok) throw new Error(inspected.message);
  return readLedger(kind, folder + file, inspected.type);
}

const [companies, oldCompanies, estates, bySheet, practitioners, units] = await Promise.all([
  read('companies', '物业服务企业台账.xlsx'), read('companies', '物业服务企业台账.xls'), read('estates', '住宅小区台账.xlsx'),
  read('estates', '住宅小区台账（分乡镇）.xlsx'), read('practitioners', '从业人员名册.xlsx'), read('units', '房屋业主名册.xlsx'),
]);
/** What needs the registry to be known; `server/modules/ledger/truth.db.test.ts` holds it. */
const decidable = (problems: readonly { code: string }[]) => problems.filter(({ code }) => code !== 'company-unknown');

describe('the six ledgers of the made-up county', () => {
  test.each([['xlsx', companies], ['xls', oldCompanies]])('companies as %s have the rows and problems of truth.json', (_, ledger) => {
    const { rows } = ledger;
    expect(rows).toHaveLength(truth.companies.rows);
    expect(rows.filter((row) => !hasError(row))).toHaveLength(truth.companies.valid);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.companies.problems);
  });

  test('companies read from .xlsx and .xls are the same', () => {
    expect(oldCompanies.rows.map(({ values, texts }) => ({ values, texts }))).toEqual(companies.rows.map(({ values, texts }) => ({ values, texts })));
  });

  test('estates have the rows and problems of truth.json, and its formation rate', () => {
    const { rows } = estates;
    const valid = rows.filter((row) => !hasError(row));
    expect(rows).toHaveLength(truth.estates.rows);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(decidable(truth.estates.problems));
    expect(valid).toHaveLength(truth.estates.valid);
    const values = estates.rows.filter((row) => !hasError(row)).map((row) => row.values);
    const established = values.filter(({ committee }) => committee === 'established');
    expect(established).toHaveLength(truth.estates.withCommittee);
    expect(established.filter(({ committeeUntil }) => committeeUntil && committeeUntil < '2025-06-30')).toHaveLength(truth.estates.expired);
    expect(values.filter(({ occupiedCount }) => (occupiedCount ?? 0) > 0)).toHaveLength(truth.estates.occupied);
    expect(values.reduce((sum, { unitCount }) => sum + (unitCount ?? 0), 0)).toBe(truth.estates.units);
  });

  test('estates by township are taken from twelve sheets, each naming its township', () => {
    const { rows } = bySheet;
    expect(bySheet.found.filter(({ status }) => status === 'table')).toHaveLength(truth.estatesBySheet.sheets);
    expect(bySheet.found.every(({ mapping }) => mapping?.townshipFrom === 'sheet')).toBe(true);
    expect(rows).toHaveLength(truth.estatesBySheet.rows);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.estatesBySheet.problems);
    expect(new Set(rows.map(({ values: { township, name } }) => `${township}/${name}`)).size).toBe(truth.estatesBySheet.rows);
  });

  test('practitioners have the rows and problems of truth.json', () => {
    const { rows } = practitioners;
    expect(rows).toHaveLength(truth.practitioners.rows);
    expect(rows.filter((row) => !hasError(row))).toHaveLength(truth.practitioners.valid);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.practitioners.problems);
  });

  test('units have the rows, problems and areas of truth.json', () => {
    const { rows } = units;
    expect(rows).toHaveLength(truth.units.rows);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.units.problems);
    const per: Record<string, { unitsValid: number; areaCm2: number }> = {};
    for (const row of rows) {
      if (hasError(row)) continue;
      const sum = (per[`城关街道/${row.values.estate}`] ??= { unitsValid: 0, areaCm2: 0 });
      sum.unitsValid += 1;
      sum.areaCm2 += row.values.areaCm2 ?? 0;
    }
    const expected = Object.fromEntries(Object.entries<{ unitsValid: number; areaCm2: number }>(truth.units.per).map(([name, { unitsValid, areaCm2 }]) => [name, { unitsValid, areaCm2 }]));
    expect(per).toEqual(expected);
  });
});
