import { sql } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import { CommitteeDraft, type getCommittee as getRoute, type listCommittees } from '#contract/committee.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { maskPhone, parsePhone } from '#domain/kernel/phone.ts';
import { historyOf } from '#platform/audit/history.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { committeeCan } from './access.ts';
import { known, membersAt, type CommitteeAsOf } from './read.ts';
import { committeeRevisions, committeeVersions, getCommittee, type CommitteeRecord } from './store.ts';

type Row = Output<typeof listCommittees>['rows'][number];

/** 业委会列表行, as of a day: one row for each version given. */
export async function presentCommittees(db: Db, ctx: Ctx, lines: readonly CommitteeRecord[], { on, knownOn }: CommitteeAsOf): Promise<Row[]> {
  if (lines.length === 0) return [];
  const ids = lines.map((line) => line.committeeId);
  const [places, members, revisions, standing] = await Promise.all([
    sql<{ id: string; name: string; township: string }>`select e.id, e.name, t.name as township from registry.estate e join platform.org_unit t on t.id = e.township_id where e.id = any(${lines.map((line) => line.estateId)}::uuid[])`.execute(db),
    sql<{ committeeId: string; count: number; chair: string | null }>`
      select m.committee_id, count(*) as count, max(m.name) filter (where m.post = 'chair') as chair from committee.member m
       where m.committee_id = any(${ids}::uuid[]) and ${known('m', knownOn)} and (m.valid_from is null or m.valid_from <= ${on}) and (m.valid_to is null or m.valid_to > ${on}) group by m.committee_id`.execute(db),
    committeeRevisions(db, ids),
    sql<{ committeeId: string }>`select committee_id from committee.committee where committee_id = any(${ids}::uuid[]) and superseded_at is null`.execute(db),
  ]);
  const placeOf = new Map(places.rows.map((row) => [row.id, row]));
  const membersOf = new Map(members.rows.map((row) => [row.committeeId, row]));
  const stands = new Set(standing.rows.map((row) => row.committeeId));
  return lines.map((line) => {
    const committeeId = makeId<'Committee'>(line.committeeId);
    return {
      committeeId, versionId: line.id, version: revisions.get(committeeId) ?? 1, estate: { id: line.estateId, name: placeOf.get(line.estateId)?.name ?? '' }, township: { id: line.townshipId, name: placeOf.get(line.estateId)?.township ?? '' },
      name: line.name, kind: line.kind, status: line.status, sinceOn: line.sinceOn, untilOn: line.untilOn, filedOn: line.filedOn, endedOn: line.endedOn, isExpired: line.status === 'established' && line.untilOn !== null && line.untilOn < on,
      chair: membersOf.get(committeeId)?.chair ?? null, memberCount: membersOf.get(committeeId)?.count ?? 0, recordedAt: line.recordedAt, archivedAt: stands.has(committeeId) ? null : line.supersededAt, can: committeeCan(ctx, line),
    };
  });
}

/** 业委会详情, as of a day. */
export async function presentCommittee(db: Db, ctx: Ctx, id: Id<'Committee'>, at: CommitteeAsOf): Promise<Output<typeof getRoute>> {
  const line = await getCommittee(db, ctx.scope, id, at);
  const [[shown], members, versions, history] = await Promise.all([presentCommittees(db, ctx, [line], at), membersAt(db, id, at), committeeVersions(db, ctx.scope, id), historyOf(db, 'Committee', id, CommitteeDraft)]);
  if (!shown) throw new Error('one row in, one row out');
  const full = actorMay(ctx.actor, 'registry.directory.read');
  return {
    ...shown, ...at, history,
    members: members.map(({ phoneCipher, ...member }) => ({ ...member, phone: phoneText(ctx, phoneCipher, full) })),
    versions: versions.map(({ id: versionId, name, kind, status, sinceOn, untilOn, filedOn, endedOn, recordedAt, supersededAt }) => ({ versionId, name, kind, status, sinceOn, untilOn, filedOn, endedOn, recordedAt, supersededAt })),
    warnings: [...(shown.isExpired ? ['任期已届满，请指导换届'] : []), ...(shown.status === 'established' && shown.untilOn === null ? ['没有届满时间，无法提醒换届'] : [])],
  };
}

function phoneText(ctx: Ctx, sealed: string | null, full: boolean): string | null {
  if (sealed === null) return null;
  const plain = ctx.kit.vault.open(sealed);
  return full ? plain : plain.split('、').map((piece) => { const phone = parsePhone(piece); return phone ? maskPhone(phone) : '****'; }).join('、');
}
