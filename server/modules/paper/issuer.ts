import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { IssuerKind } from '#domain/paper/issuer.ts';
import { committeesAt, standingCommittee } from '#modules/committee/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

/** 发文单位 of the active post, and the columns its papers belong under. */
export interface Issuer {
  readonly id: string; readonly kind: IssuerKind; readonly name: string; readonly level: 'county' | 'township' | 'neighbourhood' | 'estate' | 'company';
  readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'> | null; readonly neighbourhoodId: Id<'OrgUnit'> | null; readonly estateId: Id<'Estate'> | null; readonly companyId: Id<'Company'> | null;
}
type Who = Pick<Ctx, 'actor' | 'scope' | 'today'>;
const nowhere = { townshipId: null, neighbourhoodId: null, estateId: null, companyId: null };

/** 本岗位的发文单位; null when it has none: then nothing can be drafted, and `NO_ISSUER` says why. */
export async function issuerOf(db: Db, who: Who): Promise<Issuer | null> {
  switch (who.scope.level) {
    case 'county': return countyBody(db, who);
    case 'township': case 'neighbourhood': return ownBody(db, who);
    case 'estate': return committeeOf(db, who);
    case 'company': return companyOf(db, who);
    default: return null;
  }
}

export const NO_ISSUER: Readonly<Record<string, string>> = {
  county: '您的岗位没有填写所在单位，不知道以哪个单位的名义发文；请安全管理员在“用户与岗位”里补上所在单位', estate: '本小区没有已成立的业主委员会，不能以业主委员会名义发文',
};

/** The body of the post, else the county's only bureau. */
async function countyBody(db: Db, { actor, scope }: Who): Promise<Issuer | null> {
  const bodies = db.selectFrom('platform.orgUnit as o').select(['o.id', 'o.kind', 'o.name', 'o.countyId']).where('o.archivedAt', 'is', null);
  const own = actor.grantId === null ? undefined : await bodies.innerJoin('platform.userGrant as g', 'g.orgUnitId', 'o.id').where('g.id', '=', actor.grantId).executeTakeFirst();
  const bureaus = own ? [own] : await bodies.where('o.kind', '=', 'bureau').where('o.countyId', '=', makeId<'OrgUnit'>(scope.id ?? '')).limit(2).execute();
  const [body] = bureaus;
  return body && bureaus.length === 1 ? { ...nowhere, id: body.id, kind: kindOf(body.kind), name: body.name, level: 'county', countyId: body.countyId } : null;
}

async function ownBody(db: Db, { scope }: Who): Promise<Issuer | null> {
  const body = await db.selectFrom('platform.orgUnit').selectAll().where('id', '=', makeId<'OrgUnit'>(scope.id ?? '')).executeTakeFirst();
  if (!body || (body.kind !== 'township' && body.kind !== 'neighbourhood')) return null;
  return { ...nowhere, id: body.id, kind: body.kind, name: issuerName(body), level: body.kind, countyId: body.countyId, townshipId: body.townshipId, neighbourhoodId: body.neighbourhoodId };
}

/** 单位全称: a street is signed by its 办事处, a town or a village by its 人民政府, a community by its 居民委员会. */
function issuerName({ kind, name }: { kind: string; name: string }): string {
  if (kind === 'township') return name.endsWith('街道') ? `${name}办事处` : /[镇乡]$/.test(name) ? `${name}人民政府` : name;
  return name.endsWith('社区') ? `${name}居民委员会` : name.endsWith('村') ? `${name}民委员会` : name;
}

async function committeeOf(db: Db, { scope, today }: Who): Promise<Issuer | null> {
  const estate = await db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId']).where('id', '=', makeId<'Estate'>(scope.id ?? '')).executeTakeFirst();
  if (!estate) return null;
  const committee = standingCommittee(await committeesAt(db, [estate.id], { on: today, knownOn: null }), today);
  if (committee?.status !== 'established') return null;
  return { ...nowhere, id: committee.committeeId, kind: 'committee', name: committee.name, level: 'estate', countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId, estateId: estate.id };
}

async function companyOf(db: Db, { scope }: Who): Promise<Issuer | null> {
  const company = await db.selectFrom('registry.company').select(['id', 'countyId', 'name']).where('id', '=', makeId<'Company'>(scope.id ?? '')).where('archivedAt', 'is', null).executeTakeFirst();
  return company ? { ...nowhere, id: company.id, kind: 'company', name: company.name, level: 'company', countyId: company.countyId, companyId: company.id } : null;
}

const kindOf = (kind: string): IssuerKind => (kind === 'bureau' || kind === 'department' || kind === 'party' || kind === 'county' ? kind : 'other');
