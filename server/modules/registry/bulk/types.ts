import type { AreaCm2, BasisPoints, Fen, Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { EstateRecord, OwnershipRecord, PractitionerRecord, UnitAreaRecord, UnitRecord } from '../store/records.ts';

/** 批量写入的共同条件. `at` marks every version the batch writes; `on` is its local day. */
export interface BulkOptions {
  readonly countyId: Id<'OrgUnit'>; readonly batchId: Id<'Batch'> | null; readonly at: Instant; readonly on: LocalDate; readonly vault: Vault;
  readonly isDemo?: boolean;
  /** For what purpose the owners that come in are kept; absent when none was stated. */
  readonly ownerPurpose?: OwnerPurpose;
}

/** 使用目的: why owners' data are kept, on which document, until when. Recorded once for each estate that new owners come to. */
export interface OwnerPurpose { readonly purpose: string; readonly document: string; readonly deleteOn: LocalDate; readonly recordedBy: Id<'AppUser'> | null }

/** 改动: one head record a batch wrote: `before` holds the old values of what it set, for undo. */
export interface Change {
  readonly table: 'registry.company' | 'registry.estate' | 'registry.practitioner' | 'registry.building' | 'registry.unit' | 'registry.owner';
  readonly id: string; readonly act: 'insert' | 'update'; readonly before: Readonly<Record<string, unknown>> | null; readonly afterVersion: number;
}

/** 写入结果: the id of every row in the order given, and what was changed. */
export interface Written<Kind extends string> { readonly ids: readonly Id<Kind>[]; readonly changes: readonly Change[] }

/** A row to write: `id` null makes a new record. In `set`, an absent key leaves the old value. */
export interface Write<Kind extends string, Fields> { readonly id: Id<Kind> | null; readonly set: Partial<Fields> }

export interface CompanyFields {
  name: string; shortName: string | null; creditCode: string | null; legalPerson: string | null; phone: string | null; registeredOn: LocalDate | null; address: string | null;
  claimedEstates: number | null; claimedStaff: number | null; registeredCapitalFen: Fen | null; contactName: string | null; note: string | null;
}

export interface EstateFields {
  townshipId: Id<'OrgUnit'>; neighbourhoodId: Id<'OrgUnit'> | null; name: string; phase: string | null; address: string | null; managementKind: EstateRecord['managementKind'];
  deliveredOn: LocalDate | null; totalCm2: AreaCm2 | null; deliveredCm2: AreaCm2 | null; totalUnits: number | null; occupiedUnits: number | null; buildingCount: number | null;
  developerName: string | null; managerName: string | null; managerPhone: string | null; feeFenPerM2Month: Fen | null; feeBasis: EstateRecord['feeBasis']; collectionRateBp: BasisPoints | null;
  liftCount: number | null; parkingCount: number | null; chargingCount: number | null; fireSystem: string | null; gridMember: string | null; note: string | null;
  /** Added to the names already known. */
  aliases: readonly string[];
  /** Who serves it now; written as a contract version. */
  companyId: Id<'Company'>; contractFrom: LocalDate | null; contractUntil: LocalDate | null;
  /** Nobody serves it any more: the contract in force ends, this is the first day without it. */
  contractEndsOn: LocalDate;
}

export interface PractitionerFields {
  name: string; companyId: Id<'Company'> | null; post: PractitionerRecord['post']; postText: string | null; idNumber: string | null; phone: string | null; hiredOn: LocalDate | null; certificate: string | null; note: string | null;
  /** The estate managed, when the post is 项目经理; written as an assignment. */
  managesEstateId: Id<'Estate'>;
}

export interface HolderFields { readonly name: string; readonly idNumber?: string | null | undefined; readonly phone?: string | null | undefined; readonly kind?: OwnershipRecord['kind'] | undefined; readonly share?: Share | null | undefined }

/** 份额: so many parts of the whole; absent or null where the ledger does not tell it, and what is on record stays. */
export interface Share { readonly part: number; readonly whole: number }

export interface UnitFields {
  building: string; entrance: string; room: string; usage: UnitRecord['usage']; deliveredOn: LocalDate | null; note: string | null;
  areaCm2: AreaCm2; areaSource: UnitAreaRecord['areaSource'];
  /** The holders in the order of the register, co-owners behind; absent leaves the holders as they are. */
  holders: readonly HolderFields[];
  /** The day from which these holders hold; absent or null where the ledger does not tell it. */
  heldFrom: LocalDate | null;
  /** The day from which the holders on record hold; fills a start that is not known, and no other. */
  startsOn: LocalDate | null;
}

/** A unit to write; building, entrance and room are needed for a new one. */
export interface UnitWrite extends Write<'Unit', UnitFields> { readonly estateId: Id<'Estate'> }
