import { defineDuty, naturalDays } from '#domain/kernel/duty.ts';
import { personalInformationLaw } from '#domain/kernel/rule.ts';
import { requestDays } from './policy.ts';

/** 答复个人信息请求: the county answers whoever asks about his own data within the days the county set, from the day it was received. */
export const answerPersonRequest = defineDuty<unknown>({
  id: 'privacy.answer-request', title: '答复个人信息请求', source: personalInformationLaw('第五十条'), subject: 'PersonRequest', holder: 'county-bureau',
  opensOn: 'privacy.request-received', appliesTo: () => true, due: naturalDays(requestDays), dischargedBy: ['privacy.request-answered'],
});
