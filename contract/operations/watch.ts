import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, download, id, instant, pageByIdQuery, pageOf } from '../kernel.ts';

/** 慢查询: a statement that took too long; places instead of values. */
export const SlowStatement = z.object({
  id: id('SlowStatement'), at: instant.meta({ title: '时间' }), ms: count.meta({ title: '用时（毫秒）' }), rows: count.meta({ title: '行数' }),
  statement: z.string().meta({ title: '语句名' }), text: z.string().meta({ title: '语句' }), requestId: z.string().nullable().meta({ title: '请求编号' }),
}).meta({ id: 'SlowStatement', title: '慢查询' });

/** 慢查询, newest first: the last ones of the process that answers. */
export const listSlowStatements = defineRoute({ method: 'GET', path: '/slow-statements', summary: '慢查询', permission: 'operations.inspect', query: pageByIdQuery, response: pageOf(SlowStatement) });

/** 导出慢查询. */
export const exportSlowStatements = defineRoute({ method: 'GET', path: '/slow-statements/export', summary: '导出慢查询', permission: 'operations.inspect', response: download, kind: 'download', access: 'export' });

/** 执行计划: how PostgreSQL would carry it out for any values; nothing is carried out. */
export const getStatementPlan = defineRoute({
  method: 'GET', path: '/slow-statements/:slowStatementId/plan', summary: '执行计划', permission: 'operations.inspect', params: z.object({ slowStatementId: id('SlowStatement') }),
  response: z.object({ plan: z.string() }), problems: ['not-found', 'state.conflict'],
});

/** 诊断包: how the system is, without anybody's data. */
export const getDiagnosis = defineRoute({ method: 'GET', path: '/diagnosis', summary: '下载诊断包', permission: 'operations.inspect', response: download, kind: 'download', access: 'export' });
