import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/obligation.ts';
import { roleMay, roles, type Role } from '#contract/permissions.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { everything, type Scope } from '#platform/access/scope.ts';
import type { Actor, Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { openLink } from '#platform/identity/link.ts';
import { Problem } from '#platform/problem.ts';
import { calendarText } from '../calendar-text.ts';
import { ownBody } from '../own-body.ts';
import { dutyTitle } from '../present.ts';
import { visibleObligations } from '../store.ts';
import { feedSubjects } from './duty-feeds.ts';

/** So many, the soonest first. */
const MOST = 500;

/** 时限日历 of whoever's address it is, as the post it was made in may see it today. @throws Problem link.unknown, link.over, also when the post has ended */
export async function getDutyCalendar(ctx: Ctx, { params }: Input<typeof route.getDutyCalendar>): Promise<Output<typeof route.getDutyCalendar>> {
  return ctx.kit.database.read(everything, async (db) => {
    const { subject: [kind, grantId] } = await openLink(db, { purpose: 'duty-calendar', token: params.feedToken, now: ctx.now });
    const post = await postOf(db, grantId, ctx.today);
    const own = await ownBody(db, post);
    const isWhole = kind === feedSubjects.body;
    const rows = await visibleObligations(db, post.scope).selectAll('o').where('o.endedOn', 'is', null).where('o.dueOn', 'is not', null).where(isWhole ? own.whole : own.condition).orderBy('o.dueOn').orderBy('o.id').limit(MOST).execute();
    const content = calendarText(isWhole ? '待办与时限（本单位）' : '待办与时限', rows.flatMap((row) => (row.dueOn === null ? [] : [{
      uid: `${row.id}@${new URL(ctx.kit.origin).hostname}`, on: row.dueOn, summary: `${dutyTitle(ctx, row.dutyId)}：${row.title}`, description: [`责任单位：${row.holderName ?? '本单位'}`, row.isProvisional ? '期限暂定，节假日通知登记后可能变动' : ''].filter(Boolean).join('\n'),
      url: `${ctx.kit.origin}${row.path}`, changedAt: row.updatedAt, sequence: row.version,
    }])));
    return { fileName: '待办与时限.ics', mediaType: 'text/calendar; charset=utf-8', content };
  });
}

/** The post of a calendar's address, while it is held by somebody who may still sign in. */
async function postOf(db: Db, grantId: string, today: Ctx['today']): Promise<{ readonly actor: Actor; readonly scope: Scope }> {
  const grant = await db.selectFrom('platform.userGrant as g').innerJoin('platform.appUser as u', 'u.id', 'g.userId').select(['g.id', 'g.userId', 'u.name', 'g.role', 'g.level', 'g.scopeId', 'g.countyId'])
    .where('g.id', '=', makeId<'UserGrant'>(grantId)).where('g.endedAt', 'is', null).where('g.startedOn', '<=', today).where('u.disabledAt', 'is', null).executeTakeFirst();
  if (grant === undefined || !isRole(grant.role) || !roleMay(grant.role, 'obligation.read')) throw new Problem('link.over', '这个日历地址已经停用，请在“全部时限”页重新生成');
  return { actor: { userId: grant.userId, name: grant.name, grantId: grant.id, role: grant.role, sessionId: null }, scope: { level: grant.level, id: grant.scopeId, countyId: grant.countyId } };
}

const isRole = (name: string): name is Role => Object.hasOwn(roles, name);
