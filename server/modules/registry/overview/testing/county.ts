import { areaCm2, fen, localDate, type Id } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { bulkWriteCommittees } from '#modules/committee/index.ts';
import { bulkWriteCompanies, bulkWriteEstates, bulkWritePractitioners, bulkWriteUnits, type BulkOptions } from '../../bulk.ts';
import { testWorld, type World } from '../../testing/world.ts';

/** A small county for the overview's tests: an estate of a company in the east, one in the west of which little is known. */
export interface County extends World {
  readonly gold: Id<'Estate'>; readonly silver: Id<'Estate'>; readonly company: Id<'Company'>; readonly other: Id<'Company'>; readonly manager: Id<'Practitioner'>;
  /** Nothing of a request: no parameters, query or body. */
  readonly empty: { readonly params: Record<string, never>; readonly query: Record<string, never>; readonly body: Record<string, never> };
}

const first = <T>(ids: readonly (T | undefined)[], at = 0): T => {
  const id = ids[at];
  if (id === undefined) throw new Error('nothing written');
  return id;
};

/** 测试用县, written as ledgers are. */
export async function testCounty(): Promise<County> {
  const world = await testWorld();
  const options: BulkOptions = { countyId: world.county, batchId: newId<'Batch'>(), at: world.clock.now(), on: localDate('2026-11-20'), vault: world.kit.vault };
  const ids = await world.clerk().transactBulk(async (tx) => {
    tx.auditNothing('test county');
    const companies = await bulkWriteCompanies(tx, [
      { id: null, set: { name: '安心物业有限公司', creditCode: '91990101MALYNJJ7EA', legalPerson: '周安心', phone: '13900000001' } }, { id: null, set: { name: '放心物业有限公司', creditCode: '91990101' } },
    ], options);
    const company = first(companies.ids), other = first(companies.ids, 1);
    const estates = await bulkWriteEstates(tx, [
      { id: null, set: { townshipId: world.east, neighbourhoodId: world.eastCommunity, name: '金色里', totalUnits: 3, occupiedUnits: 2, totalCm2: areaCm2(3_000_000), companyId: company, feeFenPerM2Month: fen(130), aliases: ['老金色'] } },
      { id: null, set: { townshipId: world.west, neighbourhoodId: world.westCommunity, name: '银杏苑', managementKind: 'unknown', totalUnits: 20, occupiedUnits: 10 } },
    ], options);
    const gold = first(estates.ids), silver = first(estates.ids, 1);
    const people = await bulkWritePractitioners(tx, [
      { id: null, set: { name: '王敏', companyId: company, post: 'estate-manager', idNumber: '990101196709137521', phone: '13700007788', managesEstateId: gold } },
      { id: null, set: { name: '赵秩序', companyId: other, post: 'order', phone: '13700009999' } },
    ], options);
    const unit = (entrance: string, room: string, name: string, phone: string) => ({ id: null, estateId: gold, set: { building: '3幢', entrance, room, areaCm2: areaCm2(1_000_000), areaSource: 'register' as const, holders: [{ name, phone }] } });
    await bulkWriteUnits(tx, [unit('2单元', '301', '李强', '13811112345'), unit('2单元', '302', '李强', '13811112345'), unit('1单元', '301', '郑敏', '13811116789')], options);
    await bulkWriteCommittees(tx, [{ estateId: gold, status: 'established', sinceOn: localDate('2022-01-01'), untilOn: localDate('2027-01-01'), chairName: '孙主任', chairPhone: '13611110000' }], { at: options.at, on: options.on, batchId: null, vault: options.vault });
    return { gold, silver, company, other, manager: first(people.ids) };
  });
  return { ...world, ...ids, empty: { params: {}, query: {}, body: {} } };
}
