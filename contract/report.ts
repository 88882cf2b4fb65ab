import { z } from 'zod';
import { reportUnits } from '#domain/report/amount.ts';
import { areaLabels, committeeStateLabels, stageLabels } from '#domain/report/filter.ts';
import { markDayLabels } from '#domain/report/mark.ts';
import { ability, count, download, holder, id, inHandQuery, instant, localDate, pageOf, pageByIdQuery, requiredText, text } from './kernel.ts';
import { cadenceLabels } from '#domain/report/obligations.ts';
import { defineRoute } from './define-route.ts';
import { DueBrief } from './obligation.ts';
import { choice, managementKind } from './registry/words.ts';
import { archiveBody, HistoryEntry } from './registry/shared.ts';

const sheetNo = z.int().min(0).max(254);
const row = z.int().min(1).max(2_000);
const address = z.string().trim().regex(/^[A-Za-z]{1,2}[1-9]\d{0,3}$/, '单元格地址应写成 D6 的样子').meta({ title: '单元格' });
const column = z.string().trim().regex(/^[A-Za-z]{1,2}$/, '列应写成 C 的样子').meta({ title: '列' });
const unit = z.enum(reportUnits , '请选择单位').meta({ title: '单位' });

/** 筛选条件: what is left out does not narrow. */
export const ReportFilter = z.object({
  area: choice('城区或乡镇', areaLabels).optional(),
  townshipIds: z.array(id('OrgUnit')).max(200).optional().meta({ title: '乡镇街道' }),
  managementKinds: z.array(managementKind).max(10).optional().meta({ title: '管理方式' }),
  hasCompany: z.boolean().optional().meta({ title: '有无物业服务企业' }),
  committee: choice('业委会', committeeStateLabels).optional(),
  stage: choice('项目阶段', stageLabels).optional(),
}).meta({ id: 'ReportFilter' });

const ask = {
  figure: z.string().max(50).meta({ title: '指标' }), filter: ReportFilter.meta({ title: '条件' }),
  day: choice('取数日', markDayLabels), unit, decimals: z.int('小数位应为整数').min(0).max(4, '小数位最多 4 位').meta({ title: '小数位' }),
};
const figureMark = z.object({ kind: z.literal('figure'), sheet: sheetNo, cell: address, ...ask });
const textMark = z.object({ kind: z.literal('text'), sheet: sheetNo, cell: address, template: z.string().max(500, '不超过 500 个字').meta({ title: '文字' }) });
const askMark = z.object({ kind: z.literal('ask'), sheet: sheetNo, cell: address, label: requiredText(30, '请写明填什么').meta({ title: '填什么' }), template: z.string().max(500, '不超过 500 个字').meta({ title: '填在哪里' }) });
const listColumn = z.discriminatedUnion('content', [
  z.object({ content: z.literal('field'), column, field: z.string().max(50).meta({ title: '栏目' }) }),
  z.object({ content: z.literal('figure'), column, ...ask }),
]);
const listMark = z.object({
  kind: z.literal('list'), sheet: sheetNo, by: choice('名单', { township: '按乡镇街道', estate: '按小区', company: '按企业' }), firstRow: row.meta({ title: '第一行' }), lastRow: row.meta({ title: '最后一行' }),
  matches: column.nullable().meta({ title: '对照列' }), filter: ReportFilter, columns: z.array(listColumn).min(1, '名单至少要有一列').max(60),
  // Marks kept before this could be said have none.
  names: z.array(z.object({ printed: requiredText(60, '请写明印着的名称').meta({ title: '印着的名称' }), townshipId: id('OrgUnit').meta({ title: '乡镇街道' }) })).max(200).optional().meta({ title: '印着的名称是哪个乡镇街道' }),
});
/** 标记: a cell takes a number, a text, or begins a list. */
export const ReportMark = z.discriminatedUnion('kind', [figureMark, textMark, askMark, listMark]).meta({ id: 'ReportMark' });
export type ReportMark = z.output<typeof ReportMark>;

const hexColor = z.string().regex(/^#[0-9a-f]{6}$/);
/** 单元格的样子: `edges` names the sides with a line: t, r, b, l; size in points. */
const look = z.object({
  font: z.string().max(60).optional(), size: z.number().optional(), bold: z.literal(true).optional(), italic: z.literal(true).optional(), underline: z.literal(true).optional(), color: hexColor.optional(), fill: hexColor.optional(),
  align: z.enum(['left', 'center', 'right']).optional(), valign: z.enum(['top', 'middle', 'bottom']).optional(), wrap: z.literal(true).optional(), edges: z.string().max(4).optional(),
});
/** 工作表的样子, for the screen: rows from 1, columns from 0; a height of 0 is a hidden row. */
export const ReportSheet = z.object({
  name: z.string(), isHidden: z.boolean(), rows: count, columns: count,
  cells: z.array(z.object({ row: z.int(), column: z.int(), text: z.string(), formula: z.string().nullable() })),
  merges: z.array(z.object({ top: z.int(), left: z.int(), bottom: z.int(), right: z.int() })), widths: z.array(z.int()), heights: z.array(z.int()),
  // Forms and sendings kept before looks were read have none.
  looks: z.array(look).default([]), spans: z.array(z.object({ row: z.int(), from: z.int(), to: z.int(), look: z.int() })).default([]),
}).meta({ id: 'ReportSheet' });

const typedCell = z.object({ sheet: sheetNo, cell: address, text: text(500).meta({ title: '内容' }) });
const subject = z.object({ kind: choice('类别', { estate: '小区', company: '企业', practitioner: '从业人员' }), id: z.uuid(), name: z.string().meta({ title: '名称' }), place: z.string().nullable().meta({ title: '所在' }) }).meta({ id: 'ReportSubject' });
/** 依据: a record behind a number. */
export const ReportSubject = subject;
const lastSending = z.object({ id: id('Sending'), asOfOn: localDate, sentAt: instant }).nullable();

/** 上报表格, as listed. */
export const ReportForm = z.object({
  id: id('Form'), title: z.string().meta({ title: '表名' }), reportedTo: z.string().nullable().meta({ title: '报送单位' }), fileName: z.string().meta({ title: '空表文件' }), fileType: z.enum(['xlsx', 'xls']),
  cadence: z.object({ every: choice('报送周期', cadenceLabels), daysAfter: count.meta({ title: '期末后几天内' }) }).nullable().meta({ title: '报送周期' }), markCount: count.meta({ title: '标记' }), last: lastSending.meta({ title: '最近上报' }), createdBy: z.string().nullable().meta({ title: '建表人' }), holder, updatedAt: instant.meta({ title: '更新时间' }), archivedAt: instant.nullable(),
  can: z.object({ mark: ability, fill: ability, send: ability }), version: z.int(),
}).meta({ id: 'ReportForm' });

/** 上报表格 with its sheets and marks; `suggestions` is what the printed words seem to ask for where nothing is marked yet. */
export const ReportFormDetail = ReportForm.extend({
  dues: z.array(DueBrief).meta({ title: '报送期限' }), sheets: z.array(ReportSheet), marks: z.array(ReportMark), suggestions: z.array(ReportMark),
  /** What was typed last for the cells that ask for it. */
  typedCells: z.array(typedCell).meta({ title: '每次填写' }),
  /** True when the file just uploaded was known again and took the marks over. */
  isRecognised: z.boolean(),
  /** What no longer fits after a new upload. */
  notices: z.array(z.string()), history: z.array(HistoryEntry).meta({ title: '操作历史' }),
}).meta({ id: 'ReportFormDetail' });

const one = z.object({ formId: id('Form') });
const formQuery = z.object({ q: text(50).optional().meta({ title: '关键字' }), archived: z.enum(['true', 'false']).optional().meta({ title: '含已归档' }), ...inHandQuery.shape });

export const postReportForm = defineRoute({ method: 'POST', path: '/report-forms', summary: '上传空表', permission: 'report.fill', kind: 'upload', body: z.object({ title: text(100).optional().meta({ title: '表名' }) }), response: ReportFormDetail, problems: ['workbook.refused', 'input.too-large', 'access.denied'] });
export const listReportForms = defineRoute({ method: 'GET', path: '/report-forms', summary: '上报表格', permission: 'report.read', query: pageByIdQuery.extend(formQuery.shape), response: pageOf(ReportForm) });
export const exportReportForms = defineRoute({ method: 'GET', path: '/report-forms/export', summary: '导出上报表格清单', permission: 'report.read', query: formQuery, response: download, kind: 'download', access: 'export' });
export const getReportForm = defineRoute({ method: 'GET', path: '/report-forms/:formId', summary: '上报表格和标记', permission: 'report.read', params: one, response: ReportFormDetail, problems: ['not-found'] });
export const getReportBlank = defineRoute({ method: 'GET', path: '/report-forms/:formId/blank', summary: '下载空表', permission: 'report.read', kind: 'download', access: 'export', params: one, response: download, problems: ['not-found', 'file.not-found'] });
export const putReportMarks = defineRoute({
  method: 'PUT', path: '/report-forms/:formId/marks', summary: '保存标记', permission: 'report.fill', params: one, needsVersion: true,
  body: z.object({ title: requiredText(100, '请填写表名').meta({ title: '表名' }), reportedTo: text(100).nullable().meta({ title: '报送单位' }), marks: z.array(ReportMark).max(3_000, '标记过多') }),
  response: ReportFormDetail, problems: ['not-found', 'state.stale', 'state.conflict', 'rule.violated', 'input.invalid'],
});
/** 每次填写: what is typed for the cells that ask for it; it stays until it is typed anew. */
export const putReportTypedCells = defineRoute({
  method: 'PUT', path: '/report-forms/:formId/typed-cells', summary: '填写每次要填的格', permission: 'report.fill', params: one, needsVersion: true, body: z.object({ typedCells: z.array(typedCell).max(500, '一次不超过 500 格') }),
  response: ReportFormDetail, problems: ['not-found', 'state.stale', 'state.conflict', 'access.denied', 'input.invalid'],
});
/** 报送周期: how often the form is sent; each period then has its time limit. */
export const putReportCadence = defineRoute({
  method: 'PUT', path: '/report-forms/:formId/cadence', summary: '设定报送周期', permission: 'report.fill', params: one, needsVersion: true,
  body: z.object({ every: choice('报送周期', { none: '不固定', ...cadenceLabels }), daysAfter: z.int('应为整数').min(0, '不能小于0').max(60, '不超过60天').meta({ title: '每期结束后几天内报送' }) }),
  response: ReportFormDetail, problems: ['not-found', 'state.stale', 'state.conflict', 'access.denied', 'input.invalid', 'rule.violated'],
});
export const archiveReportForm = defineRoute({ method: 'PUT', path: '/report-forms/:formId/archive', summary: '归档上报表格', permission: 'report.fill', params: one, body: archiveBody, response: ReportFormDetail, problems: ['not-found', 'state.stale', 'state.conflict'], needsVersion: true });

const option = z.object({ id: z.string(), title: z.string() });
/** 指标目录: what a mark may ask for. */
export const ReportCatalogue = z.object({
  figures: z.array(z.object({ id: z.string(), title: z.string(), units: z.array(unit), decimals: z.int(), definition: z.string().meta({ title: '口径' }), source: z.string().meta({ title: '来源' }) })),
  fields: z.object({ estate: z.array(option), company: z.array(option), township: z.array(option) }), slots: z.array(z.string()), townships: z.array(z.object({ id: id('OrgUnit'), name: z.string(), isUrban: z.boolean(), otherNames: z.array(z.string()).meta({ title: '别的表上印的名称' }) })),
}).meta({ id: 'ReportCatalogue' });
export const getReportCatalogue = defineRoute({ method: 'GET', path: '/report-catalogue', summary: '填报指标目录', permission: 'report.read', response: ReportCatalogue });

/** 填入的一格. `rowCount` records stand behind it. */
export const ReportCell = z.object({
  sheet: sheetNo, address: z.string().meta({ title: '单元格' }), kind: choice('种类', { figure: '数字', field: '名单', text: '文字', ask: '填写' }), title: z.string().meta({ title: '内容' }), shown: z.string().meta({ title: '填入' }),
  definition: z.string().nullable().meta({ title: '口径' }), reason: z.string().nullable().meta({ title: '说明' }), notes: z.array(z.string()), rowCount: count.meta({ title: '依据' }),
}).meta({ id: 'ReportCell' });
/** 与上次的差别. */
export const ReportDifference = z.object({
  address: z.string().meta({ title: '单元格' }), title: z.string().meta({ title: '内容' }), before: z.string().nullable().meta({ title: '上次' }), after: z.string().nullable().meta({ title: '本次' }),
  came: z.array(subject).meta({ title: '新增' }), went: z.array(subject).meta({ title: '减少' }),
}).meta({ id: 'ReportDifference' });

const filled = { cells: z.array(ReportCell), sheets: z.array(ReportSheet), warnings: z.array(z.string()).meta({ title: '提醒' }), differences: z.array(ReportDifference) };
/** 填报预览: nothing is kept. `digest` is what is given back when it is frozen, so that what was seen is what is sent. */
export const ReportFilling = z.object({ on: localDate.meta({ title: '截至' }), knownOn: localDate.meta({ title: '当时掌握' }), fileName: z.string(), previous: lastSending, digest: z.string(), ...filled }).meta({ id: 'ReportFilling' });

const note = { unit: text(100).optional().meta({ title: '填报单位' }), signer: text(50).optional().meta({ title: '签发人' }), filler: text(50).optional().meta({ title: '填表人' }), phone: text(50).optional().meta({ title: '联系电话' }) };
const fillQuery = z.object({ on: localDate.optional().meta({ title: '截至' }), knownOn: localDate.optional().meta({ title: '当时掌握' }), correctsId: id('Sending').optional().meta({ title: '更正' }), ...note });
const cellQuery = z.object({ sheet: z.coerce.number().int().min(0).max(254), cell: address });
export const getReportFilling = defineRoute({ method: 'GET', path: '/report-forms/:formId/filling', summary: '填报预览', permission: 'report.read', params: one, query: fillQuery, response: ReportFilling, problems: ['not-found', 'input.invalid', 'workbook.refused'] });
export const getReportFillingRows = defineRoute({ method: 'GET', path: '/report-forms/:formId/filling/rows', summary: '预览数字的依据', permission: 'report.read', params: one, query: fillQuery.extend(cellQuery.shape), response: z.object({ rows: z.array(subject) }), problems: ['not-found', 'input.invalid'] });
export const getReportFillingFile = defineRoute({ method: 'GET', path: '/report-forms/:formId/filling/file', summary: '下载试填的表', permission: 'report.read', kind: 'download', access: 'export', params: one, query: fillQuery, response: download, problems: ['not-found', 'input.invalid', 'workbook.refused'] });

/** 已上报, as listed. */
export const ReportSending = z.object({
  id: id('Sending'), formId: id('Form'), title: z.string().meta({ title: '表名' }), asOfOn: localDate.meta({ title: '截至' }), knownOn: localDate.meta({ title: '当时掌握' }), reportedTo: z.string().meta({ title: '报送单位' }),
  signer: z.string().meta({ title: '签发人' }), filler: z.string().meta({ title: '填表人' }), sentAt: instant.meta({ title: '上报时间' }), sentBy: z.string().nullable().meta({ title: '经办' }),
  fileName: z.string().meta({ title: '文件' }), fileHash: z.string().meta({ title: 'SHA-256' }), correctsId: id('Sending').nullable().meta({ title: '更正的上报' }), correction: z.string().nullable().meta({ title: '更正原因' }), correctedById: id('Sending').nullable().meta({ title: '已被更正' }),
}).meta({ id: 'ReportSending' });
export const ReportSendingDetail = ReportSending.extend({ previous: lastSending, ...filled, can: z.object({ correct: ability }) }).meta({ id: 'ReportSendingDetail' });

export const postReportSending = defineRoute({
  method: 'POST', path: '/report-forms/:formId/sendings', summary: '上报并固定', permission: 'report.send', params: one,
  body: z.object({
    on: localDate.meta({ title: '截至' }), knownOn: localDate.optional().meta({ title: '当时掌握' }), digest: z.string().length(64, '请先看过预览再上报'), reportedTo: requiredText(100, '请填写报送单位').meta({ title: '报送单位' }), ...note, signer: requiredText(50, '请填写签发人').meta({ title: '签发人' }),
    correctsId: id('Sending').optional().meta({ title: '更正' }), correction: text(200).optional().meta({ title: '更正原因' }),
  }),
  response: ReportSending, problems: ['not-found', 'state.stale', 'state.conflict', 'input.invalid', 'workbook.refused'],
});
const sendingQuery = z.object({ formId: id('Form').optional(), q: text(50).optional().meta({ title: '关键字' }), from: localDate.optional().meta({ title: '截至不早于' }), to: localDate.optional().meta({ title: '截至不晚于' }) });
const oneSending = z.object({ sendingId: id('Sending') });
export const listReportSendings = defineRoute({ method: 'GET', path: '/report-sendings', summary: '已上报', permission: 'report.read', query: pageByIdQuery.extend(sendingQuery.shape), response: pageOf(ReportSending) });
export const exportReportSendings = defineRoute({ method: 'GET', path: '/report-sendings/export', summary: '导出已上报清单', permission: 'report.read', query: sendingQuery, response: download, kind: 'download', access: 'export' });
export const getReportSending = defineRoute({ method: 'GET', path: '/report-sendings/:sendingId', summary: '一次上报', permission: 'report.read', params: oneSending, response: ReportSendingDetail, problems: ['not-found'] });
export const getReportSendingRows = defineRoute({ method: 'GET', path: '/report-sendings/:sendingId/rows', summary: '已上报数字的依据', permission: 'report.read', params: oneSending, query: cellQuery, response: z.object({ rows: z.array(subject) }), problems: ['not-found'] });
export const getReportSendingFile = defineRoute({ method: 'GET', path: '/report-sendings/:sendingId/file', summary: '下载已上报的文件', permission: 'report.read', kind: 'download', access: 'export', params: oneSending, response: download, problems: ['not-found', 'file.not-found'] });
