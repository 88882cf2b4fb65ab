import { demoPassword, type listDemoAccounts as route } from '#contract/administration/session.ts';
import type { Output } from '#contract/define-route.ts';
import { roles, type Role } from '#contract/permissions.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';

const isRole = (role: string): role is Role => Object.hasOwn(roles, role);

/** 演示账号: nobody is signed in yet, so only accounts marked as demo are looked at, and only where this is a demo. */
export async function listDemoAccounts({ kit }: Ctx): Promise<Output<typeof route>> {
  if (!kit.isDemo) return { rows: [] };
  const posts = await kit.database.read(everything, (db) => db.selectFrom('platform.appUser as u').innerJoin('platform.userGrant as g', 'g.userId', 'u.id').leftJoin('platform.orgUnit as o', 'o.id', 'g.orgUnitId')
    .select(['u.login', 'g.role', 'g.title', 'o.name as body']).where('u.isDemo', '=', true).where('u.disabledAt', 'is', null).where('g.endedAt', 'is', null).orderBy('u.id').orderBy('g.id').execute());
  const rows = [...Map.groupBy(posts, ({ login }) => login)].map(([login, of]) => {
    const titles = of.map(({ role }) => role).filter(isRole);
    return { login, roleTitle: titles[0] === undefined ? '' : roles[titles[0]].title, posts: of.map(({ body, title }) => [body, title].filter((word) => word !== null).join(' ')).filter((words) => words !== ''), password: demoPassword, rank: titles[0] === undefined ? order.length : order.indexOf(titles[0]) };
  });
  return { rows: rows.toSorted((a, b) => a.rank - b.rank || a.login.localeCompare(b.login)).map(({ rank: _rank, ...row }) => row) };
}

const order = Object.keys(roles);
