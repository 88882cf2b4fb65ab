import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import type { Side } from './world.ts';

/** 一项时限义务 of one half of the small world: its township must do something about its estate. */
export async function giveObligation(db: Db, kit: Kit, { mark, ids }: Side, countyId: string): Promise<void> {
  const at = kit.clock.now();
  await db.insertInto('obligation.obligation').values({
    id: ids.obligationId as never, countyId: countyId as never, townshipId: ids.townshipId as never, neighbourhoodId: ids.neighbourhoodId as never, estateId: ids.estateId as never, companyId: ids.companyId as never,
    dutyId: 'matrix.act', subjectKind: 'Estate', subjectId: ids.estateId ?? '', openedKey: 'matrix', title: `${mark}小区的事`, path: `/estates/${ids.estateId ?? ''}`, holderKind: 'township', holderOrgId: ids.townshipId ?? '', holderName: `${mark}镇`, holders: '{}', facts: '{}',
    state: 'open', openedOn: '2026-11-18' as never, dueOn: '2026-11-25' as never, endsAt: '2026-11-25T16:00:00.000Z' as never, isProvisional: false, isExtended: false, isLate: false, createdAt: at, updatedAt: at,
  }).execute();
  await db.insertInto('obligation.entry').values({ id: newId<'Entry'>(), countyId: countyId as never, obligationId: ids.obligationId as never, kind: 'opened', event: 'matrix', key: 'matrix', actedAt: at, actedOn: '2026-11-18' as never, recordedAt: at }).execute();
}
