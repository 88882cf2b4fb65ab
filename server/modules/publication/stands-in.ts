import type { ActFacts } from '#domain/publication/lifecycle.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { committeesAt, standingCommittee } from '#modules/committee/index.ts';
import type { Issuer } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { PublicationRecord } from './store.ts';

/**
 * 接替: whether the actor's body stands in for the one that published. The committee of the same estate after a re-election stands in for every
 * one before it. An office that has the item in its scope stands in for a body that is no more: an estate without an established committee, a company
 * or a body that was archived.
 */
export async function standsInFor(db: Db, ctx: Pick<Ctx, 'today'>, item: PublicationRecord, issuer: Issuer | null): Promise<ActFacts['standsIn']> {
  if (issuer === null || issuer.id === item.issuerId) return null;
  if (issuer.level === 'estate') return item.level === 'estate' && item.estateId === issuer.estateId ? 'successor' : null;
  return issuer.level === 'company' || await isThere(db, ctx, item) ? null : 'above';
}

async function isThere(db: Db, { today }: Pick<Ctx, 'today'>, { level, issuerId, estateId, companyId }: PublicationRecord): Promise<boolean> {
  if (level === 'estate') return estateId !== null && standingCommittee(await committeesAt(db, [estateId], { on: today, knownOn: null }), today)?.status === 'established';
  const found = level === 'company'
    ? companyId === null ? undefined : await db.selectFrom('registry.company').select('archivedAt').where('id', '=', companyId).executeTakeFirst()
    : await db.selectFrom('platform.orgUnit').select('archivedAt').where('id', '=', makeId<'OrgUnit'>(issuerId)).executeTakeFirst();
  // What this scope cannot see is not said to be gone.
  return found === undefined || found.archivedAt === null;
}
