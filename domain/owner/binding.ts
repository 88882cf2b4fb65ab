import { defineRule, houseConvention, personalInformationLaw } from '#domain/kernel/rule.ts';

/** 绑定的状态. */
export const bindingStatusLabels = { asked: '待核对', bound: '已绑定', refused: '未通过', ended: '已解除' } as const;
export type BindingStatus = keyof typeof bindingStatusLabels;
/** 怎样认定的. */
export const bindingHowLabels = { register: '与登记一致', confirmed: '人工核对' } as const;
export type BindingHow = keyof typeof bindingHowLabels;

/** 待核对的才核对. */
export const decidedOnce = defineRule<{ readonly status: BindingStatus }>({
  id: 'owner.decided-once', source: houseConvention('个人信息保护'),
  broken: ({ status }) => [status !== 'asked' && `这条已经是“${bindingStatusLabels[status]}”，不用再核对`],
});
/** 只在核对时看姓名: a name is needed whole for as long as it must be compared. */
export const comparedNow = defineRule<{ readonly status: BindingStatus }>({
  id: 'owner.compared-now', source: personalInformationLaw('第六条'),
  broken: ({ status }) => [status !== 'asked' && `这条已经是“${bindingStatusLabels[status]}”，不用再看姓名`],
});
/** 核对要落到一套房屋. */
export const bindsAUnit = defineRule<{ readonly hasUnit: boolean }>({
  id: 'owner.binds-a-unit', source: houseConvention('个人信息保护'),
  broken: ({ hasUnit }) => [!hasUnit && '登记里没有找到所填的房屋，请选择是哪一套，或者不予通过并说明原因'],
});
/** 只留需要的: what was agreed to, once, and can be taken back at any time as easily as it was given. */
export const endsWhatStands = defineRule<{ readonly status: BindingStatus }>({
  id: 'owner.ends-what-stands', source: [personalInformationLaw('第十五条'), personalInformationLaw('第四十七条')],
  broken: ({ status }) => [status !== 'asked' && status !== 'bound' && `这条已经是“${bindingStatusLabels[status]}”`],
});
/** 同意的是现在的文本: what is asked for is no sensitive information, so one consent is enough; were an identity number or a face asked for, art. 29 would want its own. */
export const consentOfNow = defineRule<{ readonly agreed: string; readonly now: string }>({
  id: 'owner.consent-of-now', source: [personalInformationLaw('第十四条'), personalInformationLaw('第二十九条')],
  broken: ({ agreed, now }) => [agreed !== now && '同意书已更新，请刷新页面，看过新的内容再同意'],
});
