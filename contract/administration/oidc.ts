import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { done, download, id, instant, pageByIdQuery, pageOf, requiredText, text } from '../kernel.ts';
import { givenCode, Me } from './session.ts';
import { reason, userParams } from './shared.ts';

/** 统一身份认证: what the sign-in page may offer; the name is null when there is none. */
export const getOidc = defineRoute({ method: 'GET', path: '/oidc', summary: '统一身份认证', permission: 'public', response: z.object({ name: z.string().nullable() }) });

const Address = z.object({ url: z.string() });

/** 前往统一身份认证登录: the answer is where to send the browser; a short-lived cookie ties the way back to it. */
export const postOidcAuthorization = defineRoute({
  method: 'POST', path: '/oidc/authorizations', summary: '用统一身份认证登录', permission: 'public',
  body: z.object({ next: z.string().max(500).optional().meta({ title: '登录后前往' }) }), response: Address, problems: ['not-found', 'oidc.unavailable'],
});

/** 从统一身份认证回来: `answer` is the query the provider came back with. It signs in, asks for the one-time code first, or binds what was asked to be bound. */
export const postOidcAnswer = defineRoute({
  method: 'POST', path: '/oidc/answers', summary: '从统一身份认证回来', permission: 'public',
  body: z.object({ answer: z.string().max(4000).meta({ title: '认证平台的回答' }) }),
  response: z.object({ outcome: z.enum(['signed-in', 'bound', 'code-required']), me: Me.nullable(), next: z.string().nullable() }),
  problems: ['not-found', 'oidc.refused', 'oidc.unbound', 'oidc.unavailable', 'session.required', 'state.duplicate'],
});

/** 统一身份绑定. */
export const OidcBinding = z.object({
  id: id('OidcBinding'), issuer: z.string().meta({ title: '认证平台' }), subject: z.string().meta({ title: '用户标识' }), origin: z.enum(['self', 'administrator']), boundByName: z.string(),
  boundAt: instant, lastUsedAt: instant.nullable(), endedAt: instant.nullable(), endedByName: z.string().nullable(), endedReason: z.string().nullable(),
}).meta({ id: 'OidcBinding', title: '统一身份绑定' });

/** 补填动态口令: whose account has one is asked for it after the provider too. */
export const postOidcCode = defineRoute({
  method: 'POST', path: '/oidc/codes', summary: '统一身份认证后填动态口令', permission: 'public', body: z.object({ code: givenCode }),
  response: z.object({ me: Me, next: z.string().nullable() }), problems: ['not-found', 'oidc.refused', 'oidc.unbound', 'session.wrong-code', 'session.locked'],
});

const rows = z.object({ name: z.string().nullable(), rows: z.array(OidcBinding) });

/** 本人的统一身份绑定, past ones too. */
export const listMyOidcBindings = defineRoute({ method: 'GET', path: '/me/oidc-bindings', summary: '本人的统一身份绑定', permission: 'signed-in', response: rows });

/** 绑定本人的统一身份: the password is asked for again, then the browser goes to the provider. */
export const postMyOidcBinding = defineRoute({
  method: 'POST', path: '/me/oidc-bindings', summary: '绑定统一身份', permission: 'signed-in',
  body: z.object({ password: z.string().min(1, '请填写密码').max(256, '密码过长').meta({ title: '本系统的密码' }) }),
  response: Address, isToldOnce: true, problems: ['not-found', 'session.wrong-password', 'session.locked', 'oidc.unavailable', 'state.duplicate'],
});

/** 解除本人的绑定. */
export const deleteMyOidcBinding = defineRoute({
  method: 'DELETE', path: '/me/oidc-bindings/:oidcBindingId', summary: '解除本人的统一身份绑定', permission: 'signed-in', params: z.object({ oidcBindingId: id('OidcBinding') }), response: done, problems: ['not-found'],
});

/** 用户的统一身份绑定, past ones too. */
export const listUserOidcBindings = defineRoute({ method: 'GET', path: '/users/:userId/oidc-bindings', summary: '用户的统一身份绑定', permission: 'administration.user.read', params: userParams, response: rows, problems: ['user.not-found'] });

/** 登记用户的统一身份: the subject as the provider's people give it. */
export const postUserOidcBinding = defineRoute({
  method: 'POST', path: '/users/:userId/oidc-bindings', summary: '登记用户的统一身份', permission: 'administration.user.manage', params: userParams,
  body: z.object({ subject: requiredText(255, '请填写用户标识').meta({ title: '用户标识' }), reason }), response: OidcBinding, problems: ['not-found', 'user.not-found', 'state.duplicate'],
});

/** 解除用户的绑定; the person is signed out everywhere. */
export const putUserOidcBindingEnd = defineRoute({
  method: 'PUT', path: '/users/:userId/oidc-bindings/:oidcBindingId/end', summary: '解除用户的统一身份绑定', permission: 'administration.user.manage', params: userParams.extend({ oidcBindingId: id('OidcBinding') }),
  body: z.object({ reason }), response: OidcBinding, problems: ['not-found', 'user.not-found', 'state.conflict'],
});

/** 绑定方式 in words. */
export const bindingOriginLabels = { self: '本人绑定', administrator: '安全管理员登记' } as const;
/** 绑定状态 in words. */
export const bindingStatusLabels = { living: '有效', ended: '已解除' } as const;
const bindingStatus = z.enum(['living', 'ended']).meta({ title: '状态', 'x-labels': bindingStatusLabels });

/** 全县统一身份绑定的一行: whose, since when, last used, and how it ended. */
export const OidcBindingLine = z.object({
  id: id('OidcBinding'), userId: id('AppUser'), name: z.string().meta({ title: '姓名' }), login: z.string().meta({ title: '账号' }), isDisabled: z.boolean().meta({ title: '账号已停用' }),
  subject: z.string().meta({ title: '用户标识' }), issuer: z.string().meta({ title: '认证平台' }), status: bindingStatus, origin: z.enum(['self', 'administrator']).meta({ title: '绑定方式', 'x-labels': bindingOriginLabels }),
  boundByName: z.string().meta({ title: '办理人' }), boundAt: instant.meta({ title: '绑定时间' }), lastUsedAt: instant.nullable().meta({ title: '最近使用' }),
  endedAt: instant.nullable().meta({ title: '解除时间' }), endedByName: z.string().nullable().meta({ title: '解除人' }), endedReason: z.string().nullable().meta({ title: '解除理由' }),
}).meta({ id: 'OidcBindingLine' });

/** 统一身份绑定条件. */
export const oidcBindingFilters = z.object({ q: text(50).optional().meta({ title: '姓名、账号或用户标识' }), status: bindingStatus.optional() });
/** 全县的统一身份绑定, newest first. */
export const listOidcBindings = defineRoute({ method: 'GET', path: '/oidc-bindings', summary: '全县统一身份绑定', permission: 'administration.user.manage', query: pageByIdQuery.extend(oidcBindingFilters.shape), response: pageOf(OidcBindingLine) });
/** 导出全县的统一身份绑定. */
export const exportOidcBindings = defineRoute({ method: 'GET', path: '/oidc-bindings/export', summary: '导出全县统一身份绑定', permission: 'administration.user.manage', query: oidcBindingFilters, response: download, kind: 'download', access: 'export' });
