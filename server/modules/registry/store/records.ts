import type { Selectable } from 'kysely';
import type { RegistryTables } from '../tables.gen.ts';

/** 台账各表的行. */
export type CompanyRecord = Selectable<RegistryTables['registry.company']>;
export type EstateRecord = Selectable<RegistryTables['registry.estate']>;
export type BuildingRecord = Selectable<RegistryTables['registry.building']>;
export type UnitRecord = Selectable<RegistryTables['registry.unit']>;
export type OwnerRecord = Selectable<RegistryTables['registry.owner']>;
export type OwnershipRecord = Selectable<RegistryTables['registry.ownership']>;
export type UnitAreaRecord = Selectable<RegistryTables['registry.unitArea']>;
export type PractitionerRecord = Selectable<RegistryTables['registry.practitioner']>;
export type ContractRecord = Selectable<RegistryTables['registry.serviceContract']>;
export type ManagerRecord = Selectable<RegistryTables['registry.estateManager']>;
export type ContactRecord = Selectable<RegistryTables['registry.contact']>;
