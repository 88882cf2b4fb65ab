import { areaCm2, localDate, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import type { EstateDraft } from '#contract/registry/estate.ts';
import type { z } from 'zod';
import { testWorld } from './world.ts';
import { createBuilding } from '../use-cases/create-building.ts';
import { listBuildings } from '../use-cases/list-buildings.ts';
import { createCompany } from '../use-cases/create-company.ts';
import { createContract } from '../use-cases/record-contract.ts';
import { createEstate } from '../use-cases/create-estate.ts';
import { getEstate } from '../use-cases/get-estate.ts';
import { transferOwnership } from '../use-cases/transfer-ownership.ts';
import { createUnit } from '../use-cases/create-unit.ts';

/** 台账的测试台: a small county, and estates, companies, contracts, units and owners in short. */
export async function registryDesk() {
  const world = await testWorld();

  const page = { limit: 50, sort: 'newest' as const };
  const draft = (name: string, more: Partial<z.output<typeof EstateDraft>> = {}): z.output<typeof EstateDraft> => ({
    townshipId: world.east, neighbourhoodId: world.eastCommunity, name, phase: null, address: null, managementKind: 'unknown', deliveredOn: null, totalCm2: null, deliveredCm2: null, totalUnits: 10, occupiedUnits: 5, buildingCount: null,
    developerName: null, managerName: null, feeFenPerM2Month: null, feeBasis: null, collectionRateBp: null, liftCount: null, parkingCount: null, chargingCount: null, fireSystem: null, gridMember: null, note: null, ...more,
  });
  const nobody = { params: {}, query: {}, body: {} };
  const newEstate = (name: string, more: Partial<z.output<typeof EstateDraft>> = {}) => createEstate(world.clerk(), { ...nobody, body: draft(name, more) });
  const newCompany = (name: string, creditCode: string | null = null) => createCompany(world.clerk(), { ...nobody, body: { name, shortName: null, creditCode, legalPerson: '陈负责', phone: '13911112222', registeredOn: null, address: null, claimedEstates: null, claimedStaff: null, registeredCapitalFen: null, contactName: null, status: 'active', note: null } });
  const contract = (companyId: Id<'Company'>, startsOn: string | null = null) => ({ companyId, kind: 'ordinary' as const, feeBasis: null, feeFenPerM2Month: null, startsOn: startsOn === null ? null : localDate(startsOn), endsOn: null, terminatedOn: null });
  const sign = (estateId: Id<'Estate'>, companyId: Id<'Company'>, startsOn: string | null = null) => createContract(world.clerk(), { ...nobody, params: { estateId }, body: contract(companyId, startsOn) });
  const see = (estateId: Id<'Estate'>, query: { on?: LocalDate; knownOn?: LocalDate } = {}) => getEstate(world.clerk(), { ...nobody, params: { estateId }, query });

  async function newUnit(estateId: Id<'Estate'>, room: string, building = '1幢') {
    const ctx = world.clerk();
    const { rows } = await listBuildings(ctx, { ...nobody, params: { estateId } });
    const found = rows.find((row) => row.name === building) ?? await createBuilding(ctx, { ...nobody, params: { estateId }, body: { name: building, floors: null, liftCount: null } });
    return createUnit(ctx, { ...nobody, params: { estateId }, body: { buildingId: found.id, entrance: '', room, usage: 'residential', deliveredOn: null, areaCm2: areaCm2(1_000_000), areaSource: 'contract' } });
  }
  const transfer = (unit: { id: Id<'Unit'>; version: number }, name: string, onDate: string | null, more: { idNumber?: string; phone?: string } = {}) =>
    transferOwnership(world.clerk(unit.version), { ...nobody, params: { unitId: unit.id }, body: { onDate: onDate === null ? null : localDate(onDate), basis: 'register', holders: [{ name, kind: 'owner', ...more }] } });

  return { world, page, draft, nobody, newEstate, newCompany, contract, sign, see, newUnit, transfer };
}
