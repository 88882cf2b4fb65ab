import { z } from 'zod';
import { askers, erasureGrounds, requestKinds, requestStates } from '#domain/privacy/words.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, done, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { keysOf } from './administration/shared.ts';

const kind = z.enum(keysOf(requestKinds)).meta({ title: '请求事项', 'x-labels': requestKinds });
const asker = z.enum(keysOf(askers)).meta({ title: '请求人', 'x-labels': askers });
const ground = z.enum(keysOf(erasureGrounds)).meta({ title: '删除的情形', 'x-labels': erasureGrounds });
const status = z.enum(keysOf(requestStates)).meta({ title: '状态', 'x-labels': requestStates });

/** 个人信息请求, as listed: whose it is stands half covered. */
export const PersonRequestRow = z.object({
  id: id('PersonRequest'), receivedOn: localDate.meta({ title: '收到日期' }), kind, person: z.string().meta({ title: '所涉的人' }), asker, status, dueOn: localDate.meta({ title: '办理期限' }), isOverdue: z.boolean(),
  registeredByName: z.string().meta({ title: '登记人' }), proposedByName: z.string().nullable().meta({ title: '提出删除' }), decidedByName: z.string().nullable().meta({ title: '办结人' }), decidedAt: instant.nullable().meta({ title: '办结时间' }), outcome: z.string().nullable().meta({ title: '答复' }),
}).meta({ id: 'PersonRequestRow' });

const Kept = z.object({ what: z.string(), basis: z.string(), until: z.string() });
/** 删除证明: what was erased by counts, what was kept and why. Never the data itself. */
export const Erasure = z.object({
  erasedAt: instant, ground, proposedByName: z.string(), approvedByName: z.string(), reapplied: instant.nullable(), counts: z.array(z.object({ table: z.string(), title: z.string(), rows: count })), kept: z.array(Kept), backups: z.string(),
}).meta({ id: 'Erasure' });

/** 一处更正: which record, which columns, when, by whom. Never what stood or stands there. */
export const Correction = z.object({ title: z.string().meta({ title: '更正了哪里' }), fields: z.array(z.string()).meta({ title: '栏目' }), at: instant.meta({ title: '时间' }), actorName: z.string().meta({ title: '办理人' }) }).meta({ id: 'Correction' });

/** 个人信息请求. `name` is null once it was cleared. */
export const PersonRequest = PersonRequestRow.extend({
  name: z.string().nullable().meta({ title: '姓名' }), idNumber: z.string().nullable().meta({ title: '证件号' }), phone: z.string().nullable().meta({ title: '电话' }), identityCheck: z.string().meta({ title: '怎样核实身份' }), asked: z.string().meta({ title: '请求内容' }),
  ground: ground.nullable(), erasure: Erasure.nullable(), corrected: z.array(Correction), version: z.int(), can: z.object({ look: ability, answer: ability, propose: ability, decide: ability }),
}).meta({ id: 'PersonRequest' });

/** 查到的一处: what one place holds, numbers covered; what goes and what stays on which clause until when. */
export const PersonRecord = z.object({
  key: z.string(), title: z.string().meta({ title: '在哪里' }), match: z.enum(['sure', 'linked', 'check']), because: z.string().meta({ title: '为什么认为是本人' }), fields: z.array(z.object({ name: z.string(), value: z.string() })), purpose: z.string().meta({ title: '为什么持有' }),
  until: z.string().meta({ title: '保存到' }), erases: z.string().nullable().meta({ title: '可以删除' }), keeps: z.array(Kept), isChosen: z.boolean(), subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
}).meta({ id: 'PersonRecord' });
/** 谁看过: each recorded look at the person's full numbers. */
export const PersonLook = z.object({ at: instant.meta({ title: '时间' }), actorName: z.string().meta({ title: '查看人' }), role: z.string().nullable().meta({ title: '岗位' }), action: z.string().meta({ title: '做了什么' }), reason: z.string().nullable().meta({ title: '理由' }) }).meta({ id: 'PersonLook' });

/** 全系统查找的进度: what an index reaches is there at once, the rest when `state` is done. `cut` names tables of which only the first were listed. */
export const PersonSearch = z.object({ state: z.enum(['running', 'failed', 'done']), done: count, total: count.nullable(), at: instant.nullable(), cut: z.array(z.string()) }).meta({ id: 'PersonSearch' });

export const personRequestFilters = z.object({ kind: kind.optional(), status: status.optional() });
const one = z.object({ requestId: id('PersonRequest') });
const refusals = ['not-found', 'rule.violated', 'state.stale', 'state.conflict'] as const;

export const listPersonRequests = defineRoute({ method: 'GET', path: '/person-requests', summary: '个人信息请求', permission: 'privacy.request', query: pageByIdQuery.extend(personRequestFilters.shape), response: pageOf(PersonRequestRow) });
export const exportPersonRequests = defineRoute({ method: 'GET', path: '/person-requests/export', summary: '导出个人信息请求', permission: 'privacy.request', query: personRequestFilters, response: download, kind: 'download', access: 'export' });
export const getPersonRequest = defineRoute({ method: 'GET', path: '/person-requests/:requestId', summary: '个人信息请求详情', permission: 'privacy.request', params: one, response: PersonRequest, problems: ['not-found'] });
export const postPersonRequest = defineRoute({
  method: 'POST', path: '/person-requests', summary: '登记个人信息请求', permission: 'privacy.request',
  body: z.object({
    kind, asker, name: requiredText(50, '请填写所涉的人的姓名').meta({ title: '所涉的人的姓名' }), idNumber: text(30).default('').meta({ title: '证件号' }), phone: text(30).default('').meta({ title: '电话' }), receivedOn: localDate.meta({ title: '收到日期' }),
    identityCheck: requiredText(200, '请写明怎样核实身份').meta({ title: '怎样核实身份' }), asked: requiredText(500, '请写明请求内容').meta({ title: '请求内容' }),
  }),
  response: z.object({ id: id('PersonRequest') }), problems: ['rule.violated', 'input.invalid'],
});
export const listPersonRecords = defineRoute({ method: 'GET', path: '/person-requests/:requestId/findings', summary: '查找本人信息', permission: 'privacy.request', params: one, response: z.object({ rows: z.array(PersonRecord), looks: z.array(PersonLook), corrections: z.array(Correction), search: PersonSearch }), problems: ['not-found', 'state.conflict'] });
export const getPersonCopy = defineRoute({ method: 'GET', path: '/person-requests/:requestId/copy', summary: '导出本人信息', permission: 'privacy.request', params: one, response: download, kind: 'download', access: 'export', problems: ['not-found', 'state.conflict'] });
export const postPersonSearch = defineRoute({ method: 'POST', path: '/person-requests/:requestId/searches', summary: '重新查找本人信息', permission: 'privacy.request', params: one, response: done, problems: ['not-found', 'state.conflict'] });
const chosen = z.array(z.string().max(400)).max(1_000).meta({ title: '认定为本人的记录' });
export const putPersonChoice = defineRoute({ method: 'PUT', path: '/person-requests/:requestId/choice', summary: '认定本人的记录', permission: 'privacy.request', params: one, needsVersion: true, body: z.object({ chosen }), response: done, problems: refusals });
export const putErasureProposal = defineRoute({ method: 'PUT', path: '/person-requests/:requestId/proposal', summary: '提请批准删除', permission: 'privacy.request', params: one, needsVersion: true, body: z.object({ chosen, ground }), response: done, problems: refusals });
export const putRequestAnswer = defineRoute({
  method: 'PUT', path: '/person-requests/:requestId/answer', summary: '答复个人信息请求', permission: 'privacy.request', params: one, needsVersion: true,
  body: z.object({ result: z.enum(['done', 'refused']).meta({ title: '结果', 'x-labels': { done: '已办理', refused: '不予办理' } }), outcome: requiredText(500, '请写明怎样办理；不予办理的，写明理由').meta({ title: '答复' }) }), response: done, problems: refusals,
});
export const putErasureDecision = defineRoute({
  method: 'PUT', path: '/person-requests/:requestId/decision', summary: '批准或不批准删除', permission: 'privacy.approve', params: one, needsVersion: true,
  body: z.object({ result: z.enum(['done', 'refused']).meta({ title: '决定', 'x-labels': { done: '批准，立即删除', refused: '不批准' } }), outcome: requiredText(500, '请写明意见').meta({ title: '意见' }), password: z.string().min(1, '请输入您的登录密码').max(256, '密码过长').meta({ title: '您的登录密码' }) }),
  response: done, problems: [...refusals, 'session.wrong-password', 'session.locked'],
});
export const getErasureCertificate = defineRoute({ method: 'GET', path: '/person-requests/:requestId/certificate', summary: '下载删除证明', permission: 'privacy.request', params: one, response: download, kind: 'download', access: 'export', problems: ['not-found'] });
