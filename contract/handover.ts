import { z } from 'zod';
import { causeLabels, groupLabels, statusLabels, type HandOverCause, type HandOverStatus, type ItemGroup } from '#domain/handover/words.ts';
import { keysOf, userParams } from './administration/shared.ts';
import { Grant } from './administration/grant.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { HistoryEntry } from './registry/shared.ts';

/** 交接原因. */
export const handOverCause = z.enum(keysOf<HandOverCause>(causeLabels)).meta({ title: '交接原因', 'x-labels': causeLabels });
/** 交接状态. */
export const handOverStatus = z.enum(keysOf<HandOverStatus>(statusLabels)).meta({ title: '状态', 'x-labels': statusLabels });
const itemGroup = z.enum(keysOf<ItemGroup>(groupLabels)).meta({ title: '类别', 'x-labels': groupLabels });

const Person = z.object({ id: id('AppUser'), name: z.string() });

/** 交接清单的一项. `key` names it among the list; `note` is the outgoing's word on it, `objection` the incoming's. */
export const HandOverItem = z.object({
  key: z.string(), group: itemGroup, title: z.string().meta({ title: '事项' }), detail: z.string().meta({ title: '情况' }), path: z.string().nullable(),
  note: z.string().meta({ title: '移交人说明' }), objection: z.string().nullable().meta({ title: '接手人异议' }),
}).meta({ id: 'HandOverItem' });

/** 工作交接列表行. */
export const HandOverRow = z.object({
  id: id('HandOver'), fromName: z.string().meta({ title: '移交人' }), toName: z.string().meta({ title: '接手人' }), witnessName: z.string().nullable().meta({ title: '监交人' }),
  cause: handOverCause, reason: z.string().meta({ title: '事由' }), plannedOn: localDate.meta({ title: '移交日期' }), untilOn: localDate.nullable().meta({ title: '代管至' }), status: handOverStatus,
  itemCount: count.meta({ title: '清单项数' }), startedByName: z.string().meta({ title: '发起人' }), createdAt: instant.meta({ title: '发起时间' }), completedAt: instant.nullable().meta({ title: '移交时间' }),
}).meta({ id: 'HandOverRow' });

/** 一方的签字. `inPlaceOf` is the reason when another signed for the outgoing. */
const Signature = z.object({ role: z.enum(['from', 'witness', 'to']), title: z.string(), person: z.string(), at: instant.nullable(), byName: z.string().nullable(), inPlaceReason: z.string().nullable() });

/** 工作交接. `listMark` stands for exactly the list shown: whoever signs sends it back. `added`: what has come to the outgoing since the signature. */
export const HandOver = HandOverRow.extend({
  from: Person, to: Person, witness: Person.nullable(), postTitles: z.array(z.string()), items: z.array(HandOverItem), listMark: z.string(), added: z.array(z.string()).meta({ title: '签字后新增' }),
  remark: z.string().meta({ title: '备注' }), papers: z.string().meta({ title: '线下移交的资料' }), signatures: z.array(Signature), hasScan: z.boolean(),
  isAccountEnded: z.boolean().meta({ title: '原账号已停用' }), paper: z.object({ id: id('Paper'), number: z.string() }).nullable(), cancelReason: z.string().nullable(), returnedAt: instant.nullable().meta({ title: '交还时间' }),
  myPart: z.enum(['from', 'to', 'witness', 'stand-in', 'none']), version: z.int(), history: z.array(HistoryEntry),
  can: z.object({ signOutgoing: ability, standIn: ability, signWitness: ability, object: ability, signIncoming: ability, cancel: ability, endLeave: ability, openPaper: ability }),
}).meta({ id: 'HandOver' });

const one = z.object({ handOverId: id('HandOver') });
const password = z.string().min(1, '请输入您的登录密码').max(256, '密码过长').meta({ title: '您的登录密码' });
const listMark = z.string().regex(/^[0-9a-f]{64}$/, '清单标记不正确，请刷新页面').meta({ title: '清单标记' });
const notes = z.array(z.object({ key: z.string().max(100), note: text(200) })).max(1_000).default([]);
const reason = requiredText(200, '请填写理由').meta({ title: '理由' });

export const handOverFilters = z.object({ q: text(50).optional().meta({ title: '姓名' }), status: handOverStatus.optional(), cause: handOverCause.optional(), userId: id('AppUser').optional().meta({ title: '当事人' }) });
export const listHandOvers = defineRoute({ method: 'GET', path: '/hand-overs', summary: '工作交接', permission: 'handover.read', query: pageByIdQuery.extend(handOverFilters.shape), response: pageOf(HandOverRow) });
export const exportHandOvers = defineRoute({ method: 'GET', path: '/hand-overs/export', summary: '导出工作交接', permission: 'handover.read', query: handOverFilters, response: download, kind: 'download', access: 'export' });

/** 与我有关的交接: as giver, taker, witness, or as a head who may sign for someone who has left. */
export const listMyHandOvers = defineRoute({ method: 'GET', path: '/my-hand-overs', summary: '与我有关的交接', permission: 'signed-in', response: z.object({ rows: z.array(HandOverRow) }) });

/** Answers the parties, and who may read hand-overs of the county; for everybody else it does not exist. */
export const getHandOver = defineRoute({ method: 'GET', path: '/hand-overs/:handOverId', summary: '工作交接详情', permission: 'signed-in', params: one, response: HandOver, problems: ['not-found'] });

/** What a person holds now, before a hand-over is begun. */
export const getHoldings = defineRoute({
  method: 'GET', path: '/users/:userId/holdings', summary: '名下事项', permission: 'handover.manage', params: userParams,
  response: z.object({ from: Person, grants: z.array(Grant), items: z.array(HandOverItem), underWay: id('HandOver').nullable() }), problems: ['user.not-found'],
});

export const HandOverDraft = z.object({
  fromId: id('AppUser').meta({ title: '移交人' }), toId: id('AppUser').meta({ title: '接手人' }), witnessId: id('AppUser').nullish().meta({ title: '监交人（可以不设）' }),
  cause: handOverCause, reason: requiredText(200, '请填写事由').meta({ title: '事由（如调令文号）' }), plannedOn: localDate.meta({ title: '移交日期' }), untilOn: localDate.nullish().meta({ title: '代管到哪一天（只有休假代管填写）' }),
  grantIds: z.array(id('UserGrant')).min(1, '请至少选一个岗位').max(50).optional(),
}).meta({ id: 'HandOverDraft' });

/** 发起交接. Without `grantIds` every post in force goes. */
export const postHandOver = defineRoute({ method: 'POST', path: '/hand-overs', summary: '发起工作交接', permission: 'handover.manage', body: HandOverDraft, response: HandOver, problems: ['user.not-found', 'rule.violated', 'state.conflict', 'state.duplicate'] });

// Signing is PUT: a POST would keep a fingerprint of its body, and the body holds a password.
const signing = { method: 'PUT', permission: 'signed-in', params: one, needsVersion: true, response: HandOver, problems: ['not-found', 'rule.violated', 'state.stale', 'state.conflict', 'session.wrong-password', 'session.locked'] } as const;
/** 移交人签字 on exactly the list shown; again after objections or when something new has come. */
export const putOutgoingSignature = defineRoute({
  ...signing, path: '/hand-overs/:handOverId/outgoing-signature', summary: '移交人签字',
  body: z.object({
    papers: text(10_000).default('').meta({ title: '线下移交的资料、印章、钥匙（每行一项：名称｜数量｜存放处）' }), remark: text(300).default('').meta({ title: '备注' }), listMark, notes, password,
  }),
});
/** 监交人签字. */
export const putWitnessSignature = defineRoute({ ...signing, path: '/hand-overs/:handOverId/witness-signature', summary: '监交人签字', body: z.object({ listMark, password }) });
/** 接手人签收: everything moves in this one transaction. */
export const putIncomingSignature = defineRoute({ ...signing, path: '/hand-overs/:handOverId/incoming-signature', summary: '接手人签收', body: z.object({ listMark, password }) });
/** 接手人逐项提出异议; the outgoing answers and signs again. */
export const putObjections = defineRoute({
  ...signing, path: '/hand-overs/:handOverId/objections', summary: '逐项提出异议',
  body: z.object({ objections: z.array(z.object({ key: z.string().max(100), objection: requiredText(200, '请写明异议') })).min(1, '请至少对一项写明异议').max(1_000) }),
});
/** 代签: with the reason and, where there is one, the list signed by hand as a scan. `listMark` and `password` come as fields of the form. */
export const postStandInScan = defineRoute({
  method: 'POST', path: '/hand-overs/:handOverId/scans', summary: '上传手工签字的清单', permission: 'handover.represent', params: one, kind: 'upload', body: z.object({}), response: HandOver, problems: ['not-found', 'rule.violated', 'state.conflict', 'input.invalid', 'input.too-large'],
});
export const putStandInSignature = defineRoute({
  ...signing, permission: 'handover.represent', path: '/hand-overs/:handOverId/stand-in-signature', summary: '代移交人签字',
  body: z.object({ reason: requiredText(200, '请写明移交人为什么不能本人签字').meta({ title: '代签原因' }), papers: text(10_000).default('').meta({ title: '线下移交的资料、印章、钥匙（每行一项：名称｜数量｜存放处）' }), remark: text(300).default('').meta({ title: '备注' }), listMark, password }),
});
export const downloadScan = defineRoute({ method: 'GET', path: '/hand-overs/:handOverId/scan', summary: '下载手工签字的清单', permission: 'signed-in', params: one, response: download, kind: 'download', problems: ['not-found', 'file.not-found'] });
/** 交接清单的正式文书; the parties may open it even when their own post does not see papers. */
export const downloadHandOverPaper = defineRoute({ method: 'GET', path: '/hand-overs/:handOverId/paper', summary: '下载移交清单', permission: 'signed-in', params: one, response: download, kind: 'download', problems: ['not-found'] });

const managing = { method: 'PUT', permission: 'handover.manage', params: one, needsVersion: true, response: HandOver, problems: ['not-found', 'rule.violated', 'state.stale'] } as const;
export const putHandOverCancellation = defineRoute({ ...managing, path: '/hand-overs/:handOverId/cancellation', summary: '取消交接', body: z.object({ reason }) });
/** 提前结束代管: what a leave lent comes back today. */
export const putLeaveEnd = defineRoute({ ...managing, path: '/hand-overs/:handOverId/leave-end', summary: '提前结束代管', body: z.object({ reason }) });
