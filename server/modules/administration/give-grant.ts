import { roles, type Role } from '#contract/permissions.ts';
import { grantBySomeoneElse, grantLevelFits } from '#domain/administration/grants.ts';
import { separationOfAdministrators } from '#domain/administration/separation.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { currentGrants, scopeFact } from './store/grants.ts';

export interface Draft { readonly role: Role; readonly scopeId: string; readonly orgUnitId?: Id<'OrgUnit'> | null | undefined; readonly title?: string | null | undefined; readonly startedOn?: LocalDate | undefined }
export interface Holder { readonly id: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'> }

/** 管辖层级的中文名称. */
export const levelTitles = { county: '县', township: '乡镇街道', neighbourhood: '社区', estate: '小区', company: '企业' } as const;
type Level = keyof typeof levelTitles;
const levels: readonly Level[] = ['county', 'township', 'neighbourhood', 'estate', 'company'];

/**
 * 授予岗位 to a locked user: the role's level must fit what it covers, the three administrators stay apart, nobody gives himself one.
 * @returns the new grant's id @throws Problem rule.violated, not-found, state.duplicate
 */
export async function giveGrant(ctx: Ctx, tx: Tx, holder: Holder, draft: Draft): Promise<Id<'UserGrant'>> {
  const { title: roleTitle, level } = roles[draft.role];
  const covered = await coveredBy(tx, draft.scopeId, holder.countyId);
  if (!covered) throw new Problem('not-found', '没有这个管辖对象，或它不在本县，请重新选择', { errors: [{ pointer: '/scopeId', message: '请重新选择管辖对象' }] });
  const held = await currentGrants(tx.db, ctx.scope, holder.id).execute();
  orRefuse(decide([
    ...grantLevelFits.check({ role: roleTitle, wanted: levelTitles[level], given: levelTitles[covered] }),
    ...grantBySomeoneElse.check({ giverId: ctx.actor.userId, holderId: holder.id }),
    ...separationOfAdministrators.check({ held: [...held.map(({ role }) => role), draft.role] }),
  ], null));
  if (held.some((grant) => grant.role === draft.role && grant.scopeId === draft.scopeId)) throw new Problem('state.duplicate', '该用户已有这个岗位');
  return insertGrant(ctx, tx, holder, draft);
}

async function coveredBy(tx: Tx, scopeId: string, countyId: string): Promise<Level | undefined> {
  for (const level of levels) {
    const fact = await scopeFact(tx.db, level, scopeId);
    if (fact) return fact.countyId === countyId ? level : undefined;
  }
  return undefined;
}

/** 写入岗位; the body where the person sits is the covered body itself unless said otherwise. */
export async function insertGrant(ctx: Ctx, tx: Tx, holder: Holder, draft: Draft): Promise<Id<'UserGrant'>> {
  const { level } = roles[draft.role];
  const sits = draft.orgUnitId ?? (level === 'estate' || level === 'company' ? null : draft.scopeId as Id<'OrgUnit'>);
  if (sits !== null && !(await tx.db.selectFrom('platform.orgUnit').select('id').where('id', '=', sits).where('countyId', '=', holder.countyId).executeTakeFirst())) {
    throw new Problem('not-found', '没有这个单位，请重新选择', { errors: [{ pointer: '/orgUnitId', message: '请重新选择所在单位' }] });
  }
  const id = newId<'UserGrant'>();
  await tx.db.insertInto('platform.userGrant').values({
    id, userId: holder.id, countyId: holder.countyId, role: draft.role, orgUnitId: sits, level, scopeId: draft.scopeId,
    title: draft.title || null, startedOn: draft.startedOn ?? ctx.today, createdAt: ctx.now, updatedAt: ctx.now,
  }).execute();
  return id;
}
