import type { Id } from '#domain/kernel/brand.ts';
import { countyScope, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import type { Role } from '#contract/permissions.ts';
import type { Module } from '#platform/module.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';

/** A county with two townships and a neighbourhood each, for database tests. */
export interface World extends TestKit {
  readonly county: Id<'OrgUnit'>; readonly east: Id<'OrgUnit'>; readonly west: Id<'OrgUnit'>; readonly eastCommunity: Id<'OrgUnit'>; readonly westCommunity: Id<'OrgUnit'>;
  /** A context of somebody at that level; `ifMatch` is the version the page had read. */
  as(scope: Scope, role?: Role, ifMatch?: number | null): Ctx;
  clerk(ifMatch?: number | null): Ctx;
  township(id: Id<'OrgUnit'>, ifMatch?: number | null): Ctx;
}

/** 测试用县. */
export async function testWorld(modules: readonly Module[] = []): Promise<World> {
  const kit = await testKit(modules);
  const [county, east, west, eastCommunity, westCommunity] = [newId<'OrgUnit'>(), newId<'OrgUnit'>(), newId<'OrgUnit'>(), newId<'OrgUnit'>(), newId<'OrgUnit'>()];
  const userId = newId<'AppUser'>();
  const body = (id: Id<'OrgUnit'>, kind: 'county' | 'township' | 'neighbourhood', name: string, townshipId: Id<'OrgUnit'> | null, neighbourhoodId: Id<'OrgUnit'> | null, parentId: Id<'OrgUnit'> | null) =>
    ({ id, countyId: county, townshipId, neighbourhoodId, parentId, kind, subkind: null, code: null, name, matchKey: name, address: null, archivedAt: null });
  await systemContext(kit.kit).transact(async (tx) => {
    await tx.db.insertInto('platform.orgUnit').values([
      body(county, 'county', '试验县', null, null, null), body(east, 'township', '东街道', east, null, county), body(west, 'township', '西街道', west, null, county),
      body(eastCommunity, 'neighbourhood', '东一社区', east, eastCommunity, east), body(westCommunity, 'neighbourhood', '西一社区', west, westCommunity, west),
    ]).execute();
    await tx.db.insertInto('platform.appUser').values({ id: userId, countyId: county, login: 'tester', name: '测试员', passwordHash: '-' }).execute();
    tx.auditNothing('test world');
  });
  const as = (scope: Scope, role: Role = 'bureau-clerk', ifMatch: number | null = null) =>
    makeContext(kit.kit, { actor: { userId, name: '测试员', grantId: null, role, sessionId: null }, scope, requestId: newId(), ip: null, ifMatch });
  return {
    ...kit, county, east, west, eastCommunity, westCommunity, as,
    clerk: (ifMatch = null) => as(countyScope(county), 'bureau-clerk', ifMatch),
    township: (id, ifMatch = null) => as({ level: 'township', id, countyId: county }, 'township-officer', ifMatch),
  };
}
