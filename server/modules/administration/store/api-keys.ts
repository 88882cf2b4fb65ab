import type { z } from 'zod';
import { sql } from 'kysely';
import { MachinePermissionName, type ApiKey, type apiKeyFilters } from '#contract/administration/api-key.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';

export type ApiKeyOut = z.input<typeof ApiKey>;

/** Every read of keys starts here: the county's own, seen from the county only. */
export const visibleApiKeys = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.apiKey as k'), { alias: 'k', only: ['county'] });

const columns = ['k.id', 'k.name', 'k.hint', 'k.level', 'k.scopeId', 'k.permissions', 'k.addresses', 'k.endsOn', 'k.createdAt', 'k.rotatedAt', 'k.lastUsedAt', 'k.lastRefusedAt', 'k.lastRefusal', 'k.revokedAt', 'k.revokedReason', 'k.version'] as const;

/** Keys with the names of all they point to; never their hash. */
export const namedApiKeys = (db: Db, scope: Scope) => visibleApiKeys(db, scope)
  .innerJoin('platform.orgUnit as s', 's.id', 'k.scopeId').innerJoin('platform.appUser as m', 'm.id', 'k.madeBy').leftJoin('platform.appUser as r', 'r.id', 'k.revokedBy')
  .innerJoin('platform.appUser as h', (join) => join.on('h.id', '=', (eb) => eb.fn.coalesce('k.holderId', 'k.madeBy')))
  .select(columns).select(['s.name as scopeName', 'm.name as madeByName', 'r.name as revokedByName', 'h.id as holderId', 'h.name as holder']);

/** Keys that fit the conditions. */
export function filteredApiKeys(db: Db, scope: Scope, { q, status }: z.output<typeof apiKeyFilters>, today: LocalDate) {
  let keys = namedApiKeys(db, scope);
  if (q) keys = keys.where(sql<boolean>`(position(${q} in k.name) > 0 or k.hint = ${q} or position(${q} in h.name) > 0)`);
  if (status === undefined) return keys;
  if (status === 'revoked') return keys.where('k.revokedAt', 'is not', null);
  return keys.where('k.revokedAt', 'is', null).where('k.endsOn', status === 'active' ? '>=' : '<', today);
}

type Named = Awaited<ReturnType<ReturnType<typeof namedApiKeys>['execute']>>[number];

/** 接口密钥 → contract shape; a permission that machines no longer have is left out. */
export function presentApiKey(row: Named, today: LocalDate): ApiKeyOut {
  const status = row.revokedAt !== null ? 'revoked' : row.endsOn < today ? 'expired' : 'active';
  const permissions = row.permissions.flatMap((name) => MachinePermissionName.safeParse(name).data ?? []);
  return { ...row, status, permissions, can: { rotate: status === 'active' || (status === 'revoked' ? '已吊销，请另建一把' : '已到期，请另建一把'), revoke: status !== 'revoked' || '已经吊销', give: status !== 'revoked' || '已经吊销' } };
}

/** One key. @throws Problem not-found */
export async function getApiKey(db: Db, scope: Scope, id: Id<'ApiKey'>, today: LocalDate): Promise<ApiKeyOut> {
  const row = await namedApiKeys(db, scope).where('k.id', '=', id).executeTakeFirst();
  if (!row) throw missing();
  return presentApiKey(row, today);
}

/** Locks one key for change. @throws Problem not-found */
export async function lockApiKey(db: Db, scope: Scope, id: Id<'ApiKey'>) {
  const row = await visibleApiKeys(db, scope).select(columns).where('k.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw missing();
  return row;
}

const missing = () => new Problem('not-found', '没有这把接口密钥，或不在本县');
