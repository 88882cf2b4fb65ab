import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

/** 本单位: which duties the post at hand is there to do, as a condition on `o`; made once per request. */
export interface OwnBody {
  readonly condition: RawBuilder<boolean>;
  /** The same, a colleague's too. */
  readonly whole: RawBuilder<boolean>;
  holds(row: { readonly holderOrgId: string; readonly holderKind: string; readonly estateId: string | null; readonly holderUserId: string | null }): boolean;
}

/** 本单位的条件: the body of the post; of the county's own bureau also what the county holds, of the conference's office what it holds as such; on an estate its committee's duties, or its company's. What a colleague has in hand is the colleague's. */
export async function ownBody(db: Db, { actor, scope }: Pick<Ctx, 'actor' | 'scope'>): Promise<OwnBody> {
  const ids = await bodiesOf(db, { actor, scope });
  const isConference = actor.role === 'conference-office';
  const estateKind = scope.level !== 'estate' ? null : actor.role === 'committee-member' ? 'committee' : 'company';
  const byHolder = estateKind === null ? sql<boolean>`(o.holder_org_id = any(${ids}::uuid[]) and (o.holder_org_id <> o.county_id or (o.holder_kind = 'conference-office') = ${isConference}))` : sql<boolean>`(o.estate_id = ${scope.id}::uuid and o.holder_kind = ${estateKind})`;
  return {
    whole: byHolder,
    condition: sql<boolean>`(${byHolder} and (o.holder_user_id is null or o.holder_user_id = ${actor.userId}))`,
    holds: ({ holderOrgId, holderKind, estateId, holderUserId }) => (estateKind === null ? ids.includes(holderOrgId) && (holderOrgId !== scope.countyId || (holderKind === 'conference-office') === isConference) : estateId === scope.id && holderKind === estateKind) && (holderUserId === null || holderUserId === actor.userId),
  };
}

async function bodiesOf(db: Db, { actor, scope }: Pick<Ctx, 'actor' | 'scope'>): Promise<string[]> {
  if (scope.id === null) return [];
  if (scope.level !== 'county') return [scope.id];
  const post = actor.grantId === null ? undefined : await db.selectFrom('platform.userGrant').select('orgUnitId').where('id', '=', actor.grantId).executeTakeFirst();
  const isOfCounty = actor.role === 'bureau-leader' || actor.role === 'bureau-clerk' || actor.role === 'conference-office';
  return [...(post?.orgUnitId ? [post.orgUnitId] : []), ...(isOfCounty ? [scope.id] : [])];
}
