import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { getPublication, putIssuance, putIssuanceReturn, putReview, putReviewReturn, putReviewRequest, putWithdrawal } from '#contract/publication.ts';
import { decide } from '#domain/kernel/rule.ts';
import { yearOf } from '#domain/kernel/local-date.ts';
import { passagesOf } from '#domain/publication/content.ts';
import type { OpenCheck } from '#domain/publication/check.ts';
import { indexNoOf, seriesOf } from '#domain/publication/kind.ts';
import { periodComplete, untilOf } from '#domain/publication/period.ts';
import type { ActName, PublicationStatus } from '#domain/publication/lifecycle.ts';
import { issuerOf } from '#modules/paper/index.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { factsOf, mustAct, officeOf, type Office } from '../access.ts';
import type { StoredCheck } from '../check.ts';
import { blocksIn } from '../content.ts';
import { isCurrent } from '../current.ts';
import { allSightings, presentPublication } from '../present.ts';
import { lookThrough } from '../sightings.ts';
import { standsInFor } from '../stands-in.ts';
import { filesOf, lockRecord, recordStep, type PublicationRecord } from '../store.ts';
import { tellOf } from '../tell.ts';

type Answer = Output<typeof getPublication>;
type One = Input<typeof putReviewRequest>['params'];
/** What an act changes beside the state. */
type Change = Partial<Omit<PublicationRecord, 'openCheck' | 'content' | 'answers' | 'sightings'>> & { readonly openCheck?: string | null };

/** One act, from lock to answer: looked through once more, decided by the table, recorded with its opinion, told to whose turn it is. */
function passOn(ctx: Ctx, { publicationId }: One, { act, opinion, check, change = async () => ({}) }: { act: Exclude<ActName, 'expire'>; opinion: string; check?: OpenCheck; change?: (tx: Tx, before: PublicationRecord, office: Office) => Promise<Change> }): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const locked = await lockRecord(tx.db, ctx, publicationId);
    const office = await officeOf(tx.db, ctx, await issuerOf(tx.db, ctx));
    // Owners may have been entered since it was drafted.
    const before = LOOKS.includes(act) ? { ...locked, sightings: await lookThrough(tx.db, ctx, passagesOf(locked.title, blocksIn(locked.content))) } : locked;
    const circumstances = { sightings: allSightings(before, await filesOf(tx.db, locked.id)), isCurrent: await isCurrent(tx.db, ctx, locked, office.issuer), standsIn: await standsInFor(tx.db, ctx, locked, office.issuer), ...(check === undefined ? {} : { check }) };
    const status: PublicationStatus = mustAct(act, factsOf(ctx, before, office, circumstances));
    const after = await tx.db.updateTable('publication.publication')
      .set({ ...await change(tx, locked, office), sightings: JSON.stringify(before.sightings), status, version: locked.version + 1, updatedAt: ctx.now }).where('id', '=', locked.id).returningAll().executeTakeFirstOrThrow();
    await recordStep(tx, ctx, after, { act, opinion, before: locked });
    await tellOf(tx, ctx, after, { act, office });
    return presentPublication(tx.db, ctx, after, office);
  });
}
const LOOKS: readonly ActName[] = ['submit', 'approve', 'issue'];
const NO_REVIEW = { reviewedBy: null, reviewedByName: null, reviewedAt: null, reviewedSha256: null, openCheck: null, openAttribute: null } as const;

/** 送审. */
export const submitPublication = (ctx: Ctx, { params, body }: Input<typeof putReviewRequest>): Promise<Answer> => passOn(ctx, params, { act: 'submit', opinion: body.opinion, change: async () => ({ returnedReason: null }) });

/** 审核通过, with the 公开属性与保密审查 of exactly this content. */
export function reviewPublication(ctx: Ctx, { params, body: { attribute, note, opinion, attachmentsSeen, ...answers } }: Input<typeof putReview>): Promise<Answer> {
  const check = { attribute, note, answers, attachmentsSeen };
  const stored: StoredCheck = { ...check, by: ctx.actor.name, at: ctx.now };
  return passOn(ctx, params, {
    act: 'approve', opinion, check,
    change: async (_tx, before) => ({ reviewedBy: ctx.actor.userId, reviewedByName: ctx.actor.name, reviewedAt: ctx.now, reviewedSha256: before.contentSha256, openCheck: JSON.stringify(stored), openAttribute: attribute }),
  });
}

/** 审核退回. */
export const returnReview = (ctx: Ctx, { params, body }: Input<typeof putReviewReturn>): Promise<Answer> => passOn(ctx, params, { act: 'sendBack', opinion: body.reason, change: async () => ({ returnedReason: body.reason, ...NO_REVIEW }) });

/** 签发退回: the review is void with it. */
export const returnIssuance = (ctx: Ctx, { params, body }: Input<typeof putIssuanceReturn>): Promise<Answer> => passOn(ctx, params, { act: 'refuse', opinion: body.reason, change: async () => ({ returnedReason: body.reason, ...NO_REVIEW }) });

/** 签发并发布: takes the index number, gives the public address and reckons the last day. */
export const issuePublication = (ctx: Ctx, { params, body }: Input<typeof putIssuance>): Promise<Answer> => passOn(ctx, params, {
  act: 'issue', opinion: body.opinion,
  change: async (tx, before, { issuer }) => {
    const period = { kind: before.periodKind, days: before.periodDays, until: before.periodUntilOn };
    orRefuse(decide(periodComplete.check({ ...period, on: ctx.today }), null));
    const until = untilOf(period, ctx.today, await readCalendar(tx.db));
    return {
      issuedBy: ctx.actor.userId, issuedByName: ctx.actor.name, issuedOn: ctx.today, issuedAt: ctx.now, publicId: newId<'PublicItem'>(), indexNo: await nextIndexNo(tx, ctx, before),
      untilOn: until.on, untilWords: until.words, issuerName: issuer?.name ?? before.issuerName,
    };
  },
});

/** 撤回: the public address says so from the next moment on. */
export const withdrawPublication = (ctx: Ctx, { params, body }: Input<typeof putWithdrawal>): Promise<Answer> => passOn(ctx, params, {
  act: 'withdraw', opinion: body.reason, change: async () => ({ endedOn: ctx.today, endedAt: ctx.now, withdrawnByName: ctx.actor.name, withdrawReason: body.reason }),
});

/** 索引号: county code, year and the next number of the register of such bodies, whose row stays locked until the end. */
async function nextIndexNo(tx: Tx, ctx: Ctx, { countyId, level }: PublicationRecord): Promise<string> {
  const year = yearOf(ctx.today);
  const { rows } = await sql<{ lastSerial: number }>`insert into publication.index_register as r (county_id, year, series, last_serial) values (${countyId}, ${year}, ${seriesOf(level)}, 1) on conflict (county_id, year, series) do update set last_serial = r.last_serial + 1 returning last_serial`.execute(tx.db);
  const serial = rows[0]?.lastSerial;
  if (serial === undefined) throw new Problem('server.error', '没有取到索引号，请稍后再试');
  const county = await tx.db.selectFrom('platform.orgUnit').select('code').where('id', '=', countyId).executeTakeFirst();
  return indexNoOf(county?.code ?? 'GK', level, year, serial);
}
