import type { Role } from '#contract/permissions.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { everything, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext } from '#platform/make-context.ts';
import type { Module } from '#platform/module.ts';

/** 测试用的办事大厅: a community with an estate and its company, a bureau, two departments with officers, one without, a conference office. */
export interface Hall extends World {
  readonly bureau: Id<'OrgUnit'>; readonly enforcement: Id<'OrgUnit'>; readonly fire: Id<'OrgUnit'>; readonly police: Id<'OrgUnit'>; readonly estateId: Id<'Estate'>; readonly otherEstateId: Id<'Estate'>; readonly companyId: Id<'Company'>;
  who(name: Person, ifMatch?: number | null): Ctx;
}
const people = { community: 'neighbourhood-officer', township: 'township-officer', other: 'township-officer', clerk: 'bureau-clerk', enforcer: 'department-officer', fireman: 'department-officer', conference: 'conference-office', company: 'company-head' } as const satisfies Record<string, Role>;
export type Person = keyof typeof people;

/** 建一个大厅. */
export async function hall(modules: readonly Module[] = []): Promise<Hall> {
  const world = await testWorld(modules);
  const { kit, county } = world;
  const [bureau, enforcement, fire, police] = [newId<'OrgUnit'>(), newId<'OrgUnit'>(), newId<'OrgUnit'>(), newId<'OrgUnit'>()];
  const [estateId, otherEstateId, companyId] = [newId<'Estate'>(), newId<'Estate'>(), newId<'Company'>()];
  const place: Record<Person, { orgUnitId: Id<'OrgUnit'> | null; scope: Scope }> = {
    community: { orgUnitId: world.eastCommunity, scope: { level: 'neighbourhood', id: world.eastCommunity, countyId: county } }, township: { orgUnitId: world.east, scope: { level: 'township', id: world.east, countyId: county } }, other: { orgUnitId: world.west, scope: { level: 'township', id: world.west, countyId: county } },
    clerk: at(bureau), enforcer: at(enforcement), fireman: at(fire), conference: at(null), company: { orgUnitId: null, scope: { level: 'company', id: companyId, countyId: county } },
  };
  function at(orgUnitId: Id<'OrgUnit'> | null) { return { orgUnitId, scope: { level: 'county' as const, id: county, countyId: county } }; }
  const ids = new Map<Person, { userId: Id<'AppUser'>; grantId: Id<'UserGrant'> }>();
  await kit.database.write(everything, async (db) => {
    for (const [id, kind, name] of [[bureau, 'bureau', '试验县住建局'], [enforcement, 'department', '城管局'], [fire, 'department', '消防大队'], [police, 'department', '公安局']] as const) await db.insertInto('platform.orgUnit').values({ id, countyId: county, parentId: county, kind, name, matchKey: name }).execute();
    await db.insertInto('registry.company').values({ id: companyId, countyId: county, name: '甲物业有限公司', matchKey: '甲物业' }).execute();
    await db.insertInto('registry.estate').values([
      { id: estateId, countyId: county, townshipId: world.east, neighbourhoodId: world.eastCommunity, companyId, name: '甲苑', matchKey: '甲苑', managementKind: 'company', totalUnits: 10, occupiedUnits: 5 },
      { id: otherEstateId, countyId: county, townshipId: world.west, neighbourhoodId: world.westCommunity, name: '乙苑', matchKey: '乙苑', managementKind: 'unknown', totalUnits: 10, occupiedUnits: 5 },
    ]).execute();
    for (const name of Object.keys(people) as Person[]) {
      const [userId, grantId] = [newId<'AppUser'>(), newId<'UserGrant'>()];
      ids.set(name, { userId, grantId });
      const { orgUnitId, scope } = place[name];
      await db.insertInto('platform.appUser').values({ id: userId, countyId: county, login: `hall-${name}`, name: `${name}某`, passwordHash: '-' }).execute();
      await db.insertInto('platform.userGrant').values({ id: grantId, userId, countyId: county, role: people[name], orgUnitId, level: scope.level as 'county', scopeId: scope.id ?? '', startedOn: localDate('2020-01-01') }).execute();
    }
  });
  return {
    ...world, bureau, enforcement, fire, police, estateId, otherEstateId, companyId,
    who: (name, ifMatch = null) => {
      const found = ids.get(name);
      if (!found) throw new Error(`nobody is called ${name}`);
      return makeContext(kit, { actor: { ...found, name: `${name}某`, role: people[name], sessionId: null }, scope: place[name].scope, requestId: newId(), ip: null, ifMatch });
    },
  };
}
