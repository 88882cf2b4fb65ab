import type { Id } from '#domain/kernel/brand.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import type { Actor, Ctx } from '#platform/context.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { roles, type Role } from '#contract/permissions.ts';
import { addCounty } from '../county/add-county.ts';
import type { Division } from '../county/read-divisions.ts';

type UnitId = Id<'OrgUnit'>;

/** Two townships and three neighbourhoods of a made-up county. */
export const divisions: readonly Division[] = [
  { code: '990101', name: '云川县', kind: 'county', parentCode: null },
  { code: '990101001', name: '城关街道', kind: 'township', parentCode: '990101' },
  { code: '990101102', name: '河口镇', kind: 'township', parentCode: '990101' },
  { code: '990101001001', name: '东门社区', kind: 'neighbourhood', parentCode: '990101001' },
  { code: '990101001002', name: '西苑社区', kind: 'neighbourhood', parentCode: '990101001' },
  { code: '990101102001', name: '河口村', kind: 'neighbourhood', parentCode: '990101102' },
];

/** Nobody's real one; every test user has it unless it is told otherwise. */
export const PASSWORD = 'quiet-river-42';
const hashed = hashPassword(PASSWORD);

export interface World {
  readonly countyId: UnitId;
  unit(name: string): UnitId;
  /** A user with posts; `at` names the body covered, the county where left out. */
  user(login: string, posts?: readonly (Role | { readonly role: Role; readonly at: string })[], more?: { readonly mustChangePassword?: boolean }): Promise<Id<'AppUser'>>;
  /** From now on the county asks no role for a one-time code, as `setBy` set it. */
  asksNoCode(setBy: Id<'AppUser'>): Promise<void>;
  /** A context in the county, acting as the user. */
  as(userId: Id<'AppUser'>, role: Role): Ctx;
}

/** 测试县 with its bodies, and builders of users in it. */
export async function world(kit: Kit): Promise<World> {
  const { id: countyId } = await addCounty(kit, { code: '990101', divisions });
  const units = new Map((await kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select(['id', 'name']).execute())).map((unit) => [unit.name, unit.id]));
  const unit = (name: string): UnitId => {
    const id = units.get(name);
    if (!id) throw new Error(`no unit ${name}`);
    return id;
  };
  return {
    countyId, unit,
    user: async (login, posts = [], more = {}) => {
      const id = newId<'AppUser'>();
      const passwordHash = await hashed;
      await systemContext(kit).transact(async (tx) => {
        tx.auditNothing('fixture');
        await tx.db.insertInto('platform.appUser').values({ id, countyId, login, name: login, passwordHash, mustChangePassword: more.mustChangePassword ?? false }).execute();
        for (const post of posts) {
          const { role, at } = typeof post === 'string' ? { role: post, at: null } : post;
          const scopeId = at === null ? countyId : unit(at);
          await tx.db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId: id, countyId, role, level: roles[role].level, scopeId, orgUnitId: scopeId, startedOn: localDate('2025-01-01') }).execute();
        }
      });
      return id;
    },
    asksNoCode: (setBy) => systemContext(kit).transact(async (tx) => {
      tx.auditNothing('fixture');
      await tx.db.insertInto('platform.parameterOverride').values({ id: newId<'ParameterOverride'>(), countyId, parameterId: 'administration.second-factor-roles', value: '[]', effectiveFrom: localDate('2020-01-01'), basis: '测试', setBy }).execute();
    }),
    as: (userId, role) => {
      const actor: Actor = { userId, name: '测试人', grantId: null, role, sessionId: null };
      return makeContext(kit, { actor, scope: countyScope(countyId), requestId: newId(), ip: '10.0.0.1' });
    },
  };
}
