import { roleMay, type Permission } from '#contract/permissions.ts';
import { collectionState } from '#domain/collection/standing.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Violation } from '#domain/kernel/rule.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import type { CollectionRecord } from './store/collections.ts';

type Ability = true | string;
type Who = Pick<Ctx, 'actor' | 'scope' | 'today'>;
type Head = Pick<CollectionRecord, 'townshipId' | 'status' | 'endsOn'>;

/** 有无权限: the system itself may; nobody in particular (a link) may nothing here. */
export const holds = ({ actor }: Pick<Ctx, 'actor'>, permission: Permission): boolean => actor.role !== null && roleMay(actor.role, permission);

/** 下发权: the body whose task it is, or the county for it. */
function rightOf(who: Who, { townshipId }: Head): Ability {
  if (!holds(who, 'collection.issue')) return '由经办人办理';
  return who.scope.level === 'county' || (who.scope.level === 'township' && who.scope.id === townshipId) || '由下发的单位办理';
}

const words = { draft: '还没有下发', issued: '正在采集', ended: '已到期结束', closed: '已结束', withdrawn: '已撤回' } as const;

/** 采集任务可做的事. A refusal that begins with its state is a matter of state, else of right. */
export function collectionCan(who: Who, head: Head) {
  const state = collectionState(head, who.today);
  const right = rightOf(who, head);
  const when = (isRight: boolean, otherwise: string): Ability => (right !== true ? right : isRight || `${words[state]}，${otherwise}`);
  return {
    edit: when(state === 'draft', '内容不能再改；需要改的，请撤回后按“再发一次”另拟'), issue: when(state === 'draft', '不用再下发'), withdraw: when(state !== 'withdrawn' && state !== 'closed', '不能撤回'), close: when(state === 'issued' || state === 'ended', '不能结束'),
    copy: holds(who, 'collection.issue') || '由经办人办理', decide: when(state !== 'draft' && state !== 'withdrawn', '没有可取舍的填报'), chase: when(state === 'issued', '不能催办'),
  };
}

/** 能否填报: while the task runs. */
export function answerAbility(who: Who, head: Head): Ability {
  const state = collectionState(head, who.today);
  return state === 'issued' || `${words[state]}，不能再填报`;
}

/** Refuses what may not be done. @throws Problem access.denied, or state.conflict where only the state stands against it */
export function mustBeAble(ability: Ability): void {
  if (ability !== true) throw new Problem(Object.values(words).some((word) => ability.startsWith(word)) ? 'state.conflict' : 'access.denied', ability);
}

/** Refuses with every broken rule. @throws Problem rule.violated */
export const mustObey = (violations: readonly Violation[]): true => orRefuse(decide(violations, true as const));

/** 任务的归属: the county's own, or one township's. @throws Problem access.denied for any other level */
export function ownerOf({ scope }: Pick<Ctx, 'scope'>): { countyId: Id<'OrgUnit'>; townshipId: Id<'OrgUnit'> | null } {
  if (scope.countyId === null || (scope.level !== 'county' && scope.level !== 'township')) throw new Problem('access.denied', '由县级单位或乡镇街道下发');
  return { countyId: makeId<'OrgUnit'>(scope.countyId), townshipId: scope.level === 'township' && scope.id !== null ? makeId<'OrgUnit'>(scope.id) : null };
}
