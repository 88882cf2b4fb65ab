/** 批量读写, for the ledger importer: what a preview compares with, and what a confirmation writes. */
export type { BulkOptions, Change, CompanyFields, EstateFields, HolderFields, OwnerPurpose, PractitionerFields, UnitFields, UnitWrite, Write, Written } from './bulk/types.ts';
export { bulkWriteCompanies } from './bulk/companies.ts';
export { bulkWriteEstates } from './bulk/estates.ts';
export { bulkWritePractitioners } from './bulk/practitioners.ts';
export { bulkWriteUnits } from './bulk/units.ts';
export { UnitWriter, type OpenRows } from './bulk/unit-writer.ts';
export { mapGivingWay } from './bulk/give-way.ts';
export { undoBatch, type LaterEdit } from './bulk/undo.ts';
export { companyIndex, estateIndex, orgIndex, practitionerIndex, unitIndex, unitNumbers, type EstateEntry, type UnitEntry } from './bulk/indexes.ts';
