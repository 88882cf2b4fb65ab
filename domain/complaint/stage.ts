import type { ComplaintStatus } from './lifecycle.ts';

/** 看板的列: by what is to be done next; what was refused, withdrawn or merged stands on none. */
export const stages = {
  received: { title: '待签收', statuses: ['received'] }, signed: { title: '待受理', statuses: ['signed'] }, accepted: { title: '待交办', statuses: ['accepted'] },
  working: { title: '办理中', statuses: ['assigned', 'handling'] }, replied: { title: '待办结', statuses: ['replied'] }, closed: { title: '近期办结', statuses: ['closed'] },
} as const satisfies Record<string, { readonly title: string; readonly statuses: readonly ComplaintStatus[] }>;
export type Stage = keyof typeof stages;
/** 是否看板的列. */
export const isStage = (name: string): name is Stage => Object.hasOwn(stages, name);
/** 全部列, in the order of the work. */
export const stageNames: readonly Stage[] = Object.keys(stages).filter(isStage);
/** 列名 in words. */
export const stageLabels: Readonly<Record<Stage, string>> = { received: stages.received.title, signed: stages.signed.title, accepted: stages.accepted.title, working: stages.working.title, replied: stages.replied.title, closed: stages.closed.title };
/** 所在的列; null on none. */
export const stageOf = (status: ComplaintStatus): Stage | null => stageNames.find((stage) => { const of: readonly ComplaintStatus[] = stages[stage].statuses; return of.includes(status); }) ?? null;
