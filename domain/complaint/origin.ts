/** 来源: by which way a complaint came. Those with a number of somebody else's carry it along, and a deadline given with it beats ours. */
export const originLabels = {
  counter: '窗口', owner: '业主手机', telephone: '电话', mail: '电子邮件', hotline: '12345热线', petition: '信访', instruction: '领导批示', mailbox: '县长信箱', proposal: '建议提案', disclosure: '信息公开申请', interface: '接口',
} as const;
export type Origin = keyof typeof originLabels;

/** 另有编号和期限的来源. */
export const outsideOrigins = ['hotline', 'petition', 'instruction', 'mailbox', 'proposal', 'disclosure'] as const satisfies readonly Origin[];
const outside: readonly Origin[] = outsideOrigins;

/** 是否外来件: handled elsewhere too, under its own number. */
export const isOutside = (origin: Origin): boolean => outside.includes(origin);
/** 回访由来源单位办理: the hotline and the petition office call back themselves; nobody is called twice. */
export const isCalledBackElsewhere = (origin: Origin): boolean => origin === 'hotline' || origin === 'petition';
/** 可由岗位登记的来源: an owner's own comes from the owner's phone and nowhere else. */
export const registeredOrigins = ['counter', 'telephone', 'mail', ...outsideOrigins] as const satisfies readonly Origin[];

/** 自有期限的来源: the law gives them days of their own, unless a deadline came with the file. */
export const hasOwnClock = (origin: Origin): boolean => origin === 'petition' || origin === 'proposal' || origin === 'disclosure';

/** 来源编号的样子, as each source writes its own; an example beside the field, not a form that is forced on anybody. */
export const originNoExamples: Readonly<Record<(typeof outsideOrigins)[number], string>> = {
  hotline: '20261120000123', petition: '安信〔2026〕88号', instruction: '安政批〔2026〕15号', mailbox: 'XZXX-2026-0312', proposal: '县十八届人大五次会议第12号建议', disclosure: '依申请公开〔2026〕7号',
};

/** 来源编号: one number is one file however it was typed, so full-width letters and digits become half-width, brackets round a year 〔〕, and blanks go. */
export function originNumber(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s\u200b\ufeff]/gu, '').replaceAll(/[[(【〔](\d{4})[\])】〕]/gu, '〔$1〕');
}
