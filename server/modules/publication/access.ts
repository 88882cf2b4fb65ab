import { sql } from 'kysely';
import { roleMay, roles, type Permission, type Role } from '#contract/permissions.ts';
import type { Decision } from '#domain/kernel/rule.ts';
import type { OpenCheck } from '#domain/publication/check.ts';
import { acts, decideAct, refusalsOf, type ActFacts, type ActName, type PublicationStatus } from '#domain/publication/lifecycle.ts';
import { issuerApart } from '#domain/publication/policy.ts';
import type { Issuer } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { orRefuse } from '#platform/problem.ts';
import { checkIn } from './check.ts';
import { answersIn, openSightings, type StoredSighting } from './sightings.ts';
import type { PublicationRecord } from './store.ts';

type Ability = true | string;
interface Colleague { readonly userId: string; readonly role: string }
/** 本单位 as far as acting goes: the body, who works there, and whether reviewing and issuing are kept apart. */
export interface Office { readonly issuer: Issuer | null; readonly colleagues: readonly Colleague[]; readonly mustBeApart: boolean }

/** 读本单位. */
export async function officeOf(db: Db, ctx: Ctx, issuer: Issuer | null): Promise<Office> {
  if (issuer === null) return { issuer, colleagues: [], mustBeApart: true };
  const [found, mustBeApart] = [await sql<Colleague>`select * from publication.colleagues(${issuer.id}::uuid)`.execute(db), await parameterValue(db, issuer.countyId, issuerApart, ctx.today)];
  return { issuer, colleagues: found.rows, mustBeApart };
}

const isRole = (role: string): role is Role => Object.hasOwn(roles, role);
const holds = (role: string | null, permission: Permission): boolean => role !== null && isRole(role) && roleMay(role, permission);

/** 本单位具备某项权限的人. */
export const holdersOf = (office: Office, permission: Permission): string[] => [...new Set(office.colleagues.filter(({ role }) => holds(role, permission)).map(({ userId }) => userId))];

/** 可以审核的人: who wrote none of it; the only one who could issue it is left out where somebody else can review. */
export function reviewersOf(office: Office, writerIds: readonly string[]): string[] {
  const [reviewers, issuers] = [issuersOf(office, writerIds, 'publication.review'), issuersOf(office, writerIds)];
  const rest = reviewers.filter((userId) => issuers.length !== 1 || issuers[0] !== userId);
  return office.mustBeApart && rest.length > 0 ? rest : reviewers;
}

/** 可以签发的人: who wrote none of it. */
export const issuersOf = (office: Office, writerIds: readonly string[], permission: Permission = 'publication.issue'): string[] => holdersOf(office, permission).filter((userId) => !writerIds.includes(userId));

/** What else counts for an act: the check that is meant, what was seen and not yet handled, and whether the subject still reads the same. */
export interface Circumstances { readonly sightings: readonly StoredSighting[]; readonly isCurrent: boolean; readonly check?: OpenCheck; readonly standsIn?: ActFacts['standsIn'] }

/** 办理的事实 of one item, for who asks. */
export function factsOf(ctx: Pick<Ctx, 'actor'>, item: PublicationRecord, office: Office, { sightings, isCurrent, check, standsIn = null }: Circumstances): ActFacts {
  const actorId = ctx.actor.userId;
  const others = (permission: Permission) => holdersOf(office, permission).filter((userId) => userId !== actorId && !item.writerIds.includes(userId)).length;
  return {
    status: item.status, isOwn: office.issuer?.id === item.issuerId, standsIn, issuer: item.issuerName, actorId, writerIds: item.writerIds, reviewerId: item.reviewedBy, mustBeApart: office.mustBeApart,
    others: { reviewers: others('publication.review'), issuers: others('publication.issue') }, actorMayIssue: holds(ctx.actor.role, 'publication.issue'),
    check: check ?? (item.reviewedSha256 === item.contentSha256 ? checkIn(item.openCheck) : null), sightings: openSightings(sightings, answersIn(item.answers)), isCurrent,
  };
}

const WHO: Readonly<Record<string, string>> = { 'publication.draft': '您的岗位不拟公开稿件', 'publication.review': '由本单位有审核权限的人审核', 'publication.issue': '由本单位有签发权限的负责人签发', 'publication.withdraw': '由本单位有撤回权限的负责人撤回' };

/** 能不能办: true, or why not. An approval's check is given with it, so only the rest of its rules speak here. */
export function abilityOf(ctx: Pick<Ctx, 'actor'>, act: Exclude<ActName, 'expire'>, facts: ActFacts): Ability {
  const { permission } = acts[act];
  if (ctx.actor.role !== null && !holds(ctx.actor.role, permission)) return WHO[permission] ?? '您的岗位不办这件事';
  const refusals = refusalsOf(act, act === 'approve' ? { ...facts, check: PASSING } : facts);
  return refusals.length === 0 ? true : refusals.map(({ message }) => message).join('；');
}
const PASSING: OpenCheck = { attribute: 'active', answers: { stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none' }, note: '', attachmentsSeen: true };

/** 决定办理. @throws Problem rule.violated with every rule the act breaks */
export const mustAct = (act: ActName, facts: ActFacts): PublicationStatus => orRefuse<PublicationStatus>(decided(act, facts));
const decided = (act: ActName, facts: ActFacts): Decision<PublicationStatus> => decideAct(act, facts);
