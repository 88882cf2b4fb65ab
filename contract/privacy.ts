import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { ability, count, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';

/** 个人信息的种类, as the data dictionary marks its columns. */
export const piiLabels = { 'identity-number': '证件号码', 'phone': '本人电话', 'work-phone': '工作电话', 'mail': '电子邮箱', 'collected': '填报内容', 'other': '其他个人信息' } as const;

/** 个人信息清单的一行: one column that holds personal data. */
export const PersonalColumn = z.object({
  table: z.string().meta({ title: '存放在' }), column: z.string().meta({ title: '字段' }), kind: z.string().meta({ title: '种类' }), about: z.string().meta({ title: '说明' }), holders: count.meta({ title: '现有条数' }),
  purpose: z.string().meta({ title: '为什么处理' }), ground: z.string().meta({ title: '依据' }), protection: z.string().meta({ title: '怎样保护' }), readers: z.string().meta({ title: '谁能看' }), kept: z.string().meta({ title: '保存到' }),
}).meta({ id: 'PersonalColumn' });
export const getPersonalData = defineRoute({ method: 'GET', path: '/personal-data', summary: '个人信息清单', permission: 'privacy.read', response: z.object({ rows: z.array(PersonalColumn) }) });
export const exportPersonalData = defineRoute({ method: 'GET', path: '/personal-data/export', summary: '导出个人信息清单', permission: 'privacy.read', response: download, kind: 'download', access: 'export' });

/** 到期删除的一类. `due` by today, `dueSoon` within the next thirty days as things stand; `periods` are the parameters in force today, `about` the capability they are listed under. */
export const DeletionKind = z.object({
  kind: z.string(), title: z.string().meta({ title: '删除什么' }), rule: z.string().meta({ title: '保存到' }),
  periods: z.array(z.object({ id: z.string(), title: z.string(), about: z.string(), valueText: z.string() })).meta({ title: '规定的期限' }), due: count.meta({ title: '已到期、今晚删除' }), dueSoon: count.meta({ title: '30 天内到期' }),
  lastOn: localDate.nullable().meta({ title: '最近执行' }), lastCount: count.nullable().meta({ title: '最近一次删除' }), yearCount: count.meta({ title: '今年已删除' }),
}).meta({ id: 'DeletionKind' });
export const listDeletionKinds = defineRoute({ method: 'GET', path: '/personal-data/deletions', summary: '到期删除', permission: 'privacy.read', response: z.object({ rows: z.array(DeletionKind) }) });

export const exportDeletionKinds = defineRoute({ method: 'GET', path: '/personal-data/deletions/export', summary: '导出到期删除', permission: 'privacy.read', response: download, kind: 'download', access: 'export' });

const spanLabels = { hour: '一小时内查看完整号码', day: '一天查看完整号码', export: '一天导出的行数' } as const;
/** 批量查询提示. */
export const LookupFlag = z.object({
  id: id('LookupFlag'), userName: z.string().meta({ title: '查询人' }), lookedOn: localDate.meta({ title: '日期' }), span: z.enum(['hour', 'day', 'export']).meta({ title: '情形', 'x-labels': spanLabels }), most: count.meta({ title: '次数（行数）' }), limitValue: count.meta({ title: '提示值' }),
  outcome: z.string().nullable().meta({ title: '核实结果' }), decidedByName: z.string().nullable().meta({ title: '核实人' }), decidedAt: instant.nullable().meta({ title: '核实时间' }), version: z.int(), can: z.object({ decide: ability }),
}).meta({ id: 'LookupFlag' });
export const lookupFlagFilters = z.object({ q: text(50).optional().meta({ title: '姓名' }), status: z.enum(['open', 'decided']).optional().meta({ title: '状态', 'x-labels': { open: '待核实', decided: '已核实' } }) });
export const listLookupFlags = defineRoute({ method: 'GET', path: '/lookup-flags', summary: '批量查询提示', permission: 'privacy.read', query: pageByIdQuery.extend(lookupFlagFilters.shape), response: pageOf(LookupFlag) });
export const exportLookupFlags = defineRoute({ method: 'GET', path: '/lookup-flags/export', summary: '导出批量查询提示', permission: 'privacy.read', query: lookupFlagFilters, response: download, kind: 'download', access: 'export' });
export const putLookupOutcome = defineRoute({
  method: 'PUT', path: '/lookup-flags/:flagId/outcome', summary: '核实批量查询', permission: 'privacy.manage', params: z.object({ flagId: id('LookupFlag') }), needsVersion: true,
  body: z.object({ outcome: requiredText(500, '请写明核实结果').meta({ title: '核实结果' }) }), response: LookupFlag, problems: ['not-found', 'rule.violated', 'state.stale'],
});

const Choice = z.enum(['yes', 'no', 'none']).meta({ 'x-labels': { yes: '是', no: '否', none: '不适用' } });
/** 自查的一问, with what the system itself has to say. */
export const SelfCheckLine = z.object({
  key: z.string(), text: z.string(), basis: z.string(), evidence: z.array(z.object({ text: z.string(), path: z.string().nullable() })), answer: Choice.nullable(), note: z.string(),
}).meta({ id: 'SelfCheckLine' });
/** 一年的合规自查; `signer` is null until it is signed, then all of it stays as it was. */
export const SelfCheck = z.object({ year: z.int(), signer: z.string().nullable(), signedAt: instant.nullable(), lines: z.array(SelfCheckLine), can: z.object({ sign: ability }) }).meta({ id: 'SelfCheck' });
const yearParams = z.object({ year: z.coerce.number().int().min(2020, '年份应在 2020 至 2200 之间').max(2200, '年份应在 2020 至 2200 之间') });
export const listSelfChecks = defineRoute({ method: 'GET', path: '/self-checks', summary: '合规自查', permission: 'privacy.read', response: z.object({ thisYear: z.int(), rows: z.array(z.object({ year: z.int(), signer: z.string(), signedAt: instant })) }) });
export const getSelfCheck = defineRoute({ method: 'GET', path: '/self-checks/:year', summary: '一年的合规自查', permission: 'privacy.read', params: yearParams, response: SelfCheck });
export const exportSelfCheck = defineRoute({ method: 'GET', path: '/self-checks/:year/export', summary: '导出合规自查', permission: 'privacy.read', params: yearParams, response: download, kind: 'download', access: 'export' });
export const putSelfCheckSignature = defineRoute({
  method: 'PUT', path: '/self-checks/:year/signature', summary: '签署合规自查', permission: 'privacy.manage', params: yearParams,
  body: z.object({ answers: z.array(z.object({ key: z.string().max(50), answer: Choice, note: text(500).default('') })).max(100), password: z.string().min(1, '请输入您的登录密码').max(256, '密码过长').meta({ title: '您的登录密码' }) }),
  response: SelfCheck, problems: ['rule.violated', 'state.conflict', 'session.wrong-password', 'session.locked'],
});
