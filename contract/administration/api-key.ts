import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { ability, count, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from '../kernel.ts';
import { machinePermissionLabels } from '../machine.ts';
import { PermissionName, keysOf, reason } from './shared.ts';

/** 接口可用的权限. */
export const MachinePermissionName = z.enum(keysOf(machinePermissionLabels)).meta({ id: 'MachinePermissionName', title: '接口可用的权限', 'x-labels': machinePermissionLabels });

/** 接口密钥的状态 in words. */
export const apiKeyStatusLabels = { active: '在用', expired: '已到期', revoked: '已吊销' } as const;
const ApiKeyStatus = z.enum(keysOf(apiKeyStatusLabels)).meta({ title: '状态', 'x-labels': apiKeyStatusLabels });

/** 接口密钥; never the key itself, only its last four characters. */
export const ApiKey = z.object({
  id: id('ApiKey'), name: z.string().meta({ title: '名称' }), hint: z.string().meta({ title: '尾号' }), status: ApiKeyStatus,
  level: z.enum(['county', 'township', 'neighbourhood']), scopeId: id('OrgUnit'), scopeName: z.string().meta({ title: '管辖范围' }),
  permissions: z.array(MachinePermissionName).meta({ title: '权限' }), addresses: z.array(z.string()).meta({ title: '来源地址' }), endsOn: localDate.meta({ title: '有效期至' }),
  holderId: id('AppUser'), holder: z.string().nullable().meta({ title: '保管人' }), madeByName: z.string(), createdAt: instant, rotatedAt: instant.nullable(), lastUsedAt: instant.nullable(), lastRefusedAt: instant.nullable(), lastRefusal: z.string().nullable(),
  revokedAt: instant.nullable(), revokedByName: z.string().nullable(), revokedReason: z.string().nullable(), version: count,
  can: z.object({ rotate: ability, revoke: ability, give: ability }),
}).meta({ id: 'ApiKey', title: '接口密钥' });

/** 密钥原文: shown once, never again. */
export const ApiKeyWithSecret = z.object({ apiKey: ApiKey, secret: z.string() }).meta({ id: 'ApiKeyWithSecret', title: '接口密钥与原文' });

const Address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
/** 来源地址, one by one, as people write them: by commas, blanks or lines. */
export const addressesIn = (words: string): string[] => words.split(/[\s,，、;；]+/u).filter(Boolean);

/** 接口密钥草稿. */
export const ApiKeyDraft = z.object({
  name: requiredText(50, '请填写名称').meta({ title: '名称' }), scopeId: id('OrgUnit').meta({ title: '管辖范围' }),
  permissions: z.array(MachinePermissionName).min(1, '请至少选一项权限').max(20).meta({ title: '权限' }), endsOn: localDate.meta({ title: '有效期至' }),
  holderId: id('AppUser').nullish().meta({ title: '保管人' }),
  addresses: text(190).refine((words) => addressesIn(words).every((each) => Address.safeParse(each).success), '来源地址应是 IP 地址或网段，例如 10.1.2.3 或 10.1.2.0/24').nullish().meta({ title: '来源地址' }),
}).meta({ id: 'ApiKeyDraft', title: '接口密钥草稿' });

/** 接口密钥条件. */
export const apiKeyFilters = z.object({ q: text(50).optional().meta({ title: '名称、尾号或保管人' }), status: ApiKeyStatus.optional() });

/** 接口密钥列表. */
export const listApiKeys = defineRoute({ method: 'GET', path: '/api-keys', summary: '接口密钥', permission: 'administration.user.manage', query: pageByIdQuery.extend(apiKeyFilters.shape), response: pageOf(ApiKey) });

/** 导出接口密钥清单; never the keys themselves. */
export const exportApiKeys = defineRoute({ method: 'GET', path: '/api-keys/export', summary: '导出接口密钥清单', permission: 'administration.user.manage', query: apiKeyFilters, response: download, kind: 'download', access: 'export' });

/** 新建接口密钥. */
export const postApiKey = defineRoute({
  method: 'POST', path: '/api-keys', summary: '新建接口密钥', permission: 'administration.user.manage', body: ApiKeyDraft,
  response: ApiKeyWithSecret, isToldOnce: true, problems: ['rule.violated', 'not-found', 'state.duplicate'],
});

const keyParams = z.object({ apiKeyId: id('ApiKey') });

/** 更换密钥: the old one stops at once; name, scope, permissions and end stay. */
export const postApiKeyRotation = defineRoute({
  method: 'POST', path: '/api-keys/:apiKeyId/rotations', summary: '更换接口密钥', permission: 'administration.user.manage', params: keyParams, body: z.object({ reason }),
  response: ApiKeyWithSecret, isToldOnce: true, problems: ['not-found', 'state.conflict'],
});

/** 吊销密钥: it opens nothing from the next request on, for good. */
export const putApiKeyRevocation = defineRoute({
  method: 'PUT', path: '/api-keys/:apiKeyId/revocation', summary: '吊销接口密钥', permission: 'administration.user.manage', params: keyParams, body: z.object({ reason }),
  response: ApiKey, problems: ['not-found', 'state.conflict'],
});

/** 更换保管人: who answers for the key from now on; the key itself stays as it is. */
export const putApiKeyHolder = defineRoute({
  method: 'PUT', path: '/api-keys/:apiKeyId/holder', summary: '更换接口密钥的保管人', permission: 'administration.user.manage', params: keyParams, body: z.object({ holderId: id('AppUser').meta({ title: '保管人' }), reason }),
  response: ApiKey, problems: ['not-found', 'user.not-found', 'state.conflict'],
});

/** 调用者: who one is, what one covers and may do; for machines to try their key with, and for people too. */
export const Whoami = z.object({
  kind: z.enum(['person', 'key']), name: z.string(), county: z.object({ id: id('OrgUnit'), name: z.string() }),
  scope: z.object({ level: z.string(), id: z.string(), name: z.string() }).nullable(), permissions: z.array(PermissionName), endsOn: localDate.nullable(), today: localDate,
}).meta({ id: 'Whoami', title: '调用者' });

/** 我是谁. */
export const getWhoami = defineRoute({ method: 'GET', path: '/whoami', summary: '我是谁（试接口密钥用）', permission: 'signed-in', response: Whoami });
