import type { getWhoami } from '#contract/administration/api-key.ts';
import type { Output } from '#contract/define-route.ts';
import { permissions, roleMay, type Permission } from '#contract/permissions.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { Problem } from '#platform/problem.ts';

const isPermission = (key: string): key is Permission => Object.hasOwn(permissions, key);

/** 我是谁: the key of the running request, else the person. */
export async function whoami(ctx: Ctx): Promise<Output<typeof getWhoami>> {
  const { key, session } = edgeOf(ctx);
  if (key) return { kind: 'key', name: key.name, county: key.county, scope: { level: key.level, id: key.scopeId, name: key.scopeName }, permissions: [...key.permissions], endsOn: key.endsOn, today: ctx.today };
  if (!session) throw new Problem('session.required', '请先登录');
  const { active, user, county } = session;
  return {
    kind: 'person', name: user.name, county, scope: active && { level: active.level, id: active.scopeId, name: active.scopeName },
    permissions: active ? Object.keys(permissions).filter(isPermission).filter((each) => roleMay(active.role, each)) : [], endsOn: null, today: ctx.today,
  };
}
