import { z } from 'zod';
import { asideReasons, incomingStatusLabels, type AsideReason, type IncomingStatus } from '#domain/complaint/incoming.ts';
import { keysOf } from './administration/shared.ts';
import { Complaint, LetterRead } from './complaint.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';

const status = z.enum(keysOf<IncomingStatus>(incomingStatusLabels)).meta({ title: '状态', 'x-labels': incomingStatusLabels });
const asideReason = z.enum(keysOf<AsideReason>(asideReasons)).meta({ title: '不登记的理由', 'x-labels': asideReasons });
const named = z.object({ id: id('Complaint').nullable(), no: z.string() });

/** 来信, as listed: who wrote stands half covered. `suggested`: the complaint it seems to add to; `complaint`: what it became. Without an id where whoever asks does not see that file. */
export const IncomingLetter = z.object({
  id: id('IncomingLetter'), subject: z.string().meta({ title: '主题' }), sender: z.string().meta({ title: '寄信人（部分遮盖）' }), mail: z.string().meta({ title: '邮箱（部分遮盖）' }), receivedOn: localDate.meta({ title: '收到日期' }), isDayRead: z.boolean().meta({ title: '收到日期取自信头' }), status, fault: z.string().nullable().meta({ title: '读不了的原因' }), fileCount: count.meta({ title: '附件' }),
  place: z.string().meta({ title: '收信单位' }), keptAt: instant.meta({ title: '放入时间' }), keptBy: z.string().meta({ title: '放入人' }), handledBy: z.string().nullable().meta({ title: '办理人' }), handledAt: instant.nullable().meta({ title: '办理时间' }), asideReason: asideReason.nullable(), asideNote: z.string().nullable().meta({ title: '说明' }),
  suggested: named.extend({ isSameSender: z.boolean() }).nullable().meta({ title: '像是哪一件的补充' }), complaint: named.nullable().meta({ title: '投诉件' }), can: z.object({ open: ability, setAside: ability, bringBack: ability, download: ability }), version: z.int(),
}).meta({ id: 'IncomingLetter' });
/** 打开的来信: what the registration form begins with, and which complaint it seems to add to. */
export const IncomingLetterRead = LetterRead.extend({ letter: IncomingLetter }).meta({ id: 'IncomingLetterRead' });

const receiving = { permission: 'complaint.receive' } as const;
const one = z.object({ letterId: id('IncomingLetter') });
const filters = z.object({ status: status.optional() });
export const listIncomingLetters = defineRoute({ method: 'GET', path: '/incoming-letters', summary: '来信待登记', ...receiving, query: pageByIdQuery.extend(filters.shape), response: pageOf(IncomingLetter) });
export const exportIncomingLetters = defineRoute({ method: 'GET', path: '/incoming-letters/export', summary: '导出来信待登记', ...receiving, query: filters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
/** 放入一封来信. Never twice: `listed` when it is there already, `registered` when a complaint came of it; `unreadable` ones are listed with the reason. */
export const postIncomingLetter = defineRoute({ method: 'POST', path: '/incoming-letters', summary: '放入来信（.eml）', ...receiving, kind: 'upload', response: z.object({ outcome: z.enum(['kept', 'unreadable', 'listed', 'registered']), words: z.string() }), problems: ['input.invalid', 'input.too-large', 'access.denied'] });
/** 打开来信（留痕）: shows who wrote and what. */
export const postIncomingLetterReading = defineRoute({ method: 'POST', path: '/incoming-letters/:letterId/readings', summary: '打开来信登记（留痕）', ...receiving, params: one, response: IncomingLetterRead, isToldOnce: true, problems: ['not-found', 'state.conflict', 'input.invalid', 'input.too-large', 'access.denied', 'file.not-found'] });
export const putIncomingLetterAside = defineRoute({ method: 'PUT', path: '/incoming-letters/:letterId/setting-aside', summary: '来信不登记', ...receiving, params: one, needsVersion: true, body: z.object({ reason: asideReason, note: text(200).default('').meta({ title: '说明' }) }), response: IncomingLetter, problems: ['not-found', 'state.stale', 'state.conflict'] });
export const putIncomingLetterBack = defineRoute({ method: 'PUT', path: '/incoming-letters/:letterId/bringing-back', summary: '移回来信待登记', ...receiving, params: one, needsVersion: true, response: IncomingLetter, problems: ['not-found', 'state.stale', 'state.conflict'] });
/** 作为补充情况登记: the letter goes into that complaint; where it was waited for, the clock runs on. */
export const postIncomingLetterFacts = defineRoute({
  method: 'POST', path: '/incoming-letters/:letterId/facts', summary: '来信作为补充情况登记', ...receiving, params: one, response: Complaint.pick({ id: true, no: true }), problems: ['not-found', 'state.conflict', 'state.duplicate', 'input.invalid', 'input.too-large', 'access.denied', 'file.not-found'],
  body: z.object({ no: requiredText(40, '请填写编号').meta({ title: '补充到哪一件（编号，如 投诉〔2026〕12号）' }), words: requiredText(5_000, '请填写补充的情况').meta({ title: '补充的情况（投诉人和请处理的企业可以看到，请删去姓名、电话）' }) }),
});
export const downloadIncomingLetter = defineRoute({ method: 'GET', path: '/incoming-letters/:letterId/file', summary: '下载来信原件（留痕）', ...receiving, params: one, response: download, kind: 'download', access: 'export', problems: ['not-found', 'state.conflict', 'file.not-found'] });
