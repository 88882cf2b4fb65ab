import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { ability, download, id, instant, localDate, pageOf, requiredText, text } from '../kernel.ts';
import { About, reason } from './shared.ts';

/** 参数的值: a number, yes or no, or several words. */
export const ParameterValue = z.union([z.int(), z.boolean(), z.array(z.string().max(60)).max(50)]).meta({ id: 'ParameterValue', title: '参数值' });

/** 依据: a clause of a document, or what the county wrote. */
export const Basis = z.object({ title: z.string(), clause: z.string().nullable(), summary: z.string().nullable() }).meta({ id: 'Basis', title: '依据' });

/** 参数的一段: a value in force from a day until another (inclusive; null: until changed). */
export const ParameterSpan = z.object({
  overrideId: id('ParameterOverride').nullable(), origin: z.enum(['default', 'county']), value: ParameterValue, valueText: z.string(), from: localDate, until: localDate.nullable(),
  basis: Basis, needsConfirmation: z.boolean(), setBy: z.string().nullable(), setAt: instant.nullable(), withdrawnAt: instant.nullable(), withdrawnReason: z.string().nullable(),
}).meta({ id: 'ParameterSpan', title: '参数版本' });

/** 谁在用: a duty, a rule or what is kept for so long, with the clause it rests on. */
export const ParameterUse = z.object({ kind: z.enum(['duty', 'rule', 'retention']), id: z.string(), title: z.string(), basis: z.array(Basis) }).meta({ id: 'ParameterUse', title: '用在哪里' });

/** 参数, with the value in force on the asked day and all its versions. */
export const ParameterLine = z.object({
  id: z.string(), capability: About, title: z.string(), unit: z.string(), expected: z.string(), kind: z.enum(['number', 'yes-no', 'options']),
  options: z.array(z.object({ value: z.string(), label: z.string() })), inForce: ParameterSpan, spans: z.array(ParameterSpan), usedBy: z.array(ParameterUse), can: z.object({ set: ability }),
}).meta({ id: 'Parameter', title: '参数' });

/** 参数条件. */
export const parameterFilters = z.object({ about: About.optional(), on: localDate.optional().meta({ title: '截至' }) });

/** 参数一览. */
export const listParameters = defineRoute({
  method: 'GET', path: '/parameters', summary: '参数', permission: 'administration.parameter.read', query: parameterFilters, response: z.object({ on: localDate, rows: z.array(ParameterLine) }),
});

/** 导出参数: every value each had, with its dates and its basis. */
export const exportParameters = defineRoute({ method: 'GET', path: '/parameters/export', summary: '导出参数', permission: 'administration.parameter.read', query: parameterFilters, response: download, kind: 'download', access: 'export' });

/** 设置参数: from a day on, on a basis; the answer says what it was. */
export const postParameterOverride = defineRoute({
  method: 'POST', path: '/parameters/:parameterId/overrides', summary: '设置参数', permission: 'administration.parameter.edit',
  params: z.object({ parameterId: z.string().max(100) }),
  body: z.object({ value: ParameterValue, effectiveFrom: localDate.meta({ title: '自何日起' }), basis: requiredText(200, '请填写依据，如文件名称和文号').meta({ title: '依据' }) }),
  response: z.object({ parameter: ParameterLine, before: ParameterSpan, message: z.string() }), problems: ['not-found', 'input.invalid', 'state.duplicate'],
});

/** 撤回参数设置, from a day on (today unless said): on that day and later it is as if it had not been set. */
export const putParameterOverrideWithdrawal = defineRoute({
  method: 'PUT', path: '/parameter-overrides/:overrideId/withdrawal', summary: '撤回参数设置', permission: 'administration.parameter.edit',
  params: z.object({ overrideId: id('ParameterOverride') }), body: z.object({ from: localDate.optional().meta({ title: '自何日起撤回' }), reason }),
  response: z.object({ parameter: ParameterLine, before: ParameterSpan, message: z.string() }), problems: ['not-found', 'state.conflict'],
});

/** 规则, with the clauses it rests on. */
export const RuleLine = z.object({ id: z.string(), kind: z.enum(['rule', 'duty']).meta({ title: '种类', 'x-labels': { rule: '规则', duty: '时限义务' } }), capability: About, title: z.string(), why: z.string().nullable(), basis: z.array(Basis) }).meta({ id: 'RuleLine', title: '规则' });

/** 规则条件. */
export const ruleFilters = z.object({ q: text(50).optional().meta({ title: '规则、说明或条文' }), about: About.optional() });

/** 规则一览, all on one page. */
export const listRules = defineRoute({ method: 'GET', path: '/rules', summary: '规则与依据', permission: 'administration.parameter.read', query: ruleFilters, response: pageOf(RuleLine) });

/** 导出规则与依据: a row per clause. */
export const exportRules = defineRoute({ method: 'GET', path: '/rules/export', summary: '导出规则与依据', permission: 'administration.parameter.read', query: ruleFilters, response: download, kind: 'download', access: 'export' });
