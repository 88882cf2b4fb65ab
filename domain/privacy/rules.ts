import { defineRule, houseConvention, personalInformationLaw } from '#domain/kernel/rule.ts';

/** 批量查询由他人核实: nobody decides about the flag of his own look-ups, and it is decided once. */
export const flagDecidedByAnother = defineRule<{ readonly deciderId: string | null; readonly userId: string; readonly isDecided: boolean }>({
  id: 'privacy.flag-decided-by-another',
  source: [personalInformationLaw('第五十一条'), houseConvention('个人信息保护')],
  broken: ({ deciderId, userId, isDecided }) => [deciderId === userId && '这是您本人的查询，请由另一名安全管理员核实', isDecided && '这条提示已经核实过'],
});

/** 自查答全: every question is answered; a no or a does-not-apply says why. Signed for the running year or the one before. */
export const selfCheckComplete = defineRule<{ readonly year: number; readonly thisYear: number; readonly unanswered: readonly string[]; readonly unexplained: readonly string[] }>({
  id: 'privacy.self-check-complete',
  source: personalInformationLaw('第五十四条'),
  broken: ({ year, thisYear, unanswered, unexplained }) => [
    year !== thisYear && year !== thisYear - 1 && `只能签署${thisYear - 1}年和${thisYear}年的自查`,
    unanswered.length > 0 && `还有 ${unanswered.length} 个问题没有回答：${unanswered.slice(0, 3).join('；')}`,
    unexplained.length > 0 && `回答“否”或“不适用”的请写明情况和打算：${unexplained.slice(0, 3).join('；')}`,
  ],
});
