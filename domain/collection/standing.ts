import type { LocalDate } from '#domain/kernel/brand.ts';

/** 采集任务的状态 in words; `ended` came by itself, on the day after its last. */
export const collectionStates = { draft: '草稿', issued: '采集中', ended: '到期结束', closed: '已结束', withdrawn: '已撤回' } as const;
export type CollectionState = keyof typeof collectionStates;

/** 采集任务此刻的状态: the last day `endsOn` is still within it. */
export function collectionState({ status, endsOn }: { readonly status: 'draft' | 'issued' | 'closed' | 'withdrawn'; readonly endsOn: LocalDate }, today: LocalDate): CollectionState {
  return status === 'issued' && today > endsOn ? 'ended' : status;
}

/** 是否已全部提交; a task without parts is not. */
export const isAnswered = (parts: number, answered: number): boolean => parts > 0 && answered >= parts;

/** 一份的状态 in words. */
export const partStates = { waiting: '待填', returned: '退回重填', overdue: '逾期未填', answered: '已提交' } as const;
export type PartState = keyof typeof partStates;

/** 一份此刻的状态: the due day itself is in time. */
export function partState({ status }: { readonly status: 'waiting' | 'returned' | 'answered' }, dueOn: LocalDate, today: LocalDate): PartState {
  return status === 'answered' ? 'answered' : today > dueOn ? 'overdue' : status;
}
