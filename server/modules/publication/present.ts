import type { Output } from '#contract/define-route.ts';
import type { getPublication, listPublications } from '#contract/publication.ts';
import { acts, type ActName } from '#domain/publication/lifecycle.ts';
import { untilOf } from '#domain/publication/period.ts';
import { mustBeMended } from '#domain/publication/sighting.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { abilityOf, factsOf, type Office } from './access.ts';
import { presentCheck } from './check.ts';
import { blocksIn } from './content.ts';
import { isCurrent } from './current.ts';
import { answersIn, merged, sightingsIn, unreadSighting, type StoredSighting } from './sightings.ts';
import { standsInFor } from './stands-in.ts';
import { filesOf, stepsOf, type AttachedFile, type PublicationRecord } from './store.ts';

type Row = Output<typeof listPublications>['rows'][number];
type Publication = Output<typeof getPublication>;

/** 经办人 of some, in one query. */
export async function holdersOf(db: Db, items: readonly PublicationRecord[]): Promise<(item: PublicationRecord) => string | null> {
  const people = await personNames(db, items.map(({ holderId }) => holderId));
  return ({ holderId, draftedByName }) => (holderId === null ? draftedByName : people(holderId));
}

/** 列表行. */
export const presentRow = (item: PublicationRecord, holder: string | null): Row => ({
  id: item.id, kind: item.kind, title: item.title, issuer: item.issuerName, status: item.status, drafter: item.draftedByName, holder, reviewer: item.reviewedByName, signer: item.issuedByName,
  createdAt: item.createdAt, issuedOn: item.issuedOn, untilOn: item.untilOn, indexNo: item.indexNo, version: item.version,
});

/** 全部发现: of the content and of every attachment, and the attachments nobody's program could read. */
export const allSightings = (item: PublicationRecord, files: readonly AttachedFile[]): StoredSighting[] =>
  merged([...sightingsIn(item.sightings), ...files.flatMap((file) => [...sightingsIn(file.sightings), ...(file.unread === null ? [] : [unreadSighting(file.hash, file.name, file.unread)])])]);

/** 公开地址. */
export const publicUrl = (origin: string, publicId: string): string => `${origin}/public/${publicId}`;

/** 公开事项详情. */
export async function presentPublication(db: Db, ctx: Ctx, item: PublicationRecord, office: Office): Promise<Publication> {
  const [files, steps, calendar] = [await filesOf(db, item.id), await stepsOf(db, item.id), await readCalendar(db)];
  const sightings = allSightings(item, files);
  const current = await isCurrent(db, ctx, item, office.issuer);
  const facts = factsOf(ctx, item, office, { sightings, isCurrent: current, standsIn: await standsInFor(db, ctx, item, office.issuer) });
  const until = untilOf({ kind: item.periodKind, days: item.periodDays, until: item.periodUntilOn }, item.issuedOn ?? ctx.today, calendar);
  const answers = answersIn(item.answers);
  const may = (act: Exclude<ActName, 'expire'>) => abilityOf(ctx, act, facts);
  return {
    ...presentRow(item, (await holdersOf(db, [item]))(item)), subjectId: item.subjectId, body: item.body, periodKind: item.periodKind, periodDays: item.periodDays, periodUntilOn: item.periodUntilOn,
    periodWords: item.untilWords ?? `${until.words}${item.periodKind === 'natural' || item.periodKind === 'working' ? '（按今天签发推算）' : ''}`, untilIsProvisional: until.isProvisional,
    blocks: blocksIn(item.content), files: files.map(({ fileNo, name, sizeBytes, isDrawn, unread }) => ({ fileNo, name, sizeBytes, isDrawn, note: unread })),
    sightings: sightings.map((one) => { const given = answers.find(({ key }) => key === one.key); return { ...one, mustBeMended: mustBeMended(one.kind), answer: given === undefined ? null : { reason: given.reason, by: given.by, at: given.at } }; }),
    openCheck: presentCheck(item.openCheck, item.level), returnedReason: item.returnedReason, isCurrent: current, publicUrl: item.publicId === null ? null : publicUrl(ctx.kit.origin, item.publicId),
    endedOn: item.endedOn, withdrawReason: item.withdrawReason,
    steps: steps.map(({ act, actedByName, actedAt, opinion }) => ({ act, title: act === 'draft' ? '拟稿' : acts[act].title, by: actedByName, at: actedAt, opinion })),
    can: { edit: may('edit'), submit: may('submit'), discard: may('discard'), approve: may('approve'), sendBack: may('sendBack'), issue: may('issue'), refuse: may('refuse'), withdraw: may('withdraw'), answer: may('edit'), attach: may('edit') },
  };
}
