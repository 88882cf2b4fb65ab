import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';

/** 本县 of the active post. @throws Problem access.denied for a post that is of none */
export function countyOf({ scope }: Pick<Ctx, 'scope'>): Id<'OrgUnit'> {
  if (scope.countyId === null) throw new Problem('access.denied', '您目前没有本县的岗位');
  return makeId<'OrgUnit'>(scope.countyId);
}
