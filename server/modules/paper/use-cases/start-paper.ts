import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { getPaperStart as route } from '#contract/paper.ts';
import { roles } from '#contract/permissions.ts';
import { makeId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, dateText } from '#domain/kernel/local-date.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { mayIssueRed } from '#domain/paper/issuer.ts';
import { upwardByOrgan } from '#domain/paper/upward.ts';
import { publicNoticeDays, referralReplyDays } from '#domain/paper/policy.ts';
import { within } from '#platform/access/scope.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { issuerOf, NO_ISSUER } from '../issuer.ts';
import { codeInForce } from '../numbering.ts';
import { visiblePapers } from '../store.ts';
import { latestTemplate } from '../templates.ts';

type Start = Output<typeof route>;
type First = Record<string, string>;

/** 拟稿的预填内容: what is on record, so that only what is new is written. */
export function getPaperStart(ctx: Ctx, { query }: Input<typeof route>): Promise<Start> {
  return ctx.read(async (db) => {
    const issuer = await issuerOf(db, ctx);
    const template = latestTemplate(query.kind);
    const layouts = template.layouts.filter((layout) => layout === 'plain' || (issuer !== null && mayIssueRed(issuer.kind)));
    // A committee writes about its own estate.
    const estateId = query.estateId ?? issuer?.estateId ?? undefined;
    const place = estateId === undefined ? {} : await estateFirst(db, ctx, estateId);
    const [layout = 'plain'] = layouts;
    const code = issuer === null || layout === 'plain' ? '' : await codeInForce(db, issuer.id, query.kind, ctx.today);
    const { first, notes } = await byKind(db, ctx, query.kind);
    return {
      issuer: issuer?.name ?? null, trouble: issuer === null ? NO_ISSUER[ctx.scope.level] ?? '您的岗位没有可以发文的单位' : layouts.length === 0 ? upwardByOrgan.check({ issuer: issuer.kind, title: template.title }).map(({ message }) => message).join('；') : null, layouts, first: { layout, ...first, ...place },
      notes: [...notes, ...(code === null ? [`还没有登记${template.title}的机关代字：可以先拟稿，签发前请在“机关代字与字号”中登记`] : [])],
    };
  });
}

async function estateFirst(db: Db, ctx: Ctx, estateId: Id<'Estate'>): Promise<First> {
  const estate = await within(ctx.scope, db.selectFrom('registry.estate'), { own: 'estate' }).select(['id', 'name', 'townshipId', 'neighbourhoodId']).where('id', '=', estateId).executeTakeFirst();
  if (!estate) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
  const bodies = await db.selectFrom('platform.orgUnit').select(['id', 'name']).where('id', 'in', [estate.townshipId, estate.neighbourhoodId].filter((id) => id !== null)).execute();
  const nameOf = (id: Id<'OrgUnit'> | null) => bodies.find((body) => body.id === id)?.name ?? '';
  return { estateId: estate.id, estateName: estate.name, place: `${nameOf(estate.townshipId)}${nameOf(estate.neighbourhoodId)}` };
}

async function byKind(db: Db, ctx: Ctx, kind: Input<typeof route>['query']['kind']): Promise<{ first: First; notes: string[] }> {
  const me = await contactFirst(db, ctx);
  switch (kind) {
    case 'transfer-letter': {
      const days = await parameterValue(db, ctx.scope.countyId, referralReplyDays, ctx.today);
      const { on, provisional } = workingDaysAfter(await readCalendar(db), ctx.today, days);
      return { first: { ...me, replyBy: on }, notes: [`回复日期按${days}个工作日推算${provisional ? '，其中有还没有公布放假安排的年份，请核对' : ''}`] };
    }
    case 'public-notice': {
      const days = await parameterValue(db, ctx.scope.countyId, publicNoticeDays, ctx.today);
      const from = addDays(ctx.today, 1);
      return { first: { ...me, from, to: addDays(from, days - 1) }, notes: [`公示期按${days}日预填，两头都算`] };
    }
    case 'hand-over-list': return { first: await handOverFirst(db, ctx, ctx.today), notes: ['移交人和岗位按您本人的填写，可以修改'] };
    case 'notice': return { first: me, notes: [] };
    case 'request': case 'report': return { first: { ...me, ...await superiorFirst(db, ctx) }, notes: ['上行文标注签发人；由文上标注的签发人之一签发'] };
  }
}

/** The county's government as the superior body, and who signed for the body last. */
async function superiorFirst(db: Db, ctx: Ctx): Promise<First> {
  const county = ctx.scope.countyId === null ? undefined : await db.selectFrom('platform.orgUnit').select('name').where('id', '=', makeId<'OrgUnit'>(ctx.scope.countyId)).executeTakeFirst();
  const last = await visiblePapers(db, ctx.scope).select('p.signer').where('p.status', '=', 'issued').where('p.layout', '<>', 'plain').orderBy('p.issuedAt', 'desc').limit(1).executeTakeFirst();
  return { addressee: county === undefined ? '' : `${county.name}人民政府`, signers: last?.signer ?? '' };
}

/** The contact as whoever writes it gave it last, with a telephone; nobody types it twice. */
async function contactFirst(db: Db, ctx: Ctx): Promise<First> {
  const given = (field: string) => sql<string>`p.data ->> ${field}`;
  const last = ctx.actor.userId === null ? undefined : await visiblePapers(db, ctx.scope).select([given('contactName').as('contactName'), given('contactPhone').as('contactPhone')])
    .where('p.createdBy', '=', ctx.actor.userId).where(given('contactPhone'), '<>', '').orderBy('p.id', 'desc').limit(1).executeTakeFirst();
  return last ?? { contactName: ctx.actor.name };
}

/** The posts of whoever writes it, as rows of the list. */
async function handOverFirst(db: Db, ctx: Ctx, on: LocalDate): Promise<First> {
  const grants = ctx.actor.userId === null ? [] : await db.selectFrom('platform.userGrant as g').leftJoin('platform.orgUnit as o', (join) => join.onRef('o.id', '=', 'g.scopeId'))
    .select(['g.role', 'g.title', 'g.startedOn', 'o.name']).where('g.userId', '=', ctx.actor.userId).where('g.endedAt', 'is', null).orderBy('g.startedOn').execute();
  const roleTitle = (role: string) => Object.entries(roles).find(([name]) => name === role)?.[1].title ?? role;
  const lines = grants.map((grant) => `${grant.title ?? roleTitle(grant.role)}｜${grant.name ?? ''}｜${dateText(grant.startedOn)}`);
  return { fromName: ctx.actor.name, post: grants[0]?.title ?? (ctx.actor.role === null ? '' : roleTitle(ctx.actor.role)), on, grants: lines.join('\n') };
}
