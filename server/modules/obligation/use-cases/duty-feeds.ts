import type { Input, Output } from '#contract/define-route.ts';
import { feedLabels } from '#contract/obligation.ts';
import type * as route from '#contract/obligation.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { addDays, startOfDay } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import { makeLink, revokeLinks } from '#platform/identity/link.ts';
import { Problem } from '#platform/problem.ts';

/** Which of a post's two calendars: the kind of subject that its link names. */
export const feedSubjects = { mine: 'UserGrant', body: 'UserGrantBody' } as const;
const feeds = Object.keys(feedLabels).filter((key): key is keyof typeof feedLabels => key in feedLabels);

/** A little more than a year: whoever still reads it then makes a new one. */
const KEPT_DAYS = 400;

/** 我的日历订阅 of the post at hand. */
export function listDutyFeeds(ctx: Ctx): Promise<Output<typeof route.listDutyFeeds>> {
  const grantId = grantOf(ctx);
  return ctx.read(async (db) => {
    const links = await db.selectFrom('platform.link').select(['subjectKind', 'createdAt', 'validUntil']).where('purpose', '=', 'duty-calendar').where('subjectId', '=', grantId).where('revokedAt', 'is', null).where('validUntil', '>', ctx.now).orderBy('createdAt', 'desc').execute();
    return { rows: feeds.map((feed) => { const link = links.find(({ subjectKind }) => subjectKind === feedSubjects[feed]); return { feed, madeAt: link?.createdAt ?? null, validUntil: link?.validUntil ?? null }; }) };
  });
}

/** 生成订阅地址; the one before it ends. The address is told here and nowhere else. */
export function makeDutyFeed(ctx: Ctx, { body }: Input<typeof route.postDutyFeed>): Promise<Output<typeof route.postDutyFeed>> {
  const subject = [feedSubjects[body.feed], grantOf(ctx)] as const;
  return ctx.transact(async (tx) => {
    await revokeLinks(tx, { purpose: 'duty-calendar', subject }, { now: ctx.now, reason: '生成了新的订阅地址' });
    const validUntil = startOfDay(addDays(ctx.today, KEPT_DAYS));
    const { token } = await makeLink(tx, { purpose: 'duty-calendar', subject, validUntil, uses: 'many', now: ctx.now, madeBy: ctx.actor.userId });
    tx.audit({ action: 'obligation.make-feed', subject: ['AppUser', ctx.actor.userId ?? ''], before: null, after: { kind: feedLabels[body.feed], validUntil } });
    return { url: `${ctx.kit.origin}/api/duty-calendars/${token}`, validUntil };
  });
}

/** 停用订阅地址. */
export function endDutyFeed(ctx: Ctx, { body }: Input<typeof route.putDutyFeedEnd>): Promise<Output<typeof route.putDutyFeedEnd>> {
  const subject = [feedSubjects[body.feed], grantOf(ctx)] as const;
  return ctx.transact(async (tx) => {
    const ended = await revokeLinks(tx, { purpose: 'duty-calendar', subject }, { now: ctx.now, reason: '本人停用' });
    tx.audit({ action: 'obligation.end-feed', subject: ['AppUser', ctx.actor.userId ?? ''], before: null, after: { kind: feedLabels[body.feed], ended } });
    return { ended };
  });
}

function grantOf({ actor }: Ctx): Id<'UserGrant'> {
  if (actor.grantId === null) throw new Problem('access.no-grant', '没有岗位，不能订阅日历');
  return actor.grantId;
}
