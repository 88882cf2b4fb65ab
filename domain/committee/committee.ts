import type { LocalDate } from '#domain/kernel/brand.ts';

/** 业主组织的种类: an elected committee, one for several estates, or the 物管会 appointed in its stead. */
export type CommitteeKind = 'committee' | 'joint' | 'management-committee';

/** 业主组织种类的中文名称. */
export const committeeKindLabels: Readonly<Record<CommitteeKind, string>> = {
  committee: '业主委员会',
  joint: '联合业主委员会',
  'management-committee': '物业管理委员会',
};

/** 业主组织: what the formation rate needs to know. `untilOn` is the last day of the term; `endedOn` the day it ceased, null when it did not or nobody knows. */
export interface CommitteeFacts {
  readonly kind: CommitteeKind;
  readonly status: 'established' | 'preparing' | 'dissolved';
  readonly sinceOn: LocalDate | null;
  readonly untilOn: LocalDate | null;
  readonly filedOn: LocalDate | null;
  readonly endedOn: LocalDate | null;
}

/** 届满: is the term over on a day? On the last day of the term it is not. An unknown end is never over. */
export function isExpired({ untilOn }: Pick<CommitteeFacts, 'untilOn'>, on: LocalDate): boolean {
  return untilOn !== null && untilOn < on;
}

/** 已成立: has it been formed, and not ceased, on a day? An unknown day of formation is taken as past; so is the end of one dissolved on an unknown day. */
export function isFormed({ status, sinceOn, endedOn }: CommitteeFacts, on: LocalDate): boolean {
  const hasCeased = endedOn === null ? status === 'dissolved' : endedOn <= on;
  return status !== 'preparing' && (sinceOn === null || sinceOn <= on) && !hasCeased;
}
