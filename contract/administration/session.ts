import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, done, id, instant, localDate, requiredText } from '../kernel.ts';
import { GrantLevel, PermissionName, RoleName } from './shared.ts';

/** 本人的岗位, as the switcher shows it. */
export const MyGrant = z.object({
  id: id('UserGrant'), role: RoleName, roleTitle: z.string(), level: GrantLevel, scopeId: z.string(), scopeName: z.string(),
  orgUnitId: id('OrgUnit').nullable(), orgUnitName: z.string().nullable(), title: z.string().nullable(), startedOn: localDate,
}).meta({ id: 'MyGrant', title: '本人岗位' });

/** 当前会话: who is signed in, in which post, and what that post may do. `csrfToken` goes into `x-shanzhi-csrf` of every change. */
export const Me = z.object({
  user: z.object({ id: id('AppUser'), name: z.string(), login: z.string(), mustChangePassword: z.boolean(), hasTotp: z.boolean(), needsTotp: z.boolean() }),
  grants: z.array(MyGrant), active: MyGrant.nullable(), permissions: z.array(PermissionName),
  csrfToken: z.string(), county: z.object({ id: id('OrgUnit'), name: z.string() }),
  isDemo: z.boolean(), today: localDate, passwordMinLength: count,
}).meta({ id: 'Me', title: '当前会话' });

/** 动态口令或恢复码, as typed. */
export const givenCode = z.string().trim().min(1, '请填写动态口令').max(40, '动态口令是六位数字').meta({ title: '动态口令' });

/** 登录; `code` only where the answer asks for it. The token travels in a cookie that scripts cannot read. */
export const postSession = defineRoute({
  method: 'POST', path: '/sessions', summary: '登录', permission: 'public',
  body: z.object({
    login: requiredText(50, '请填写账号').meta({ title: '账号' }),
    password: z.string().min(1, '请填写密码').max(256, '密码过长').meta({ title: '密码' }),
    code: givenCode.optional(),
  }),
  response: Me, problems: ['session.wrong-password', 'session.password-expired', 'session.locked', 'session.code-required', 'session.wrong-code'],
});

/** 演示密码: of every demo account; they exist in demo mode only, on made-up data. */
export const demoPassword = 'Anhe-2026-demo';

/** 演示账号, for the sign-in page of a demo; empty everywhere else, whatever the database holds. */
export const listDemoAccounts = defineRoute({
  method: 'GET', path: '/demo-accounts', summary: '演示账号', permission: 'public',
  response: z.object({ rows: z.array(z.object({
    login: z.string().meta({ title: '账号' }), roleTitle: z.string().meta({ title: '角色' }), posts: z.array(z.string()).meta({ title: '岗位' }), password: z.string().meta({ title: '密码' }),
  })) }),
});

/** 退出登录. `continueAt`: where the browser leaves the county's provider too, if it came in by it; `staysOutside`: it is still signed in there and cannot be led out. */
export const deleteCurrentSession = defineRoute({
  method: 'DELETE', path: '/sessions/current', summary: '退出登录', permission: 'signed-in', response: done.extend({ continueAt: z.string().nullable(), staysOutside: z.boolean() }),
});

/** 本人与当前岗位. */
export const getMe = defineRoute({ method: 'GET', path: '/me', summary: '本人与当前岗位', permission: 'signed-in', response: Me });

/** 修改本人密码; every other session of the person ends. */
export const putMyPassword = defineRoute({
  method: 'PUT', path: '/me/password', summary: '修改密码', permission: 'signed-in',
  body: z.object({
    current: z.string().min(1, '请填写原密码').max(256, '密码过长').meta({ title: '原密码' }),
    next: z.string().min(1, '请填写新密码').max(256, '密码过长').meta({ title: '新密码' }),
  }),
  response: Me, problems: ['session.wrong-password', 'session.locked', 'rule.violated'],
});

/** 切换岗位. */
export const putActiveGrant = defineRoute({
  method: 'PUT', path: '/me/active-grant', summary: '切换岗位', permission: 'signed-in',
  body: z.object({ grantId: id('UserGrant').meta({ title: '岗位' }) }), response: Me, problems: ['not-found'],
});

/** 登录会话, one row of 「登录设备」. */
export const MySession = z.object({
  id: z.string(), isCurrent: z.boolean(), ip: z.string(), device: z.string(), createdAt: instant, lastSeenAt: instant, expiresAt: instant,
}).meta({ id: 'MySession', title: '登录会话' });

/** 本人的登录会话. */
export const listMySessions = defineRoute({ method: 'GET', path: '/me/sessions', summary: '登录设备', permission: 'signed-in', response: z.object({ rows: z.array(MySession) }) });

/** 注销一个会话. */
export const deleteMySession = defineRoute({
  method: 'DELETE', path: '/me/sessions/:sessionId', summary: '退出某个设备', permission: 'signed-in',
  params: z.object({ sessionId: z.string().min(16).max(100) }), response: done, problems: ['not-found'],
});

/** 注销其他会话. */
export const deleteMyOtherSessions = defineRoute({
  method: 'DELETE', path: '/me/sessions', summary: '退出其他全部设备', permission: 'signed-in', response: z.object({ ended: count }),
});
