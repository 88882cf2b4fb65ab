import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, dateText } from '#domain/kernel/local-date.ts';
import { defineRule, protectionBaseline } from '#domain/kernel/rule.ts';

/** 接口密钥有期限: from the day it is made, both days included, at most `mostDays` ahead; the last day still counts. */
export const apiKeyEnds = defineRule<{ readonly today: LocalDate; readonly endsOn: LocalDate; readonly mostDays: number }>({
  id: 'administration.api-key-ends',
  source: protectionBaseline('8.1.4.1'),
  broken: ({ today, endsOn, mostDays }) => [
    endsOn < today && '有效期至不能早于今天',
    endsOn > addDays(today, mostDays) && `有效期最长${mostDays}天，请选${dateText(addDays(today, mostDays))}或更早的日期`,
  ],
});
