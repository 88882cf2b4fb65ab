import type { Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { found } from '../access.ts';
import type { BuildingRecord } from './records.ts';
import { visibleBuildings } from './visible.ts';

/** 查楼栋. @throws Problem not-found */
export async function getBuilding(db: Db, scope: Scope, id: Id<'Building'>): Promise<BuildingRecord> {
  return found(await visibleBuildings(db, scope).selectAll('b').where('b.id', '=', id).executeTakeFirst(), 'not-found');
}

/** 锁楼栋. @throws Problem not-found */
export async function lockBuilding(db: Db, scope: Scope, id: Id<'Building'>): Promise<BuildingRecord> {
  return found(await visibleBuildings(db, scope).selectAll('b').where('b.id', '=', id).forUpdate().executeTakeFirst(), 'not-found');
}
