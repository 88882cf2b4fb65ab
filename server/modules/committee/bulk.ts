import { sql } from 'kysely';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import { sealPhone, tellsMore, type SealedPhone } from '#platform/personal/seal-phone.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { insertVersion, supersedeCommittee, type CommitteeRecord, type VersionDraft } from './store.ts';

/** 台账所载业委会情况; an absent key leaves what is on record, null means a blank cell and does the same. `none` ends the committee that stands. */
export interface CommitteeWrite {
  readonly estateId: Id<'Estate'>;
  readonly status?: 'established' | 'preparing' | 'none' | null | undefined;
  readonly sinceOn?: LocalDate | null | undefined; readonly untilOn?: LocalDate | null | undefined;
  readonly chairName?: string | null | undefined; readonly chairPhone?: string | null | undefined; readonly claimedMembers?: number | null | undefined;
}

/** 业委会现值 of an estate, for comparing. */
export interface CommitteeEntry {
  readonly id: Id<'Committee'>; readonly committeeId: string; readonly estateId: Id<'Estate'>; readonly status: 'established' | 'preparing' | 'dissolved';
  readonly sinceOn: LocalDate | null; readonly untilOn: LocalDate | null; readonly claimedMembers: number | null; readonly chairName: string | null; readonly chairPhoneIndex: string | null; readonly chairPhoneMoreIndex: readonly string[] | null;
}

type Version = CommitteeRecord & Pick<CommitteeEntry, 'chairName' | 'chairPhoneIndex' | 'chairPhoneMoreIndex'>;

/** 业委会现值 by estate: the present version of the one that stands (dissolved ones are left out). */
export async function committeeIndex(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<Map<Id<'Estate'>, CommitteeEntry>> {
  return new Map((await present(db, estateIds)).map((row) => [row.estateId, row]));
}

async function present(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<Version[]> {
  if (estateIds.length === 0) return [];
  const found = await sql<Version>`
    select c.*, chair.name as chair_name, chair.phone_index as chair_phone_index, chair.phone_more_index as chair_phone_more_index from committee.committee c
      left join lateral (select m.name, m.phone_index, m.phone_more_index from committee.member m where m.committee_id = c.committee_id and m.post = 'chair' and m.superseded_at is null and m.valid_to is null order by m.id desc limit 1) chair on true
     where c.estate_id = any(${estateIds}::uuid[]) and c.superseded_at is null and c.status <> 'dissolved' and c.ended_on is null order by c.since_on nulls first, c.id`.execute(db);
  return found.rows;
}

/** 批量写业委会: a new version where something differs; estates whose committee agrees are left untouched. Answers the estates changed. */
export async function bulkWriteCommittees(tx: Pick<Tx, 'db'>, writes: readonly CommitteeWrite[], { at, on, batchId, vault }: { at: Instant; on: LocalDate; batchId: Id<'Batch'> | null; vault: Vault }): Promise<Id<'Estate'>[]> {
  const ids = writes.map((write) => write.estateId);
  const standing = new Map((await present(tx.db, ids)).map((row) => [row.estateId, row]));
  const estates = new Map((await sql<Place & { id: Id<'Estate'>; name: string }>`
    select id, name, county_id, township_id, neighbourhood_id, company_id from registry.estate where id = any(${ids}::uuid[])`.execute(tx.db)).rows.map((row) => [row.id, row]));
  const changed: Id<'Estate'>[] = [];
  for (const write of writes) {
    const estate = estates.get(write.estateId);
    const old = standing.get(write.estateId);
    if (!estate || (!old && (write.status === undefined || write.status === null || write.status === 'none'))) continue;
    const { id: _id, name, ...place } = estate;
    const base: VersionDraft & { committeeId: string } = old ?? { ...place, estateId: estate.id, committeeId: newId(), name: `${name}业主委员会`, kind: 'committee', status: 'established', sinceOn: null, untilOn: null, filedOn: null, endedOn: null, claimedMembers: null };
    const next: VersionDraft = {
      ...base, status: write.status === 'none' ? 'dissolved' : write.status ?? base.status, endedOn: write.status === 'none' ? on : null,
      sinceOn: write.sinceOn ?? base.sinceOn, untilOn: write.untilOn ?? base.untilOn, claimedMembers: write.claimedMembers ?? base.claimedMembers,
    };
    // A ledger with reversed dates is flagged where it is read; the later day is kept out of the books.
    if (next.sinceOn && next.untilOn && next.untilOn < next.sinceOn) next.untilOn = null;
    const differs = !old || next.status !== old.status || next.sinceOn !== old.sinceOn || next.untilOn !== old.untilOn || next.claimedMembers !== old.claimedMembers;
    if (differs) {
      if (old) await supersedeCommittee(tx.db, old.id, at);
      await insertVersion(tx.db, next, { at, batchId });
    }
    const chaired = await writeChair(tx.db, { ...place, committeeId: base.committeeId, estateId: estate.id }, write, old ?? null, { at, on, vault });
    if (differs || chaired) changed.push(estate.id);
  }
  return changed;
}

type Place = Pick<CommitteeRecord, 'countyId' | 'townshipId' | 'neighbourhoodId' | 'companyId'>;

async function writeChair(db: Db, place: Place & Pick<CommitteeRecord, 'committeeId' | 'estateId'>, { chairName, chairPhone }: CommitteeWrite, old: CommitteeEntry | null, { at, on, vault }: { at: Instant; on: LocalDate; vault: Vault }): Promise<boolean> {
  if (chairName === undefined || chairName === null) return false;
  const phone = sealMemberPhone(vault, chairPhone ?? null);
  if (old?.chairName === chairName && !tellsMore(phone, { phoneIndex: old.chairPhoneIndex, phoneMoreIndex: old.chairPhoneMoreIndex })) return false;
  await sql`update committee.member set superseded_at = greatest(${at}::timestamptz, recorded_at + interval '1 millisecond') where committee_id = ${place.committeeId} and post = 'chair' and superseded_at is null and valid_to is null`.execute(db);
  await db.insertInto('committee.member').values({ id: newId<'Member'>(), ...place, name: chairName, post: 'chair', ...phone, isPartyMember: null, validFrom: old?.chairName ? on : null, recordedAt: at }).execute();
  return true;
}

/** 委员电话入库: sealed and indexed; members are not looked for by the last four. */
export function sealMemberPhone(vault: Vault, text: string | null): Omit<SealedPhone, 'phoneLast4'> {
  const { phoneLast4: _last4, ...sealed } = sealPhone(vault, text);
  return sealed;
}

/** 撤销一批写入的业委会版本: those versions are corrected away, what they ended stands again. */
export async function undoCommittees(tx: Pick<Tx, 'db'>, { batchId, at, writtenAt }: { batchId: Id<'Batch'>; at: Instant; writtenAt: Instant }): Promise<void> {
  const gone = await sql<{ committeeId: string }>`update committee.committee set superseded_at = greatest(${at}::timestamptz, recorded_at + interval '1 millisecond') where batch_id = ${batchId} and superseded_at is null returning committee_id`.execute(tx.db);
  const ids = gone.rows.map((row) => row.committeeId);
  if (ids.length === 0) return;
  const ended = await sql<CommitteeRecord>`
    select distinct on (committee_id) * from committee.committee where committee_id = any(${ids}::uuid[]) and batch_id is distinct from ${batchId}
       and superseded_at >= ${writtenAt}::timestamptz and superseded_at <= ${writtenAt}::timestamptz + interval '1 millisecond' order by committee_id, recorded_at desc`.execute(tx.db);
  for (const row of ended.rows) await insertVersion(tx.db, row, { at, batchId: null });
}
