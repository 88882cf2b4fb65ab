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
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { overridesOf } from '#platform/parameters/read.ts';
import type { AsOf } from './as-of.ts';
import type { CompanyRecord, EstateRecord, PractitionerRecord } from './store/records.ts';
import type { EstateFacts } from './store/estates.ts';

/** 数据质量的全部规则, for the list of kinds of problems. */
export const qualityRules = [...estateQuality, ...contractQuality, ...committeeQuality, ...companyQuality, ...practitionerQuality].map(({ id, title, why, severity }) => ({ rule: id, title, why, severity }));

export interface Target { readonly kind: 'estate' | 'company' | 'practitioner' | 'unit' | 'committee' | 'contract'; readonly id: string; readonly field: string }
export type Located = QualityFinding & { readonly target: Target };

/** 数据质量的限值 of a county on a day. */
export async function qualityLimits(db: Db, scope: Scope, on: AsOf['on']): Promise<QualityLimits> {
  const overrides = await overridesOf(db, scope.countyId);
  return { contractEndingDays: parameterOn(contractEndingDays, overrides, on).value, areaToleranceBp: parameterOn(areaToleranceBp, overrides, on).value };
}

/** 小区的数据问题: its own, its contract's and its committee's. */
export function estateFindings(row: EstateRecord, facts: EstateFacts, limits: QualityLimits, { on }: AsOf): Located[] {
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
  return [
    ...own.map((finding) => ({ ...finding, target: { kind: 'estate' as const, id: row.id, field: finding.field } })),
    ...ofContract.map((finding) => ({ ...finding, target: { kind: 'contract' as const, id: contract?.contractId ?? '', field: finding.field } })),
    ...ofCommittee.map((finding) => ({ ...finding, target: { kind: 'committee' as const, id: committee?.committeeId ?? '', field: finding.field } })),
  ];
}

/** 企业的数据问题. */
export function companyFindings(row: CompanyRecord, limits: QualityLimits, { on }: AsOf): Located[] {
  return inspect(companyQuality, { asOf: on, limits, facts: { creditCode: row.creditCode, headName: row.legalPerson, headPhone: row.phoneCipher === null ? null : '有' } })
    .map((finding) => ({ ...finding, target: { kind: 'company', id: row.id, field: finding.field === 'headName' ? 'legalPerson' : finding.field === 'headPhone' ? 'phone' : finding.field } }));
}

/** 从业人员的数据问题; the number is opened only to judge it. */
export function practitionerFindings(row: PractitionerRecord, vault: Vault, limits: QualityLimits, { on }: AsOf): Located[] {
  const identity = row.idCipher === null ? 'missing' as const : checkIdentityNumber(vault.open(row.idCipher));
  return inspect(practitionerQuality, { asOf: on, limits, facts: { post: row.post, hasCompany: row.companyId !== null, hasPhone: row.phoneCipher !== null, identity } })
    .map((finding) => ({ ...finding, target: { kind: 'practitioner', id: row.id, field: finding.field === 'identityNumber' ? 'idNumber' : finding.field } }));
}
