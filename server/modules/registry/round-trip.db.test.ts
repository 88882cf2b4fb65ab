import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFromFile } from '#modules/ledger/index.ts';
import { givenCounty, sample } from '#modules/ledger/testing/given-county.ts';
import { countyScope } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { exportCompanies, exportEstates, exportPractitioners, exportUnits } from './use-cases/exports.ts';

const FILES = { companies: '物业服务企业台账.xlsx', estates: '住宅小区台账.xlsx', practitioners: '从业人员名册.xlsx', units: '房屋业主名册.xlsx' } as const;
const EXPORTS = { companies: exportCompanies, estates: exportEstates, practitioners: exportPractitioners, units: exportUnits } as const;
const KINDS = ['companies', 'estates', 'practitioners', 'units'] as const;
const PURPOSE = { purpose: '业主身份核对', document: '云住建函〔2025〕1号', deleteOn: '2027-06-30' };
let county: Awaited<ReturnType<typeof givenCounty>>;
let folder: string;
beforeAll(async () => {
  county = await givenCounty();
  folder = await mkdtemp(join(tmpdir(), 'shanzhi-export-'));
  for (const kind of KINDS) await importFromFile(county.kit, { kind, path: sample(FILES[kind]), countyCode: '990101', ...(kind === 'units' ? PURPOSE : {}) });
});
afterAll(async () => {
  await county.stop();
  await rm(folder, { recursive: true, force: true });
});

for (const kind of KINDS) {
  test(`${kind}: what was exported comes in again without a change`, async () => {
    const ctx = systemContext(county.kit, { scope: countyScope(county.countyId) });
    const file = await EXPORTS[kind](ctx, { params: {}, query: { limit: 50, sort: 'newest' }, body: {} });
    const path = join(folder, file.fileName);
    await pipeline(file.content as NodeJS.ReadableStream, createWriteStream(path));
    const answer = await importFromFile(county.kit, { kind, path, countyCode: '990101', dryRun: true, ...(kind === 'units' ? PURPOSE : {}) });
    expect({ new: answer.new, changed: answer.changed, refused: answer.refused, isAny: answer.unchanged > 0 }).toEqual({ new: 0, changed: 0, refused: 0, isAny: true });
  });
}
