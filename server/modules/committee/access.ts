import type { Permission } from '#contract/permissions.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';

type Ability = true | string;
type Who = Pick<Ctx, 'actor' | 'scope'>;

const holds = ({ actor }: Who, permission: Permission): boolean => actorMay(actor, permission);

/** 业委会可登记否: by a public body that may edit; an estate's own people and its company only read. */
export function mayRecord(who: Who): Ability {
  if (!holds(who, 'registry.edit')) return '您的岗位只能查看';
  return ['everything', 'county', 'township', 'neighbourhood'].includes(who.scope.level) || '由社区、乡镇街道或县住建局登记';
}

/** 业委会可做的事, of one version: an earlier one can only be read. */
export function committeeCan(who: Who, version: { readonly supersededAt: unknown }): { edit: Ability; archive: Ability } {
  const edit = version.supersededAt === null ? mayRecord(who) : '已归档或已有新的版本，不能再修改';
  return { edit, archive: edit !== true ? edit : holds(who, 'registry.merge') || '归档由县住建局办理' };
}

/** Refuses what may not be done. @throws Problem access.denied, state.conflict when archived */
export function mustBeAble(ability: Ability): void {
  if (ability !== true) throw new Problem(ability.startsWith('已归档') ? 'state.conflict' : 'access.denied', ability);
}
