import type { LocalDate } from '#domain/kernel/brand.ts';
import { defineRule, houseConvention, personalInformationLaw } from '#domain/kernel/rule.ts';
import type { RequestKind, RequestState } from './words.ts';

/** 没有查完. */
export const notSearched = '还没有查完全系统，请等查找结束；查找没有完成的，请重新查找';

/** 请求登记: received today or before; whoever is looked for has a name and, to be told from others of that name, a number. */
export const requestIdentified = defineRule<{ readonly receivedOn: LocalDate; readonly today: LocalDate; readonly hasNumber: boolean }>({
  id: 'privacy.request-identified',
  source: personalInformationLaw('第五十条'),
  broken: ({ receivedOn, today, hasNumber }) => [receivedOn > today && '收到日期不能晚于今天', !hasNumber && '证件号和电话至少填一项，用来与同名的人分开'],
});

/** 提出删除: the ground is one of the law's, and at least one record is named; only while the request is open and everything was searched. */
export const erasureProposed = defineRule<{ readonly state: RequestState; readonly records: number; readonly isSearched: boolean }>({
  id: 'privacy.erasure-proposed',
  source: personalInformationLaw('第四十七条'),
  broken: ({ state, records, isSearched }) => [state !== 'open' && '这件请求已经提出或者办结', !isSearched && notSearched, records === 0 && '请勾选要删除的记录'],
});

/** 删除由两人办理: whoever registered the request or put the erasure forward does not approve it. */
export const erasureByTwo = defineRule<{ readonly state: RequestState; readonly deciderId: string | null; readonly others: readonly (string | null)[] }>({
  id: 'privacy.erasure-by-two',
  source: [personalInformationLaw('第五十一条'), houseConvention('个人信息保护')],
  broken: ({ state, deciderId, others }) => [state !== 'proposed' && '这件请求没有等待批准的删除', (deciderId === null || others.includes(deciderId)) && '登记、提出和批准删除不能是同一个人，请由另一人批准'],
});

/**
 * 答复: while it is open; an erasure is not answered but approved or refused. A refusal says why, and needs no search; anything else was searched for everywhere.
 * A correction is done when something of the person's was corrected since it was asked for.
 */
export const requestAnswered = defineRule<{ readonly state: RequestState; readonly kind: RequestKind; readonly isRefused: boolean; readonly isSearched: boolean; readonly corrections: number }>({
  id: 'privacy.request-answered',
  source: [personalInformationLaw('第五十条'), personalInformationLaw('第四十六条')],
  broken: ({ state, kind, isRefused, isSearched, corrections }) => [state !== 'open' && '这件请求已经提出删除或者办结', !isRefused && !isSearched && notSearched, kind === 'erasure' && !isRefused && '删除请求请勾选记录后提请批准',
    kind === 'correction' && !isRefused && corrections === 0 && '还没有看到更正：请用“去更正”改好本人的记录再办结；查明不用更正的，选“不予办理”并写明理由'],
});
