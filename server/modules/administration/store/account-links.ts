import { sql } from 'kysely';
import type { z } from 'zod';
import type { AccountLink, accountLinkFilters } from '#contract/administration/account-link.ts';
import type { Instant } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';

/** Every read of links of accounts starts here: the account is inside the scope. */
export const visibleAccountLinks = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.appUser as u'), { alias: 'u' })
  .innerJoin('platform.link as l', (join) => join.onRef('l.subjectId', '=', sql.ref('u.id')).on('l.subjectKind', '=', 'AppUser').on('l.purpose', 'in', ['invitation', 'password-reset']))
  .leftJoin('platform.appUser as m', 'm.id', 'l.madeBy').leftJoin('platform.noticeDelivery as d', 'd.linkId', 'l.id')
  .select(['l.linkNo', 'l.purpose', 'u.id as userId', 'u.name', 'u.login', 'm.name as madeBy', 'l.createdAt as madeAt', 'l.validUntil', 'l.lastUsedAt as usedAt', 'l.revokedAt', 'l.revokedReason', 'd.status as letter', 'd.lastError as letterError']);

type Query = ReturnType<typeof visibleAccountLinks>;
type Row = Awaited<ReturnType<Query['execute']>>[number];

/** 账号链接 that fit the conditions, as of `now`. */
export function filteredAccountLinks(db: Db, scope: Scope, { userId, purpose, status }: z.output<typeof accountLinkFilters>, now: Instant): Query {
  let found = visibleAccountLinks(db, scope);
  if (userId !== undefined) found = found.where('u.id', '=', userId);
  if (purpose !== undefined) found = found.where('l.purpose', '=', purpose);
  switch (status) {
    case undefined: return found;
    case 'used': return found.where('l.usedCount', '>', 0);
    case 'revoked': return found.where('l.revokedAt', 'is not', null);
    default: return found.where('l.usedCount', '=', 0).where('l.revokedAt', 'is', null).where('l.validUntil', status === 'open' ? '>' : '<=', now);
  }
}

/** 账号链接 as shown. */
export function accountLinkLine({ revokedAt, purpose, ...row }: Row, now: Instant): z.input<typeof AccountLink> {
  const status = row.usedAt !== null ? 'used' : revokedAt !== null ? 'revoked' : row.validUntil <= now ? 'expired' : 'open';
  return { ...row, purpose: purpose === 'invitation' ? 'invitation' : 'password-reset', status };
}
