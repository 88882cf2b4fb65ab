import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, wholeNumber, type Parameter } from '#domain/kernel/parameter.ts';
import { houseConvention, personalInformationLaw } from '#domain/kernel/rule.ts';

const SINCE = localDate('2025-01-01');
const HOUSE = houseConvention('个人信息保护');
/** 核对期限: working days until whoever asked is told whether the home is his. */
export const confirmDays = defineParameter({ id: 'owner.confirm-days', title: '业主申请绑定房屋的核对期限', unit: '个工作日', kind: wholeNumber(1, 60), versions: [{ from: SINCE, value: 5, source: HOUSE, sureness: 'I' }] });
/** 手机登录有效期: days from the code. */
export const phoneSessionDays = defineParameter({ id: 'owner.phone-session-days', title: '业主手机验证后保持登录', unit: '天', kind: wholeNumber(1, 90), versions: [{ from: SINCE, value: 30, source: HOUSE, sureness: 'I' }] });
/** 解除绑定后保存: days from the end of a binding or a refusal until name and telephone go. */
export const endedBindingDays = defineParameter({ id: 'owner.ended-binding-days', title: '解除或未通过绑定后，姓名和手机号的保存期', unit: '天', kind: wholeNumber(1, 1_825), versions: [{ from: SINCE, value: 180, source: personalInformationLaw('第十九条'), sureness: 'I' }] });
/** 业主端的全部参数. */
export const ownerParameters: readonly Parameter<unknown>[] = [confirmDays, phoneSessionDays, endedBindingDays];
