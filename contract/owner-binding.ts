import { z } from 'zod';
import { bindingConsents, type ConsentVersion } from '#domain/owner/consent.ts';
import { bindingHowLabels, bindingStatusLabels, type BindingHow, type BindingStatus } from '#domain/owner/binding.ts';
import { keysOf } from './administration/shared.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, done, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { mobile } from './owner.ts';
import { DueBrief } from './obligation.ts';
import { revealBody, Revealed } from './registry/shared.ts';

const status = z.enum(keysOf<BindingStatus>(bindingStatusLabels)).meta({ title: '状态', 'x-labels': bindingStatusLabels });
const how = z.enum(keysOf<BindingHow>(bindingHowLabels)).meta({ title: '认定方式', 'x-labels': bindingHowLabels });
const version = z.enum(keysOf<ConsentVersion>(bindingConsents));

/** 我的房屋: as its owner sees it. */
export const MyHome = z.object({ id: id('Binding'), estate: z.string(), place: z.string(), status, askedOn: localDate, dueOn: localDate.nullable(), reason: z.string().nullable(), consentVersion: z.string(), consentedAt: instant }).meta({ id: 'MyHome' });
/** 我反映的. `complainantId` is what a new link is asked for. */
export const MyComplaint = z.object({ complainantId: id('Complainant'), no: z.string(), status: z.string(), estate: z.string().nullable(), receivedOn: localDate, nextDueOn: localDate.nullable() }).meta({ id: 'MyComplaint' });
/** 我的: what hangs on a telephone that was shown to be the caller's. */
export const Mine = z.object({ phone: z.string(), untilOn: localDate, homes: z.array(MyHome), complaints: z.array(MyComplaint), mostHomes: count }).meta({ id: 'Mine' });

const anybody = { permission: 'public' } as const;
/** 手机登录: by a code asked for like that of a complaint; kept in a cookie that no script reads. */
export const postOwnerSession = defineRoute({ ...anybody, method: 'POST', path: '/owner/sessions', summary: '业主手机登录', body: z.object({ estateId: id('Estate'), phone: mobile, code: z.string().trim().regex(/^\d{6}$/, '验证码是6位数字').meta({ title: '验证码' }) }), response: Mine, problems: ['estate.not-found', 'owner.wrong-code'] });
export const endOwnerSession = defineRoute({ ...anybody, method: 'POST', path: '/owner/sessions/end', summary: '业主退出', body: z.object({}), response: done });
export const getMine = defineRoute({ ...anybody, method: 'GET', path: '/owner/mine', summary: '业主看自己的房屋和投诉', response: Mine, problems: ['session.required'] });
export const postOwnReceipt = defineRoute({ ...anybody, method: 'POST', path: '/owner/mine/receipts', summary: '业主打开自己的回执', body: z.object({ complainantId: id('Complainant') }), response: z.object({ token: z.string() }), isToldOnce: true, problems: ['session.required', 'not-found'] });
/** 绑定房屋: of one's own free will; `consent` is the version of the words one agreed to. */
export const postBinding = defineRoute({
  ...anybody, method: 'POST', path: '/owner/bindings', summary: '业主绑定房屋', response: Mine, problems: ['session.required', 'estate.not-found', 'input.invalid', 'state.duplicate', 'rate.limited', 'rule.violated'],
  body: z.object({ estateId: id('Estate'), buildingId: id('Building').meta({ title: '楼栋' }), entrance: text(30).default('').meta({ title: '单元' }), room: requiredText(30, '请填写房号').meta({ title: '房号' }), name: requiredText(50, '请填写姓名').meta({ title: '姓名' }), consent: version.meta({ title: '同意书版本' }) }),
});
/** 解除绑定, which takes the consent back; as easy as giving it. */
export const endOwnBinding = defineRoute({ ...anybody, method: 'POST', path: '/owner/bindings/end', summary: '业主解除绑定', body: z.object({ bindingId: id('Binding') }), response: Mine, problems: ['session.required', 'not-found', 'rule.violated'] });

/** 告知里的期限: how long what is kept, as the county has set it. */
export const getPrivacyPeriods = defineRoute({ ...anybody, method: 'GET', path: '/owner/privacy-periods', summary: '业主端个人信息的保存期', query: z.object({ estateId: id('Estate').optional().meta({ title: '小区' }) }), problems: ['estate.not-found'], response: z.object({ complainantYears: count.meta({ title: '投诉人信息（年）' }), endedBindingDays: count.meta({ title: '解除绑定后（天）' }), phoneSessionDays: count.meta({ title: '手机登录（天）' }) }) });

/** 绑定申请. The name is masked; while it is to be compared it may be asked for. */
export const BindingRow = z.object({
  id: id('Binding'), estate: z.string().meta({ title: '小区' }), place: z.string().meta({ title: '所填房屋' }), unit: z.string().nullable().meta({ title: '登记的房屋' }), unitId: id('Unit').nullable(), name: z.string().meta({ title: '姓名（脱敏）' }), phone: z.string().meta({ title: '手机号（脱敏）' }), status, how: how.nullable(),
  askedOn: localDate.meta({ title: '申请日期' }), decidedBy: z.string().nullable().meta({ title: '核对人' }), reason: z.string().nullable().meta({ title: '理由' }), endedOn: localDate.nullable().meta({ title: '结束日期' }), due: DueBrief.nullable().meta({ title: '核对期限' }), version: z.int(), can: z.object({ confirm: ability, refuse: ability, end: ability, reveal: ability }),
}).meta({ id: 'BindingRow' });
const filters = z.object({ status: status.optional(), estateId: id('Estate').optional().meta({ title: '小区' }) });
const kept = { permission: 'binding.confirm' } as const;
export const listBindings = defineRoute({ ...kept, method: 'GET', path: '/owner-bindings', summary: '业主绑定房屋的申请', query: pageByIdQuery.extend(filters.shape), response: pageOf(BindingRow) });
export const exportBindings = defineRoute({ ...kept, method: 'GET', path: '/owner-bindings/export', summary: '导出业主绑定房屋的申请', query: filters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
const acting = { ...kept, method: 'PUT', params: z.object({ bindingId: id('Binding') }), needsVersion: true, response: BindingRow, problems: ['not-found', 'state.stale', 'rule.violated', 'input.invalid'] } as const;
const why = (title: string) => z.string().trim().min(4, '请写明理由（不少于4个字）').max(500, '不超过 500 个字').meta({ title });
export const confirmBinding = defineRoute({ ...acting, path: '/owner-bindings/:bindingId/confirmation', summary: '确认业主绑定', body: z.object({ room: text(60).default('').meta({ title: '是哪一套（登记里没有找到时填写，如 1幢1单元301室）' }), reason: why('怎样核对的') }) });
export const refuseBinding = defineRoute({ ...acting, path: '/owner-bindings/:bindingId/refusal', summary: '不予通过业主绑定', body: z.object({ reason: why('原因（业主可以看到）') }) });
export const endBinding = defineRoute({ ...acting, path: '/owner-bindings/:bindingId/end', summary: '解除业主绑定', body: z.object({ reason: why('原因（业主可以看到）') }) });
/** 查看申请人姓名: recorded with its reason, while it is to be compared with the register. */
export const revealBindingName = defineRoute({ ...kept, method: 'POST', path: '/owner-bindings/:bindingId/reveals', summary: '查看申请绑定的业主姓名（留痕）', params: acting.params, body: revealBody.pick({ reason: true }), response: Revealed, isToldOnce: true, problems: ['not-found', 'rule.violated'] });
