import type { LocalDate } from '#domain/kernel/brand.ts';
import { begins, daysBefore, defineDuty, overdue, warnAt } from '#domain/kernel/duty.ts';
import { civilCode } from '#domain/kernel/rule.ts';
import type { ContractKind } from './contract-terms.ts';
import { contractEndingDays } from './policy.ts';

/** 合同期限的事实: the contract's last day, the day on which we learned of it, and whether a community is named for the place. */
export interface ContractTermFacts { readonly endsOn: LocalDate; readonly knownOn: LocalDate; readonly hasNeighbourhood: boolean }

/**
 * 物业服务合同到期: by its last day the owners decide who serves on, and the community registers what they decided: renewed, another company, gone on without a term, ended. A contract that had ended before
 * it was told is not asked for; the quality rule 合同已到期 shows it.
 */
export const settleContract = defineDuty<ContractTermFacts>({
  id: 'registry.settle-contract', title: '提醒业主决定续聘或另聘并登记合同', source: [civilCode('第九百四十七条'), civilCode('第九百四十八条')], subject: 'Contract', holder: ({ hasNeighbourhood }) => (hasNeighbourhood ? 'neighbourhood' : 'township'),
  opensOn: 'registry.contract-set', restatedBy: ['registry.contract-set'], appliesTo: ({ endsOn, knownOn }) => endsOn >= knownOn, due: daysBefore(({ endsOn }) => endsOn, contractEndingDays),
  dischargedBy: ['registry.contract-succeeded', 'registry.contract-settled'], voidedBy: ['registry.contract-gone'], ladder: [begins(), warnAt(70), overdue('township')],
});

/** 合同的变动: what of a contract's last version and of its estate says what became of its term. */
export interface ContractStanding { readonly isStanding: boolean; readonly kind: ContractKind; readonly endsOn: LocalDate | null; readonly terminatedOn: LocalDate | null; readonly hasSuccessor: boolean }

/** 合同的变动 as a fact: a later contract of the estate; ended early or gone on without a term; recorded by mistake or without a last day; else the term is as it says. */
export function contractEventOf({ isStanding, kind, endsOn, terminatedOn, hasSuccessor }: ContractStanding): 'registry.contract-succeeded' | 'registry.contract-settled' | 'registry.contract-gone' | 'registry.contract-set' {
  if (!isStanding) return 'registry.contract-gone';
  if (hasSuccessor) return 'registry.contract-succeeded';
  if (terminatedOn !== null || kind === 'open-ended') return 'registry.contract-settled';
  return endsOn === null ? 'registry.contract-gone' : 'registry.contract-set';
}
