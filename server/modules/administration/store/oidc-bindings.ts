import { sql } from 'kysely';
import type { z } from 'zod';
import type { OidcBinding, oidcBindingFilters, OidcBindingLine } from '#contract/administration/oidc.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Outsider } from '#platform/identity/oidc/provider.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';

type BindingOut = z.input<typeof OidcBinding>;

/** Every read of bindings starts here. */
const visibleBindings = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.oidcBinding as b'), { alias: 'b', only: ['county'] })
  .innerJoin('platform.appUser as m', 'm.id', 'b.boundBy').leftJoin('platform.appUser as e', 'e.id', 'b.endedBy')
  .select(['b.id', 'b.issuer', 'b.subject', 'b.origin', 'm.name as boundByName', 'b.boundAt', 'b.lastUsedAt', 'b.endedAt', 'e.name as endedByName', 'b.endedReason']);

/** Bindings of one person: the living one first, then the past, newest first. */
export const bindingsOf = (db: Db, scope: Scope, userId: Id<'AppUser'>): Promise<BindingOut[]> =>
  visibleBindings(db, scope).where('b.userId', '=', userId).orderBy((eb) => eb('b.endedAt', 'is not', null)).orderBy('b.id', 'desc').limit(100).execute();

/** 全县的统一身份绑定 that fit the conditions. */
export function filteredBindings(db: Db, scope: Scope, { q, status }: z.output<typeof oidcBindingFilters>) {
  let found = visibleBindings(db, scope).innerJoin('platform.appUser as u', 'u.id', 'b.userId').select(['b.userId', 'u.name', 'u.login', 'u.disabledAt']);
  if (status !== undefined) found = found.where('b.endedAt', status === 'living' ? 'is' : 'is not', null);
  return q === undefined || q === '' ? found : found.where(sql<boolean>`(position(lower(${q}) in lower(u.name)) > 0 or position(lower(${q}) in lower(u.login)) > 0 or b.subject = ${q})`);
}

/** 一行 as shown. */
export type BindingLine = z.input<typeof OidcBindingLine>;
/** 一行, from what is stored. */
export const bindingLine = ({ disabledAt, ...row }: Awaited<ReturnType<ReturnType<typeof filteredBindings>['execute']>>[number]): BindingLine => ({ ...row, isDisabled: disabledAt !== null, status: row.endedAt === null ? 'living' : 'ended' });

/** Writes a binding and its entry. @throws Problem state.duplicate when the identity opens an account already, or the account has one */
export async function bind(tx: Tx, scope: Scope, { user, outsider, by, now, reason }: { user: { id: Id<'AppUser'>; countyId: Id<'OrgUnit'> }; outsider: Outsider; by: Id<'AppUser'>; now: Instant; reason?: string }): Promise<BindingOut> {
  const made = await tx.db.insertInto('platform.oidcBinding')
    .values({ id: newId<'OidcBinding'>(), userId: user.id, countyId: user.countyId, ...outsider, origin: by === user.id ? 'self' : 'administrator', boundBy: by, boundAt: now })
    .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  if (!made) throw new Problem('state.duplicate', '这个统一身份已经绑定了一个账号，或这个账号已经绑定了别的统一身份，请先解除原来的绑定');
  tx.audit({ action: 'oidc.bind', subject: ['AppUser', user.id], before: null, after: { ...outsider }, countyId: user.countyId, ...(reason === undefined ? {} : { reason }) });
  const row = await visibleBindings(tx.db, scope).where('b.id', '=', made.id).executeTakeFirstOrThrow();
  return row;
}

/** Ends a living binding of this person. @throws Problem not-found */
export async function unbind(tx: Tx, scope: Scope, { userId, oidcBindingId, by, now, reason }: { userId: Id<'AppUser'>; oidcBindingId: Id<'OidcBinding'>; by: Id<'AppUser'>; now: Instant; reason: string }): Promise<BindingOut> {
  const ended = await tx.db.updateTable('platform.oidcBinding').set({ endedAt: now, endedBy: by, endedReason: reason })
    .where('id', '=', oidcBindingId).where('userId', '=', userId).where('endedAt', 'is', null).returning(['countyId', 'issuer', 'subject']).executeTakeFirst();
  if (!ended) throw new Problem('not-found', '没有这个绑定，或已经解除，请刷新页面');
  tx.audit({ action: 'oidc.unbind', subject: ['AppUser', userId], before: { issuer: ended.issuer, subject: ended.subject }, after: null, reason, countyId: ended.countyId });
  return visibleBindings(tx.db, scope).where('b.id', '=', oidcBindingId).executeTakeFirstOrThrow();
}

const living = (db: Db) => db.selectFrom('platform.oidcBinding as b').innerJoin('platform.appUser as u', 'u.id', 'b.userId').leftJoin('platform.totp as t', (join) => join.onRef('t.userId', '=', 'u.id').on('t.confirmedAt', 'is not', null))
  .select(['b.id as oidcBindingId', 'u.id', 'u.name', 'u.login', 'u.countyId', 'u.disabledAt', 't.secretCipher']).where('b.endedAt', 'is', null);

/** 持有人: whose account this identity opens; undefined when nobody's. Asked before there is a scope. */
export const holderOf = (db: Db, { issuer, subject }: Outsider) => living(db).where('b.issuer', '=', issuer).where('b.subject', '=', subject).executeTakeFirst();
/** The same of a binding; undefined when it was ended meanwhile. */
export const holderOfBinding = (db: Db, oidcBindingId: Id<'OidcBinding'>) => living(db).where('b.id', '=', oidcBindingId).executeTakeFirst();
export type Holder = NonNullable<Awaited<ReturnType<typeof holderOf>>>;
