import type { Kit } from '#platform/kit.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';

/** 添一个人 with the password and the post of one of the demo county's people; `of` is another body of the same kind. */
export async function addColleague(kit: Kit, login: string, { like, of }: { readonly like: string; readonly of?: string }): Promise<void> {
  await systemContext(kit).transact(async (tx) => {
    const { id: _id, ...user } = await tx.db.selectFrom('platform.appUser').select(['id', 'countyId', 'passwordHash', 'isDemo']).where('login', '=', like).executeTakeFirstOrThrow();
    const { scopeId, orgUnitId, ...post } = await tx.db.selectFrom('platform.userGrant as g').innerJoin('platform.appUser as u', 'u.id', 'g.userId').select(['g.countyId', 'g.role', 'g.orgUnitId', 'g.level', 'g.scopeId', 'g.title', 'g.startedOn']).where('u.login', '=', like).orderBy('g.id').limit(1).executeTakeFirstOrThrow();
    const userId = newId<'AppUser'>();
    await tx.db.insertInto('platform.appUser').values({ ...user, id: userId, login, name: `${login}某` }).execute();
    await tx.db.insertInto('platform.userGrant').values({ ...post, id: newId<'UserGrant'>(), userId, scopeId: of ?? scopeId, orgUnitId: of === undefined ? orgUnitId : makeId<'OrgUnit'>(of) }).execute();
    tx.auditNothing('test: somebody more');
  });
}
