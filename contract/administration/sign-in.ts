import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { download, flag, id, instant, localDate, pageByIdQuery, pageOf, text } from '../kernel.ts';
import { keysOf } from './shared.ts';

/** 登录方式. */
export const signInWays = { 'password': '密码', 'code': '密码和动态口令', 'recovery-code': '密码和恢复码', 'single-sign-on': '统一身份认证' } as const;
/** 登录结果. */
export const signInResults = {
  'in': '登录成功', 'wrong-password': '账号或密码不正确', 'wrong-code': '密码正确，动态口令不正确', 'disabled': '账号已停用', 'expired': '一次性密码已过期', 'refused': '统一身份认证没有通过',
} as const;
export type SignInWay = keyof typeof signInWays;
export type SignInResult = keyof typeof signInResults;

const way = z.enum(keysOf(signInWays)).meta({ title: '方式', 'x-labels': signInWays });
const result = z.enum(keysOf(signInResults)).meta({ title: '结果', 'x-labels': signInResults });

/** 登录记录: one try to sign in, whoever it was. `user` is null for an account that does not exist; what was typed is not kept. */
export const SignInLine = z.object({
  id: id('SignIn'), at: instant.meta({ title: '时间' }), user: z.object({ id: id('AppUser'), name: z.string(), login: z.string() }).nullable().meta({ title: '用户' }),
  ip: z.string().meta({ title: '网络地址' }), device: z.string().meta({ title: '设备' }), way, result, hasLocked: z.boolean().meta({ title: '随后被锁定' }),
  /** What became of the sign-in; null for one that failed, or whose end is no longer known. */
  session: z.object({ isOpen: z.boolean(), isCurrent: z.boolean(), lastSeenAt: instant, endedReason: z.string().nullable() }).nullable().meta({ title: '现在' }),
}).meta({ id: 'SignInLine', title: '登录记录' });

/** 登录记录条件. */
export const signInFilters = z.object({
  result: result.optional(), from: localDate.optional().meta({ title: '自' }), to: localDate.optional().meta({ title: '至' }),
});
/** 全县登录记录条件. */
export const allSignInFilters = signInFilters.extend({ q: text(50).optional().meta({ title: '姓名或账号' }), userId: id('AppUser').optional().meta({ title: '用户' }), failed: flag.optional().meta({ title: '只看没有成功的' }) });

/** 本人的登录记录. */
export const listMySignIns = defineRoute({ method: 'GET', path: '/me/sign-ins', summary: '本人登录记录', permission: 'signed-in', query: pageByIdQuery.extend(signInFilters.shape), response: pageOf(SignInLine) });
/** 导出本人的登录记录. */
export const exportMySignIns = defineRoute({ method: 'GET', path: '/me/sign-ins/export', summary: '导出本人登录记录', permission: 'signed-in', query: signInFilters, response: download, kind: 'download', access: 'export' });
/** 登录记录 of the county's accounts. */
export const listSignIns = defineRoute({ method: 'GET', path: '/sign-ins', summary: '登录记录', permission: 'administration.sign-in.read', query: pageByIdQuery.extend(allSignInFilters.shape), response: pageOf(SignInLine) });
/** 导出登录记录. */
export const exportSignIns = defineRoute({ method: 'GET', path: '/sign-ins/export', summary: '导出登录记录', permission: 'administration.sign-in.read', query: allSignInFilters, response: download, kind: 'download', access: 'export' });
