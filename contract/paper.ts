import { z } from 'zod';
import { issuerKindLabels, layoutLabels, type IssuerKind, type PaperLayout } from '#domain/paper/issuer.ts';
import { paperStatusLabels, type PaperStatus } from '#domain/paper/lifecycle.ts';
import { paperKindLabels, type PaperKind } from '#domain/paper/template.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, holder, id, inHandQuery, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { HistoryEntry, keywordQuery, Ref } from './registry/shared.ts';
import { keysOf } from './administration/shared.ts';

/** 文种. */
export const paperKind = z.enum(keysOf<PaperKind>(paperKindLabels)).meta({ title: '文种', 'x-labels': paperKindLabels });
/** 版式. */
export const paperLayout = z.enum(keysOf<PaperLayout>(layoutLabels)).meta({ title: '版式', 'x-labels': layoutLabels });
/** 文书状态. */
export const paperStatus = z.enum(keysOf<PaperStatus>(paperStatusLabels)).meta({ title: '状态', 'x-labels': paperStatusLabels });
const issuerKind = z.enum(keysOf<IssuerKind>(issuerKindLabels)).meta({ title: '单位类别', 'x-labels': issuerKindLabels });

const contact = { contactName: text(30).default('').meta({ title: '联系人' }), contactPhone: text(40).default('').meta({ title: '联系电话' }) };
const attachments = text(1_000).default('').meta({ title: '附件（每行一个名称）' });
const copies = text(500).default('').meta({ title: '抄送（用逗号隔开，末尾不加句号）' });

/** 转办函的内容. */
export const TransferLetter = z.object({
  addressee: requiredText(100, '请填写主送机关').meta({ title: '主送机关（承办部门）' }), estateName: requiredText(100, '请填写小区名称').meta({ title: '小区名称' }), place: text(100).default('').meta({ title: '所在乡镇街道、社区' }),
  subject: requiredText(40, '请填写事由').meta({ title: '事由（写入标题，如“违法搭建问题”）' }), matter: requiredText(5_000, '请填写反映的情况').meta({ title: '反映的情况' }), request: text(2_000).default('').meta({ title: '办理要求' }),
  replyBy: localDate.meta({ title: '要求回复日期' }), ...contact, attachments, copies,
});
/** 通知的内容. */
export const Notice = z.object({
  subject: requiredText(80, '请填写事由').meta({ title: '事由（标题“关于……的通知”中间的部分）' }), addressee: text(300).default('').meta({ title: '主送机关（末尾不加冒号）' }),
  body: requiredText(20_000, '请填写正文').meta({ title: '正文（一段一行，层次写“一、”“（一）”“1.”“（1）”）' }), ...contact, attachments, copies,
});
/** 请示、报告的内容. */
export const Upward = z.object({
  subject: requiredText(80, '请填写事由').meta({ title: '事由（标题“关于……的请示（报告）”中间的部分）' }), addressee: requiredText(100, '请填写主送机关').meta({ title: '主送机关（一个上级机关，末尾不加冒号）' }),
  coIssuers: text(400).default('').meta({ title: '联合发文的其他机关（每行一个，单独行文的不填）' }),
  signers: requiredText(100, '请填写签发人').meta({ title: '签发人（多人用顿号隔开，按机关顺序）' }), body: requiredText(20_000, '请填写正文').meta({ title: '正文（一段一行，层次写“一、”“（一）”“1.”“（1）”）' }), ...contact, attachments, copies,
});
/** 移交清单的内容. */
export const HandOverList = z.object({
  fromName: requiredText(30, '请填写移交人').meta({ title: '移交人' }), toName: requiredText(30, '请填写接收人').meta({ title: '接收人' }), supervisorName: text(30).default('').meta({ title: '监交人' }),
  post: requiredText(60, '请填写移交的岗位').meta({ title: '移交的岗位' }), reason: requiredText(40, '请填写移交原因').meta({ title: '移交原因（如“岗位调整”）' }), on: localDate.meta({ title: '移交日期' }),
  grants: text(5_000).default('').meta({ title: '岗位与权限（每行一项：岗位｜管辖对象｜到岗日期）' }), duties: text(20_000).default('').meta({ title: '待办事项（每行一项：事项｜时限｜进展，可从表格复制）' }),
  files: text(20_000).default('').meta({ title: '资料（每行一项：名称｜数量｜存放处，可从表格复制）' }), remark: text(500).default('').meta({ title: '备注' }),
});
/** 公示的内容. */
export const PublicNotice = z.object({
  estateName: requiredText(100, '请填写小区名称').meta({ title: '小区名称' }), subject: requiredText(60, '请填写事由').meta({ title: '事由（写入标题，如“业主委员会换届候选人名单”）' }),
  matter: requiredText(10_000, '请填写公示内容').meta({ title: '公示内容（一段一行）' }), from: localDate.meta({ title: '公示起始日期' }), to: localDate.meta({ title: '公示截止日期（含当日）' }),
  channel: requiredText(300, '请填写反映意见的方式').meta({ title: '反映意见的方式' }), ...contact, attachments,
});

const aboutEstate = { estateId: id('Estate').nullable().default(null).meta({ title: '所涉小区' }) };
export const TransferLetterDraft = z.object({ layout: paperLayout, ...TransferLetter.shape, ...aboutEstate }).meta({ id: 'TransferLetterDraft' });
export const NoticeDraft = z.object({ layout: paperLayout, ...Notice.shape, ...aboutEstate }).meta({ id: 'NoticeDraft' });
export const UpwardDraft = z.object({ layout: paperLayout, ...Upward.shape, ...aboutEstate }).meta({ id: 'UpwardDraft' });
export const HandOverListDraft = z.object({ layout: paperLayout, ...HandOverList.shape }).meta({ id: 'HandOverListDraft' });
export const PublicNoticeDraft = z.object({ layout: paperLayout, ...PublicNotice.shape, ...aboutEstate }).meta({ id: 'PublicNoticeDraft' });

/** 版面: the paper as data, for showing it on screen; both files are drawn from the same. */
export const PaperDocument = z.object({
  layout: paperLayout, mark: z.string().nullable(), number: z.string().nullable(), signer: z.string().nullable(), title: z.string(), titleLines: z.array(z.string()), addressee: z.string().nullable(),
  blocks: z.array(z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('paragraph'), level: z.int().min(0).max(4), heading: z.string(), text: z.string() }),
    z.object({ kind: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
    z.object({ kind: z.literal('sign-places'), places: z.array(z.string()) }),
  ])),
  attachments: z.array(z.string()), signature: z.string().nullable(), dateText: z.string(), hasSealPlace: z.boolean(), note: z.string().nullable(), copies: z.string().nullable(), printed: z.string().nullable(), isDraft: z.boolean(),
}).meta({ id: 'PaperDocument' });

/** 文书列表行. */
export const PaperRow = z.object({
  id: id('Paper'), kind: paperKind, number: z.string().nullable().meta({ title: '发文字号' }), title: z.string().meta({ title: '标题' }), issuer: z.string().meta({ title: '发文单位' }), status: paperStatus, layout: paperLayout,
  estate: Ref('Estate', '所涉小区').nullable(), issuedOn: localDate.nullable().meta({ title: '签发日期' }), signer: z.string().nullable().meta({ title: '签发人' }), drafter: z.string().meta({ title: '拟稿人' }), holder, createdAt: instant.meta({ title: '拟稿时间' }),
  version: z.int(), can: z.object({ edit: ability, issue: ability, discard: ability, cancel: ability }),
}).meta({ id: 'PaperRow' });
/** 文书. `isIntact`: what it reads like now is what was issued. */
export const Paper = PaperRow.extend({
  issuerKind, templateVersion: z.int().meta({ title: '模板版本' }), data: z.record(z.string(), z.string()), document: PaperDocument, text: z.string().meta({ title: '全文' }), isIntact: z.boolean().meta({ title: '与签发时一致' }),
  verifyCode: z.string().nullable().meta({ title: '核验码' }), verifyUrl: z.string().nullable().meta({ title: '核验地址' }), checkCode: z.string().nullable().meta({ title: '校验码' }),
  cancelledAt: instant.nullable().meta({ title: '作废时间' }), cancelReason: z.string().nullable().meta({ title: '作废原因' }), history: z.array(HistoryEntry).meta({ title: '操作历史' }),
}).meta({ id: 'Paper' });

const one = z.object({ paperId: id('Paper') });
const reason = z.string().trim().min(4, '请写明原因（不少于4个字）').max(200, '不超过 200 个字');
const saving = { permission: 'paper.draft', response: Paper, problems: ['access.denied', 'estate.not-found', 'rule.violated', 'input.invalid'] } as const;
const editing = { ...saving, method: 'PUT', params: one, needsVersion: true, problems: [...saving.problems, 'not-found', 'state.stale'] } as const;

export const paperFilters = z.object({ ...keywordQuery.shape, kind: paperKind.optional(), status: paperStatus.optional(), year: z.coerce.number().int().min(2000).max(2200).optional().meta({ title: '编号年份' }), estateId: id('Estate').optional().meta({ title: '所涉小区' }), ...inHandQuery.shape });
export const listPapers = defineRoute({ method: 'GET', path: '/papers', summary: '文书列表', permission: 'paper.read', query: pageByIdQuery.extend(paperFilters.shape), response: pageOf(PaperRow) });
export const exportPapers = defineRoute({ method: 'GET', path: '/papers/export', summary: '导出文书', permission: 'paper.read', query: paperFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
export const getPaper = defineRoute({ method: 'GET', path: '/papers/:paperId', summary: '文书详情', permission: 'paper.read', params: one, response: Paper, problems: ['not-found'] });
export const downloadPdf = defineRoute({ method: 'GET', path: '/papers/:paperId/pdf', summary: '下载 PDF', permission: 'paper.read', params: one, response: download, kind: 'download', problems: ['not-found', 'state.conflict'] });
export const downloadWord = defineRoute({ method: 'GET', path: '/papers/:paperId/word', summary: '下载 Word', permission: 'paper.read', params: one, response: download, kind: 'download', problems: ['not-found', 'state.conflict'] });

/** What is on record for a new paper of this kind, and which layouts its body may use. */
export const getPaperStart = defineRoute({
  method: 'GET', path: '/paper-starts', summary: '拟稿的预填内容', permission: 'paper.draft', query: z.object({ kind: paperKind, estateId: id('Estate').optional().meta({ title: '所涉小区' }) }),
  response: z.object({ issuer: z.string().nullable().meta({ title: '发文单位' }), trouble: z.string().nullable(), layouts: z.array(paperLayout), first: z.record(z.string(), z.string()), notes: z.array(z.string()) }), problems: ['estate.not-found'],
});

export const postTransferLetter = defineRoute({ method: 'POST', path: '/papers/transfer-letters', summary: '拟转办函', body: TransferLetterDraft, ...saving });
export const postNotice = defineRoute({ method: 'POST', path: '/papers/notices', summary: '拟通知', body: NoticeDraft, ...saving });
export const postHandOverList = defineRoute({ method: 'POST', path: '/papers/hand-over-lists', summary: '拟移交清单', body: HandOverListDraft, ...saving });
export const postPublicNotice = defineRoute({ method: 'POST', path: '/papers/public-notices', summary: '拟公示', body: PublicNoticeDraft, ...saving });
export const postRequest = defineRoute({ method: 'POST', path: '/papers/requests', summary: '拟请示', body: UpwardDraft, ...saving });
export const postReport = defineRoute({ method: 'POST', path: '/papers/reports', summary: '拟报告', body: UpwardDraft, ...saving });
export const putTransferLetter = defineRoute({ path: '/papers/:paperId/transfer-letter', summary: '修改转办函拟稿', body: TransferLetterDraft, ...editing });
export const putNotice = defineRoute({ path: '/papers/:paperId/notice', summary: '修改通知拟稿', body: NoticeDraft, ...editing });
export const putHandOverList = defineRoute({ path: '/papers/:paperId/hand-over-list', summary: '修改移交清单拟稿', body: HandOverListDraft, ...editing });
export const putPublicNotice = defineRoute({ path: '/papers/:paperId/public-notice', summary: '修改公示拟稿', body: PublicNoticeDraft, ...editing });
export const putRequest = defineRoute({ path: '/papers/:paperId/request', summary: '修改请示拟稿', body: UpwardDraft, ...editing });
export const putReport = defineRoute({ path: '/papers/:paperId/report', summary: '修改报告拟稿', body: UpwardDraft, ...editing });

const acting = { method: 'PUT', params: one, needsVersion: true, response: Paper, problems: ['not-found', 'state.stale', 'rule.violated', 'access.denied', 'input.invalid'] } as const;
/** Takes the next number and freezes the paper, in one transaction. */
export const putIssuance = defineRoute({ path: '/papers/:paperId/issuance', summary: '签发文书', permission: 'paper.issue', body: z.object({ signer: requiredText(50, '请填写签发人').meta({ title: '签发人' }) }), ...acting });
/** The number stays used. */
export const putCancellation = defineRoute({ path: '/papers/:paperId/cancellation', summary: '作废文书', permission: 'paper.issue', body: z.object({ reason: reason.meta({ title: '作废原因' }) }), ...acting });
export const putDiscard = defineRoute({ path: '/papers/:paperId/discard', summary: '弃稿', permission: 'paper.draft', body: z.object({ reason: reason.meta({ title: '弃稿原因' }) }), ...acting });

/** 机关代字. */
export const IssuerCode = z.object({ id: id('IssuerCode'), issuer: z.string().meta({ title: '发文单位' }), paperKind, code: z.string().meta({ title: '机关代字' }), effectiveFrom: localDate.meta({ title: '起用日期' }), isInForce: z.boolean().meta({ title: '现用' }), basis: z.string().meta({ title: '依据' }), example: z.string().meta({ title: '字号样式' }) }).meta({ id: 'IssuerCode' });
export const IssuerCodeDraft = z.object({ paperKind, code: requiredText(12, '请填写机关代字').meta({ title: '机关代字（如“安建函”）' }), effectiveFrom: localDate.meta({ title: '起用日期' }), basis: requiredText(200, '请填写依据').meta({ title: '依据（如单位办公室的规定）' }) }).meta({ id: 'IssuerCodeDraft' });
/** 字号登记: one line for each code and year. `missing` is empty unless the register was damaged. */
export const NumberRegister = z.object({ issuer: z.string().meta({ title: '发文单位' }), code: z.string().meta({ title: '机关代字' }), year: count.meta({ title: '年份' }), lastSerial: count.meta({ title: '最后一号' }), issuedCount: count.meta({ title: '已签发' }), cancelledCount: count.meta({ title: '其中作废' }), missing: z.string().meta({ title: '缺号' }) }).meta({ id: 'NumberRegister' });
export const listIssuerCodes = defineRoute({ method: 'GET', path: '/issuer-codes', summary: '机关代字', permission: 'paper.read', response: z.object({ issuer: z.string().nullable(), rows: z.array(IssuerCode) }) });
export const postIssuerCode = defineRoute({ method: 'POST', path: '/issuer-codes', summary: '登记机关代字', permission: 'paper.code', body: IssuerCodeDraft, response: IssuerCode, problems: ['rule.violated', 'state.duplicate', 'access.denied', 'input.invalid'] });
export const listNumberRegisters = defineRoute({ method: 'GET', path: '/number-registers', summary: '发文字号登记', permission: 'paper.read', response: z.object({ rows: z.array(NumberRegister) }) });

/** 公文核验的结果: nothing personal, nothing of its text. */
export const PaperVerification = z.object({ issuer: z.string().meta({ title: '发文单位' }), kind: paperKind, number: z.string().meta({ title: '发文字号' }), title: z.string().meta({ title: '标题' }), issuedOn: localDate.meta({ title: '签发日期' }), isValid: z.boolean().meta({ title: '是否有效' }), cancelledOn: localDate.nullable().meta({ title: '作废日期' }), checkCode: z.string().meta({ title: '校验码' }) }).meta({ id: 'PaperVerification' });
export const verifyPaper = defineRoute({ method: 'GET', path: '/paper-verifications/:verifyCode', summary: '公文核验', permission: 'public', params: z.object({ verifyCode: z.string().trim().max(40, '核验码是 20 个字母和数字') }), response: PaperVerification, problems: ['not-found'] });
