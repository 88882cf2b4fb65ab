import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import type { Outsider } from '#platform/identity/oidc/provider.ts';
import { recordSignIn } from '#platform/identity/sign-in-record.ts';
import { Problem } from '#platform/problem.ts';
import { beyondScope, providerOf } from './provider.ts';

/** Who it was, where that is known. */
type Who = { readonly id: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'>; readonly name: string } | null;

/** The county of somebody unknown: the only one there is. */
async function soleCounty(db: Db): Promise<Id<'OrgUnit'> | null> {
  const counties = await db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').limit(2).execute();
  return counties.length === 1 ? counties[0]?.id ?? null : null;
}

/** Filed with the county's auditors and among the sign-ins: many of these are somebody trying. */
async function file(ctx: Ctx, who: Who, entry: { readonly action: string; readonly reason?: string; readonly after: unknown; readonly result: 'refused' | 'disabled' }): Promise<void> {
  const own = beyondScope(ctx, { userId: who?.id ?? null, name: who?.name ?? '未知账号', grantId: null, role: null, sessionId: null });
  const { userAgent } = edgeOf(ctx);
  await own.transact(async (tx) => {
    const countyId = who?.countyId ?? await soleCounty(tx.db);
    await recordSignIn(tx.db, { userId: who?.id ?? null, countyId, at: ctx.now, ip: ctx.ip ?? '', userAgent, way: 'single-sign-on', result: entry.result });
    tx.audit({ action: entry.action, subject: ['AppUser', who?.id ?? '未知账号'], before: null, after: entry.after, reason: entry.reason, countyId });
  });
}

/** 没有通过. */
export async function refused(ctx: Ctx, why: string, who: Who = null): Promise<Problem> {
  await file(ctx, who, { action: 'oidc.refuse', reason: why, after: null, result: who === null ? 'refused' : 'disabled' });
  return new Problem('oidc.refused', `${why}，没有登录成功。请回到登录页重新点一次；再不行请用账号和密码登录，并告诉系统管理员`);
}

/** 没有绑定: the person is told what to do, with the mark by which the administrator can register him. */
export async function unbound(ctx: Ctx, { issuer, subject }: Outsider): Promise<Problem> {
  await file(ctx, null, { action: 'oidc.unbound', after: { issuer, subject }, result: 'refused' });
  return new Problem('oidc.unbound', `您的「${providerOf(ctx).name}」身份还没有绑定本系统的账号。有账号的，请先用账号和密码登录，再点右上角姓名，到「统一身份绑定」里绑定；或者把这个用户标识告诉本单位的安全管理员登记：${subject}`);
}

/** Nothing is known of this browser: nothing is filed, or anybody could fill the records. */
export const notFromHere = () => new Problem('oidc.refused', '这次登录不是从这个浏览器开始的，或者超过了时间，没有登录成功。请回到登录页重新点一次');
