import { localDate, type Id } from '#domain/kernel/brand.ts';
import type { Role } from '#contract/permissions.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { makeContext } from '#platform/make-context.ts';

/** 测试用的局: a bureau with a drafter, a reviewer and a leader, an estate with an owner, and a second county's clerk. */
export interface OfficeWorld extends World {
  readonly bureau: Id<'OrgUnit'>; readonly estateId: Id<'Estate'>; readonly ownerName: string; readonly ownerPhone: string;
  who(name: 'drafter' | 'reviewer' | 'leader' | 'alone', ifMatch?: number | null): Ctx;
  visitor(): Ctx;
}

/** 建一个局. */
export async function officeWorld(): Promise<OfficeWorld> {
  const world = await testWorld();
  const { kit } = world;
  const [bureau, estateId, purposeId] = [newId<'OrgUnit'>(), newId<'Estate'>(), newId<'OwnerPurpose'>()];
  const [ownerName, ownerPhone] = ['欧阳试样', '13900001234'];
  const ids = new Map<string, { userId: Id<'AppUser'>; role: Role; township: boolean }>();
  await kit.database.write(everything, async (db) => {
    await db.updateTable('platform.orgUnit').set({ code: '990301' }).where('id', '=', world.county).execute();
    await db.insertInto('platform.orgUnit').values({ id: bureau, countyId: world.county, parentId: world.county, kind: 'bureau', name: '试验县住房和城乡建设局', matchKey: '局' }).execute();
    await db.insertInto('registry.estate').values({ id: estateId, countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, name: '甲苑', matchKey: '甲苑', managementKind: 'unknown', totalUnits: 10, occupiedUnits: 5 }).execute();
    const place = { countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, estateId };
    await db.insertInto('registry.ownerPurpose').values({ ...place, id: purposeId, purpose: '测试', document: '函', deleteOn: localDate('2030-01-01') }).execute();
    await db.insertInto('registry.owner').values({ ...place, id: newId<'Owner'>(), name: ownerName, matchKey: 'o1', purposeId, phoneCipher: kit.vault.seal(ownerPhone), phoneIndex: kit.vault.index('phone', ownerPhone), phoneLast4: kit.vault.index('phone-last4', ownerPhone.slice(-4)) }).execute();
    for (const [name, role, township] of [['drafter', 'bureau-clerk', false], ['reviewer', 'bureau-clerk', false], ['leader', 'bureau-leader', false], ['alone', 'township-officer', true]] as const) {
      const userId = newId<'AppUser'>();
      ids.set(name, { userId, role, township });
      await db.insertInto('platform.appUser').values({ id: userId, countyId: world.county, login: name, name: `${name}某`, passwordHash: '-' }).execute();
      await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId: world.county, role, orgUnitId: township ? world.east : bureau, level: township ? 'township' : 'county', scopeId: township ? world.east : world.county, startedOn: localDate('2020-01-01') }).execute();
    }
  });
  return {
    ...world, bureau, estateId, ownerName, ownerPhone,
    who: (name, ifMatch = null) => {
      const found = ids.get(name);
      if (found === undefined) throw new Error(`nobody called ${name}`);
      const scope = found.township ? { level: 'township' as const, id: world.east, countyId: world.county } : countyScope(world.county);
      return makeContext(kit, { actor: { userId: found.userId, name: `${name}某`, grantId: null, role: found.role, sessionId: null }, scope, requestId: newId(), ip: null, ifMatch });
    },
    visitor: () => makeContext(kit, { actor: { userId: null, name: '访客', grantId: null, role: null, sessionId: null }, scope: { level: 'nothing', id: null, countyId: null }, requestId: newId(), ip: null }),
  };
}
