import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspectUpload } from '#platform/workbook/open.ts';
import { readLedger } from '#platform/workbook/workbook.fixture.ts';
import { NameIndex } from './name-index.ts';
import { resolveRow } from './resolve.ts';
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

/** The registry as it is after the ledgers before it were imported. */
function divisions() {
  const rows = readFileSync(`${folder}divisions.csv`, 'utf8').trim().split('\n').slice(1).map((line) => line.trim().split(','));
  const of = (kind: string) => rows.filter((row) => row[2] === kind).map(([id = '', name = '', , townshipId = '']) => ({ id, name, townshipId }));
  return { areas: of('county').map(({ name }) => name), townships: of('township'), neighbourhoods: of('neighbourhood') };
}
const known = divisions();

const [companies, oldCompanies, estates, bySheet, practitioners, units] = await Promise.all([
  read('companies', '物业服务企业台账.xlsx'), read('companies', '物业服务企业台账.xls'), read('estates', '住宅小区台账.xlsx'),
  read('estates', '住宅小区台账（分乡镇）.xlsx'), read('practitioners', '从业人员名册.xlsx'), read('units', '房屋业主名册.xlsx'),
]);
const companyList = companies.rows.filter((row) => !hasError(row)).map(({ row, values: { name, creditCode } }) => ({ id: `c${row}`, name: name ?? '', creditCode: creditCode ?? null }));
const townshipIds = new Map(known.townships.map(({ name, id }) => [name, id]));
const estateList = estates.rows.filter((row) => !hasError(row)).map(({ row, values: { name, township, company } }) => ({ id: `e${row}`, name: name ?? '', townshipId: townshipIds.get(township ?? '') ?? '', unresolvedCompany: company ?? null }));

function resolved(kind: LedgerKind, { found, rows }: { found: SheetFound[]; rows: LedgerRow[] }, index: NameIndex, township?: string) {
  return rows.map((row) => {
    const mapping = found.find(({ sheet }) => sheet === row.sheet)?.mapping;
    if (!mapping) throw new Error('a row without a mapping');
    const { refs, problems } = resolveRow(kind, row, index, { mapping, ...(township === undefined ? {} : { township }) });
    return { row, refs, problems: [...row.problems, ...problems] };
  });
}
const empty = new NameIndex({ ...known, companies: [], estates: [] });
const withCompanies = new NameIndex({ ...known, companies: companyList, estates: [] });
const full = new NameIndex({ ...known, companies: companyList, estates: estateList });

describe('the six ledgers of the made-up county', () => {
  test.each([['xlsx', companies], ['xls', oldCompanies]])('companies as %s have the rows and problems of truth.json', (_, ledger) => {
    const rows = resolved('companies', ledger, empty);
    expect(rows).toHaveLength(truth.companies.rows);
    expect(rows.filter((row) => !hasError(row))).toHaveLength(truth.companies.valid);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.companies.problems);
  });

  test('companies read from .xlsx and .xls are the same', () => {
    expect(oldCompanies.rows.map(({ values, texts }) => ({ values, texts }))).toEqual(companies.rows.map(({ values, texts }) => ({ values, texts })));
  });

  test('estates have the rows and problems of truth.json, and its formation rate', () => {
    const rows = resolved('estates', estates, withCompanies);
    const valid = rows.filter((row) => !hasError(row));
    expect(rows).toHaveLength(truth.estates.rows);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.estates.problems);
    expect(valid).toHaveLength(truth.estates.valid);
    const values = estates.rows.filter((row) => !hasError(row)).map((row) => row.values);
    const established = values.filter(({ committee }) => committee === 'established');
    expect(established).toHaveLength(truth.estates.withCommittee);
    expect(established.filter(({ committeeUntil }) => committeeUntil && committeeUntil < '2025-06-30')).toHaveLength(truth.estates.expired);
    expect(values.filter(({ occupiedCount }) => (occupiedCount ?? 0) > 0)).toHaveLength(truth.estates.occupied);
    expect(values.reduce((sum, { unitCount }) => sum + (unitCount ?? 0), 0)).toBe(truth.estates.units);
    expect(valid.every(({ refs }) => refs.townshipId !== null && refs.neighbourhoodId !== null)).toBe(true);
  });

  test('a company written without the county is found, and only the one that does not exist is unknown', () => {
    const rows = resolved('estates', estates, withCompanies);
    const short = rows.filter(({ row }) => row.texts['company'] !== '' && !row.texts['company']?.includes('云川县'));
    expect(short.length).toBeGreaterThan(0);
    expect(short.every(({ refs }) => refs.companyId !== null)).toBe(true);
  });

  test('estates by township are taken from twelve sheets and are the ones that are there', () => {
    const rows = resolved('estates', bySheet, full);
    expect(bySheet.found.filter(({ status }) => status === 'table')).toHaveLength(truth.estatesBySheet.sheets);
    expect(bySheet.found.every(({ mapping }) => mapping?.townshipFrom === 'sheet')).toBe(true);
    expect(rows).toHaveLength(truth.estatesBySheet.rows);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.estatesBySheet.problems);
    expect(new Set(rows.map(({ refs }) => refs.estateId)).size).toBe(truth.estatesBySheet.rows);
  });

  test('practitioners have the rows and problems of truth.json', () => {
    const rows = resolved('practitioners', practitioners, full);
    expect(rows).toHaveLength(truth.practitioners.rows);
    expect(rows.filter((row) => !hasError(row))).toHaveLength(truth.practitioners.valid);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.practitioners.problems);
    expect(rows.every(({ refs }) => refs.companyId !== null)).toBe(true);
  });

  test('units have the rows, problems and areas of truth.json once the township is given', () => {
    const rows = resolved('units', units, full, '城关街道');
    expect(rows).toHaveLength(truth.units.rows);
    expect(shortForm(rows.flatMap(({ problems }) => problems))).toEqual(truth.units.problems);
    const names = new Map(estateList.map(({ id, name }) => [id, name]));
    const per: Record<string, { unitsValid: number; areaCm2: number }> = {};
    for (const [at, row] of rows.entries()) {
      if (hasError(row)) continue;
      const sum = (per[`城关街道/${names.get(row.refs.estateId ?? '')}`] ??= { unitsValid: 0, areaCm2: 0 });
      sum.unitsValid += 1;
      sum.areaCm2 += units.rows[at]?.values.areaCm2 ?? 0;
    }
    const expected = Object.fromEntries(Object.entries<{ unitsValid: number; areaCm2: number }>(truth.units.per).map(([name, { unitsValid, areaCm2 }]) => [name, { unitsValid, areaCm2 }]));
    expect(per).toEqual(expected);
  });

  test('without a township an estate that several have is asked for, with the places to choose from', () => {
    const row = units.rows[0];
    const mapping = units.found[0]?.mapping;
    if (row === undefined || !mapping) throw new Error('no units');
    const { refs, problems, asks } = resolveRow('units', row, full, { mapping });
    expect(refs.estateId).toBeNull();
    expect(problems).toMatchObject([{ code: 'estate-ambiguous', severity: 'error', column: 'A', message: '第4行“小区”写的是“金色里”，在几个乡镇（街道）都有，请写明所属乡镇（街道）' }]);
    expect(asks[0]?.candidates).toHaveLength(3);
    const answers = new Map([['estate:金色里', asks[0]?.candidates[0]?.id ?? '']]);
    expect(resolveRow('units', row, full, { mapping, answers }).refs.estateId).toBe(asks[0]?.candidates[0]?.id);
  });
});
