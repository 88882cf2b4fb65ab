import { defineRule, houseConvention } from '#domain/kernel/rule.ts';
import type { DutyState } from './log.ts';

const convention = houseConvention('时限义务');
const endedWords: Readonly<Record<DutyState, string | null>> = { open: null, suspended: null, discharged: '已经办结', waived: '已经免除', void: '已经作废' };

/** 延期的条件: once, before the day is over, and not by the body that holds it, unless nobody stands above it in the county. */
export const extensionAllowed = defineRule<{ readonly state: DutyState; readonly hasExtension: boolean; readonly isExtended: boolean; readonly isOverdue: boolean; readonly isOwn: boolean; readonly isCounty: boolean }>({
  id: 'obligation.extension', source: convention,
  broken: ({ state, hasExtension, isExtended, isOverdue, isOwn, isCounty }) => [
    endedWords[state] !== null && `这项义务${endedWords[state] ?? ''}，不能延期`,
    !hasExtension && '这项义务的期限不能延长',
    isExtended && '已经延期过一次，不能再延期',
    isOverdue && '期限已过，不能再延期',
    isOwn && !isCounty && '延期由上级批准，责任单位不能给自己延期',
  ],
});

/** 免除的条件: what is still to be done, and not by the body that holds it, unless nobody stands above it in the county. */
export const waiverAllowed = defineRule<{ readonly state: DutyState; readonly isOwn: boolean; readonly isCounty: boolean }>({
  id: 'obligation.waiver', source: convention,
  broken: ({ state, isOwn, isCounty }) => [
    endedWords[state] !== null && `这项义务${endedWords[state] ?? ''}，不用免除`,
    isOwn && !isCounty && '免除由上级决定，责任单位不能免除自己的义务',
  ],
});
