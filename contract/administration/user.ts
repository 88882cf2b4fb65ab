import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, download, id, instant, pageOf, pageByIdQuery, requiredText, text } from '../kernel.ts';
import { Grant, GrantDraft } from './grant.ts';
import { RoleName, reason, userParams } from './shared.ts';

/** 用户. */
export const User = z.object({
  id: id('AppUser'), login: z.string(), name: z.string(), mustChangePassword: z.boolean(), passwordExpiresAt: instant.nullable(), isDemo: z.boolean(),
  disabledAt: instant.nullable(), lastSeenAt: instant.nullable(), createdAt: instant, version: count,
  /** Since when a one-time code is in use. */
  totpSince: instant.nullable(),
  /** A link that was handed out and neither used nor revoked; it may have expired. */
  link: z.object({ purpose: z.enum(['invitation', 'password-reset']), validUntil: instant }).nullable(),
  grants: z.array(Grant),
}).meta({ id: 'User', title: '用户' });

/** 一次性密码: shown once, never again; must be changed at the first sign-in, and opens nothing after `expiresAt`. */
export const UserWithPassword = z.object({ user: User, oneTimePassword: z.string(), expiresAt: instant }).meta({ id: 'UserWithPassword', title: '用户与一次性密码' });

/** 账号, as given. */
export const givenLogin = z.string().trim().min(2, '账号至少 2 个字符').max(50, '账号最多 50 个字符')
  .regex(/^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9._-]*$/u, '账号只能用汉字、字母、数字和 . _ -').meta({ title: '账号' });
/** 姓名, as given. */
export const givenName = requiredText(50, '请填写姓名').meta({ title: '姓名' });

/** 用户条件. */
export const userFilters = z.object({
  q: text(50).optional().meta({ title: '姓名或账号' }), role: RoleName.optional(),
  status: z.enum(['active', 'disabled']).optional().meta({ title: '状态' }), orgUnitId: id('OrgUnit').optional().meta({ title: '所在单位' }),
});

/** 用户列表. */
export const listUsers = defineRoute({
  method: 'GET', path: '/users', summary: '用户', permission: 'administration.user.read', query: pageByIdQuery.extend(userFilters.shape), response: pageOf(User),
});

/** 导出用户. */
export const exportUsers = defineRoute({ method: 'GET', path: '/users/export', summary: '导出用户', permission: 'administration.user.read', query: userFilters, response: download, kind: 'download', access: 'export' });

/** 用户详情, with past grants too. */
export const getUser = defineRoute({ method: 'GET', path: '/users/:userId', summary: '用户详情', permission: 'administration.user.read', params: userParams, response: User, problems: ['user.not-found'] });

/** 新增用户; the first grant may be given with it. */
export const postUser = defineRoute({
  method: 'POST', path: '/users', summary: '新增用户', permission: 'administration.user.manage',
  body: z.object({ login: givenLogin, name: givenName, grant: GrantDraft.optional() }),
  response: UserWithPassword, isToldOnce: true, problems: ['state.duplicate', 'rule.violated', 'not-found'],
});

/** 修改用户. */
export const putUser = defineRoute({
  method: 'PUT', path: '/users/:userId', summary: '修改用户', permission: 'administration.user.manage', params: userParams, needsVersion: true,
  body: z.object({ login: givenLogin, name: givenName }), response: User, problems: ['user.not-found', 'state.duplicate', 'state.stale'],
});

/** 停用、启用用户. */
export const putUserStatus = defineRoute({
  method: 'PUT', path: '/users/:userId/status', summary: '停用或启用用户', permission: 'administration.user.manage', params: userParams,
  body: z.object({ status: z.enum(['active', 'disabled']).meta({ title: '状态' }), reason }), response: User, problems: ['user.not-found', 'rule.violated', 'state.conflict'],
});

/** 重置密码. */
export const postPasswordReset = defineRoute({
  method: 'POST', path: '/users/:userId/password-resets', summary: '重置密码', permission: 'administration.user.manage', params: userParams,
  body: z.object({ reason }), response: UserWithPassword, isToldOnce: true, problems: ['user.not-found', 'rule.violated'],
});
