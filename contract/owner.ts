import { z } from 'zod';
import { categories, type CategoryCode } from '#domain/complaint/category.ts';
import { familyLabels, type FamilyRelation } from '#domain/complaint/family.ts';
import { complaintStatusLabels, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { keysOf } from './administration/shared.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { PublicBlock, PublicItemRow } from './publication.ts';

/** 小区(业主端找到的): what stands on its gate. */
export const OpenEstateRow = z.object({
  id: id('Estate'), name: z.string().meta({ title: '小区名称' }), phase: z.string().nullable().meta({ title: '期别' }), county: z.string().meta({ title: '县（市、区）' }), township: z.string().meta({ title: '乡镇街道' }), neighbourhood: z.string().nullable().meta({ title: '社区' }),
}).meta({ id: 'OpenEstateRow' });

/** 单元门. */
export const OpenEntrance = z.object({ buildingId: id('Building'), building: z.string().meta({ title: '楼栋' }), entrance: z.string().meta({ title: '单元' }) }).meta({ id: 'OpenEntrance' });

/** 小区(业主端): its name and place; of company, fee and committee only what was published. `facts` null: nothing was. */
export const OpenEstate = OpenEstateRow.extend({
  entrances: z.array(OpenEntrance).meta({ title: '楼栋和单元' }),
  facts: z.object({ item: PublicItemRow, blocks: z.array(PublicBlock) }).nullable().meta({ title: '已公开的小区信息' }),
  counters: z.array(z.object({ item: PublicItemRow, blocks: z.array(PublicBlock) })).meta({ title: '已公开的投诉逾期件数' }),
  items: z.array(PublicItemRow).meta({ title: '公开信息' }),
}).meta({ id: 'OpenEstate' });

const one = z.object({ estateId: id('Estate') });
/** A copy may be kept, and is asked about each time: what is withdrawn is gone at the next look. */
const anybody = { permission: 'public', isRevalidated: true } as const;
/** Few enough that nobody copies the county's list out of it. */
export const findEstates = defineRoute({ method: 'GET', path: '/owner/estates', summary: '业主找小区', query: z.object({ q: z.string('请填写小区名称').pipe(requiredText(40, '请填写小区名称')).meta({ title: '小区名称或拼音首字母' }) }), response: z.object({ rows: z.array(OpenEstateRow), hasMore: z.boolean(), isNear: z.boolean().meta({ title: '没有同名的，是相近的' }) }), ...anybody });
export const lookAtEstate = defineRoute({ method: 'GET', path: '/owner/estates/:estateId', summary: '业主看小区', params: one, response: OpenEstate, problems: ['estate.not-found'], ...anybody });

/** 单元门海报: one page for each entrance, with the code that leads to the estate's page. */
export const printPosters = defineRoute({
  method: 'GET', path: '/estates/:estateId/posters', summary: '打印单元门海报', permission: 'registry.read', params: one, query: z.object({ buildingId: id('Building').optional().meta({ title: '楼栋' }) }),
  response: download, kind: 'download', problems: ['estate.not-found', 'not-found', 'rule.violated'],
});

/** 手机号码: of a mobile, as it is typed. */
export const mobile = z.string().trim().transform((typed) => typed.replaceAll(/[\s-]/g, '').replace(/^\+?86(?=1)/, '')).pipe(z.string().regex(/^1[3-9]\d{9}$/, '手机号应为11位数字，以1开头')).meta({ title: '手机号' });
/** 要验证码: a short message with six digits, good for some minutes. Neither number nor code is kept but as a keyed digest. */
export const askCode = defineRoute({
  method: 'POST', path: '/owner/phone-codes', summary: '业主要手机验证码', permission: 'public', body: z.object({ estateId: id('Estate'), phone: mobile }),
  response: z.object({ sentTo: z.string().meta({ title: '已发往' }), minutes: count.meta({ title: '有效分钟数' }), isDemo: z.boolean() }), problems: ['estate.not-found', 'rate.limited', 'state.conflict', 'server.busy'],
});

/** 演示短信: in the demonstration no telephone rings, the operator reads it here. */
export const DemoText = z.object({
  id: id('PhoneCode'), createdAt: instant.meta({ title: '时间' }), to: z.string().meta({ title: '发往' }), text: z.string().meta({ title: '内容' }),
  state: z.enum(['valid', 'used', 'over']).meta({ title: '状态', 'x-labels': { valid: '有效', used: '已使用', over: '已失效' } }),
}).meta({ id: 'DemoText' });
export const listDemoTexts = defineRoute({ method: 'GET', path: '/demo-texts', summary: '短信发件箱（演示）', permission: 'notice.channel.read', query: pageByIdQuery, response: pageOf(DemoText) });

const oneOf = z.enum(keysOf<CategoryCode>(categories)).meta({ title: '是什么事' });
/** 投诉建议: where, what kind, one sentence; a photo if one likes. Name and photo are nobody's duty. */
export const OwnerComplaintDraft = z.object({
  estateId: id('Estate'), buildingId: id('Building').nullable().default(null), spot: text(100).default('').meta({ title: '具体位置' }), category: oneOf, body: requiredText(1_000, '请说明是什么事').meta({ title: '情况' }),
  photo: z.string().max(1_600_000, '照片太大').regex(/^[A-Za-z0-9+/]+={0,2}$/, '照片格式不正确').nullable().default(null).meta({ title: '照片（JPEG，base64）' }),
  name: text(50).default('').meta({ title: '怎样称呼您' }), isForFamily: z.boolean().default(false).meta({ title: '代家人提出' }), familyRelation: z.enum(keysOf<FamilyRelation>(familyLabels)).nullable().default(null).meta({ title: '代谁提出', 'x-labels': familyLabels }), familyName: text(50).default('').meta({ title: '家人怎样称呼' }),
  phone: mobile, code: z.string().trim().regex(/^\d{6}$/, '验证码是6位数字').meta({ title: '验证码' }),
  intent: z.string().regex(/^[\w-]{22,64}$/, '提交标记不正确').meta({ title: '这一次提交的标记' }),
}).meta({ id: 'OwnerComplaintDraft' });
/** 提交; the number and what opens the receipt, told once. */
export const fileComplaint = defineRoute({
  method: 'POST', path: '/owner/complaints', summary: '业主提交投诉建议', permission: 'public', body: OwnerComplaintDraft, response: z.object({ no: z.string().meta({ title: '回执编号' }), token: z.string() }), isToldOnce: true,
  problems: ['estate.not-found', 'owner.wrong-code', 'rate.limited', 'input.too-large'],
});

/** 投诉人看到的一件: bodies and days, no officer's name. */
export const OwnerReceipt = z.object({
  no: z.string(), status: z.enum(keysOf<ComplaintStatus>(complaintStatusLabels)), category: z.string(), estate: z.string().nullable(), body: z.string(), receivedOn: localDate, handler: z.string(), nextWords: z.string(), nextDueOn: localDate.nullable(), why: z.array(z.string()).meta({ title: '为什么是这一天' }), waitsUntilOn: localDate.nullable(),
  reply: z.string().nullable(), outcome: z.string().nullable(), refusal: z.string().nullable(), mergedIntoNo: z.string().nullable(), satisfaction: z.string().nullable(),
  steps: z.array(z.object({ title: z.string(), note: z.string(), body: z.string(), at: instant })), can: z.object({ addFacts: ability, confirm: ability, dispute: ability }),
}).meta({ id: 'OwnerReceipt' });
const token = z.string().min(1).max(200);
const byReceipt = { method: 'POST', permission: 'public', response: OwnerReceipt } as const;
const told = (title: string) => z.string().trim().min(4, '请写清楚一些（不少于4个字）').max(1_000, '不超过 1000 个字').meta({ title });
/** The receipt stands in the body: no address, log or proxy on the way sees it. */
export const openReceipt = defineRoute({ ...byReceipt, path: '/owner/receipts', summary: '凭回执查进度', body: z.object({ token }), problems: ['link.unknown', 'link.over'] });
export const addReceiptFacts = defineRoute({ ...byReceipt, path: '/owner/receipts/facts', summary: '凭回执补充情况', body: z.object({ token, text: told('补充的情况') }), problems: ['link.unknown', 'link.over', 'state.conflict'] });
export const confirmReceipt = defineRoute({ ...byReceipt, path: '/owner/receipts/confirmation', summary: '凭回执评价答复', body: z.object({ token, satisfaction: z.enum(['satisfied', 'fair', 'dissatisfied']), why: text(500).default('') }), problems: ['link.unknown', 'link.over', 'state.conflict'] });
export const disputeReceipt = defineRoute({ ...byReceipt, path: '/owner/receipts/dispute', summary: '凭回执对答复提出异议', body: z.object({ token, newFact: told('新的事实') }), problems: ['link.unknown', 'link.over', 'rule.violated'] });
