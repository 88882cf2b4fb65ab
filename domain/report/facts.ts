import type { LocalDate } from '#domain/kernel/brand.ts';

/** 小区(填报用): one estate as it stood on a day. What is not known is null, never 0. */
export interface EstateFact {
  readonly id: string; readonly name: string; readonly townshipId: string; readonly township: string; readonly neighbourhood: string | null; readonly address: string | null;
  readonly isUrban: boolean;
  readonly stage: 'building' | 'delivered' | 'occupied';
  readonly managementKind: string; readonly management: string;
  readonly company: { readonly id: string; readonly name: string } | null;
  readonly contractEndsOn: LocalDate | null;
  readonly deliveredOn: LocalDate | null;
  readonly units: number | null; readonly occupiedUnits: number | null; readonly areaCm2: number | null; readonly buildings: number | null;
  readonly lifts: number | null; readonly parking: number | null; readonly charging: number | null;
  /** As the formation rate counts it, by the definition in force on the day. */
  readonly formation: { readonly standing: string; readonly inDenominator: boolean; readonly inNumerator: boolean; readonly isExpired: boolean; readonly reason: string };
  readonly committeeName: string | null; readonly chair: string | null; readonly termEndsOn: LocalDate | null;
  readonly manager: string | null; readonly managerPhone: string | null;
}

/** 企业(填报用). `estateIds` are those it serves on the day. */
export interface CompanyFact { readonly id: string; readonly name: string; readonly creditCode: string | null; readonly legalPerson: string | null; readonly registeredOn: LocalDate | null; readonly address: string | null; readonly estateIds: readonly string[] }
/** 从业人员(填报用). */
export interface PractitionerFact { readonly id: string; readonly name: string; readonly post: string; readonly company: string | null }
/** 乡镇街道, in the county's order; `otherNames` are what blanks of the county print for it, as was said of them. */
export interface TownshipFact { readonly id: string; readonly name: string; readonly isUrban: boolean; readonly otherNames?: readonly string[] }

/** 一天的情况: all that figures are made of, as of a day. */
export interface Facts {
  readonly on: LocalDate;
  /** The day on which the ledgers were read: what has no history in them is as it stood then, whatever `on` says. */
  readonly readOn: LocalDate;
  readonly estates: readonly EstateFact[];
  readonly companies: readonly CompanyFact[];
  /** Null below the county's level: they are recorded by company and by no place. */
  readonly practitioners: readonly PractitionerFact[] | null;
  readonly townships: readonly TownshipFact[];
  /** 组建率口径 of the day, in one sentence. */
  readonly formationText: string;
}

/** 一行依据: a record behind a number. */
export interface Subject { readonly kind: 'estate' | 'company' | 'practitioner'; readonly id: string; readonly name: string; readonly place: string | null }

export const estateSubject = ({ id, name, township }: EstateFact): Subject => ({ kind: 'estate', id, name, place: township });
export const companySubject = ({ id, name }: CompanyFact): Subject => ({ kind: 'company', id, name, place: null });
export const practitionerSubject = ({ id, name, company }: PractitionerFact): Subject => ({ kind: 'practitioner', id, name, place: company });
