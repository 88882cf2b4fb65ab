import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/administration/account-link.ts';
import { passwordMinLength } from '#domain/administration/policy.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { accountKey, clearGuard } from '#platform/identity/guard.ts';
import { openLink, useLink, type OpenLink } from '#platform/identity/link.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { refuseWeak, revokeSessions } from '#platform/identity/sessions.ts';
import { makeContext } from '#platform/make-context.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { endAccountLinks } from '../make-account-link.ts';
import { namedGrants, presentGrants } from '../store/grants.ts';

interface Owner { readonly id: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'>; readonly name: string; readonly login: string; readonly county: string }

/** Whose link it is. @throws Problem link.over when the account is disabled by now */
async function ownerOf(db: Db, { subject: [kind, id] }: OpenLink): Promise<Owner> {
  const row = kind === 'AppUser' && isId<'AppUser'>(id)
    ? await db.selectFrom('platform.appUser as u').innerJoin('platform.orgUnit as c', 'c.id', 'u.countyId').select(['u.id', 'u.countyId', 'u.name', 'u.login', 'u.disabledAt', 'c.name as county']).where('u.id', '=', id).executeTakeFirst()
    : undefined;
  if (!row || row.disabledAt !== null) throw new Problem('link.over', '这个账号已经停用，链接不能再用，请联系安全管理员');
  return row;
}

/** 打开账号链接. The person is nobody yet, so it is read over everything, by the secret alone. */
export function openAccountLink({ kit, now, today }: Ctx, { body }: Input<typeof route.postLinkOpening>): Promise<Output<typeof route.postLinkOpening>> {
  return kit.database.read(everything, async (db) => {
    const link = await openLink(db, { ...body, now });
    const owner = await ownerOf(db, link);
    const maker = link.madeBy === null ? undefined : await db.selectFrom('platform.appUser').select('name').where('id', '=', link.madeBy).executeTakeFirst();
    const grants = presentGrants(await namedGrants(db, everything).where('g.userId', '=', owner.id).where('g.endedAt', 'is', null).orderBy('g.startedOn').orderBy('g.id').execute());
    return {
      purpose: body.purpose, name: owner.name, login: owner.login, county: owner.county, madeBy: maker?.name ?? null, validUntil: link.validUntil,
      passwordMinLength: await parameterValue(db, owner.countyId, passwordMinLength, today),
      posts: grants.map(({ roleTitle, scopeName, title }) => ({ roleTitle, scopeName, title })),
    };
  });
}

/** 凭链接设置密码. A weak one does not use the link up; who signs in afterwards still needs the one-time code, if there is one. */
export async function setPasswordByLink({ kit, now, ip, requestId }: Ctx, { body: { password, ...shown } }: Input<typeof route.postLinkPassword>): Promise<Output<typeof route.postLinkPassword>> {
  const owner = await kit.database.read(everything, async (db) => ownerOf(db, await openLink(db, { ...shown, now })));
  const ctx = makeContext(kit, { actor: { userId: owner.id, name: owner.name, grantId: null, role: null, sessionId: null }, scope: everything, requestId, ip });
  await refuseWeak(ctx, owner.countyId, owner.login, password);
  const passwordHash = await hashPassword(password);
  await ctx.transact(async (tx) => {
    await useLink(tx, { ...shown, now: ctx.now });
    await tx.db.updateTable('platform.appUser').set((eb) => ({ passwordHash, mustChangePassword: false, passwordExpiresAt: null, passwordChangedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', owner.id).execute();
    await clearGuard(tx.db, accountKey(owner.login));
    await endAccountLinks(ctx, tx, owner.id, '已凭另一个链接设置密码');
    const ended = await revokeSessions(tx, owner.id, '凭链接重新设置了密码', { now: ctx.now });
    tx.audit({ action: shown.purpose === 'invitation' ? 'user.accept-invitation' : 'user.reset-by-link', subject: ['AppUser', owner.id], before: null, after: { endedSessions: ended }, countyId: owner.countyId });
  });
  return { login: owner.login };
}
