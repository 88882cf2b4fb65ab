import { areaToleranceBp, contractEndingDays } from '#domain/registry/policy.ts';
import { parameterOn } from '#domain/kernel/parameter.ts';
import { checkIdentityNumber } from '#domain/kernel/identifier.ts';
import { areaCm2 } from '#domain/kernel/brand.ts';
import { companyQuality } from '#domain/registry/quality/company.ts';
import { estateQuality } from '#domain/registry/quality/estate.ts';
import { committeeQuality, practitionerQuality } from '#domain/registry/quality/people.ts';
import { inspect, type QualityFinding, type QualityLimits } from '#domain/registry/quality/quality-rule.ts';
import { contractQuality } from '#domain/registry/quality/service-contract.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { overridesOf } from '#platform/parameters/read.ts';
import { companyCan, estateCan } from './access.ts';
import type { AsOf } from './as-of.ts';
import type { CompanyRecord, EstateRecord, PractitionerRecord } from './store/records.ts';
import type { EstateFacts } from './store/estates.ts';

/** 数据质量的全部规则, for the list of kinds of problems. */
export const qualityRules = [...estateQuality, ...contractQuality, ...committeeQuality, ...companyQuality, ...practitionerQuality].map(({ id, title, why, severity }) => ({ rule: id, title, why, severity }));

export interface Target { readonly kind: 'estate' | 'company' | 'practitioner' | 'unit' | 'owner' | 'committee' | 'contract'; readonly id: string; readonly field: string }
/** A finding with where it is mended: the field as the form of that record calls it, and whether the reader may. */
export type Located = QualityFinding & { readonly target: Target; readonly repair: true | string };
type Who = Pick<Ctx, 'actor' | 'scope'>;

/** The rules' words for a field that the form calls otherwise. */
const FORM_FIELDS: Readonly<Record<string, string>> = {
  buildingArea: 'totalCm2', deliveredArea: 'deliveredCm2', estateManagerId: 'manager', companyId: 'contract', from: 'startsOn', until: 'endsOn', pricePerSquareMetreMonth: 'feeFenPerM2Month',
};
const COMMITTEE_FIELDS: Readonly<Record<string, string>> = { since: 'sinceOn', until: 'untilOn', headPhone: 'members' };
const PEOPLE_FIELDS: Readonly<Record<string, string>> = { headName: 'legalPerson', headPhone: 'phone', identityNumber: 'idNumber' };
const located = (finding: QualityFinding, kind: Target['kind'], id: string, repair: true | string, fields: Readonly<Record<string, string>>): Located => ({ ...finding, target: { kind, id, field: fields[finding.field] ?? finding.field }, repair });

/** 数据质量的限值 of a county on a day. */
export async function qualityLimits(db: Db, scope: Scope, on: AsOf['on']): Promise<QualityLimits> {
  const overrides = await overridesOf(db, scope.countyId);
  return { contractEndingDays: parameterOn(contractEndingDays, overrides, on).value, areaToleranceBp: parameterOn(areaToleranceBp, overrides, on).value };
}

/** 小区的数据问题: its own, its contract's and its committee's. */
export function estateFindings(who: Who, row: EstateRecord, facts: EstateFacts, limits: QualityLimits, { on }: AsOf): Located[] {
  const contract = facts.contracts.get(row.id);
  const committee = facts.committees.get(row.id);
  const rollup = facts.rollups.get(row.id);
  const own = inspect(estateQuality, {
    asOf: on, limits,
    facts: {
      managementKind: row.managementKind, hasCompany: (contract?.companyId ?? row.companyId) !== null, hasContract: contract !== undefined && (contract.startsOn !== null || contract.endsOn !== null),
      hasEstateManager: facts.managers.has(row.id) || row.managerName !== null, totalUnits: row.totalUnits, occupiedUnits: row.occupiedUnits, buildingArea: row.totalCm2, deliveredArea: row.deliveredCm2,
      unitsRecorded: rollup?.unitCount ?? null, unitAreaSum: rollup ? areaCm2(rollup.areaCm2) : null,
    },
  });
  const ofContract = contract ? inspect(contractQuality, { asOf: on, limits, facts: { isCurrent: true, from: contract.startsOn, until: contract.endsOn, feeBasis: contract.feeBasis, pricePerSquareMetreMonth: contract.feeFenPerM2Month } }) : [];
  const ofCommittee = committee ? inspect(committeeQuality, { asOf: on, limits, facts: { isFormed: committee.status === 'established', since: committee.sinceOn, until: committee.untilOn, hasHeadPhone: committee.chairPhoneCipher !== null } }) : [];
  const can = estateCan(who, row);
  return [
    ...own.map((finding) => located(finding, 'estate', row.id, finding.field === 'companyId' || finding.field === 'contract' ? can.contract : can.edit, FORM_FIELDS)),
    // A contract that ran out is mended by the next one, which is recorded at the estate.
    ...ofContract.map((finding) => finding.field === 'contract' ? located(finding, 'estate', row.id, can.contract, FORM_FIELDS) : located(finding, 'contract', contract?.contractId ?? '', can.contract, FORM_FIELDS)),
    ...ofCommittee.map((finding) => located(finding, 'committee', committee?.committeeId ?? '', can.committee, COMMITTEE_FIELDS)),
  ];
}

/** 企业的数据问题. */
export function companyFindings(who: Who, row: CompanyRecord, limits: QualityLimits, { on }: AsOf): Located[] {
  return inspect(companyQuality, { asOf: on, limits, facts: { creditCode: row.creditCode, headName: row.legalPerson, headPhone: row.phoneCipher === null ? null : '有' } })
    .map((finding) => located(finding, 'company', row.id, companyCan(who, row).edit, PEOPLE_FIELDS));
}

/** 从业人员的数据问题; the number is opened only to judge it. */
export function practitionerFindings(who: Who, row: PractitionerRecord, vault: Vault, limits: QualityLimits, { on }: AsOf): Located[] {
  const identity = row.idCipher === null ? 'missing' as const : checkIdentityNumber(vault.open(row.idCipher));
  return inspect(practitionerQuality, { asOf: on, limits, facts: { post: row.post, hasCompany: row.companyId !== null, hasPhone: row.phoneCipher !== null, identity } })
    .map((finding) => located(finding, 'practitioner', row.id, companyCan(who, row).edit, PEOPLE_FIELDS));
}
