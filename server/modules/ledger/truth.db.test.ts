import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '#platform/make-context.ts';
import { importFromFile, type ImportAnswer, type ImportOptions } from './index.ts';
import { givenCounty, sample, truth, type Truth } from './testing/given-county.ts';

const FILES = { companies: '物业服务企业台账.xlsx', estates: '住宅小区台账.xlsx', practitioners: '从业人员名册.xlsx', units: '房屋业主名册.xlsx' } as const;
const OWNERS = { purpose: '业主身份核对', document: '云住建函〔2025〕1号', deleteOn: '2027-06-30' };

const plain = ({ problems }: Pick<ImportAnswer, 'problems'>) => problems.map(({ row, code, severity }) => ({ row, code, severity })).toSorted((a, b) => a.row - b.row);

describe('the six ledgers, in their order, into an empty county', () => {
  let county: Awaited<ReturnType<typeof givenCounty>>;
  let expected: Truth;
  const run = (kind: ImportOptions['kind'], file: string, more: Partial<ImportOptions> = {}) => importFromFile(county.kit, { kind, path: sample(file), countyCode: '990101', ...(kind === 'units' ? OWNERS : {}), ...more });
  const ask = <T>(work: Parameters<ReturnType<typeof systemContext>['read']>[0]) => systemContext(county.kit).read(work) as Promise<T>;

  beforeAll(async () => { county = await givenCounty(); expected = await truth(); });
  afterAll(() => county.stop());

  test('a dry run tells what would come and writes nothing', async () => {
    const answer = await run('companies', FILES.companies, { dryRun: true });
    expect(answer).toMatchObject({ rows: expected.companies.rows, valid: expected.companies.valid, new: expected.companies.valid });
    expect(await ask((db) => db.selectFrom('registry.company').select('id').execute())).toEqual([]);
  });

  for (const kind of ['companies', 'estates', 'practitioners', 'units'] as const) {
    test(`${kind}: rows, valid rows and every problem are as the truth says`, async () => {
      const answer = await run(kind, FILES[kind]);
      expect({ rows: answer.rows, valid: answer.valid, problems: plain(answer) }).toEqual({ rows: expected[kind].rows, valid: expected[kind].valid, problems: expected[kind].problems });
      expect(answer).toMatchObject({ new: expected[kind].valid, changed: 0, unchanged: 0, refused: expected[kind].rows - expected[kind].valid });
    });
  }

  test('the formation rate, the committees past their term and the units are as the truth says', async () => {
    const estates = await ask<{ occupied: number; units: number; withCommittee: number; expired: number }>(async (db) => {
      const rows = await db.selectFrom('registry.estate').select(['id', 'occupiedUnits', 'totalUnits']).execute();
      const committees = await db.selectFrom('committee.committee').select(['status', 'untilOn']).where('supersededAt', 'is', null).execute();
      const standing = committees.filter(({ status }) => status === 'established');
      return {
        occupied: rows.filter(({ occupiedUnits }) => (occupiedUnits ?? 0) > 0).length, units: rows.reduce((sum, { totalUnits }) => sum + (totalUnits ?? 0), 0),
        withCommittee: standing.length, expired: standing.filter(({ untilOn }) => untilOn !== null && untilOn < '2025-06-30').length,
      };
    });
    const { occupied, units, withCommittee, expired } = expected.estates;
    expect(estates).toEqual({ occupied, units, withCommittee, expired });
    expect(estates.withCommittee / estates.occupied).toBe(expected.estates.formationRate);
  });

  test('units, areas and heads of each estate are as the truth says', async () => {
    const rows = await ask<{ estate: string; township: string; unitCount: number; areaCm2: number; headCount: number }[]>((db) => db.selectFrom('registry.estateRollup as r')
      .innerJoin('registry.estate as e', 'e.id', 'r.estateId').innerJoin('platform.orgUnit as t', 't.id', 'e.townshipId')
      .select(['e.name as estate', 't.name as township', 'r.unitCount', 'r.areaCm2', 'r.headCount']).execute());
    const per = Object.fromEntries(rows.map(({ estate, township, unitCount, areaCm2, headCount }) => [`${township}/${estate}`, { unitsValid: unitCount, areaCm2, heads: headCount }]));
    expect(per).toEqual(expected.units.per);
    expect(rows.reduce((sum, { headCount }) => sum + headCount, 0)).toBe(expected.units.heads);
  });

  test('the same files again change nothing', async () => {
    for (const kind of ['companies', 'estates', 'practitioners', 'units'] as const) {
      const answer = await run(kind, FILES[kind]);
      expect({ kind, new: answer.new, changed: answer.changed, unchanged: answer.unchanged, problems: plain(answer) }).toEqual({ kind, new: 0, changed: 0, unchanged: expected[kind].valid, problems: expected[kind].problems });
    }
  });

  test('the same companies as an old .xls change nothing', async () => {
    const answer = await run('companies', '物业服务企业台账.xls');
    expect(answer).toMatchObject({ rows: expected.companies.rows, valid: expected.companies.valid, new: 0, changed: 0, unchanged: expected.companies.valid });
    expect(plain(answer)).toEqual(expected.companies.problems);
  });

  test('one sheet per township: the sheet says the township, and what the sheets lack is left as it is', async () => {
    const before = await ask((db) => db.selectFrom('registry.estate').select(['id', 'address', 'buildingCount', 'deliveredOn', 'feeFenPerM2Month']).orderBy('id').execute());
    const answer = await run('estates', '住宅小区台账（分乡镇）.xlsx');
    expect({ rows: answer.rows, valid: answer.valid, new: answer.new }).toEqual({ rows: expected.estatesBySheet.rows, valid: expected.estatesBySheet.valid, new: 0 });
    expect(plain(answer)).toEqual(expected.estatesBySheet.problems);
    expect(await ask((db) => db.selectFrom('registry.estate').select(['id', 'address', 'buildingCount', 'deliveredOn', 'feeFenPerM2Month']).orderBy('id').execute())).toEqual(before);
  });
});

test('estates by township sheets come into an empty county as the truth says', async () => {
  const county = await givenCounty();
  const expected = await truth();
  await importFromFile(county.kit, { kind: 'companies', path: sample(FILES.companies), countyCode: '990101' });
  const answer = await importFromFile(county.kit, { kind: 'estates', path: sample('住宅小区台账（分乡镇）.xlsx'), countyCode: '990101' });
  expect({ rows: answer.rows, valid: answer.valid, new: answer.new }).toEqual({ rows: expected.estatesBySheet.rows, valid: expected.estatesBySheet.valid, new: expected.estatesBySheet.valid });
  // The only thing to say is of the company that nobody knows; imported after the county's own ledger it was said already.
  expect(answer.problems.map(({ sheet, row, code, severity }) => ({ sheet, row, code, severity }))).toEqual([{ sheet: '城关街道', row: 20, code: 'company-unknown', severity: 'warn' }]);
  await county.stop();
});
