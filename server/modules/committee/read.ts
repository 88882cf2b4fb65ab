import { sql } from 'kysely';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';

/** 业委会的一版, as of a day and as known on a day. */
export interface CommitteeAt {
  readonly id: Id<'Committee'>; readonly committeeId: Id<'Committee'>; readonly estateId: Id<'Estate'>; readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'>;
  readonly name: string; readonly kind: 'committee' | 'management-committee' | 'joint'; readonly status: 'established' | 'preparing' | 'dissolved';
  readonly sinceOn: LocalDate | null; readonly untilOn: LocalDate | null; readonly filedOn: LocalDate | null; readonly endedOn: LocalDate | null;
  readonly recordedAt: Instant; readonly supersededAt: Instant | null;
  readonly chairName: string | null; readonly chairPhoneCipher: string | null; readonly memberCount: number;
}

export interface CommitteeAsOf { readonly on: LocalDate; readonly knownOn: LocalDate | null }

/** 截至(缺省今天). */
export const committeeAsOf = (query: { readonly on?: LocalDate | undefined; readonly knownOn?: LocalDate | undefined }, today: LocalDate): CommitteeAsOf => ({ on: query.on ?? today, knownOn: query.knownOn ?? null });

/** 当时掌握: versions in our books on that day. */
export const known = (alias: string, knownOn: LocalDate | null) => {
  const t = sql.raw(alias);
  return knownOn === null ? sql<boolean>`${t}.superseded_at is null` : sql<boolean>`(${t}.recorded_at < ${`${knownOn}T16:00:00.000Z`}::timestamptz and (${t}.superseded_at is null or ${t}.superseded_at >= ${`${knownOn}T16:00:00.000Z`}::timestamptz))`;
};

/** 当日的业委会, of these estates or (null) of all in scope: those on record then, whatever their state; who stands is the rule's to say. */
export async function committeesAt(db: Db, estateIds: readonly Id<'Estate'>[] | null, { on, knownOn }: CommitteeAsOf): Promise<CommitteeAt[]> {
  const found = await sql<CommitteeAt>`
    select c.id, c.committee_id, c.estate_id, c.county_id, c.township_id, c.name, c.kind, c.status, c.since_on, c.until_on, c.filed_on, c.ended_on, c.recorded_at, c.superseded_at,
           chair.name as chair_name, chair.phone_cipher as chair_phone_cipher,
           (select count(*) from committee.member m where m.committee_id = c.committee_id and ${known('m', knownOn)} and (m.valid_from is null or m.valid_from <= ${on}) and (m.valid_to is null or m.valid_to > ${on})) as member_count
      from committee.committee c
      left join lateral (select m.name, m.phone_cipher from committee.member m where m.committee_id = c.committee_id and m.post = 'chair' and ${known('m', knownOn)}
         and (m.valid_from is null or m.valid_from <= ${on}) and (m.valid_to is null or m.valid_to > ${on}) order by m.id desc limit 1) chair on true
     where ${estateIds === null ? sql<boolean>`true` : sql<boolean>`c.estate_id = any(${estateIds}::uuid[])`} and ${known('c', knownOn)}
     order by c.since_on nulls first, c.id`.execute(db);
  return found.rows;
}

/** 任期 of the committees on record on a day, of one township or of all in scope: what counting needs of them. */
export type CommitteeTerm = Pick<CommitteeAt, 'estateId' | 'kind' | 'status' | 'sinceOn' | 'untilOn' | 'filedOn' | 'endedOn'>;
export async function committeeTermsAt(db: Db, townshipId: Id<'OrgUnit'> | undefined, { knownOn }: CommitteeAsOf): Promise<CommitteeTerm[]> {
  return (await sql<CommitteeTerm>`
    select c.estate_id, c.kind, c.status, c.since_on, c.until_on, c.filed_on, c.ended_on from committee.committee c
     where ${townshipId === undefined ? sql<boolean>`true` : sql<boolean>`c.township_id = ${townshipId}`} and ${known('c', knownOn)}
     order by c.since_on nulls first, c.id`.execute(db)).rows;
}

/** 列表所示的业委会: the one that stands on the day, formed before preparing, the latest first. */
export function standingCommittee(rows: readonly CommitteeAt[], on: LocalDate): CommitteeAt | null {
  const standing = rows.filter((row) => row.status !== 'dissolved' && (row.endedOn === null || row.endedOn > on));
  return standing.findLast((row) => row.status === 'established' && (row.sinceOn === null || row.sinceOn <= on)) ?? standing.findLast((row) => row.status === 'preparing') ?? null;
}

export interface MemberAt { readonly id: Id<'Member'>; readonly name: string; readonly post: 'chair' | 'vice-chair' | 'member' | 'alternate'; readonly phoneCipher: string | null; readonly isPartyMember: boolean | null; readonly validFrom: LocalDate | null; readonly validTo: LocalDate | null }

/** 当日的委员, the chair first. */
export async function membersAt(db: Db, committeeId: string, { on, knownOn }: CommitteeAsOf): Promise<MemberAt[]> {
  return (await sql<MemberAt>`
    select m.id, m.name, m.post, m.phone_cipher, m.is_party_member, m.valid_from, m.valid_to from committee.member m
     where m.committee_id = ${committeeId} and ${known('m', knownOn)} and (m.valid_from is null or m.valid_from <= ${on}) and (m.valid_to is null or m.valid_to > ${on})
     order by array_position(array['chair', 'vice-chair', 'member', 'alternate'], m.post), m.id`.execute(db)).rows;
}
