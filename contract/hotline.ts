import { z } from 'zod';
import { measureLabels, resolvedLabels, satisfiedLabels, type Measure, type Resolved, type Satisfied } from '#domain/complaint/hotline/call-back.ts';
import { WORDING_MOST } from '#domain/complaint/hotline/wording.ts';
import { MOST_THINGS } from '#domain/kernel/limits.ts';
import { orderColumns, type OrderField } from '#domain/ledger/orders/columns.ts';
import { keysOf } from './administration/shared.ts';
import { categoryCode, Complaint, complaintStatus, ComplaintRow } from './complaint.ts';
import { defineRoute } from './define-route.ts';
import { ability, basisPoints, count, download, flag, id, instant, localDate, pageByIdQuery, pageByNumberQuery, pageOf, requiredText, text } from './kernel.ts';
import { keywordQuery, placeQuery } from './registry/shared.ts';

/** 工单导入的状态. */
export const orderBatchLabels = { uploaded: '已上传', mapping: '待指认列', reading: '正在读取', preview: '待确认', confirming: '正在导入', committed: '已导入', failed: '未成功', cancelled: '已取消' } as const;
export type OrderBatchStatus = keyof typeof orderBatchLabels;
const batchStatus = z.enum(keysOf<OrderBatchStatus>(orderBatchLabels)).meta({ title: '状态', 'x-labels': orderBatchLabels });
/** 行的去向. */
export const orderOutcomeLabels = { new: '新工单', changed: '更新', unchanged: '无变化', refused: '待修正' } as const;
export type OrderOutcome = keyof typeof orderOutcomeLabels;
const outcome = z.enum(keysOf<OrderOutcome>(orderOutcomeLabels)).meta({ title: '去向', 'x-labels': orderOutcomeLabels });
const field = z.enum(keysOf<OrderField>(orderColumns));

/** 一次导入. `applied` of `new` and `changed` are in; what was interrupted goes on from there. */
export const OrderBatch = z.object({
  id: id('OrderBatch'), fileName: z.string().meta({ title: '文件' }), status: batchStatus, createdAt: instant.meta({ title: '上传时间' }), createdBy: z.string().meta({ title: '上传人' }), confirmedBy: z.string().nullable().meta({ title: '确认人' }), confirmedAt: instant.nullable().meta({ title: '确认时间' }),
  rows: count.meta({ title: '共' }), new: count.meta({ title: '新工单' }), changed: count.meta({ title: '更新' }), unchanged: count.meta({ title: '无变化' }), refused: count.meta({ title: '待修正' }), warned: count.meta({ title: '有提醒' }), applied: count.meta({ title: '已导入' }),
  notice: z.string().nullable(), failure: z.string().nullable().meta({ title: '没有成功的原因' }), progress: z.object({ done: count, total: count.nullable(), stage: z.string().nullable() }).nullable(), can: z.object({ map: ability, mend: ability, confirm: ability, cancel: ability }), version: z.int(),
}).meta({ id: 'OrderBatch' });
const choice = z.object({ id: z.uuid(), name: z.string(), detail: z.string().nullable() });
/** 文件的一行. Whoever called stands in no answer; his cells say only that they are there. */
export const OrderRow = z.object({
  rowNo: z.int(), sheet: z.string(), row: z.int().meta({ title: '行号' }), outcome, orderNo: z.string().meta({ title: '工单编号' }), title: z.string().meta({ title: '内容' }), hasCaller: z.boolean(), isWarned: z.boolean(),
  cells: z.array(z.object({ field, title: z.string(), text: z.string() })), problems: z.array(z.object({ field, severity: z.enum(['error', 'warn']), message: z.string() })), changes: z.array(z.object({ title: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  estate: z.string().nullable().meta({ title: '小区' }), category: categoryCode.nullable(), offers: z.object({ estates: z.array(choice), categories: z.boolean(), isPlaceOpen: z.boolean() }), complaintId: id('Complaint').nullable(), isApplied: z.boolean(), answer: z.string().nullable().meta({ title: '导入结果' }),
}).meta({ id: 'OrderRow' });

const importing = { permission: 'complaint.hotline' } as const;
const oneBatch = z.object({ orderBatchId: id('OrderBatch') });
export const postOrderBatch = defineRoute({ method: 'POST', path: '/hotline-batches', summary: '上传12345工单文件', ...importing, kind: 'upload', body: z.object({}), response: OrderBatch, problems: ['workbook.refused', 'input.invalid', 'input.too-large'] });
export const listOrderBatches = defineRoute({ method: 'GET', path: '/hotline-batches', summary: '12345工单导入记录', ...importing, query: pageByIdQuery.extend({ status: batchStatus.optional() }), response: pageOf(OrderBatch) });
export const exportOrderBatches = defineRoute({ method: 'GET', path: '/hotline-batches/export', summary: '导出12345工单导入记录', ...importing, query: z.object({ status: batchStatus.optional() }), response: download, kind: 'download', access: 'export' });
export const getOrderBatch = defineRoute({ method: 'GET', path: '/hotline-batches/:orderBatchId', summary: '查看12345工单导入', ...importing, params: oneBatch, response: OrderBatch, problems: ['import.not-found'] });
export const listOrderRows = defineRoute({ method: 'GET', path: '/hotline-batches/:orderBatchId/rows', summary: '查看12345工单文件的行', ...importing, params: oneBatch, query: pageByNumberQuery.extend({ outcome: outcome.optional(), warned: flag.optional() }), response: pageOf(OrderRow), problems: ['import.not-found'] });
/** 修正一行: new cell texts, a place, a category, or several; the row is judged again. `forAllAlike`: so are all that say the same of the place or the type. */
export const patchOrderRow = defineRoute({
  method: 'PATCH', path: '/hotline-batches/:orderBatchId/rows/:rowNo', summary: '修正12345工单的一行', ...importing, params: oneBatch.extend({ rowNo: z.coerce.number().int().min(1).max(MOST_THINGS) }),
  body: z.object({ cells: z.partialRecord(field, z.string().max(5_000)).optional(), estateId: id('Estate').nullable().optional(), category: categoryCode.optional(), forAllAlike: z.boolean().optional(), isRemembered: z.boolean().optional() }),
  response: z.object({ row: OrderRow, batch: OrderBatch, alsoJudged: count }), problems: ['import.not-found', 'state.conflict', 'input.invalid', 'estate.not-found'],
});
export const exportOrderRows = defineRoute({ method: 'GET', path: '/hotline-batches/:orderBatchId/rows/export', summary: '导出12345工单各行的结果', ...importing, params: oneBatch, query: z.object({ outcome: outcome.optional() }), response: download, kind: 'download', access: 'export', problems: ['import.not-found'] });
export const getOrderFile = defineRoute({ method: 'GET', path: '/hotline-batches/:orderBatchId/file', summary: '下载12345工单原始文件', ...importing, params: oneBatch, response: download, kind: 'download', access: 'export', problems: ['import.not-found', 'file.not-found'] });
export const postOrderConfirmation = defineRoute({ method: 'POST', path: '/hotline-batches/:orderBatchId/confirmation', summary: '确认导入12345工单', ...importing, params: oneBatch, response: OrderBatch, problems: ['import.not-found', 'state.conflict'] });
/** 一张工作表的表头: as it is taken now, or as we would take it; `headerRow` is Excel's own number, `columns` count from 0. The first rows show no caller where we can tell. */
const OrderSheetMapping = z.object({
  sheet: z.string(), isUsed: z.boolean(), reason: z.string().nullable().meta({ title: '为什么没有读取' }), headerRow: z.int(), headerCount: z.int(), columns: z.partialRecord(field, z.int()),
  headings: z.array(z.object({ column: z.int(), title: z.string() })), preview: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
}).meta({ id: 'OrderSheetMapping' });
export const getOrderMapping = defineRoute({ method: 'GET', path: '/hotline-batches/:orderBatchId/mapping', summary: '查看12345工单文件的表头', ...importing, params: oneBatch, response: z.object({ fields: z.array(z.object({ field, title: z.string(), isRequired: z.boolean() })), sheets: z.array(OrderSheetMapping) }), problems: ['import.not-found', 'workbook.refused'] });
const MOST_COLUMN = 255;
const MOST_HEADER_ROWS = 3;
/** 指认列: which row is the heading and which column is which field; sheets that are not named are passed over. The county's headings are remembered, the file is read again. */
export const putOrderMapping = defineRoute({
  method: 'PUT', path: '/hotline-batches/:orderBatchId/mapping', summary: '指认12345工单文件的列', ...importing, params: oneBatch,
  body: z.object({ sheets: z.array(z.object({ sheet: z.string().max(100), headerRow: z.int().min(1).max(1_048_576), headerCount: z.int().min(1).max(MOST_HEADER_ROWS), columns: z.partialRecord(field, z.int().min(0).max(MOST_COLUMN)) })).min(1, '请至少选一张有工单的工作表').max(100) }),
  response: OrderBatch, problems: ['import.not-found', 'state.conflict', 'input.invalid', 'workbook.refused'],
});
export const deleteOrderBatch = defineRoute({ method: 'DELETE', path: '/hotline-batches/:orderBatchId', summary: '取消导入12345工单', ...importing, params: oneBatch, response: OrderBatch, problems: ['import.not-found', 'state.conflict'] });

const resolved = z.enum(keysOf<Resolved>(resolvedLabels)).meta({ title: '是否解决', 'x-labels': resolvedLabels }).nullable();
const satisfied = z.enum(keysOf<Satisfied>(satisfiedLabels)).meta({ title: '是否满意', 'x-labels': satisfiedLabels }).nullable();
/** 一件工单 beside its complaint. `wording`: the answer in the hotline's words, ready to be copied; null until it is answered. */
export const HotlineOrder = z.object({
  orderNo: z.string().meta({ title: '工单编号' }), title: z.string().meta({ title: '诉求标题' }), type: z.string().meta({ title: '诉求类型' }), address: z.string().meta({ title: '事发地址' }), unit: z.string().meta({ title: '承办单位（热线所写）' }), urgency: z.string().meta({ title: '紧急程度' }), status: z.string().meta({ title: '工单状态（热线所写）' }),
  calledAt: instant.nullable().meta({ title: '来电时间' }), dispatchedOn: localDate.meta({ title: '派单日期' }), dueOn: localDate.nullable().meta({ title: '工单期限' }), dueAt: instant.nullable().meta({ title: '工单期限（时刻）' }), sendBackUntilOn: localDate.nullable().meta({ title: '退单截止' }), sendBackWhy: z.string().nullable().meta({ title: '退单理由' }),
  extension: z.string().nullable().meta({ title: '延期' }), redoCount: count.meta({ title: '重办（次）' }), isContacted: z.boolean().nullable().meta({ title: '是否联系' }), resolved, satisfied, calledBackOn: localDate.nullable().meta({ title: '回访日期' }),
  returnWords: z.string().meta({ title: '回传' }), wording: z.string().nullable().meta({ title: '热线口径' }),
}).meta({ id: 'HotlineOrder' });
const oneComplaint = z.object({ complaintId: id('Complaint') });
export const getHotlineOrder = defineRoute({ method: 'GET', path: '/complaints/:complaintId/hotline-order', summary: '投诉件的12345工单', permission: 'complaint.handle', params: oneComplaint, response: z.object({ order: HotlineOrder.nullable() }), problems: ['not-found'] });

const acting = { method: 'PUT', permission: 'complaint.handle', params: oneComplaint, needsVersion: true, response: Complaint, problems: ['not-found', 'state.stale', 'rule.violated', 'input.invalid', 'access.denied'] } as const;
const why = (title: string) => z.string().trim().min(4, '请写明原因（不少于4个字）').max(500, '不超过 500 个字').meta({ title });
export const putSendBack = defineRoute({ ...acting, path: '/complaints/:complaintId/send-back', summary: '12345工单退单', body: z.object({ why: why('退单理由（写明依据和应由谁办，随回传文件报热线）') }) });
export const putExtensionRequest = defineRoute({ ...acting, path: '/complaints/:complaintId/extension-request', summary: '12345工单申请延期', body: z.object({ untilOn: localDate.meta({ title: '申请延到' }), why: why('延期理由（随回传文件报热线）') }) });
export const putExtensionAnswer = defineRoute({ ...acting, path: '/complaints/:complaintId/extension-answer', summary: '登记12345工单的延期批复', body: z.object({ isGranted: z.boolean().meta({ title: '热线同意延期' }), dueOn: localDate.nullable().default(null).meta({ title: '新的期限（同意的填写）' }), note: text(500).default('').meta({ title: '说明' }) }) });

/** 工单列表的一行. */
export const HotlineOrderRow = z.object({
  id: id('Complaint'), orderNo: z.string().meta({ title: '工单编号' }), no: z.string().meta({ title: '投诉编号' }), title: z.string().meta({ title: '诉求' }), estate: z.string().nullable().meta({ title: '小区' }), place: z.string().meta({ title: '所在地' }), company: z.string().nullable().meta({ title: '服务企业' }), category: categoryCode, status: complaintStatus, handler: z.string().meta({ title: '承办单位' }),
  dispatchedOn: localDate.meta({ title: '派单日期' }), dueOn: localDate.nullable().meta({ title: '工单期限' }), lamp: ComplaintRow.shape.lamp, redoCount: count.meta({ title: '重办（次）' }), isContacted: z.boolean().nullable().meta({ title: '是否联系' }), resolved, satisfied, returnWords: z.string().meta({ title: '回传' }),
}).meta({ id: 'HotlineOrderRow' });
const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '月份写成“2026-01”的样子').meta({ title: '派单月份' });
const measure = z.enum(keysOf<Measure>(measureLabels)).meta({ title: '计入', 'x-labels': measureLabels });
const returning = z.enum(['waiting', 'returned']).meta({ title: '回传', 'x-labels': { waiting: '等待回传', returned: '已回传' } });
/** `measure` with a month, a township or a company opens exactly what the number of the rates counts. */
export const hotlineFilters = z.object({ ...keywordQuery.shape, townshipId: placeQuery.shape.townshipId, month: month.optional(), companyId: id('Company').optional().meta({ title: '服务企业' }), measure: measure.optional(), status: complaintStatus.optional(), returning: returning.optional(), isPlaceOpen: flag.optional().meta({ title: '小区待认定' }), without: z.enum(['township', 'company']).optional().meta({ title: '没有登记', 'x-labels': { township: '乡镇街道待认定', company: '没有服务企业' } }) });
export const listHotlineOrders = defineRoute({ method: 'GET', path: '/hotline-orders', summary: '12345工单列表', permission: 'complaint.handle', query: pageByIdQuery.extend(hotlineFilters.shape), response: pageOf(HotlineOrderRow) });
export const exportHotlineOrders = defineRoute({ method: 'GET', path: '/hotline-orders/export', summary: '导出12345工单', permission: 'complaint.handle', query: hotlineFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });

const by = z.enum(['month', 'township', 'company']).meta({ title: '分列', 'x-labels': { month: '按月', township: '按乡镇街道', company: '按服务企业' } });
const rate = (title: string) => basisPoints.nullable().meta({ title });
/** 三率的一行. `key` is the month, township or company that the numbers are of; null for the sum, or for orders without one. */
export const HotlineRate = z.object({
  key: z.string().nullable(), name: z.string().meta({ title: '范围' }), isTotal: z.boolean(), orders: count.meta({ title: measureLabels.orders }), calledBack: count.meta({ title: measureLabels.calledBack }), contacted: count.meta({ title: measureLabels.contacted }), responseRateBp: rate('响应率'),
  resolvedBase: count.meta({ title: measureLabels.resolvedBase }), resolved: count.meta({ title: measureLabels.resolved }), resolvedRateBp: rate('解决率'), satisfiedBase: count.meta({ title: measureLabels.satisfiedBase }), satisfied: count.meta({ title: measureLabels.satisfied }), satisfiedRateBp: rate('满意率'),
}).meta({ id: 'HotlineRate' });
const ratesQuery = z.object({ by: by.default('month'), month: month.optional() });
export const getHotlineRates = defineRoute({ method: 'GET', path: '/hotline-rates', summary: '12345响应率、解决率、满意率', permission: 'complaint.handle', query: ratesQuery, response: z.object({ rows: z.array(HotlineRate), terms: z.array(z.string()).meta({ title: '口径' }) }) });
export const exportHotlineRates = defineRoute({ method: 'GET', path: '/hotline-rates/export', summary: '导出12345响应率、解决率、满意率', permission: 'complaint.handle', query: ratesQuery, response: download, kind: 'download', access: 'export' });

/** 一次回传. */
export const HotlineReturn = z.object({ id: id('HotlineReturn'), orders: count.meta({ title: '工单（件）' }), madeBy: z.string().meta({ title: '回传人' }), madeAt: instant.meta({ title: '回传时间' }) }).meta({ id: 'HotlineReturn' });
export const listHotlineReturns = defineRoute({ method: 'GET', path: '/hotline-returns', summary: '12345回传记录', ...importing, query: pageByIdQuery, response: pageOf(HotlineReturn).extend({ waiting: count.meta({ title: '等待回传' }) }) });
export const exportHotlineReturns = defineRoute({ method: 'GET', path: '/hotline-returns/export', summary: '导出12345回传记录', ...importing, query: z.object({}), response: download, kind: 'download', access: 'export' });
/** 生成回传文件: all answered, sent back or asked to be extended and not told yet; `again` takes those of the last return once more. */
export const postHotlineReturn = defineRoute({ method: 'POST', path: '/hotline-returns', summary: '生成12345回传文件', ...importing, body: z.object({ again: z.boolean().default(false) }), response: HotlineReturn, problems: ['state.conflict'] });
export const downloadHotlineReturn = defineRoute({ method: 'GET', path: '/hotline-returns/:hotlineReturnId/file', summary: '下载12345回传文件', ...importing, params: z.object({ hotlineReturnId: id('HotlineReturn') }), response: download, kind: 'download', access: 'export', problems: ['not-found'] });

/** 列名的所指: a field of ours, or none. */
export const headingFieldLabels: Readonly<Record<OrderField | 'none', string>> = { ...titlesOf(), none: '不用（照原样带回）' };
const headingField = z.enum([...keysOf<OrderField>(orderColumns), 'none']).meta({ title: '对应的栏目', 'x-labels': headingFieldLabels });
/** 县级约定: the category of a type of the hotline's, the field that a heading means, or the wording of answers. */
export const HotlineSetting = z.object({ id: z.uuid().nullable(), kind: z.enum(['type', 'wording', 'heading']).meta({ title: '约定', 'x-labels': { type: '诉求类型归类', wording: '热线口径', heading: '列名约定' } }), words: z.string().meta({ title: '内容' }), category: categoryCode.nullable(), field: headingField.nullable(), effectiveFrom: localDate.nullable().meta({ title: '起用日期' }), basis: z.string().meta({ title: '依据' }), setBy: z.string().nullable().meta({ title: '登记人' }) }).meta({ id: 'HotlineSetting' });
export const listHotlineSettings = defineRoute({ method: 'GET', path: '/hotline-settings', summary: '12345归类和口径', ...importing, response: z.object({ rows: z.array(HotlineSetting) }) });
const begins = { effectiveFrom: localDate.meta({ title: '起用日期' }), basis: requiredText(200, '请填写依据').meta({ title: '依据（文件名称、文号或者会议）' }) };
export const postHotlineType = defineRoute({ method: 'POST', path: '/hotline-types', summary: '登记12345诉求类型的归类', ...importing, body: z.object({ words: requiredText(100, '请填写热线的诉求类型').meta({ title: '热线的诉求类型' }), category: categoryCode, ...begins }), response: HotlineSetting, problems: ['input.invalid', 'state.duplicate'] });
export const postHotlineWording = defineRoute({ method: 'POST', path: '/hotline-wordings', summary: '登记12345答复口径', ...importing, body: z.object({ words: requiredText(WORDING_MOST, '请填写口径').meta({ title: '口径' }), ...begins }), response: HotlineSetting, problems: ['input.invalid', 'state.duplicate'] });
export const postHotlineHeading = defineRoute({ method: 'POST', path: '/hotline-headings', summary: '登记12345工单的列名', ...importing, body: z.object({ words: requiredText(100, '请填写热线文件里的列名').meta({ title: '热线文件里的列名' }), field: headingField }), response: HotlineSetting, problems: ['input.invalid'] });

function titlesOf(): Record<OrderField, string> {
  return Object.fromEntries(Object.entries(orderColumns).map(([key, { title }]) => [key, title])) as Record<OrderField, string>;
}
