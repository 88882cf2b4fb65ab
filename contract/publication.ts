import { z } from 'zod';
import { answerLabels, attributeLabels, checkQuestions, type CheckAnswer, type CheckQuestion, type OpenAttribute } from '#domain/publication/check.ts';
import { publicationKindLabels, type PublicationKind } from '#domain/publication/kind.ts';
import { publicationStatusLabels, type PublicationStatus } from '#domain/publication/lifecycle.ts';
import { periodKindLabels, type PeriodKind } from '#domain/publication/period.ts';
import { sightingKindLabels, type SightingKind } from '#domain/publication/sighting.ts';
import { keysOf } from './administration/shared.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, holder, id, inHandQuery, instant, localDate, pageByIdQuery, pageOf, text } from './kernel.ts';
import { keywordQuery } from './registry/shared.ts';

/** 公开事项的种类. */
export const publicationKind = z.enum(keysOf<PublicationKind>(publicationKindLabels)).meta({ title: '种类', 'x-labels': publicationKindLabels });
/** 公开事项状态. */
export const publicationStatus = z.enum(keysOf<PublicationStatus>(publicationStatusLabels)).meta({ title: '状态', 'x-labels': publicationStatusLabels });
const periodKind = z.enum(keysOf<PeriodKind>(periodKindLabels)).meta({ title: '公示期', 'x-labels': periodKindLabels });
const openAttribute = z.enum(keysOf<OpenAttribute>(attributeLabels)).meta({ title: '公开属性', 'x-labels': attributeLabels });
const checkAnswer = z.enum(keysOf<CheckAnswer>(answerLabels)).meta({ 'x-labels': answerLabels });
const sightingKind = z.enum(keysOf<SightingKind>(sightingKindLabels)).meta({ title: '类别', 'x-labels': sightingKindLabels });

/** 公开内容的一块: plain texts only, no markup. */
export const PublicBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.union([z.literal(1), z.literal(2)]), text: z.string() }),
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()) }),
  z.object({ kind: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  z.object({ kind: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
]).meta({ id: 'PublicBlock' });
const file = z.object({ fileNo: count.meta({ title: '序号' }), name: z.string().meta({ title: '附件' }), sizeBytes: count.meta({ title: '大小' }) });

/** 公开事项的拟稿: what the drafter chooses and writes; the rest comes from the subject. */
export const PublicationDraft = z.object({
  title: text(120).default('').meta({ title: '标题（取自台账、文书的可不填）' }),
  body: text(20_000).default('').meta({ title: '正文（一段一行；层次写“一、”“（一）”，列表每行前加“-”，表格可从 Excel 复制）' }),
  periodKind, periodDays: z.int('天数应为整数').min(1, '至少 1 天').max(365, '不超过 365 天').nullable().default(null).meta({ title: '公示天数' }), periodUntilOn: localDate.nullable().default(null).meta({ title: '公示到' }),
}).meta({ id: 'PublicationDraft' });
const subject = { kind: publicationKind, subjectId: z.uuid('编号格式不正确').nullable().default(null).meta({ title: '取自' }) };

/** 列表行. */
export const PublicationRow = z.object({
  id: id('Publication'), kind: publicationKind, title: z.string().meta({ title: '标题' }), issuer: z.string().meta({ title: '发布机关' }), status: publicationStatus, drafter: z.string().meta({ title: '拟稿人' }), holder, reviewer: z.string().nullable().meta({ title: '审核人' }), signer: z.string().nullable().meta({ title: '签发人' }),
  createdAt: instant.meta({ title: '拟稿时间' }), issuedOn: localDate.nullable().meta({ title: '发布日期' }), untilOn: localDate.nullable().meta({ title: '公示期至' }), indexNo: z.string().nullable().meta({ title: '索引号' }), version: z.int(),
}).meta({ id: 'PublicationRow' });

/** 自动检查的发现: one value wherever it stands, masked. */
export const Sighting = z.object({
  key: z.string(), kind: sightingKind, shown: z.string().meta({ title: '内容（已遮盖）' }), places: z.array(z.string()).meta({ title: '位置' }), mustBeMended: z.boolean(), isHeld: z.boolean().meta({ title: '与台账登记的相同' }),
  answer: z.object({ reason: z.string(), by: z.string(), at: instant }).nullable().meta({ title: '说明' }),
}).meta({ id: 'Sighting' });
/** 公开属性与保密审查的结果, question by question. */
export const OpenCheck = z.object({
  attribute: openAttribute, note: z.string().meta({ title: '涉及的内容和处理情况' }), attachmentsSeen: z.boolean(), by: z.string().meta({ title: '审查人' }), at: instant.meta({ title: '审查时间' }),
  answers: z.array(z.object({ question: z.enum(keysOf<CheckQuestion>(checkQuestions)), title: z.string(), clause: z.string(), answer: checkAnswer, answerText: z.string() })),
}).meta({ id: 'OpenCheck' });
const can = z.object({ edit: ability, submit: ability, discard: ability, approve: ability, sendBack: ability, issue: ability, refuse: ability, withdraw: ability, answer: ability, attach: ability });
/** 公开事项. `isCurrent`: what it was drawn from still reads the same. */
export const Publication = PublicationRow.extend({
  subjectId: z.uuid().nullable(), body: z.string(), periodKind, periodDays: z.int().nullable(), periodUntilOn: localDate.nullable(), periodWords: z.string().meta({ title: '公示期说明' }), untilIsProvisional: z.boolean(),
  blocks: z.array(PublicBlock), files: z.array(file.extend({ isDrawn: z.boolean(), note: z.string().nullable() })), sightings: z.array(Sighting), openCheck: OpenCheck.nullable(), returnedReason: z.string().nullable().meta({ title: '退回原因' }),
  isCurrent: z.boolean(), publicUrl: z.string().nullable().meta({ title: '公开地址' }), endedOn: localDate.nullable().meta({ title: '撤下日期' }), withdrawReason: z.string().nullable().meta({ title: '撤回原因' }),
  steps: z.array(z.object({ act: z.string(), title: z.string().meta({ title: '办理' }), by: z.string().meta({ title: '办理人' }), at: instant.meta({ title: '时间' }), opinion: z.string().meta({ title: '意见' }) })), can,
}).meta({ id: 'Publication' });

const one = z.object({ publicationId: id('Publication') });
const oneFile = one.extend({ fileNo: z.coerce.number().int().min(1).max(1_000) });
export const publicationFilters = z.object({ ...keywordQuery.shape, kind: publicationKind.optional(), status: publicationStatus.optional(), ...inHandQuery.shape });
export const listPublications = defineRoute({ method: 'GET', path: '/publications', summary: '公开事项列表', permission: 'publication.read', query: pageByIdQuery.extend(publicationFilters.shape), response: pageOf(PublicationRow) });
export const exportPublications = defineRoute({ method: 'GET', path: '/publications/export', summary: '导出公开事项', permission: 'publication.read', query: publicationFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
export const getPublication = defineRoute({ method: 'GET', path: '/publications/:publicationId', summary: '公开事项详情', permission: 'publication.read', params: one, response: Publication, problems: ['not-found'] });
export const downloadPublicationFile = defineRoute({ method: 'GET', path: '/publications/:publicationId/files/:fileNo', summary: '下载附件', permission: 'publication.read', params: oneFile, response: download, kind: 'download', problems: ['not-found', 'file.not-found'] });
/** 等我办的: how many wait for this post's review, issue or mending. */
export const getPublicationTurns = defineRoute({ method: 'GET', path: '/publication-turns', summary: '待审核、待签发的公开事项', permission: 'publication.read', response: z.object({ toReview: count.meta({ title: '待审核' }), toIssue: count.meta({ title: '待签发' }), toMend: count.meta({ title: '退回待改' }) }), access: 'count' });
export const getPublicationStart = defineRoute({
  method: 'GET', path: '/publication-starts', summary: '公开事项的预填内容', permission: 'publication.draft', query: z.object(subject),
  response: z.object({ issuer: z.string().nullable().meta({ title: '发布机关' }), trouble: z.string().nullable(), title: z.string(), blocks: z.array(PublicBlock), fileNames: z.array(z.string()), periodKind, periodDays: z.int().nullable(), periodUntilOn: localDate.nullable() }), problems: ['not-found', 'estate.not-found', 'rule.violated', 'access.denied', 'state.conflict'],
});
export const postPublication = defineRoute({ method: 'POST', path: '/publications', summary: '拟公开稿件', permission: 'publication.draft', body: PublicationDraft.extend(subject), response: Publication, problems: ['access.denied', 'not-found', 'estate.not-found', 'rule.violated', 'input.invalid', 'state.conflict'] });

const acting = { method: 'PUT', params: one, needsVersion: true, response: Publication, problems: ['not-found', 'state.stale', 'rule.violated', 'access.denied', 'input.invalid', 'state.conflict', 'estate.not-found'] } as const;
const drafting = { ...acting, permission: 'publication.draft' } as const;
const opinion = { opinion: text(500).default('').meta({ title: '意见' }) };
const reason = (title: string) => z.string().trim().min(4, '请写明原因（不少于4个字）').max(200, '不超过 200 个字').meta({ title });
export const putPublication = defineRoute({ path: '/publications/:publicationId', summary: '修改公开稿件', body: PublicationDraft, ...drafting });
export const postPublicationFile = defineRoute({ method: 'POST', path: '/publications/:publicationId/files', summary: '上传附件', permission: 'publication.draft', kind: 'upload', params: one, response: Publication, problems: ['not-found', 'rule.violated', 'workbook.refused', 'input.invalid', 'input.too-large', 'access.denied'] });
export const putFileRemoval = defineRoute({ path: '/publications/:publicationId/files/:fileNo/removal', summary: '移除附件', ...drafting, params: oneFile });
export const putSightingAnswer = defineRoute({ path: '/publications/:publicationId/sighting-answers', summary: '说明自动检查的发现', body: z.object({ key: z.string().max(60), reason: reason('可以公开的理由') }), ...drafting });
export const putReviewRequest = defineRoute({ path: '/publications/:publicationId/review-request', summary: '送审', body: z.object(opinion), ...drafting });
export const putDiscard = defineRoute({ path: '/publications/:publicationId/discard', summary: '弃稿（公开事项）', body: z.object({ reason: reason('弃稿原因') }), ...drafting });

const question = (name: CheckQuestion) => checkAnswer.meta({ title: `${checkQuestions[name].title}（条例${checkQuestions[name].source.clause}）`, 'x-labels': answerLabels });
/** 审核意见 with the 公开属性与保密审查, each question answered. */
export const ReviewDraft = z.object({
  attribute: openAttribute, stateSecret: question('stateSecret'), workSecret: question('workSecret'), personal: question('personal'), commercial: question('commercial'), thirdParty: question('thirdParty'),
  attachmentsSeen: z.boolean().default(false).meta({ title: '扫描件、图片附件：已逐页打开看过，没有不宜公开的内容' }),
  note: text(1_000).default('').meta({ title: '涉及的内容和处理情况（有“涉及”的必填）' }), opinion: text(500).default('').meta({ title: '审核意见' }),
}).meta({ id: 'ReviewDraft' });
export const putReview = defineRoute({ path: '/publications/:publicationId/review', summary: '审核通过（含公开属性与保密审查）', permission: 'publication.review', body: ReviewDraft, ...acting });
export const putReviewReturn = defineRoute({ path: '/publications/:publicationId/review-return', summary: '审核退回', permission: 'publication.review', body: z.object({ reason: reason('退回原因') }), ...acting });
export const putIssuance = defineRoute({ path: '/publications/:publicationId/issuance', summary: '签发并发布', permission: 'publication.issue', body: z.object(opinion), ...acting });
export const putIssuanceReturn = defineRoute({ path: '/publications/:publicationId/issuance-return', summary: '签发退回', permission: 'publication.issue', body: z.object({ reason: reason('退回原因') }), ...acting });
/** The public address then says that it was withdrawn, when and why, and nothing of what it said. */
export const putWithdrawal = defineRoute({ path: '/publications/:publicationId/withdrawal', summary: '撤回', permission: 'publication.withdraw', body: z.object({ reason: reason('撤回原因（向公众显示）') }), ...acting });

/** 公开页的一行. */
export const PublicItemRow = z.object({
  id: id('PublicItem'), kind: publicationKind, title: z.string().meta({ title: '标题' }), issuer: z.string().meta({ title: '发布机关' }), issuedOn: localDate.meta({ title: '发布日期' }), untilOn: localDate.nullable().meta({ title: '公示期至' }), indexNo: z.string().meta({ title: '索引号' }),
  county: z.string().meta({ title: '县（市、区）' }), township: z.string().nullable().meta({ title: '乡镇街道' }),
}).meta({ id: 'PublicItemRow' });
/** 公开事项, as anybody sees it; once it ended only that it did. */
export const PublicItem = z.object({
  id: id('PublicItem'), state: z.enum(['published', 'withdrawn', 'expired']), kind: publicationKind, issuer: z.string().meta({ title: '发布机关' }), indexNo: z.string().meta({ title: '索引号' }), issuedOn: localDate.meta({ title: '发布日期' }),
  untilOn: localDate.nullable().meta({ title: '公示期至' }), untilWords: z.string().meta({ title: '公示期说明' }), county: z.string().meta({ title: '县（市、区）' }), township: z.string().nullable().meta({ title: '乡镇街道' }),
  title: z.string().nullable().meta({ title: '标题' }), blocks: z.array(PublicBlock), text: z.string(), files: z.array(file), digest: z.string().nullable().meta({ title: '内容校验码' }), endedOn: localDate.nullable().meta({ title: '撤下日期' }), withdrawReason: z.string().nullable().meta({ title: '撤回原因' }),
}).meta({ id: 'PublicItem' });
const publicOne = z.object({ publicId: id('PublicItem') });
/** A copy may be kept, and is asked about each time: what is withdrawn is gone at the next look. */
const anybody = { permission: 'public', isRevalidated: true } as const;
export const publicFilters = z.object({ ...keywordQuery.shape, countyId: id('OrgUnit').optional().meta({ title: '县（市、区）' }), kind: publicationKind.optional(), townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }) });
export const listPublicItems = defineRoute({ method: 'GET', path: '/public-items', summary: '公开信息', query: pageByIdQuery.extend(publicFilters.shape), response: pageOf(PublicItemRow), ...anybody });
export const getPublicItem = defineRoute({ method: 'GET', path: '/public-items/:publicId', summary: '一件公开信息', params: publicOne, response: PublicItem, problems: ['not-found'], ...anybody });
export const downloadPublicFile = defineRoute({ method: 'GET', path: '/public-items/:publicId/files/:fileNo', summary: '公开信息的附件', params: publicOne.extend({ fileNo: z.coerce.number().int().min(1).max(1_000) }), response: download, kind: 'download', problems: ['not-found', 'file.not-found'], ...anybody });
export const listPublicPlaces = defineRoute({ method: 'GET', path: '/public-places', summary: '有公开信息的县和乡镇街道', response: z.object({ rows: z.array(z.object({ id: id('OrgUnit'), name: z.string(), kind: z.string(), countyId: id('OrgUnit') })) }), ...anybody });
export const getPublicFeed = defineRoute({ method: 'GET', path: '/public-feed', summary: '公开信息订阅（Atom）', query: publicFilters, response: download, kind: 'download', ...anybody });
