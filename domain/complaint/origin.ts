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
