import type { LocalDate } from '#domain/kernel/brand.ts';
import { defineRule, governmentApps2026, houseConvention, personalInformationLaw } from '#domain/kernel/rule.ts';
import type { Column } from './column.ts';
import { isPersonal, type HeldField } from './fields.ts';

/** 采集须有依据: no form is sent down without its ground, and by whom it is asked. */
export const groundStated = defineRule<{ readonly ground: string; readonly issuer: string }>({
  id: 'collection.ground-stated', source: governmentApps2026('全文'),
  broken: ({ ground, issuer }) => [ground.trim().length < 4 && '请写明采集依据（哪一条规定、哪一个文件要求），没有依据的表不能下发', issuer.trim() === '' && '请写明下发单位'],
});

/** 采集有期限: due on or after the day it is issued, ended by itself on or after that, within a year. */
export const periodFits = defineRule<{ readonly today: LocalDate; readonly dueOn: LocalDate; readonly endsOn: LocalDate }>({
  id: 'collection.period-fits', source: houseConvention('采集任务'),
  broken: ({ today, dueOn, endsOn }) => [dueOn < today && '截止日期已经过去，请改到今天或以后', endsOn < dueOn && '结束日期不能早于截止日期', Number(endsOn.slice(0, 4)) - Number(today.slice(0, 4)) > 1 && '结束日期过远，一次采集不超过一年'],
});

/** 不登录填报不收个人信息: a link that anyone may open asks for nothing that names or reaches a person. */
export const linkWithoutPersonal = defineRule<{ readonly isByLink: boolean; readonly columns: readonly Column[]; readonly fields: readonly HeldField[] }>({
  id: 'collection.link-without-personal', source: personalInformationLaw('第五十一条'),
  broken: ({ isByLink, columns, fields }) => columns.filter((column) => isByLink && isPersonal(column, fields)).map(({ title }) => `“${title}”涉及个人信息，不能通过免登录的链接填报；请去掉这一栏，或取消“允许通过链接填报”`),
});

/** 催办每天至多一次: a body that has not answered is reminded once a day. */
export const chaseOnceADay = defineRule<{ readonly name: string; readonly isAnswered: boolean; readonly chasedOn: LocalDate | null; readonly today: LocalDate }>({
  id: 'collection.chase-once-a-day', source: governmentApps2026('全文'),
  broken: ({ name, isAnswered, chasedOn, today }) => [isAnswered && `${name}已经提交，不用催办`, !isAnswered && chasedOn === today && `今天已经催办过${name}，一天只催一次`],
});
