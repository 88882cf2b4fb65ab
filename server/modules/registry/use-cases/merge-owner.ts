import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { mergeOwner as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, orDuplicate, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { unitTitle } from '../names.ts';
import { ownerKey } from '../owner-key.ts';
import { presentOwner } from '../present/unit.ts';
import { recountEstate } from '../recount.ts';
import { lockPair } from '../store/lock-pair.ts';
import type { OwnerRecord } from '../store/records.ts';
import { getOwner } from '../store/units.ts';

/** 合并业主: one person or body recorded twice in an estate. All that was ever recorded as this one's is the other's; numbers the other lacks are taken over. */
export function mergeOwner(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const { from, into } = await lockPair(params.ownerId, body.intoId, '业主', (id) => getOwner(tx.db, ctx.scope, id, true));
    mustBeFresh(ctx, from);
    mustBeAble(unitCan(ctx, from).merge);
    if (from.idIndex !== null && into.idIndex !== null && from.idIndex !== into.idIndex) throw new Problem('state.conflict', '两条记录的证件号不同，不像同一个人；请先核对更正证件号，再合并');
    await refuseShared(tx.db, from, into);

    await sql`update registry.ownership set owner_id = ${into.id} where owner_id = ${from.id}`.execute(tx.db);
    const gone = await tx.db.updateTable('registry.owner').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    const numbers = takenOver(from, into);
    const matchKey = Object.keys(numbers).length === 0 ? into.matchKey : ownerKey({ ...into, ...numbers }, into.id);
    const after = await orDuplicate(tx.db.updateTable('registry.owner').set((eb) => ({ ...numbers, matchKey, purposeId: into.purposeId ?? from.purposeId, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow(), 'owner_match_key', '本小区另有相同姓名和号码的业主，请先与那一条合并');
    await recountEstate(tx.db, [into.estateId], { on: ctx.today, now: ctx.now });
    for (const [before, now] of [[from, gone], [into, after]] as const) tx.audit({ action: 'owner.merge', subject: ['Owner', now.id], before, after: now, reason: body.reason, countyId: now.countyId, townshipId: now.townshipId });
    tx.emit({ name: 'registry.owner-merged', key: from.id, payload: { fromId: from.id, intoId: into.id } });
    return presentOwner(tx.db, ctx, after, asOf({}, ctx.today));
  });
}

function takenOver(from: OwnerRecord, into: OwnerRecord): Partial<OwnerRecord> {
  return {
    ...(into.idIndex === null && from.idIndex !== null ? { idCipher: from.idCipher, idIndex: from.idIndex, idLast4: from.idLast4 } : {}),
    ...(into.phoneIndex === null && from.phoneIndex !== null ? { phoneCipher: from.phoneCipher, phoneIndex: from.phoneIndex, phoneLast4: from.phoneLast4, phoneMoreIndex: from.phoneMoreIndex } : {}),
  };
}

/** Both holding the same home at one time are two people, or a mistake of that home's record. */
async function refuseShared(db: Db, from: OwnerRecord, into: OwnerRecord): Promise<void> {
  const shared = (await sql<{ building: string; entrance: string; room: string }>`
    select distinct b.name as building, u.entrance, u.room from registry.ownership s join registry.ownership t on t.unit_id = s.unit_id and t.owner_id = ${into.id} and t.superseded_at is null
       and coalesce(t.valid_from, '-infinity') < coalesce(s.valid_to, 'infinity') and coalesce(s.valid_from, '-infinity') < coalesce(t.valid_to, 'infinity')
      join registry.unit u on u.id = s.unit_id join registry.building b on b.id = u.building_id where s.owner_id = ${from.id} and s.superseded_at is null limit 3`.execute(db)).rows;
  if (shared.length > 0) throw new Problem('state.conflict', `两人同时是${shared.map((row) => unitTitle(row.building, row.entrance, row.room)).join('、')}的产权人，请先在房屋页面更正产权人，再合并`);
}
