import type { Permission } from '#contract/permissions.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';

type Ability = true | string;
type Who = Pick<Ctx, 'actor' | 'scope'>;
interface Owned { readonly townshipId: string | null; readonly archivedAt: unknown }

const holds = ({ actor }: Who, permission: Permission): boolean => actorMay(actor, permission);

/** 上报表格可做的事: the body whose form it is, or the county for it, marks, fills and sends it. */
export function formCan(who: Who, form: Owned): { mark: Ability; fill: Ability; send: Ability } {
  const own = who.scope.level === 'county' || who.scope.level === 'everything' || (who.scope.level === 'township' && who.scope.id === form.townshipId);
  const wrong = form.archivedAt !== null ? '已归档，不能再填报' : own ? null : '由县住建局或表所属的乡镇街道填报';
  const may = (permission: Permission, reason: string): Ability => wrong ?? (holds(who, permission) || reason);
  return { mark: may('report.fill', '由经办人上传和标记'), fill: may('report.read', '您的岗位不能查看上报表格'), send: may('report.send', '由领导或经办人上报') };
}

/** Refuses what may not be done. @throws Problem access.denied, state.conflict when archived */
export function mustBeAble(ability: Ability): void {
  if (ability !== true) throw new Problem(ability.startsWith('已归档') ? 'state.conflict' : 'access.denied', ability);
}

/** 表的归属: the county's own, or one township's. @throws Problem access.denied for any other level */
export function ownerOf({ scope }: Pick<Ctx, 'scope'>): { countyId: Id<'OrgUnit'>; townshipId: Id<'OrgUnit'> | null } {
  if (scope.countyId === null || (scope.level !== 'county' && scope.level !== 'township')) throw new Problem('access.denied', '由县住建局或乡镇街道填报');
  return { countyId: makeId<'OrgUnit'>(scope.countyId), townshipId: scope.level === 'township' && scope.id !== null ? makeId<'OrgUnit'>(scope.id) : null };
}

/** 表的取数范围: its owner's, whoever looks at it. */
export const scopeOfForm = ({ countyId, townshipId }: { countyId: string; townshipId: string | null }): Scope =>
  townshipId === null ? { level: 'county', id: countyId, countyId } : { level: 'township', id: townshipId, countyId };
