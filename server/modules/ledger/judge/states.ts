import type { AreaCm2, Fen, LocalDate } from '#domain/kernel/brand.ts';

/** 乡镇街道 or community, as resolving needs it. */
export interface Place { readonly id: string; readonly name: string; readonly townshipId: string | null }

/** 企业现状, as comparing needs it. */
export interface CompanyState {
  readonly id: string; readonly version: number;
  readonly name: string; readonly formerNames: readonly string[]; readonly shortName: string | null;
  readonly creditCode: string | null; readonly legalPerson: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null;
  readonly registeredOn: LocalDate | null; readonly address: string | null; readonly claimedEstates: number | null;
  readonly claimedStaff: number | null; readonly registeredCapitalFen: Fen | null; readonly contactName: string | null; readonly note: string | null;
}

export type ManagementKind = 'company' | 'self' | 'work-unit' | 'neighbourhood' | 'quasi' | 'unmanaged' | 'unknown';
export type CommitteeStatus = 'established' | 'preparing' | 'dissolved';

/** 小区现状 with its current contract and committee. */
export interface EstateState {
  readonly id: string; readonly version: number; readonly townshipId: string; readonly neighbourhoodId: string | null; readonly companyId: string | null;
  readonly name: string; readonly otherNames: readonly string[];
  readonly address: string | null; readonly managementKind: ManagementKind; readonly developerName: string | null; readonly managerName: string | null; readonly managerPhoneIndex: string | null; readonly managerPhoneMoreIndex: readonly string[] | null;
  readonly deliveredOn: LocalDate | null; readonly totalCm2: AreaCm2 | null; readonly deliveredCm2: AreaCm2 | null;
  readonly totalUnits: number | null; readonly occupiedUnits: number | null; readonly buildingCount: number | null;
  readonly liftCount: number | null; readonly parkingCount: number | null; readonly chargingCount: number | null;
  readonly feeFen: Fen | null; readonly feeBasis: 'lump-sum' | 'commission' | null; readonly collectionRateBp: number | null;
  readonly note: string | null;
  readonly contract: { readonly startsOn: LocalDate | null; readonly endsOn: LocalDate | null } | null;
  readonly committee: { readonly status: CommitteeStatus; readonly sinceOn: LocalDate | null; readonly untilOn: LocalDate | null; readonly claimedMembers: number | null; readonly headName: string | null; readonly headPhoneIndex: string | null; readonly headPhoneMoreIndex: readonly string[] | null } | null;
}

export type Post = 'head' | 'estate-manager' | 'order' | 'cleaning' | 'greening' | 'engineering' | 'customer-service' | 'finance' | 'fire-control' | 'office' | 'other';

/** 从业人员现状 */
export interface PractitionerState {
  readonly id: string; readonly version: number; readonly companyId: string | null; readonly name: string; readonly matchKey: string; readonly post: Post; readonly postText: string | null; readonly note: string | null;
  readonly idIndex: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null; readonly hiredOn: LocalDate | null; readonly certificate: string | null;
  /** Estates he is the current manager of. */
  readonly managedEstateIds: readonly string[];
}

export type Usage = 'residential' | 'commercial' | 'office' | 'parking' | 'storage' | 'other';
export type AreaSource = 'register' | 'survey' | 'contract' | 'unknown';

/** 房屋现状 with its current areas and owners. */
export interface UnitState {
  readonly id: string; readonly version: number; readonly matchKey: string; readonly building: string; readonly entrance: string; readonly room: string;
  readonly usage: Usage; readonly deliveredOn: LocalDate | null; readonly note: string | null;
  readonly areas: readonly { readonly source: AreaSource; readonly areaCm2: AreaCm2 }[];
  /** The one who stands for the unit. */
  readonly owner: OwnerState | null;
  readonly coOwners: readonly OwnerState[];
}

/** 业主现状 with since when he holds and what share; null where the books do not know. */
export interface OwnerState { readonly name: string; readonly idIndex: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null; readonly since: LocalDate | null; readonly share: string | null }
