import type { LocalDate } from '#domain/kernel/brand.ts';
import { begins, daysBefore, defineDuty, overdue, warnAt } from '#domain/kernel/duty.ts';
import { civilCode, guidance2009 } from '#domain/kernel/rule.ts';
import { termEndingDays } from './policy.ts';

/** 任期的事实: the last day of the term, the day on which we learned of it, and whether a community is named for the place. */
export interface TermFacts { readonly untilOn: LocalDate; readonly knownOn: LocalDate; readonly hasNeighbourhood: boolean }

/**
 * 业委会换届: the term's last day is the last day for it. The community guides and registers the next term, the township where none is named. A term that had ended before
 * it was told is not asked for: it never had its time, and the quality rule 业委会届满未换届 shows it.
 */
export const renewTerm = defineDuty<TermFacts>({
  id: 'committee.renew', title: '指导业委会换届并登记新一届', source: [guidance2009('第四十七条'), civilCode('第二百七十七条')], subject: 'Committee', holder: ({ hasNeighbourhood }) => (hasNeighbourhood ? 'neighbourhood' : 'township'),
  opensOn: ['committee.term-set', 'committee.term-renewed'], restatedBy: ['committee.term-set'], appliesTo: ({ untilOn, knownOn }) => untilOn >= knownOn, due: daysBefore(({ untilOn }) => untilOn, termEndingDays),
  dischargedBy: ['committee.term-renewed', 'committee.term-succeeded'], voidedBy: ['committee.term-gone'], ladder: [begins(), warnAt(70), overdue('township')],
});

/** 任期的变动: what of a committee's last version, of the one before it, and of its estate says what became of its term. */
export interface TermStanding { readonly isStanding: boolean; readonly sinceOn: LocalDate | null; readonly untilOn: LocalDate | null; readonly sinceBefore: LocalDate | null; readonly hasSuccessor: boolean }

/** 任期的变动 as a fact: another committee came after it; no term stands; it began a new term itself; else the term is as it says. */
export function termEventOf({ isStanding, sinceOn, untilOn, sinceBefore, hasSuccessor }: TermStanding): 'committee.term-succeeded' | 'committee.term-gone' | 'committee.term-renewed' | 'committee.term-set' {
  if (hasSuccessor) return 'committee.term-succeeded';
  if (!isStanding || untilOn === null) return 'committee.term-gone';
  return sinceBefore !== null && sinceOn !== null && sinceOn > sinceBefore ? 'committee.term-renewed' : 'committee.term-set';
}
