import type { LocalDate } from '#domain/kernel/brand.ts';

/** 业主组织的种类: an elected committee, one for several estates, or the 物管会 appointed in its stead. */
export type CommitteeKind = 'committee' | 'joint-committee' | 'management-board';

/** 业主组织种类的中文名称. */
export const committeeKindLabels: Readonly<Record<CommitteeKind, string>> = {
  committee: '业主委员会',
  'joint-committee': '联合业主委员会',
  'management-board': '物业管理委员会',
};

/** 业主组织: what the formation rate needs to know. `until` is the last day of the term; `endedOn` the day it ceased, if it did. */
export interface CommitteeFacts {
  readonly kind: CommitteeKind;
  readonly stage: 'preparing' | 'formed';
  readonly since: LocalDate | null;
  readonly until: LocalDate | null;
  readonly filedOn: LocalDate | null;
  readonly endedOn: LocalDate | null;
}

/** 届满: is the term over on a day? On the last day of the term it is not. An unknown end is never over. */
export function isExpired({ until }: { readonly until: LocalDate | null }, on: LocalDate): boolean {
  return until !== null && until < on;
}

/** 已成立: has it been formed, and not ceased, on a day? An unknown day of formation is taken as past. */
export function isFormed({ stage, since, endedOn }: CommitteeFacts, on: LocalDate): boolean {
  return stage === 'formed' && (since === null || since <= on) && (endedOn === null || endedOn > on);
}
