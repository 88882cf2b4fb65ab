import { sql, type Selectable } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { putMembers as route } from '#contract/committee.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { samePhones } from '#platform/personal/seal-phone.ts';
import { Problem } from '#platform/problem.ts';
import { committeeCan, mustBeAble } from '../access.ts';
import { sealMemberPhone } from '../bulk.ts';
import { presentCommittee } from '../present.ts';
import { committeeAsOf } from '../read.ts';
import { lockCommittee, type CommitteeRecord } from '../store.ts';
import type { CommitteeTables } from '../tables.gen.ts';

type Member = Selectable<CommitteeTables['committee.member']>;
type Told = Input<typeof route>['body']['members'][number];

/** 登记委员: the list as given stands from now on; those left out end today, those whose data differ get a new version. */
export function updateMembers(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const committee = await lockCommittee(tx.db, ctx, params.committeeId);
    mustBeAble(committeeCan(ctx, committee).edit);
    if (body.members.filter((member) => member.post === 'chair').length > 1) throw new Problem('input.invalid', '主任只能有一名', { errors: [{ pointer: '/members', message: '主任只能有一名' }] });
    const standing = await tx.db.selectFrom('committee.member').selectAll().where('committeeId', '=', committee.committeeId).where('supersededAt', 'is', null).where('validTo', 'is', null).execute();

    const known = new Map<string, Member>(standing.map((member) => [member.id, member]));
    for (const told of body.members) await write(tx, ctx, committee, told, told.id === undefined ? undefined : taken(known, told.id));
    for (const left of known.values()) await end(tx, ctx, left);
    tx.audit({
      action: 'estate.members', subject: ['Committee', params.committeeId], before: { names: standing.map((member) => member.name) }, after: { names: body.members.map((member) => member.name) },
      countyId: committee.countyId, townshipId: committee.townshipId,
    });
    return presentCommittee(tx.db, ctx, params.committeeId, committeeAsOf({}, ctx.today));
  });
}

/** Takes the member out of those still to be ended. */
function taken(known: Map<string, Member>, id: string): Member {
  const old = known.get(id);
  if (!old || !known.delete(id)) throw new Problem('state.stale', '委员名单已被别人修改，请刷新后核对再保存');
  return old;
}

async function write(tx: Tx, ctx: Ctx, { committeeId, countyId, townshipId, neighbourhoodId, companyId, estateId }: CommitteeRecord, { id: _id, phone, ...told }: Told, old: Member | undefined): Promise<void> {
  // The page shows some a masked number; what comes back masked is no new number.
  const sealed = phone === undefined || phone?.includes('*') ? { phoneCipher: old?.phoneCipher ?? null, phoneIndex: old?.phoneIndex ?? null, phoneMoreIndex: old?.phoneMoreIndex ?? null } : sealMemberPhone(ctx.kit.vault, phone);
  if (old && old.name === told.name && old.post === told.post && old.isPartyMember === told.isPartyMember && old.validFrom === told.validFrom && samePhones(old, sealed)) return;
  if (old) await close(tx, ctx, old);
  await tx.db.insertInto('committee.member').values({ id: newId<'Member'>(), committeeId, countyId, townshipId, neighbourhoodId, companyId, estateId, ...told, ...sealed, recordedAt: ctx.now }).execute();
}

const close = (tx: Tx, ctx: Ctx, { id }: Member) => sql`update committee.member set superseded_at = greatest(${ctx.now}::timestamptz, recorded_at + interval '1 millisecond') where id = ${id}`.execute(tx.db);

async function end(tx: Tx, ctx: Ctx, left: Member): Promise<void> {
  await close(tx, ctx, left);
  if (left.validFrom !== null && left.validFrom >= ctx.today) return;
  await tx.db.insertInto('committee.member').values({ ...left, id: newId<'Member'>(), validTo: ctx.today, recordedAt: ctx.now, supersededAt: null }).execute();
}
