import { z } from 'zod';
import { defineRoute, none } from './define-route.ts';
import { count, done, flag, id, instant, localDate, pageOf, pageQuery, requiredText, text } from './kernel.ts';
import { permissions, roles, type Permission, type Role } from './permissions.ts';

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): [K, ...K[]] => Object.keys(record) as [K, ...K[]];
const reason = requiredText(200, '请填写理由').meta({ title: '理由' });

/** 岗位角色. */
export const RoleName = z.enum(keysOf<Role>(roles)).meta({ id: 'RoleName', title: '角色' });
/** 权限. */
export const PermissionName = z.enum(keysOf<Permission>(permissions)).meta({ id: 'PermissionName', title: '权限' });
/** 管辖层级. */
export const GrantLevel = z.enum(['county', 'township', 'neighbourhood', 'estate', 'company']).meta({ id: 'GrantLevel', title: '管辖层级' });

// ── 登录与本人 ────────────────────────────────────────────────────────────────

/** 本人的岗位, as the switcher shows it. */
export const MyGrant = z.object({
  id: id('UserGrant'), role: RoleName, roleTitle: z.string(), level: GrantLevel, scopeId: z.string(), scopeName: z.string(),
  orgUnitId: id('OrgUnit').nullable(), orgUnitName: z.string().nullable(), title: z.string().nullable(), startedOn: localDate,
}).meta({ id: 'MyGrant', title: '本人岗位' });

/** 当前会话: who is signed in, in which post, and what that post may do. `csrfToken` goes into `x-shanzhi-csrf` of every change. */
export const Me = z.object({
  user: z.object({ id: id('AppUser'), name: z.string(), login: z.string(), mustChangePassword: z.boolean() }),
  grants: z.array(MyGrant), active: MyGrant.nullable(), permissions: z.array(PermissionName),
  csrfToken: z.string(), county: z.object({ id: id('OrgUnit'), name: z.string() }),
  isDemo: z.boolean(), today: localDate, passwordMinLength: count,
}).meta({ id: 'Me', title: '当前会话' });

/** 登录. The token travels in a cookie that scripts cannot read. */
export const postSession = defineRoute({
  method: 'POST', path: '/sessions', summary: '登录', permission: 'public',
  body: z.object({
    login: requiredText(50, '请填写账号').meta({ title: '账号' }),
    password: z.string().min(1, '请填写密码').max(256, '密码过长').meta({ title: '密码' }),
  }),
  response: Me, problems: ['session.wrong-password', 'session.locked'],
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

/** 退出登录. */
export const deleteCurrentSession = defineRoute({ method: 'DELETE', path: '/sessions/current', summary: '退出登录', permission: 'signed-in', response: done });

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

// ── 用户与岗位 ────────────────────────────────────────────────────────────────

/** 岗位(授权). */
export const Grant = z.object({
  id: id('UserGrant'), userId: id('AppUser'), userName: z.string(), role: RoleName, roleTitle: z.string(), level: GrantLevel,
  scopeId: z.string(), scopeName: z.string(), orgUnitId: id('OrgUnit').nullable(), orgUnitName: z.string().nullable(), title: z.string().nullable(),
  startedOn: localDate, endedAt: instant.nullable(), endedReason: z.string().nullable(),
  successor: z.object({ id: id('AppUser'), name: z.string() }).nullable(),
}).meta({ id: 'Grant', title: '岗位' });

/** 用户. */
export const User = z.object({
  id: id('AppUser'), login: z.string(), name: z.string(), mustChangePassword: z.boolean(), isDemo: z.boolean(),
  disabledAt: instant.nullable(), lastSeenAt: instant.nullable(), createdAt: instant, version: count, grants: z.array(Grant),
}).meta({ id: 'User', title: '用户' });

/** 一次性密码: shown once, never again; must be changed at the first sign-in. */
export const UserWithPassword = z.object({ user: User, oneTimePassword: z.string() }).meta({ id: 'UserWithPassword', title: '用户与一次性密码' });

const login = z.string().trim().min(2, '账号至少 2 个字符').max(50, '账号最多 50 个字符')
  .regex(/^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9._-]*$/u, '账号只能用汉字、字母、数字和 . _ -').meta({ title: '账号' });
const personName = requiredText(50, '请填写姓名').meta({ title: '姓名' });

/** 岗位草稿. */
export const GrantDraft = z.object({
  role: RoleName, scopeId: z.uuid('请选择管辖对象').meta({ title: '管辖对象' }),
  orgUnitId: id('OrgUnit').nullish().meta({ title: '所在单位' }), title: text(50).nullish().meta({ title: '职务' }),
  startedOn: localDate.optional().meta({ title: '到岗日期' }),
}).meta({ id: 'GrantDraft', title: '岗位草稿' });

/** 用户列表. */
export const listUsers = defineRoute({
  method: 'GET', path: '/users', summary: '用户', permission: 'administration.user.read',
  query: pageQuery.extend({
    q: text(50).optional().meta({ title: '姓名或账号' }), role: RoleName.optional(),
    status: z.enum(['active', 'disabled']).optional().meta({ title: '状态' }), orgUnitId: id('OrgUnit').optional().meta({ title: '所在单位' }),
  }),
  response: pageOf(User),
});

const userParams = z.object({ userId: id('AppUser') });

/** 用户详情, with past grants too. */
export const getUser = defineRoute({ method: 'GET', path: '/users/:userId', summary: '用户详情', permission: 'administration.user.read', params: userParams, response: User, problems: ['user.not-found'] });

/** 新增用户; the first grant may be given with it. */
export const postUser = defineRoute({
  method: 'POST', path: '/users', summary: '新增用户', permission: 'administration.user.manage',
  body: z.object({ login, name: personName, grant: GrantDraft.optional() }),
  response: UserWithPassword, isToldOnce: true, problems: ['state.duplicate', 'rule.violated', 'not-found'],
});

/** 修改用户. */
export const putUser = defineRoute({
  method: 'PUT', path: '/users/:userId', summary: '修改用户', permission: 'administration.user.manage', params: userParams, needsVersion: true,
  body: z.object({ login, name: personName }), response: User, problems: ['user.not-found', 'state.duplicate', 'state.stale'],
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

/** 岗位列表. */
export const listGrants = defineRoute({
  method: 'GET', path: '/grants', summary: '岗位', permission: 'administration.user.read',
  query: pageQuery.extend({
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

/** 工作交接: every grant in force moves to the successor, in one act; the answer is the list to sign. */
export const postHandOver = defineRoute({
  method: 'POST', path: '/users/:userId/hand-overs', summary: '工作交接', permission: 'administration.user.manage', params: userParams,
  body: z.object({
    successorId: id('AppUser').meta({ title: '接手人' }), reason,
    disableAfter: z.boolean().default(true).meta({ title: '交接后停用原账号' }),
  }),
  response: z.object({
    from: z.object({ id: id('AppUser'), name: z.string() }), to: z.object({ id: id('AppUser'), name: z.string() }),
    on: localDate, handedOverBy: z.string(), disabled: z.boolean(), grants: z.array(Grant),
  }),
  problems: ['user.not-found', 'rule.violated', 'state.conflict'],
});

/** 角色与权限一览. */
export const listRoles = defineRoute({
  method: 'GET', path: '/roles', summary: '角色与权限', permission: 'administration.user.read',
  response: z.object({ rows: z.array(z.object({ role: RoleName, title: z.string(), level: GrantLevel, permissions: z.array(z.object({ permission: PermissionName, title: z.string() })) })) }),
});

// ── 组织机构 ──────────────────────────────────────────────────────────────────

export const OrgUnitKind = z.enum(['county', 'township', 'neighbourhood', 'bureau', 'department', 'party', 'other']).meta({ id: 'OrgUnitKind', title: '机构类别' });

/** 组织机构; the tree is made of `parentId`. */
export const OrgUnit = z.object({
  id: id('OrgUnit'), parentId: id('OrgUnit').nullable(), kind: OrgUnitKind, subkind: z.string().nullable(), code: z.string().nullable(),
  name: z.string(), address: z.string().nullable(), sortNo: z.int(), archivedAt: instant.nullable(), version: count,
}).meta({ id: 'OrgUnit', title: '组织机构' });

/** 组织机构, the whole county's in the order of the tree's levels. */
export const listOrgUnits = defineRoute({
  method: 'GET', path: '/org-units', summary: '组织机构', permission: 'signed-in',
  query: z.object({ kind: OrgUnitKind.optional(), parentId: id('OrgUnit').optional(), includeArchived: flag.optional() }),
  response: z.object({ rows: z.array(OrgUnit) }),
});

const orgUnitFields = {
  name: requiredText(100, '请填写名称').meta({ title: '名称' }), subkind: text(20).nullish().meta({ title: '具体类型' }),
  address: text(200).nullish().meta({ title: '地址' }), sortNo: z.int().min(0).max(100_000).optional().meta({ title: '排序' }),
};
const orgCode = z.string().trim().regex(/^\d{6,12}$/, '代码应为 6 至 12 位数字').nullish().meta({ title: '代码' });

/** 新增机构. */
export const postOrgUnit = defineRoute({
  method: 'POST', path: '/org-units', summary: '新增组织机构', permission: 'administration.org.edit',
  body: z.object({ ...orgUnitFields, kind: OrgUnitKind.exclude(['county']), parentId: id('OrgUnit').meta({ title: '上级' }), code: orgCode }),
  response: OrgUnit, problems: ['not-found', 'rule.violated', 'state.duplicate'],
});

/** 修改机构. */
export const putOrgUnit = defineRoute({
  method: 'PUT', path: '/org-units/:orgUnitId', summary: '修改组织机构', permission: 'administration.org.edit', needsVersion: true,
  params: z.object({ orgUnitId: id('OrgUnit') }), body: z.object({ ...orgUnitFields, code: orgCode }),
  response: OrgUnit, problems: ['not-found', 'state.duplicate', 'state.stale'],
});

/** 撤销或恢复机构. */
export const putOrgUnitStatus = defineRoute({
  method: 'PUT', path: '/org-units/:orgUnitId/status', summary: '撤销或恢复组织机构', permission: 'administration.org.edit',
  params: z.object({ orgUnitId: id('OrgUnit') }), body: z.object({ status: z.enum(['active', 'archived']).meta({ title: '状态' }), reason }),
  response: OrgUnit, problems: ['not-found', 'rule.violated', 'state.conflict'],
});

// ── 操作记录 ──────────────────────────────────────────────────────────────────

/** 操作记录, one line. */
export const AuditLine = z.object({
  id: id('Entry'), entryNo: count, at: instant, actorId: z.string().nullable(), actorName: z.string(), roleTitle: z.string().nullable(),
  action: z.string(), actionTitle: z.string(), subjectKind: z.string(), subjectTitle: z.string(), subjectId: z.string(), reason: z.string().nullable(), sealed: z.boolean(),
}).meta({ id: 'AuditLine', title: '操作记录' });

/** 操作记录详情: what changed, field by field, and the seal over it. */
export const AuditEntry = AuditLine.extend({
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  requestId: z.string(), ip: z.string().nullable(),
  seal: z.object({ sealNo: count, algorithm: z.enum(['sha256', 'sm3']), hash: z.string(), previous: z.string(), sealedAt: instant }).nullable(),
}).meta({ id: 'AuditEntry', title: '操作记录详情' });

/** 操作记录, newest first. */
export const listAuditEntries = defineRoute({
  method: 'GET', path: '/audit-entries', summary: '操作记录', permission: 'administration.audit.read',
  query: pageQuery.extend({
    actorId: z.uuid().optional().meta({ title: '操作人' }), actor: text(50).optional().meta({ title: '操作人姓名' }),
    action: text(60).optional().meta({ title: '操作' }), subjectKind: text(60).optional().meta({ title: '对象类别' }), subjectId: text(100).optional().meta({ title: '对象编号' }),
    from: localDate.optional().meta({ title: '从' }), to: localDate.optional().meta({ title: '到' }),
  }),
  response: pageOf(AuditLine),
});

/** 操作记录详情. */
export const getAuditEntry = defineRoute({
  method: 'GET', path: '/audit-entries/:entryId', summary: '操作记录详情', permission: 'administration.audit.read',
  params: z.object({ entryId: id('Entry') }), response: AuditEntry, problems: ['not-found'],
});

/** 封存链的链头: to be noted elsewhere, so that a rewritten chain would show. */
export const AuditHead = z.object({ sealNo: count, entryNo: count, algorithm: z.enum(['sha256', 'sm3']), hash: z.string(), sealedAt: instant }).meta({ id: 'AuditHead', title: '链头' });

/** 已发布的链头. */
export const getAuditHead = defineRoute({ method: 'GET', path: '/audit-head', summary: '操作记录链头', permission: 'administration.audit.read', response: z.object({ head: AuditHead.nullable() }) });

/** 核验操作记录. Give a head noted earlier to prove that nothing before it was rewritten. */
export const postAuditVerification = defineRoute({
  method: 'POST', path: '/audit-verifications', summary: '核验操作记录', permission: 'administration.audit.verify',
  body: z.object({
    head: z.object({ sealNo: z.int().min(1, '序号从 1 开始'), hash: z.string().trim().regex(/^[0-9a-f]{64}$/, '链头应为 64 位十六进制字符') }).optional().meta({ title: '以前记下的链头' }),
  }),
  response: z.object({
    ok: z.boolean(), message: z.string(), checked: count, sealed: count, unsealedTail: count,
    firstBad: z.object({ entryNo: count, sealNo: count.nullable(), kind: z.enum(['edited', 'removed', 'reordered', 'seal-edited', 'inserted', 'head-mismatch']), message: z.string() }).nullable(),
    head: AuditHead.nullable(),
  }),
});

// ── 参数与规则 ────────────────────────────────────────────────────────────────

/** 参数的值: a number, yes or no, or several words. */
export const ParameterValue = z.union([z.int(), z.boolean(), z.array(z.string().max(60)).max(50)]).meta({ id: 'ParameterValue', title: '参数值' });

/** 依据: a clause of a document, or what the county wrote. */
export const Basis = z.object({ title: z.string(), clause: z.string().nullable(), summary: z.string().nullable() }).meta({ id: 'Basis', title: '依据' });

/** 参数的一段: a value in force from a day until another (inclusive; null: until changed). */
export const ParameterSpan = z.object({
  overrideId: id('ParameterOverride').nullable(), origin: z.enum(['default', 'county']), value: ParameterValue, valueText: z.string(), from: localDate, until: localDate.nullable(),
  basis: Basis, needsConfirmation: z.boolean(), setBy: z.string().nullable(), setAt: instant.nullable(), withdrawnAt: instant.nullable(), withdrawnReason: z.string().nullable(),
}).meta({ id: 'ParameterSpan', title: '参数版本' });

/** 参数, with the value in force on the asked day and all its versions. */
export const ParameterLine = z.object({
  id: z.string(), capability: z.string(), title: z.string(), unit: z.string(), expected: z.string(), kind: z.enum(['number', 'yes-no', 'options']),
  options: z.array(z.object({ value: z.string(), label: z.string() })), inForce: ParameterSpan, spans: z.array(ParameterSpan),
}).meta({ id: 'Parameter', title: '参数' });

/** 参数一览. */
export const listParameters = defineRoute({
  method: 'GET', path: '/parameters', summary: '参数', permission: 'administration.parameter.read',
  query: z.object({ on: localDate.optional().meta({ title: '截至' }) }), response: z.object({ on: localDate, rows: z.array(ParameterLine) }),
});

/** 设置参数: from a day on, on a basis; the answer says what it was. */
export const postParameterOverride = defineRoute({
  method: 'POST', path: '/parameters/:parameterId/overrides', summary: '设置参数', permission: 'administration.parameter.edit',
  params: z.object({ parameterId: z.string().max(100) }),
  body: z.object({ value: ParameterValue, effectiveFrom: localDate.meta({ title: '自何日起' }), basis: requiredText(200, '请填写依据,如文件名称和文号').meta({ title: '依据' }) }),
  response: z.object({ parameter: ParameterLine, before: ParameterSpan, message: z.string() }), problems: ['not-found', 'input.invalid', 'state.duplicate'],
});

/** 撤回参数设置, from a day on (today unless said): on that day and later it is as if it had not been set. */
export const putParameterOverrideWithdrawal = defineRoute({
  method: 'PUT', path: '/parameter-overrides/:overrideId/withdrawal', summary: '撤回参数设置', permission: 'administration.parameter.edit',
  params: z.object({ overrideId: id('ParameterOverride') }), body: z.object({ from: localDate.optional().meta({ title: '自何日起撤回' }), reason }),
  response: z.object({ parameter: ParameterLine, before: ParameterSpan, message: z.string() }), problems: ['not-found', 'state.conflict'],
});

/** 规则一览: every rule with the clauses it rests on. */
export const listRules = defineRoute({
  method: 'GET', path: '/rules', summary: '规则与依据', permission: 'administration.parameter.read',
  response: z.object({ rows: z.array(z.object({ id: z.string(), capability: z.string(), title: z.string(), why: z.string().nullable(), basis: z.array(Basis) })) }),
});

// ── 日历 ──────────────────────────────────────────────────────────────────────

const days = z.array(localDate).max(60, '日期过多');

/** 节假日通知. */
export const HolidayNotice = z.object({
  year: count, noticeNo: z.string(), title: z.string(), publishedOn: localDate, daysOff: z.array(localDate), makeupDays: z.array(localDate),
  importedBy: z.string().nullable(), updatedAt: instant,
}).meta({ id: 'HolidayNotice', title: '节假日通知' });

/** 节假日通知, newest year first. */
export const listHolidayNotices = defineRoute({
  method: 'GET', path: '/holiday-notices', summary: '节假日通知', permission: 'signed-in',
  response: z.object({ rows: z.array(HolidayNotice), missingYear: count.nullable() }),
});

/** 登记节假日通知; the same year again replaces it. */
export const putHolidayNotice = defineRoute({
  method: 'PUT', path: '/holiday-notices/:year', summary: '登记节假日通知', permission: 'administration.calendar.edit',
  params: z.object({ year: z.coerce.number().int().min(2020).max(2100) }),
  body: z.object({
    noticeNo: requiredText(60, '请填写文号').meta({ title: '文号' }), title: requiredText(100, '请填写通知标题').meta({ title: '标题' }),
    publishedOn: localDate.meta({ title: '发布日期' }), daysOff: days.min(1, '请填写放假日').meta({ title: '放假日' }), makeupDays: days.meta({ title: '调休上班日' }),
  }),
  response: HolidayNotice, problems: ['input.invalid'],
});

/** 工作日期限: the last of `days` working days after `from`, explained line by line. */
export const getWorkingDays = defineRoute({
  method: 'GET', path: '/working-days', summary: '推算工作日', permission: 'signed-in',
  query: z.object({ from: localDate.meta({ title: '起算日(当日不计)' }), days: z.coerce.number().int().min(1, '至少 1 个工作日').max(1000, '最多 1000 个工作日').meta({ title: '工作日数' }) }),
  response: z.object({
    on: localDate, provisional: z.boolean(), message: z.string(),
    lines: z.array(z.object({ on: localDate, weekday: z.string(), counted: z.boolean(), nth: count.nullable(), reason: z.string(), provisional: z.boolean() })),
  }),
});

// ── 运维 ──────────────────────────────────────────────────────────────────────

export const JobStatus = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']).meta({ id: 'JobStatus', title: '作业状态' });

/** 后台作业. */
export const Job = z.object({
  id: id('Job'), kind: z.string(), title: z.string(), status: JobStatus, doneCount: count, totalCount: count.nullable(), stage: z.string().nullable(), error: z.string().nullable(),
  attempts: count, createdBy: z.string().nullable(), createdAt: instant, startedAt: instant.nullable(), finishedAt: instant.nullable(),
}).meta({ id: 'Job', title: '后台作业' });

/** 后台作业, newest first. */
export const listJobs = defineRoute({
  method: 'GET', path: '/jobs', summary: '后台作业', permission: 'administration.job.read',
  query: pageQuery.extend({ status: JobStatus.optional(), kind: text(60).optional().meta({ title: '类别' }) }), response: pageOf(Job),
});

/** 作业详情. */
export const getJob = defineRoute({ method: 'GET', path: '/jobs/:jobId', summary: '作业详情', permission: 'administration.job.read', params: z.object({ jobId: id('Job') }), response: Job, problems: ['not-found'] });

/** 重新执行失败的作业. */
export const postJobReplay = defineRoute({
  method: 'POST', path: '/jobs/:jobId/replays', summary: '重新执行作业', permission: 'administration.job.replay', params: z.object({ jobId: id('Job') }), body: none,
  response: Job, problems: ['not-found', 'state.conflict'],
});

/** 事件投递. */
export const EventDelivery = z.object({
  eventId: id('Event'), subscriber: z.string(), name: z.string(), key: z.string(), status: z.enum(['waiting', 'handled', 'failed']), attempts: count,
  lastError: z.string().nullable(), occurredAt: instant, updatedAt: instant,
}).meta({ id: 'EventDelivery', title: '事件投递' });

/** 未完成的事件投递. */
export const listEventDeliveries = defineRoute({
  method: 'GET', path: '/event-deliveries', summary: '事件投递', permission: 'administration.job.read',
  query: pageQuery.extend({ status: z.enum(['waiting', 'failed', 'handled']).default('failed').meta({ title: '状态' }) }), response: pageOf(EventDelivery),
});

/** 重新投递. */
export const postEventReplay = defineRoute({
  method: 'POST', path: '/event-deliveries/:eventId/:subscriber/replays', summary: '重新投递事件', permission: 'administration.job.replay',
  params: z.object({ eventId: id('Event'), subscriber: z.string().max(60) }), body: none, response: EventDelivery, problems: ['not-found', 'state.conflict'],
});
