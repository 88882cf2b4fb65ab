import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import type { World } from '#modules/registry/testing/world.ts';

/** One officer of the township, of its neighbourhood and of the county, so that each notice to a body has exactly one reader. */
export async function giveOfficers(world: World): Promise<void> {
  await systemContext(world.kit).transact(async (tx) => {
    tx.auditNothing('fixture');
    for (const [login, role, level, scopeId] of [['east', 'township-officer', 'township', world.east], ['community', 'neighbourhood-officer', 'neighbourhood', world.eastCommunity], ['county', 'bureau-clerk', 'county', world.county]] as const) {
      const userId = newId<'AppUser'>();
      await tx.db.insertInto('platform.appUser').values({ id: userId, countyId: world.county, login, name: login, passwordHash: '-' }).execute();
      await tx.db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId: world.county, role, level, scopeId, orgUnitId: scopeId, startedOn: '2020-01-01' as never }).execute();
    }
  });
}

/** Who was told what, in order: `<rung> <login>`. */
export async function toldTo(world: World): Promise<string[]> {
  const rows = await world.kit.database.read(everything, (db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').innerJoin('platform.appUser as u', 'u.id', 'r.userId').select(['n.kind', 'u.login']).orderBy('n.id').orderBy('u.login').execute());
  return rows.map(({ kind, login }) => `${kind.replace('obligation.', '')} ${login}`);
}
