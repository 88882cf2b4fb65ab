import { z } from 'zod';
import { answerSources } from '#domain/collection/merge.ts';
import { columnKinds, recipientKinds, rowUnits } from '#domain/collection/column.ts';
import { collectionStates, partStates } from '#domain/collection/standing.ts';
import { ability, count, done, download, holder, id, inHandQuery, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { defineRoute } from './define-route.ts';
import { HistoryEntry } from './registry/shared.ts';
import { choice, managementKindLabels } from './registry/words.ts';

/** 台账词表栏目的选项: a column bound to a closed list of the books offers its words and no others. */
export const choicesOfField: Readonly<Record<string, readonly string[]>> = { managementKind: Object.values(managementKindLabels) };

const kind = choice('种类', columnKinds);
const recipientKind = choice('采集对象', recipientKinds);
const rowUnit = choice('每份的行', rowUnits);
const source = choice('来源', answerSources);
const state = choice('状态', collectionStates);
const partState = choice('状态', partStates);
/** 一格的内容: a text, whole number (areas in cm², money in fen), yes or no; null is blank. */
const content = z.union([z.string().max(200, '不超过 200 个字'), z.int().min(0).max(Number.MAX_SAFE_INTEGER), z.boolean(), z.null()]);
const key = z.string().regex(/^c\d{1,2}$/, '栏目编号不正确');
/** 各格: row → column → content. */
export const CollectionValues = z.record(z.string().max(40), z.record(z.string().max(4), content)).meta({ id: 'CollectionValues' });

/** 栏目. `field` is what the books hold of it. */
export const CollectionColumn = z.object({
  key, title: requiredText(40, '请填写栏目名称').meta({ title: '栏目' }), kind, isRequired: z.boolean().meta({ title: '必填' }), choices: z.array(requiredText(40)).max(30, '选项不超过 30 个').meta({ title: '选项' }),
  field: z.string().max(40).nullable().meta({ title: '对应台账' }), help: text(100).nullable().meta({ title: '填写说明' }),
}).meta({ id: 'CollectionColumn' });

const draft = {
  title: requiredText(100, '请填写任务名称').meta({ title: '任务名称' }), ground: requiredText(200, '请写明采集依据').meta({ title: '采集依据' }), clause: text(100).nullable().meta({ title: '条款或文号' }), issuerName: requiredText(60, '请填写下发单位').meta({ title: '下发单位' }),
  note: text(500).nullable().meta({ title: '填报说明' }), dueOn: localDate.meta({ title: '截止日期' }), endsOn: localDate.meta({ title: '自动结束日期' }), isByLink: z.boolean().meta({ title: '允许通过链接填报（不用登录）' }),
};
/** 只列哪些小区: of each recipient, the estates that answer to all of it; null lists all. */
export const RowCondition = z.object({ townshipId: id('OrgUnit').nullable(), managementKind: choice('管理方式', managementKindLabels).nullable(), hasCommittee: z.boolean().nullable() }).meta({ id: 'RowCondition' });
/** 采集任务的内容. */
export const CollectionDraft = z.object({
  ...draft, recipientKind, rowUnit, condition: RowCondition.nullable().default(null).meta({ title: '只列哪些小区' }), recipientIds: z.array(z.uuid()).min(1, '请选择采集对象').max(500, '一次不超过 500 个对象').meta({ title: '对象' }), columns: z.array(CollectionColumn).min(1, '请至少加一栏').max(30, '栏目不超过 30 个').meta({ title: '栏目' }),
}).meta({ id: 'CollectionDraft' });

/** 采集任务, as listed. */
export const Collection = z.object({
  id: id('Collection'), ...draft, recipientKind, state, partCount: count.meta({ title: '份数' }), answeredCount: count.meta({ title: '已提交' }), overdueCount: count.meta({ title: '逾期未填' }), createdBy: z.string().meta({ title: '拟任务' }), holder, issuedAt: instant.nullable().meta({ title: '下发时间' }),
  can: z.object({ edit: ability, issue: ability, withdraw: ability, close: ability, copy: ability, decide: ability, chase: ability }), version: z.int(),
}).meta({ id: 'Collection' });

const said = z.object({ id: id('Answer'), source, byName: z.string().meta({ title: '填报人' }), at: instant.meta({ title: '时间' }), fileName: z.string().nullable().meta({ title: '文件' }) });
/** 采集任务的一份, as the issuer sees it. */
export const CollectionPartBrief = z.object({
  id: id('Part'), recipientName: z.string().meta({ title: '对象' }), state: partState, rowCount: count.meta({ title: '行数' }), answeredAt: instant.nullable().meta({ title: '提交时间' }), returnedReason: z.string().nullable().meta({ title: '退回原因' }), chasedOn: localDate.nullable().meta({ title: '最近催办' }), openConflicts: count.meta({ title: '不一致' }),
  answers: z.array(said).meta({ title: '填报' }), can: z.object({ sendBack: ability, chase: ability, link: ability }), version: z.int(),
}).meta({ id: 'CollectionPartBrief' });

const known = z.object({ field: z.string(), title: z.string(), known: count.meta({ title: '已有' }), total: count.meta({ title: '共' }) });
/** 将要下发的, of a draft: how many parts and rows, and who of the chosen has nothing to be asked about. */
const sending = z.object({ parts: count, rows: count, without: z.array(z.string()) });
/** 采集任务 with its columns, its parts and its history. */
export const CollectionDetail = Collection.extend({
  rowUnit, condition: RowCondition.nullable(), rowsOnly: z.string().nullable().meta({ title: '只列' }), sending: sending.nullable(), recipientIds: z.array(z.uuid()), columns: z.array(CollectionColumn), closedReason: z.string().nullable().meta({ title: '原因' }), known: z.array(known), parts: z.array(CollectionPartBrief), history: z.array(HistoryEntry).meta({ title: '操作历史' }),
}).meta({ id: 'CollectionDetail' });

const collectionQuery = z.object({ q: text(50).optional().meta({ title: '关键字' }), status: choice('状态', collectionStates).optional(), ...inHandQuery.shape });
const one = z.object({ collectionId: id('Collection') });
const refusals = ['not-found', 'state.stale', 'state.conflict', 'access.denied', 'rule.violated', 'input.invalid'] as const;

export const listCollections = defineRoute({ method: 'GET', path: '/collections', summary: '采集任务', permission: 'collection.read', query: pageByIdQuery.extend(collectionQuery.shape), response: pageOf(Collection) });
export const exportCollections = defineRoute({ method: 'GET', path: '/collections/export', summary: '导出采集任务清单', permission: 'collection.read', query: collectionQuery, response: download, kind: 'download', access: 'export' });
export const postCollection = defineRoute({ method: 'POST', path: '/collections', summary: '拟采集任务', permission: 'collection.issue', body: CollectionDraft, response: CollectionDetail, problems: ['access.denied', 'rule.violated', 'input.invalid'] });
export const getCollection = defineRoute({ method: 'GET', path: '/collections/:collectionId', summary: '采集任务', permission: 'collection.read', params: one, response: CollectionDetail, problems: ['not-found'] });
export const putCollection = defineRoute({ method: 'PUT', path: '/collections/:collectionId', summary: '修改采集任务草稿', permission: 'collection.issue', params: one, body: CollectionDraft, response: CollectionDetail, problems: refusals, needsVersion: true });
export const issueCollection = defineRoute({ method: 'PUT', path: '/collections/:collectionId/issuance', summary: '下发采集任务', permission: 'collection.issue', params: one, response: CollectionDetail, problems: refusals, needsVersion: true });
const why = z.object({ reason: z.string().trim().min(4, '请写明原因（不少于4个字）').max(200, '不超过 200 个字').meta({ title: '原因' }) });
export const withdrawCollection = defineRoute({ method: 'PUT', path: '/collections/:collectionId/withdrawal', summary: '撤回采集任务', permission: 'collection.issue', params: one, body: why, response: CollectionDetail, problems: refusals, needsVersion: true });
export const closeCollection = defineRoute({ method: 'PUT', path: '/collections/:collectionId/closure', summary: '结束采集任务', permission: 'collection.issue', params: one, response: CollectionDetail, problems: refusals, needsVersion: true });
export const copyCollection = defineRoute({ method: 'POST', path: '/collections/:collectionId/copies', summary: '再发一次（按上次的拟）', permission: 'collection.issue', params: one, response: CollectionDetail, problems: ['not-found', 'access.denied'] });

const conditionQuery = { townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }), managementKind: choice('管理方式', managementKindLabels).optional(), committee: choice('业委会', { yes: '有业委会的小区', no: '没有业委会的小区' }).optional() };
/** 已经掌握的: how many rows the books could already fill, for every field that can be asked. */
export const getCollectionKnowledge = defineRoute({
  method: 'GET', path: '/collection-knowledge', summary: '台账已有的数据', permission: 'collection.issue', access: 'count',
  query: z.object({ recipientKind: recipientKind.default('township'), rowUnit: rowUnit.default('estate'), recipients: z.string().max(8_000).optional().meta({ title: '对象（以逗号分隔；不填为全部）' }), ...conditionQuery }), response: z.object({ fields: z.array(known), rowCount: count }),
});
/** 可选的对象, all or those that answer to conditions; `estates` counts the estates by which they do. */
export const getCollectionRecipients = defineRoute({
  method: 'GET', path: '/collection-recipients', summary: '可选的采集对象', permission: 'collection.issue', response: z.object({ recipients: z.array(z.object({ id: z.uuid(), name: z.string(), place: z.string().nullable(), estates: count.nullable() })) }),
  query: z.object({ recipientKind: recipientKind.default('township'), ...conditionQuery }),
});

/** 合并表的一格: what counts, what the books held, and who said what. */
const cell = z.object({ column: key, state: z.enum(['held', 'answered', 'conflict', 'decided']), value: content, base: content, claims: z.array(z.object({ answerId: id('Answer'), value: content })) });
/** 合并表, a page of it: whole parts, about `limit` rows; sums and counts are of all. */
export const CollectionBoard = z.object({
  columns: z.array(CollectionColumn), lines: z.array(z.object({ partId: id('Part'), recipientName: z.string(), isAnswered: z.boolean(), partVersion: z.int(), row: z.string(), title: z.string(), cells: z.array(cell) })),
  answers: z.array(said), totals: z.array(z.object({ column: key, total: count, filled: count, open: count })), openConflicts: count, changedRows: count, rowCount: count, next: z.string().nullable(),
}).meta({ id: 'CollectionBoard' });
const boardQuery = pageByIdQuery.extend({ show: z.enum(['changed', 'conflict', 'all']).default('changed').meta({ title: '看哪些行', 'x-labels': { changed: '有变化的', conflict: '不一致的', all: '全部' } }) });
export const getCollectionBoard = defineRoute({ method: 'GET', path: '/collections/:collectionId/merged', summary: '合并表', permission: 'collection.read', params: one, query: boardQuery, response: CollectionBoard, problems: ['not-found'] });
export const exportCollectionBoard = defineRoute({ method: 'GET', path: '/collections/:collectionId/merged/export', summary: '导出合并表', permission: 'collection.read', params: one, response: download, kind: 'download', access: 'export', problems: ['not-found'] });

const onePart = one.extend({ partId: id('Part') });
export const decideCollection = defineRoute({
  method: 'PUT', path: '/collections/:collectionId/parts/:partId/choosings', summary: '不一致的取舍', permission: 'collection.issue', params: onePart, needsVersion: true, response: done, problems: refusals,
  body: z.object({ answerId: id('Answer').meta({ title: '取哪一份' }), cells: z.array(z.object({ row: z.string().max(40), column: key })).max(5_000).nullable().meta({ title: '哪些格（空为全部不一致的格）' }) }),
});
export const sendBackPart = defineRoute({ method: 'PUT', path: '/collections/:collectionId/parts/:partId/sending-back', summary: '退回重填', permission: 'collection.issue', params: onePart, body: why, needsVersion: true, response: CollectionDetail, problems: refusals });
/** 填报链接: told once; whoever has it fills this part in without an account until the task ends. */
export const CollectionLink = z.object({ path: z.string().meta({ title: '链接' }), validTo: localDate.meta({ title: '有效至（含当日）' }) }).meta({ id: 'CollectionLink' });
export const postCollectionLink = defineRoute({ method: 'POST', path: '/collections/:collectionId/parts/:partId/links', summary: '生成填报链接', permission: 'collection.issue', params: onePart, response: CollectionLink, problems: refusals, isToldOnce: true });
export const revokeCollectionLinks = defineRoute({ method: 'PUT', path: '/collections/:collectionId/parts/:partId/links-revocation', summary: '撤销填报链接', permission: 'collection.issue', params: onePart, response: z.object({ revoked: count }), problems: refusals });
export const chaseCollection = defineRoute({ method: 'POST', path: '/collections/:collectionId/chases', summary: '催办（未提交的，每天一次）', permission: 'collection.issue', params: one, body: z.object({ partIds: z.array(id('Part')).max(500).nullable().meta({ title: '催哪些（空为全部未提交的）' }) }), response: z.object({ chased: z.array(z.string()).meta({ title: '已催办' }) }), problems: refusals });

/** 交回的表的读取结果. */
export const ReturnedFile = z.object({ fileName: z.string().meta({ title: '文件' }), isTaken: z.boolean(), recipients: z.array(z.string()).meta({ title: '对象' }), problems: z.array(z.string()).meta({ title: '问题' }), notes: z.array(z.string()).meta({ title: '说明' }) }).meta({ id: 'ReturnedFile' });
const returned = z.object({ files: z.array(ReturnedFile) });
export const postReturnedFiles = defineRoute({ method: 'POST', path: '/collections/:collectionId/returned-files', summary: '收回交来的表（可一次多个）', permission: 'collection.issue', kind: 'upload', params: one, response: returned, problems: [...refusals, 'input.too-large'] });

/** 与台账的差别: what the books say now and what was answered; `version` is the record's; `changeAt` is the page where it is changed when not from here. */
export const CollectionDifference = z.object({
  partId: id('Part'), heldId: z.uuid(), version: z.int(), title: z.string().meta({ title: '名称' }), recipientName: z.string().meta({ title: '对象' }), column: key, columnTitle: z.string().meta({ title: '栏目' }), before: content, after: content, shownBefore: z.string().meta({ title: '台账现载' }), shownAfter: z.string().meta({ title: '填报' }), can: ability, note: z.string().nullable().meta({ title: '说明' }), changeAt: z.string().nullable(),
}).meta({ id: 'CollectionDifference' });
export const getCollectionDifferences = defineRoute({ method: 'GET', path: '/collections/:collectionId/differences', summary: '填报与台账的差别', permission: 'collection.read', params: one, query: pageByIdQuery, response: z.object({ differences: z.array(CollectionDifference), next: z.string().nullable() }), problems: ['not-found'] });
export const updateFromCollection = defineRoute({
  method: 'POST', path: '/collections/:collectionId/registry-updates', summary: '把填报更新到台账', permission: 'registry.edit', params: one, response: z.object({ records: count, cells: count }), problems: [...refusals, 'estate.not-found', 'company.not-found'],
  body: z.object({ changes: z.array(z.object({ heldId: z.uuid(), version: z.int().min(1), key, after: content })).min(1, '请先勾选要更新的内容').max(5_000) }),
});

const partOne = z.object({ partId: id('Part') });
/** 待填任务, as listed. */
export const CollectionPart = z.object({
  id: id('Part'), title: z.string().meta({ title: '任务名称' }), issuerName: z.string().meta({ title: '下发单位' }), recipientName: z.string().meta({ title: '填报单位' }), dueOn: localDate.meta({ title: '截止日期' }), state: partState, collectionState: state, rowCount: count.meta({ title: '行数' }), answeredAt: instant.nullable().meta({ title: '提交时间' }),
}).meta({ id: 'CollectionPart' });
/** 一份的填报表: what is asked and why, what the books hold, what stands in it now. */
export const CollectionPartDetail = CollectionPart.extend({
  ground: z.string().meta({ title: '采集依据' }), clause: z.string().nullable().meta({ title: '条款或文号' }), note: z.string().nullable().meta({ title: '填报说明' }), rowsOnly: z.string().nullable().meta({ title: '只列' }), endsOn: localDate.meta({ title: '自动结束日期' }), returnedReason: z.string().nullable().meta({ title: '退回原因' }), isHandedIn: z.boolean(),
  columns: z.array(CollectionColumn.extend({ isPersonal: z.boolean() })), rows: z.array(z.object({ id: z.string(), title: z.string(), sinceOn: localDate.nullable() })), held: CollectionValues, values: CollectionValues,
  answers: z.array(said), can: z.object({ answer: ability, takeBack: ability }), version: z.int(),
}).meta({ id: 'CollectionPartDetail' });
const partQuery = z.object({ state: z.enum(['open', 'answered']).optional().meta({ title: '状态', 'x-labels': { open: '未提交', answered: '已提交' } }) });
export const listCollectionParts = defineRoute({ method: 'GET', path: '/collection-parts', summary: '待填任务', permission: 'collection.answer', query: pageByIdQuery.extend(partQuery.shape), response: pageOf(CollectionPart) });
export const exportCollectionParts = defineRoute({ method: 'GET', path: '/collection-parts/export', summary: '导出待填任务清单', permission: 'collection.answer', query: partQuery, response: download, kind: 'download', access: 'export' });
export const getCollectionPart = defineRoute({ method: 'GET', path: '/collection-parts/:partId', summary: '填报表', permission: 'collection.answer', params: partOne, response: CollectionPartDetail, problems: ['not-found'] });
const filled = z.object({ values: CollectionValues.meta({ title: '所填' }) });
export const saveCollectionAnswer = defineRoute({ method: 'PUT', path: '/collection-parts/:partId/answer', summary: '保存填报（不提交）', permission: 'collection.answer', params: partOne, body: filled, response: CollectionPartDetail, problems: refusals, needsVersion: true });
export const handInCollectionAnswer = defineRoute({ method: 'PUT', path: '/collection-parts/:partId/handing-in', summary: '提交填报', permission: 'collection.answer', params: partOne, body: filled.extend({ isUnchanged: z.boolean().meta({ title: '无变化' }) }), response: CollectionPartDetail, problems: refusals, needsVersion: true });
export const takeBackCollectionAnswer = defineRoute({ method: 'PUT', path: '/collection-parts/:partId/taking-back', summary: '收回填报', permission: 'collection.answer', params: partOne, response: CollectionPartDetail, problems: refusals, needsVersion: true });
export const getCollectionFile = defineRoute({ method: 'GET', path: '/collection-parts/:partId/file', summary: '下载要填的表', permission: 'collection.answer', params: partOne, response: download, kind: 'download', access: 'export', problems: ['not-found'] });
export const postCollectionFile = defineRoute({ method: 'POST', path: '/collection-parts/:partId/files', summary: '上传填好的表', permission: 'collection.answer', kind: 'upload', params: partOne, response: returned, problems: [...refusals, 'input.too-large'] });

const token = z.string().min(20, '链接不完整，请重新复制').max(100, '链接不正确');
const linkProblems = ['link.unknown', 'link.over', 'state.stale', 'state.conflict', 'input.invalid'] as const;
/** 打开填报链接: what is asked of the part it stands for; it is no sign-in and shows nothing else. */
export const openCollectionLink = defineRoute({ method: 'POST', path: '/collection-links/opening', summary: '打开填报链接', permission: 'public', access: 'read', body: z.object({ token }), response: CollectionPartDetail, problems: linkProblems });
/** 通过链接填报: a name is asked for, so that whoever sent it down can ask back; nothing else of the person. */
export const answerCollectionLink = defineRoute({
  method: 'POST', path: '/collection-links/answers', summary: '通过链接填报', permission: 'public', response: CollectionPartDetail, problems: linkProblems,
  body: filled.extend({ token, version: z.int().min(1), byName: requiredText(30, '请填写填表人姓名').meta({ title: '填表人' }), isUnchanged: z.boolean().meta({ title: '无变化' }), act: z.enum(['save', 'hand-in', 'take-back']).meta({ title: '保存、提交或收回' }) }),
});
