import { afterAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { localDate } from '#domain/kernel/brand.ts';
import { getFormation, getFormationEstates } from '#modules/target/use-cases/get-formation.ts';
import { createCommittee } from '#modules/committee/use-cases/record-committee.ts';
import { estateScoped } from './move-scope.ts';
import { createEstate } from './use-cases/create-estate.ts';
import { exportQuality } from './overview/quality/export-quality.ts';
import { exportContracts } from './use-cases/export-contracts.ts';
import { exportCompanies, exportEstates, exportPractitioners, exportUnits } from './use-cases/exports.ts';
import { getEstate } from './use-cases/get-estate.ts';
import { archiveEstate } from './use-cases/archive-estate.ts';
import { listEstates } from './use-cases/list-estates.ts';
import { mergeEstate } from './use-cases/merge-estate.ts';
import { listOwners } from './use-cases/list-owners.ts';
import { renameEstate } from './use-cases/rename-estate.ts';
import { search } from './overview/search/search.ts';
import { splitEstate } from './use-cases/split-estate.ts';
import { archiveUnit } from './use-cases/archive-unit.ts';
import { getUnit } from './use-cases/get-unit.ts';
import { listUnits } from './use-cases/list-units.ts';
import { updateEstate } from './use-cases/update-estate.ts';
import { registryDesk } from './testing/desk.ts';

const { world, nobody, page, draft, newEstate, newCompany, sign, see, newUnit, transfer } = await registryDesk();
afterAll(() => world.stop());

describe('estates', () => {
  test('a page that read an older version is told so and changes nothing', async () => {
    const estate = await newEstate('陈旧苑');
    const { name: _name, ...body } = draft('陈旧苑', { totalUnits: 20 });
    const edited = await updateEstate(world.clerk(estate.version), { ...nobody, params: { estateId: estate.id }, body });
    expect(edited.totalUnits).toBe(20);
    await expect(updateEstate(world.clerk(estate.version), { ...nobody, params: { estateId: estate.id }, body })).rejects.toMatchObject({ code: 'state.stale' });
  });

  test('a township sees and edits its own estates only: a sibling gets 404, another township cannot be written into', async () => {
    const estate = await newEstate('东边苑');
    await expect(getEstate(world.township(world.west), { ...nobody, params: { estateId: estate.id }, query: {} })).rejects.toMatchObject({ code: 'estate.not-found' });
    await expect(createEstate(world.township(world.west), { ...nobody, body: draft('越界苑') })).rejects.toMatchObject({ code: 'access.denied' });
    expect((await getEstate(world.township(world.east), { ...nobody, params: { estateId: estate.id }, query: {} })).can.edit).toBe(true);
    const { name: _name, ...body } = draft('东边苑', { townshipId: world.west, neighbourhoodId: null });
    await expect(updateEstate(world.township(world.east, estate.version), { ...nobody, params: { estateId: estate.id }, body })).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('a list pages by key without repeats, filters, and counts', async () => {
    for (const name of ['列表甲', '列表乙', '列表丙']) await newEstate(name, { townshipId: world.west, neighbourhoodId: world.westCommunity });
    const first = await listEstates(world.clerk(), { ...nobody, query: { ...page, limit: 2, sort: 'name', q: '列表' } });
    const second = await listEstates(world.clerk(), { ...nobody, query: { ...page, limit: 2, sort: 'name', q: '列表', after: first.next ?? '' } });
    expect([...first.rows, ...second.rows].map((row) => row.name).toSorted()).toEqual(['列表丙', '列表乙', '列表甲'].toSorted());
    expect(first).toMatchObject({ total: 3, totalIsExact: true });
    expect(second.next).toBeNull();
    expect((await listEstates(world.township(world.east), { ...nobody, query: { ...page, q: '列表' } })).rows).toEqual([]);
    expect((await listEstates(world.clerk(), { ...nobody, query: { ...page, q: 'lby' } })).rows.map((row) => row.name)).toEqual(['列表乙']);
  });

  test('renaming keeps the old name findable', async () => {
    const estate = await newEstate('旧名花园');
    await renameEstate(world.clerk(estate.version), { ...nobody, params: { estateId: estate.id }, body: { name: '新名花园', onDate: localDate('2026-01-01'), basis: null } });
    expect((await search(world.clerk(), { ...nobody, query: { q: '旧名', limit: 5 } })).hits[0]).toMatchObject({ title: '新名花园' });
    const seen = await see(estate.id);
    expect(seen.names).toMatchObject([{ name: '旧名花园', kind: 'former' }]);
    expect(seen.history[0]).toMatchObject({ action: 'estate.rename', actionText: '更名' });
  });

  test('merging moves what refers to the estate and keeps its name; the same room on both sides is refused first', async () => {
    const [from, into] = [await newEstate('并出苑'), await newEstate('并入苑')];
    const unit = await newUnit(from.id, '101');
    const twin = await newUnit(into.id, '101');
    const merge = async () => mergeEstate(world.clerk((await see(from.id)).version), { ...nobody, params: { estateId: from.id }, body: { intoId: into.id, reason: '重复登记' } });
    await expect(merge()).rejects.toMatchObject({ code: 'state.conflict' });
    await archiveUnit(world.clerk(twin.version), { ...nobody, params: { unitId: twin.id }, body: { reason: '重复登记' } });
    const after = await merge();
    expect(after).toMatchObject({ id: into.id, unitsRecorded: 1, names: [{ name: '并出苑' }] });
    expect((await getUnit(world.clerk(), { ...nobody, params: { unitId: unit.id }, query: {} })).estate.id).toBe(into.id);
    expect((await see(from.id)).mergedInto).toEqual({ id: into.id, name: '并入苑' });
    expect((await search(world.clerk(), { ...nobody, query: { q: '并出苑', limit: 5 } })).hits.filter((hit) => hit.kind === 'estate').map((hit) => hit.id)).toEqual([into.id]);
  });

  test('splitting takes the chosen buildings with units and owners; an owner on both sides is kept on both', async () => {
    const estate = await newEstate('分立苑');
    const one = await newUnit(estate.id, '101', '1幢');
    const two = await newUnit(estate.id, '101', '2幢');
    await transfer(one, '李两套', null, { idNumber: '990101199007230768' });
    await transfer(two, '李两套', null, { idNumber: '990101199007230768' });
    expect((await see(estate.id)).headCount).toBe(1);
    const made = await splitEstate(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body: { name: '分立二苑', buildingIds: [two.building.id], onDate: localDate('2026-05-01'), basis: null } });
    expect(made).toMatchObject({ unitsRecorded: 1, headCount: 1, lineage: [{ kind: 'split' }] });
    expect(await see(estate.id)).toMatchObject({ unitsRecorded: 1, headCount: 1 });
  });

  test('archiving needs a reason and takes the estate out of lists and search', async () => {
    const estate = await newEstate('归档苑');
    const unit = await transfer(await newUnit(estate.id, '101'), '归档户', null);
    const listed = async (query: object) => (await listUnits(world.clerk(), { ...nobody, query: { ...page, limit: 200, ...query } })).rows.some((row) => row.id === unit.id);
    expect(await listed({})).toBe(true);
    await archiveEstate(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body: { reason: '已拆除完毕' } });
    expect([await listed({}), await listed({ archived: 'true' }), await listed({ estateId: estate.id })]).toEqual([false, true, true]);
    expect((await listOwners(world.clerk(), { ...nobody, query: { ...page, limit: 200 } })).rows.map((row) => row.name)).not.toContain('归档户');
    expect((await search(world.clerk(), { ...nobody, query: { q: '归档苑', limit: 5 } })).hits).toEqual([]);
    expect((await see(estate.id)).can.edit).toBe('已归档，不能再修改');
  });
});

describe('scope columns', () => {
  test('every table with an estate is either moved with it or is the estate-less exception, column by column', async () => {
    const { rows: found } = await world.clerk().read((db) => sql<{ nspname: string; relname: string; attname: string }>`
      select n.nspname, c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema')`.execute(db));
    // Gone within a week; they name only the county, which no estate leaves.
    const SHORT_LIVED = new Set(['owner.phone_code', 'owner.filing']);
    const tables = Map.groupBy(found, (row) => `${row.nspname}.${row.relname}`);
    const scoped = [...tables].map(([table, of]) => ({ table, columns: of.map((row) => row.attname) })).filter(({ table, columns }) => columns.includes('estate_id') && columns.includes('county_id') && !SHORT_LIVED.has(table));
    const OWN = new Set(['registry.service_contract.company_id', 'registry.contact.company_id', 'paper.paper.company_id', 'paper.number_register.company_id', 'publication.publication.company_id', 'publication.publication_file.company_id', 'publication.step.company_id', 'obligation.obligation.company_id', 'complaint.complaint.company_id', 'complaint.rollup.company_id', 'complaint.step.company_id', 'complaint.complaint_file.company_id']);
    const expected = scoped.map(({ table, columns }) => ({ table, columns: ['county_id', 'township_id', 'neighbourhood_id', 'company_id'].filter((column) => columns.includes(column) && !OWN.has(`${table}.${column}`)) }));
    const by = (a: { table: string }, b: { table: string }) => a.table.localeCompare(b.table);
    expect([...estateScoped].map(({ table, columns }) => ({ table, columns: [...columns] })).toSorted(by)).toEqual(expected.toSorted(by));
  });

  test('when the contract in force changes, the company follows in every row below; a change of township likewise', async () => {
    const [first, second] = [await newCompany('先来物业有限公司'), await newCompany('后到物业有限公司')];
    const estate = await newEstate('移交苑');
    const unit = await newUnit(estate.id, '101');
    await transfer(unit, '业主甲', null);
    await sign(estate.id, first.id, '2020-01-01');
    await sign(estate.id, second.id, '2026-01-01');
    const company = world.as({ level: 'company', id: second.id, countyId: world.county }, 'company-head');
    expect((await listUnits(company, { ...nobody, query: page })).rows.map((row) => row.id)).toEqual([unit.id]);
    expect((await listUnits(world.as({ level: 'company', id: first.id, countyId: world.county }, 'company-head'), { ...nobody, query: page })).rows).toEqual([]);
    expect((await see(estate.id)).company?.id).toBe(second.id);
    expect((await see(estate.id, { on: localDate('2025-06-30') })).company?.id).toBe(first.id);

    const { name: _name, ...body } = draft('移交苑', { townshipId: world.west, neighbourhoodId: world.westCommunity });
    await updateEstate(world.clerk((await see(estate.id)).version), { ...nobody, params: { estateId: estate.id }, body });
    for (const { table, columns } of estateScoped.filter((each) => each.columns.includes('township_id'))) {
      const rows = await world.kit.database.read({ level: 'everything', id: null, countyId: null }, (db) => db.selectFrom(table.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as 'registry.unit').select(['townshipId', 'neighbourhoodId']).where('estateId', '=', estate.id).execute());
      for (const row of rows) expect({ table, ...row }).toEqual({ table, townshipId: world.west, neighbourhoodId: columns.includes('neighbourhood_id') ? world.westCommunity : row.neighbourhoodId });
    }
    expect((await listUnits(world.township(world.west), { ...nobody, query: page })).rows.map((row) => row.id)).toContain(unit.id);
    expect((await listUnits(world.township(world.east), { ...nobody, query: { ...page, estateId: estate.id } })).rows).toEqual([]);
  });
});

describe('search and papers', () => {
  test('finds by part of a name, initials, code and room, estates first, and only in scope', async () => {
    const estate = await newEstate('碧波春晓');
    await newCompany('碧波物业有限公司', '91990101MA9MPU87BM');
    await newUnit(estate.id, '1203', '8幢');
    const titles = async (q: string, ctx = world.clerk()) => (await search(ctx, { ...nobody, query: { q, limit: 10 } })).hits.map((hit) => hit.title);
    expect(await titles('碧波')).toEqual(['碧波春晓', '碧波物业有限公司']);
    expect(await titles('bbcx')).toEqual(['碧波春晓']);
    expect(await titles('bibochun')).toEqual(['碧波春晓']);
    expect(await titles('波 晓')).toEqual(['碧波春晓']);
    expect(await titles('MA9MPU87')).toEqual(['碧波物业有限公司']);
    expect(await titles('碧波 8-1203')).toEqual(['碧波春晓 8幢1203室']);
    expect(await titles('碧波春晓8幢1203室')).toEqual(['碧波春晓 8幢1203室']);
    expect(await titles('100%')).toEqual([]);
    expect(await titles('碧波', world.township(world.west))).toEqual(['碧波物业有限公司']);
    expect(await titles('碧波', world.as({ level: 'nothing', id: null, countyId: null }))).toEqual([]);
    expect(await titles('碧波 8-1203', world.township(world.west))).toEqual([]);
  });

  test('exports answer exactly what is filtered, as a workbook that carries its day', async () => {
    await newEstate('一页苑');
    const files = [await exportEstates(world.clerk(), { ...nobody, query: { ...page, q: '一页' } }), await exportCompanies(world.clerk(), { ...nobody, query: page }), await exportPractitioners(world.clerk(), { ...nobody, query: page }), await exportUnits(world.clerk(), { ...nobody, query: page }), await exportContracts(world.clerk(), { ...nobody, query: page }), await exportQuality(world.clerk(), { ...nobody, query: { after: 0, limit: 1 } })];
    for (const file of files) {
      const parts: Buffer[] = [];
      for await (const part of file.content as AsyncIterable<Buffer>) parts.push(part);
      expect(Buffer.concat(parts).subarray(0, 2).toString()).toBe('PK');
    }
    expect(files[0]?.fileName).toBe('住宅小区台账_2026-11-20.xlsx');
  });

  test('the formation rate names every estate and why it is not counted', async () => {
    const estate = await newEstate('组建苑', { townshipId: world.west, neighbourhoodId: world.westCommunity });
    const none = await newEstate('未组建苑', { townshipId: world.west, neighbourhoodId: world.westCommunity });
    await createCommittee(world.clerk(), { ...nobody, params: { estateId: estate.id }, body: { name: '组建苑业委会', kind: 'committee', status: 'established', sinceOn: localDate('2020-01-01'), untilOn: localDate('2025-01-01'), filedOn: null, endedOn: null } });
    const rate = await getFormationEstates(world.clerk(), { ...nobody, query: { townshipId: world.west } });
    expect(rate.estates.find((row) => row.estate.id === estate.id)).toMatchObject({ standing: 'counted-expired', inNumerator: true, isExpired: true });
    expect(rate.estates.find((row) => row.estate.id === none.id)).toMatchObject({ standing: 'none', reason: '已入住，无业委会' });
    const { estates: _, ...figures } = rate;
    expect(await getFormation(world.clerk(), { ...nobody, query: { townshipId: world.west } })).toEqual(figures);
    expect((await getFormation(world.clerk(), { ...nobody, query: { townshipId: world.west, on: localDate('2019-12-31') } })).withCommittee).toBe(0);
  });
});
