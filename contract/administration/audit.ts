import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, download, id, instant, localDate, pageOf, pageByNumberQuery, text } from '../kernel.ts';

/** 操作记录, one line. */
export const AuditLine = z.object({
  id: id('Entry'), entryNo: count, at: instant, actorId: z.string().nullable(), actorName: z.string(), roleTitle: z.string().nullable(),
  action: z.string(), actionTitle: z.string(), subjectKind: z.string(), subjectTitle: z.string(), subjectId: z.string(), reason: z.string().nullable(), sealed: z.boolean(),
}).meta({ id: 'AuditLine', title: '操作记录' });

/** 操作记录详情: what changed, field by field, and the seal over it. */
export const AuditEntry = AuditLine.extend({
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  requestId: z.string(), ip: z.string().nullable(),
  seal: z.object({ sealNo: count, algorithm: z.enum(['sha256', 'sm3']), hash: z.string(), previous: z.string(), sealedAt: instant }).nullable(),
}).meta({ id: 'AuditEntry', title: '操作记录详情' });

/** 操作记录条件. */
export const auditFilters = z.object({
  actorId: z.uuid().optional().meta({ title: '操作人' }), actor: text(50).optional().meta({ title: '操作人姓名' }),
  action: text(60).optional().meta({ title: '操作' }), subjectKind: text(60).optional().meta({ title: '对象类别' }), subjectId: text(100).optional().meta({ title: '对象编号' }),
  from: localDate.optional().meta({ title: '从' }), to: localDate.optional().meta({ title: '到' }),
});

/** 操作记录, newest first. */
export const listAuditEntries = defineRoute({
  method: 'GET', path: '/audit-entries', summary: '操作记录', permission: 'administration.audit.read', query: pageByNumberQuery.extend(auditFilters.shape), response: pageOf(AuditLine),
});

/** 导出操作记录, at most a hundred thousand at once. */
export const exportAuditEntries = defineRoute({
  method: 'GET', path: '/audit-entries/export', summary: '导出操作记录', permission: 'administration.audit.read', query: auditFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'],
});

/** 操作记录详情. */
export const getAuditEntry = defineRoute({
  method: 'GET', path: '/audit-entries/:entryId', summary: '操作记录详情', permission: 'administration.audit.read',
  params: z.object({ entryId: id('Entry') }), response: AuditEntry, problems: ['not-found'],
});

/** 封存链的链头: to be noted elsewhere, so that a rewritten chain would show. */
export const AuditHead = z.object({ sealNo: count, entryNo: count, algorithm: z.enum(['sha256', 'sm3']), hash: z.string(), sealedAt: instant }).meta({ id: 'AuditHead', title: '链头' });

/** 已发布的链头. */
export const getAuditHead = defineRoute({ method: 'GET', path: '/audit-head', summary: '操作记录链头', permission: 'administration.audit.read', response: z.object({ head: AuditHead.nullable() }) });

/** 核验操作记录. Give a head noted earlier to prove that nothing before it was rewritten. */
export const postAuditVerification = defineRoute({
  method: 'POST', path: '/audit-verifications', summary: '核验操作记录', permission: 'administration.audit.verify',
  body: z.object({
    head: z.object({ sealNo: z.int().min(1, '序号从 1 开始'), hash: z.string().trim().regex(/^[0-9a-f]{64}$/, '链头应为 64 位十六进制字符') }).optional().meta({ title: '以前记下的链头' }),
  }),
  response: z.object({
    ok: z.boolean(), message: z.string(), checked: count, sealed: count, unsealedTail: count,
    firstBad: z.object({ entryNo: count, sealNo: count.nullable(), kind: z.enum(['edited', 'removed', 'reordered', 'seal-edited', 'inserted', 'head-mismatch']), message: z.string() }).nullable(),
    head: AuditHead.nullable(),
  }),
});
