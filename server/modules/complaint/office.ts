import { sql } from 'kysely';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

/** 办理单位: the body a post acts for; a company where it is asked to deal with something. */
export interface Body { readonly id: Id<'OrgUnit'>; readonly name: string; readonly kind: string }
/** 谁在办: the post's body and how far it sees. A department sees what it takes part in, not the county. */
export interface Office { readonly body: Body | null; readonly seesOnlyParts: boolean; readonly isBureau: boolean; readonly isConferenceOffice: boolean }

type Who = Pick<Ctx, 'actor' | 'scope'>;
const ANYBODY: Office = { body: null, seesOnlyParts: false, isBureau: false, isConferenceOffice: false };

/** 本岗位的单位. A county post without a body of its own is the bureau's, unless it is a department's: such a one sees nothing. */
export async function officeOf(db: Db, { actor, scope }: Who): Promise<Office> {
  const bodies = db.selectFrom('platform.orgUnit as o').select(['o.id', 'o.name', 'o.kind']);
  if (scope.level === 'township' || scope.level === 'neighbourhood') return { ...ANYBODY, body: (await bodies.where('o.id', '=', makeId<'OrgUnit'>(scope.id ?? '')).executeTakeFirst()) ?? null };
  if (scope.level !== 'county') return ANYBODY;
  const own = actor.grantId === null ? undefined : await bodies.innerJoin('platform.userGrant as g', 'g.orgUnitId', 'o.id').where('g.id', '=', actor.grantId).executeTakeFirst();
  const flags = { seesOnlyParts: actor.role === 'department-officer', isBureau: actor.role === 'bureau-clerk' || actor.role === 'bureau-leader', isConferenceOffice: actorMay({ ...actor }, 'complaint.designate') };
  if (own !== undefined || flags.seesOnlyParts) return { ...flags, body: own ?? null };
  const bureau = await bodies.where('o.countyId', '=', makeId<'OrgUnit'>(scope.id ?? '')).where('o.archivedAt', 'is', null).where('o.kind', 'in', ['bureau', 'county']).orderBy('o.kind').limit(1).executeTakeFirst();
  return { ...flags, body: bureau ?? null };
}

/** 有账号的单位 among these. */
export async function withAccounts(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from complaint.bodies_with_accounts(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
