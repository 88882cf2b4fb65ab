import * as company from '#contract/registry/company.ts';
import * as estate from '#contract/registry/estate.ts';
import * as orgUnit from '#contract/registry/org-unit.ts';
import * as practitioner from '#contract/registry/practitioner.ts';
import * as service from '#contract/registry/service.ts';
import * as unit from '#contract/registry/unit.ts';
import { settleContract } from '#domain/registry/obligations.ts';
import { defineModule, serve } from '#platform/module.ts';
import { registrySealed } from './sealed.ts';
import { registryPersonalData } from './personal-data/index.ts';
import { registryRetentions } from './retentions.ts';
import { keepContractsTimed } from './tell-contracts.ts';
import { overviewRoutes } from './overview/index.ts';
import { archiveContract } from './use-cases/archive-contract.ts';
import { archiveEstate } from './use-cases/archive-estate.ts';
import { archiveOwner } from './use-cases/archive-owner.ts';
import { archiveBuilding } from './use-cases/archive-building.ts';
import { createBuilding } from './use-cases/create-building.ts';
import { getBuilding } from './use-cases/get-building.ts';
import { listBuildings } from './use-cases/list-buildings.ts';
import { updateBuilding } from './use-cases/update-building.ts';
import { archiveCompany } from './use-cases/archive-company.ts';
import { createCompany } from './use-cases/create-company.ts';
import { getCompany } from './use-cases/get-company.ts';
import { listCompanies } from './use-cases/list-companies.ts';
import { mergeCompany } from './use-cases/merge-company.ts';
import { updateCompany } from './use-cases/update-company.ts';
import { createEstate } from './use-cases/create-estate.ts';
import { exportContracts } from './use-cases/export-contracts.ts';
import { exportCompanies, exportEstates, exportPractitioners, exportUnits } from './use-cases/exports.ts';
import { getEstate, getHeads } from './use-cases/get-estate.ts';
import { getOrgUnit } from './use-cases/get-org-unit.ts';
import { getContract, listContracts } from './use-cases/list-contracts.ts';
import { listEstates } from './use-cases/list-estates.ts';
import { mergeBuilding } from './use-cases/merge-building.ts';
import { mergeEstate } from './use-cases/merge-estate.ts';
import { mergeOrgUnit } from './use-cases/merge-org-unit.ts';
import { mergeOwner } from './use-cases/merge-owner.ts';
import { mergeUnit } from './use-cases/merge-unit.ts';
import { createOwnerPurpose } from './use-cases/create-owner-purpose.ts';
import { getOwner } from './use-cases/get-owner.ts';
import { listOwnerPurposes } from './use-cases/list-owner-purposes.ts';
import { listOwners } from './use-cases/list-owners.ts';
import { revealOwner } from './use-cases/reveal-owner.ts';
import { updateOwner } from './use-cases/update-owner.ts';
import { archivePractitioner } from './use-cases/archive-practitioner.ts';
import { createPractitioner } from './use-cases/create-practitioner.ts';
import { getPractitioner } from './use-cases/get-practitioner.ts';
import { listPractitioners } from './use-cases/list-practitioners.ts';
import { mergePractitioner } from './use-cases/merge-practitioner.ts';
import { revealPractitioner } from './use-cases/reveal-practitioner.ts';
import { updatePractitioner } from './use-cases/update-practitioner.ts';
import { createContract, updateContract } from './use-cases/record-contract.ts';
import { renameEstate, updateEstateNames } from './use-cases/rename-estate.ts';
import { getRegistryRollup } from './use-cases/registry-rollup.ts';
import { splitEstate } from './use-cases/split-estate.ts';
import { transferOwnership } from './use-cases/transfer-ownership.ts';
import { archiveUnit } from './use-cases/archive-unit.ts';
import { createUnit } from './use-cases/create-unit.ts';
import { getUnit } from './use-cases/get-unit.ts';
import { listUnits } from './use-cases/list-units.ts';
import { updateUnit } from './use-cases/update-unit.ts';
import { updateUnitArea } from './use-cases/update-unit-area.ts';
import { updateEstateManager } from './use-cases/update-estate-manager.ts';
import { updateEstate } from './use-cases/update-estate.ts';

/** 基础台账: 小区、企业、人员、房屋、业主、合同、通讯录. */
export const registry = defineModule({
  name: 'registry',
  routes: [
    serve(estate.listEstates, listEstates), serve(estate.getRegistryRollup, getRegistryRollup), serve(estate.getEstate, getEstate), serve(estate.getHeads, getHeads), serve(estate.postEstate, createEstate), serve(estate.putEstate, updateEstate), serve(estate.renameEstate, renameEstate),
    serve(estate.putEstateNames, updateEstateNames), serve(estate.splitEstate, splitEstate), serve(estate.mergeEstate, mergeEstate), serve(estate.archiveEstate, archiveEstate), serve(estate.exportEstates, exportEstates),
    serve(company.listCompanies, listCompanies), serve(company.getCompany, getCompany), serve(company.postCompany, createCompany), serve(company.putCompany, updateCompany), serve(company.archiveCompany, archiveCompany),
    serve(company.mergeCompany, mergeCompany), serve(company.exportCompanies, exportCompanies),
    serve(practitioner.listPractitioners, listPractitioners), serve(practitioner.getPractitioner, getPractitioner), serve(practitioner.postPractitioner, createPractitioner), serve(practitioner.putPractitioner, updatePractitioner),
    serve(practitioner.archivePractitioner, archivePractitioner), serve(practitioner.mergePractitioner, mergePractitioner), serve(practitioner.revealPractitioner, revealPractitioner), serve(practitioner.exportPractitioners, exportPractitioners),
    serve(unit.listBuildings, listBuildings), serve(unit.postBuilding, createBuilding), serve(unit.putBuilding, updateBuilding), serve(unit.archiveBuilding, archiveBuilding), serve(unit.getBuilding, getBuilding), serve(unit.mergeBuilding, mergeBuilding),
    serve(unit.listUnits, listUnits), serve(unit.getUnit, getUnit), serve(unit.postUnit, createUnit), serve(unit.putUnit, updateUnit), serve(unit.putUnitArea, updateUnitArea), serve(unit.archiveUnit, archiveUnit), serve(unit.mergeUnit, mergeUnit),
    serve(unit.transferOwnership, transferOwnership), serve(unit.exportUnits, exportUnits),
    serve(unit.listOwners, listOwners), serve(unit.getOwner, getOwner), serve(unit.putOwner, updateOwner), serve(unit.archiveOwner, archiveOwner), serve(unit.mergeOwner, mergeOwner), serve(unit.revealOwner, revealOwner), serve(unit.listOwnerPurposes, listOwnerPurposes), serve(unit.postOwnerPurpose, createOwnerPurpose),
    serve(service.listContracts, listContracts), serve(service.exportContracts, exportContracts), serve(service.getContract, getContract), serve(service.postContract, createContract), serve(service.putContract, updateContract), serve(service.archiveContract, archiveContract), serve(service.putEstateManager, updateEstateManager),
    serve(orgUnit.getOrgUnit, getOrgUnit), serve(orgUnit.mergeOrgUnit, mergeOrgUnit),
    // search, directory, sheets and data quality live in overview/
    ...overviewRoutes,
  ],
  duties: [settleContract],
  // An hour after midnight; what came by a ledger in the day gets its time limit then.
  schedules: [{ name: 'registry.keep-contracts-timed', cron: '10 17 * * *', run: keepContractsTimed }],
  retentions: registryRetentions,
  personalData: registryPersonalData,
  sealed: registrySealed,
});

export * from './bulk.ts';
export { companyKey, estateKey, unitMatchKey, unitTitle } from './names.ts';
export { headsOf, recountEstate } from './recount.ts';
export { asOf, type AsOf } from './as-of.ts';
export { companiesNamed, companyHoldings, estateHoldings, type Holding } from './holdings.ts';
export { reviseCompanies, reviseEstates, type Revision } from './revise.ts';
export { estatesToCount, estateSummaries, getEstate as getEstateRecord, type EstateSummary, type EstateToCount } from './store/estates.ts';
export { mergedNames, orgNames, townshipNames } from './store/org-units.ts';
export type { EstateRecord } from './store/records.ts';
export { heldAmong, type Held } from './held.ts';
export { publicCompanies, publicEstateFacts, type PublicFact } from './overview/sheet/public-facts.ts';
export { entrancesOf, findOpenEstates, openEntrances, openEstate, type Entrance, type OpenEstate } from './overview/public/open-estates.ts';
export { holderNamed, homeNames, homeSaid, stillHolds, type SaidHome } from './overview/public/homes.ts';
