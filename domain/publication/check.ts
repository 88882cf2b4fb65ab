import { defineRule, openInformation, personalInformationLaw, type Source } from '#domain/kernel/rule.ts';

/** 公开属性 in words. */
export const attributeLabels = { active: '主动公开', 'on-request': '依申请公开', never: '不予公开' } as const;
export type OpenAttribute = keyof typeof attributeLabels;

/** 审查意见 of one question, in words. */
export const answerLabels = { none: '不涉及', handled: '涉及，已处理，可以公开', barred: '涉及，不能公开' } as const;
export type CheckAnswer = keyof typeof answerLabels;

/** 审查事项: what is asked, on which clause, and whether it can be handled at all. */
export const checkQuestions = {
  stateSecret: { title: '是否涉及国家秘密，或公开后危及国家安全、公共安全、经济安全、社会稳定', source: openInformation('第十四条'), canBeHandled: false },
  workSecret: { title: '是否涉及工作秘密、内部事务或过程性信息', source: openInformation('第十六条'), canBeHandled: true },
  personal: { title: '是否涉及个人隐私、个人信息', source: openInformation('第十五条'), canBeHandled: true },
  commercial: { title: '是否涉及商业秘密', source: openInformation('第十五条'), canBeHandled: true },
  thirdParty: { title: '是否损害第三方合法权益、需要征求第三方意见', source: openInformation('第三十二条'), canBeHandled: true },
} as const satisfies Record<string, { title: string; source: Source; canBeHandled: boolean }>;
export type CheckQuestion = keyof typeof checkQuestions;
export const checkQuestionNames: readonly CheckQuestion[] = ['stateSecret', 'workSecret', 'personal', 'commercial', 'thirdParty'];

/** 公开属性与保密审查: what a reviewer found of one content. `note` says what was handled and how, or what bars it. */
export interface OpenCheck { readonly attribute: OpenAttribute; readonly answers: Readonly<Record<CheckQuestion, CheckAnswer>>; readonly note: string; /** That the reviewer opened and looked through what no program could read. */ readonly attachmentsSeen: boolean }

/** 审查填写完整: what was handled or bars the item is explained; a state secret is never handled. */
export const checkComplete = defineRule<{ readonly check: OpenCheck | null }>({
  id: 'publication.check-complete',
  source: [openInformation('第十四条'), openInformation('第十七条')],
  broken: ({ check }) => [
    check === null && '还没有填写公开属性与保密审查',
    check?.answers.stateSecret === 'handled' && '涉及国家秘密或危及国家安全等情形的不能经处理后公开，请选“不涉及”或“涉及，不能公开”',
    check !== null && checkQuestionNames.some((name) => check.answers[name] !== 'none') && check.note.trim().length < 4 && '有涉及的事项，请写明涉及什么、怎样处理（不少于4个字）',
  ],
});

/** 审查通过: only what is 主动公开 and barred by nothing goes on to be issued. */
export const checkPassed = defineRule<{ readonly check: OpenCheck | null }>({
  id: 'publication.check-passed',
  source: [openInformation('第十三条'), openInformation('第十四条'), openInformation('第十五条'), openInformation('第十七条'), personalInformationLaw('第二十五条')],
  broken: ({ check }) => [
    check === null && '没有经过公开属性与保密审查，不能发布',
    check?.attribute === 'never' && '公开属性为“不予公开”，不能发布；请退回拟稿人或弃稿',
    check?.attribute === 'on-request' && '公开属性为“依申请公开”，由申请人申请后提供，不在公开页发布；请退回拟稿人或弃稿',
    ...checkQuestionNames.map((name) => check?.answers[name] === 'barred' && `审查意见为“涉及，不能公开”：${checkQuestions[name].title}`),
  ],
});

/** 扫描件、图片由人看过: what no program can read is opened and looked through by the reviewer, who says so; the drafter's own word is not enough. */
export const attachmentsLookedAt = defineRule<{ readonly check: OpenCheck | null; readonly sightings: { readonly unread: number } }>({
  id: 'publication.attachments-looked-at',
  source: [openInformation('第十五条'), openInformation('第十七条'), personalInformationLaw('第二十五条')],
  broken: ({ check, sightings }) => [check !== null && sightings.unread > 0 && !check.attachmentsSeen && `有 ${sightings.unread} 个附件系统读不出文字（扫描件、图片等），要由审核人逐页打开看过，并在审查中勾选“已逐页打开看过”`],
});
