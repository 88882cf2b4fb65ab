import { defineDuty, overdue, warnAt, workingDays } from '#domain/kernel/duty.ts';
import { houseConvention } from '#domain/kernel/rule.ts';
import { confirmDays } from './policy.ts';

/** 核对业主绑定: the community answers whoever says that a home is his, where the register does not show it. */
export const confirmBinding = defineDuty<unknown>({
  id: 'owner.confirm-binding', title: '核对业主绑定的房屋', source: houseConvention('个人信息保护'), subject: 'Binding', holder: 'neighbourhood', opensOn: 'owner.binding-asked', appliesTo: () => true, due: workingDays(confirmDays),
  dischargedBy: ['owner.binding-confirmed', 'owner.binding-refused'], voidedBy: ['owner.binding-ended'], ladder: [warnAt(70), overdue('township')],
});
