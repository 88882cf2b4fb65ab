import type { LocalDate } from '#domain/kernel/brand.ts';
import { defineDuty, given } from '#domain/kernel/duty.ts';
import { houseConvention } from '#domain/kernel/rule.ts';

/** 采集任务一份的事实: whom it was sent to, and by when it is asked for. */
export interface PartFacts { readonly recipientKind: 'township' | 'neighbourhood' | 'company'; readonly dueOn: LocalDate }

/** 填报采集任务: whoever it was sent to hands it in by the day the task names; sent back or taken back, it is to be handed in still, and the day stays. Past the task's end nobody can. */
export const answerCollection = defineDuty<PartFacts>({
  id: 'collection.answer', title: '填报采集任务', source: houseConvention('采集任务'), subject: 'Part', holder: ({ recipientKind }) => recipientKind,
  opensOn: 'collection.part-sent', appliesTo: () => true, due: given(({ dueOn }) => dueOn),
  dischargedBy: ['collection.part-answered'], reopenedBy: ['collection.part-opened-again'], voidedBy: ['collection.part-over'],
});
