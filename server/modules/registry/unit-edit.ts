import type { Ctx, Tx } from '#platform/context.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { found, mustBeAble, mustBeFresh, unitCan } from './access.ts';
import type { EstateRecord, UnitRecord } from './store/records.ts';
import { lockUnit } from './store/units.ts';

/** Said where the name or number is taken already. */
export const TAKEN = '本小区已有相同的楼栋、单元、房号';

/** 楼栋 of this estate, by id. @throws Problem not-found */
export const buildingOf = async (tx: Tx, estate: Pick<EstateRecord, 'id'>, id: Id<'Building'>) =>
  found(await tx.db.selectFrom('registry.building').select(['id', 'name']).where('id', '=', id).where('estateId', '=', estate.id).where('archivedAt', 'is', null).executeTakeFirst(), 'not-found');

/** 锁房屋 for an edit: fresh, and by somebody who may. @throws Problem unit.not-found, state.stale, access.denied */
export async function lockForEdit(tx: Tx, ctx: Ctx, id: Id<'Unit'>): Promise<UnitRecord> {
  const before = await lockUnit(tx.db, ctx.scope, id);
  mustBeFresh(ctx, before);
  mustBeAble(unitCan(ctx, before).edit);
  return before;
}

/** 改房屋 and its version. */
export const touch = (tx: Tx, ctx: Ctx, id: Id<'Unit'>, set: Partial<Pick<UnitRecord, 'buildingId' | 'entrance' | 'room' | 'matchKey' | 'usage' | 'deliveredOn' | 'archivedAt'>> = {}) =>
  tx.db.updateTable('registry.unit').set((eb) => ({ ...set, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
