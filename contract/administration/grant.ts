import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { id, instant, localDate, pageOf, pageByIdQuery, text } from '../kernel.ts';
import { GrantLevel, PermissionName, RoleName, reason, userParams } from './shared.ts';

/** 岗位(授权). */
export const Grant = z.object({
  id: id('UserGrant'), userId: id('AppUser'), userName: z.string(), role: RoleName, roleTitle: z.string(), level: GrantLevel,
  scopeId: z.string(), scopeName: z.string(), orgUnitId: id('OrgUnit').nullable(), orgUnitName: z.string().nullable(), title: z.string().nullable(),
  startedOn: localDate, endedAt: instant.nullable(), endedReason: z.string().nullable(),
  successor: z.object({ id: id('AppUser'), name: z.string() }).nullable(),
}).meta({ id: 'Grant', title: '岗位' });

/** 岗位草稿. */
export const GrantDraft = z.object({
  role: RoleName, scopeId: z.uuid('请选择管辖对象').meta({ title: '管辖对象' }),
  orgUnitId: id('OrgUnit').nullish().meta({ title: '所在单位' }), title: text(50).nullish().meta({ title: '职务' }),
  startedOn: localDate.optional().meta({ title: '到岗日期' }),
}).meta({ id: 'GrantDraft', title: '岗位草稿' });

/** 岗位列表. */
export const listGrants = defineRoute({
  method: 'GET', path: '/grants', summary: '岗位', permission: 'administration.user.read',
  query: pageByIdQuery.extend({
    userId: id('AppUser').optional().meta({ title: '用户' }), role: RoleName.optional(), orgUnitId: id('OrgUnit').optional().meta({ title: '所在单位' }),
    status: z.enum(['current', 'ended']).optional().meta({ title: '状态' }),
  }),
  response: pageOf(Grant),
});

/** 管辖对象选项: what a grant of that level may cover; names only. */
export const listGrantScopes = defineRoute({
  method: 'GET', path: '/grant-scopes', summary: '管辖对象选项', permission: 'administration.user.read',
  query: z.object({ level: GrantLevel, q: text(50).optional().meta({ title: '名称' }) }),
  response: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) }),
});

/** 授予岗位. */
export const postGrant = defineRoute({
  method: 'POST', path: '/users/:userId/grants', summary: '授予岗位', permission: 'administration.user.manage', params: userParams,
  body: GrantDraft, response: Grant, problems: ['user.not-found', 'rule.violated', 'not-found', 'state.duplicate'],
});

/** 终止岗位. */
export const putGrantEnd = defineRoute({
  method: 'PUT', path: '/grants/:grantId/end', summary: '终止岗位', permission: 'administration.user.manage', params: z.object({ grantId: id('UserGrant') }),
  body: z.object({ reason }), response: Grant, problems: ['not-found', 'state.conflict', 'rule.violated'],
});

/** 角色与权限一览. */
export const listRoles = defineRoute({
  method: 'GET', path: '/roles', summary: '角色与权限', permission: 'administration.user.read',
  response: z.object({ rows: z.array(z.object({ role: RoleName, title: z.string(), level: GrantLevel, permissions: z.array(z.object({ permission: PermissionName, title: z.string() })) })) }),
});
