import { z } from 'zod';
import { MOST_THINGS } from '#domain/kernel/limits.ts';
import { ability, count, download, flag, holder, id, inHandQuery, instant, localDate, pageByIdQuery, pageByNumberQuery, pageOf, requiredText, text } from './kernel.ts';
import { defineRoute } from './define-route.ts';

/** 台账种类:the four ledgers that an office uploads. */
export const ledgerKind = z.enum(['companies', 'estates', 'practitioners', 'units'], '请选择台账种类').meta({ id: 'LedgerKind', title: '台账种类' });
/** 台账种类的中文名称. */
export const ledgerKindLabels = { companies: '物业服务企业台账', estates: '住宅小区台账', practitioners: '从业人员名册', units: '房屋业主名册' } as const;

/** 批次状态:`mapping` waits for the user's columns, `preview` for his confirmation. */
export const batchStatus = z.enum(['uploaded', 'reading', 'mapping', 'preview', 'confirming', 'committed', 'undone', 'failed', 'cancelled']).meta({ id: 'LedgerBatchStatus', title: '状态' });
/** 批次状态的中文名称. */
export const batchStatusLabels = {
  uploaded: '已上传', reading: '正在读取', mapping: '待指认列', preview: '待确认', confirming: '正在导入',
  committed: '已导入', undone: '已撤销', failed: '未成功', cancelled: '已取消',
} as const;

/** 行的去向. */
export const rowOutcome = z.enum(['new', 'changed', 'unchanged', 'refused']).meta({ id: 'LedgerRowOutcome', title: '去向' });
/** 行的去向的中文名称. */
export const rowOutcomeLabels = { new: '新增', changed: '变更', unchanged: '无变化', refused: '退回' } as const;

const named = z.object({ id: z.uuid(), name: z.string() });

/** 行数:`refused` rows hold an error, `warned` rows hold a warning (and are counted under their outcome too), `missing` are records of ours that the file lacks. */
const batchCounts = z.object({
  rows: count, new: count, changed: count, unchanged: count, refused: count, warned: count, missing: count,
}).meta({ id: 'LedgerBatchCounts' });

/** 导入批次, as listed. */
export const LedgerBatch = z.object({
  id: id('Batch'),
  kind: ledgerKind,
  status: batchStatus,
  township: named.nullable().meta({ title: '乡镇街道' }),
  files: z.array(z.object({ fileNo: z.int(), name: z.string(), sizeBytes: count })),
  counts: batchCounts,
  /** Of the job that reads or writes just now; null when nothing runs. */
  progress: z.object({ done: count, total: count.nullable(), stage: z.string().nullable() }).nullable(),
  /** Why it failed, in one sentence. */
  failure: z.string().nullable(),
  /** What the user must be told, e.g. that rows were judged anew because somebody edited their records meanwhile. */
  notice: z.string().nullable(),
  purpose: z.string().nullable().meta({ title: '使用目的' }),
  document: z.string().nullable().meta({ title: '依据文件' }),
  deleteOn: localDate.nullable().meta({ title: '到期删除日期' }),
  createdBy: z.string().meta({ title: '上传人' }),
  holder,
  createdAt: instant.meta({ title: '上传时间' }),
  confirmedBy: z.string().nullable().meta({ title: '确认人' }),
  confirmedAt: instant.nullable().meta({ title: '导入时间' }),
  undoneBy: z.string().nullable().meta({ title: '撤销人' }),
  undoneAt: instant.nullable().meta({ title: '撤销时间' }),
  /** An earlier batch of the same files that was imported. */
  sameAs: z.object({ id: id('Batch'), confirmedAt: instant }).nullable(),
  /** The township officer's own, or the county's. */
  can: z.object({ map: ability, mend: ability, confirm: ability, undo: ability, cancel: ability }),
  version: z.int(),
}).meta({ id: 'LedgerBatch' });
export type LedgerBatch = z.output<typeof LedgerBatch>;

const columnChoice = z.object({
  index: z.int().min(0).max(255), letter: z.string(), header: z.string(), field: z.string().nullable(), samples: z.array(z.string()),
}).meta({ id: 'LedgerColumnChoice' });

/** 取数方案:where the table lies in one sheet and which column is which field. */
export const sheetMapping = z.object({
  sheet: z.string().max(100),
  headerRows: z.array(z.int().min(1).max(1_048_576)).min(1, '请指认表头所在的行').max(5),
  firstRow: z.int().min(1).max(1_048_576).meta({ title: '数据开始的行' }),
  /** Field → column index, A is 0. A field that is not here is absent and leaves things untouched. */
  columns: z.record(z.string().max(50), z.int().min(0).max(255)),
  /** Column index → its header's full text. */
  headers: z.record(z.string().regex(/^\d{1,3}$/), z.string().max(500)),
  /** Fields that are the same for the whole sheet. */
  constants: z.record(z.string().max(50), z.string().max(100)),
  townshipFrom: z.enum(['sheet', 'title', 'column', 'none']),
}).meta({ id: 'LedgerSheetMapping' });

/** 识别结果:what was found in one sheet of one file. */
export const sheetFound = z.object({
  fileNo: z.int(), sheet: z.string(),
  status: z.enum(['table', 'unsure', 'skipped']),
  reason: z.string().nullable(),
  confidence: z.number(),
  mapping: sheetMapping.nullable(),
  missing: z.array(z.string()),
  columns: z.array(columnChoice),
  otherHeaderRows: z.array(z.int()),
  /** The first rows as they stand, to pick a header row by eye. */
  preview: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
}).meta({ id: 'LedgerSheetFound' });

/** 可选字段:what a column may be mapped to. */
const fieldChoice = z.object({ field: z.string(), title: z.string(), isRequired: z.boolean() }).meta({ id: 'LedgerFieldChoice' });

/** 导入批次, with what was found in its sheets. */
export const LedgerBatchDetail = LedgerBatch.extend({
  sheets: z.array(sheetFound),
  fields: z.array(fieldChoice),
  /** How many rows hold each problem, most first. */
  problems: z.array(z.object({ code: z.string(), severity: z.enum(['error', 'warn']), title: z.string(), rows: count })),
}).meta({ id: 'LedgerBatchDetail' });
export type LedgerBatchDetail = z.output<typeof LedgerBatchDetail>;

/** 行问题. */
export const rowProblem = z.object({
  sheet: z.string(), row: z.int(),
  column: z.string().nullable().meta({ title: '列' }),
  header: z.string().nullable().meta({ title: '列名' }),
  field: z.string().nullable(),
  code: z.string(), severity: z.enum(['error', 'warn']), message: z.string(),
}).meta({ id: 'LedgerRowProblem' });

const choices = z.array(z.object({ id: z.uuid(), name: z.string(), detail: z.string().nullable() }));

/** 批次中的一行:personal numbers are masked. */
export const LedgerRow = z.object({
  rowNo: z.int(),
  fileNo: z.int(),
  sheet: z.string(),
  /** Excel's own row number. */
  row: z.int().meta({ title: '行号' }),
  outcome: rowOutcome,
  /** What the row is about, e.g. 城关街道 · 金色里. */
  title: z.string(),
  /** The cells of the mapped columns, in the order of the sheet; `text` is what stands there now, mended or not. */
  cells: z.array(z.object({ field: z.string(), letter: z.string().nullable(), header: z.string(), text: z.string(), isMended: z.boolean() })),
  /** Field by field, `null` is empty. */
  changes: z.array(z.object({ field: z.string(), title: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  problems: z.array(rowProblem),
  /** The record of ours that the row is about; null when it is new. */
  targetId: z.uuid().nullable(),
  /** What the user may choose to settle the row. */
  offers: z.object({ townships: choices, estates: choices, companies: choices, createCompany: z.string().nullable() }),
}).meta({ id: 'LedgerRow' });
export type LedgerRow = z.output<typeof LedgerRow>;

const batchParams = z.object({ batchId: id('Batch') });

/** 一个文件看起来是什么台账. */
export const ledgerLook = z.object({
  name: z.string().meta({ title: '文件名' }),
  /** In the order in which they are best imported: companies, estates, practitioners, units. Empty when its columns say nothing. */
  kinds: z.array(ledgerKind),
  sheets: z.array(z.object({ sheet: z.string(), kind: ledgerKind.nullable() })),
  /** Why the file cannot be taken, in one sentence. */
  refusal: z.string().nullable(),
}).meta({ id: 'LedgerLook', title: '看起来是什么台账' });

/** Multipart: one or several parts named `files`, in the order of the answer. Tells by their columns which ledgers they hold; nothing is kept. */
export const postLedgerLook = defineRoute({
  method: 'POST', path: '/ledger-looks', summary: '看文件是什么台账', permission: 'ledger.import', kind: 'upload',
  body: z.object({}), response: z.object({ files: z.array(ledgerLook) }), problems: ['input.too-large'],
});

/** Multipart: the text fields below, then one or several parts named `files`. Answered at once; the reading is a job. */
export const postLedgerBatch = defineRoute({
  method: 'POST', path: '/ledger-batches', summary: '上传台账', permission: 'ledger.import', kind: 'upload',
  body: z.object({
    kind: ledgerKind,
    /** For workbooks that name no township; a township officer's is his own. */
    townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }),
    purpose: text(200).optional().meta({ title: '使用目的' }),
    document: text(200).optional().meta({ title: '依据文件' }),
    deleteOn: localDate.optional().meta({ title: '到期删除日期' }),
  }),
  response: LedgerBatch, problems: ['workbook.refused', 'input.too-large', 'rule.violated'],
});

const batchQuery = pageByIdQuery.extend({ kind: ledgerKind.optional(), status: batchStatus.optional(), ...inHandQuery.shape });
export const listLedgerBatches = defineRoute({
  method: 'GET', path: '/ledger-batches', summary: '查看导入记录', permission: 'ledger.import',
  query: batchQuery, response: pageOf(LedgerBatch),
});
export const exportLedgerBatches = defineRoute({ method: 'GET', path: '/ledger-batches/export', summary: '导出导入记录', permission: 'ledger.import', query: batchQuery, response: download, kind: 'download', access: 'export' });

export const getLedgerBatch = defineRoute({
  method: 'GET', path: '/ledger-batches/:batchId', summary: '查看导入批次', permission: 'ledger.import',
  params: batchParams, response: LedgerBatchDetail, problems: ['import.not-found'],
});

/** Remembered under the header's signature, per county and kind; the rows are read again. */
export const putLedgerMapping = defineRoute({
  method: 'PUT', path: '/ledger-batches/:batchId/mapping', summary: '指认表头和列', permission: 'ledger.import',
  params: batchParams,
  body: z.object({ sheets: z.array(sheetMapping.extend({ fileNo: z.int().min(1).max(MOST_THINGS) })).min(1, '请至少指认一张表').max(200) }),
  response: LedgerBatch, problems: ['import.not-found', 'state.conflict', 'input.invalid'],
});

/** `problem` is a code; `warned=true` gives the rows that are taken and flagged. */
export const listLedgerRows = defineRoute({
  method: 'GET', path: '/ledger-batches/:batchId/rows', summary: '查看导入批次的行', permission: 'ledger.import',
  params: batchParams,
  query: pageByNumberQuery.extend({ outcome: rowOutcome.optional().meta({ title: '去向' }), problem: text(50).optional().meta({ title: '问题' }), warned: flag.optional() }),
  response: pageOf(LedgerRow), problems: ['import.not-found'],
});

/** 修正一行:new cell texts by field, a choice where the name was not clear, or both; the row is judged again and the counts follow. */
export const patchLedgerRow = defineRoute({
  method: 'PATCH', path: '/ledger-batches/:batchId/rows/:rowNo', summary: '修正一行', permission: 'ledger.import',
  params: batchParams.extend({ rowNo: z.coerce.number().int().min(1).max(MOST_THINGS) }),
  body: z.object({
    cells: z.record(z.string().max(50), z.string().max(500)).optional(),
    resolution: z.object({
      townshipId: id('OrgUnit').optional(), estateId: id('Estate').optional(), companyId: id('Company').optional(),
      /** Makes a company of this name together with the import. */
      createCompany: z.object({ name: requiredText(100, '请填写企业名称').min(2, '企业名称至少两个字') }).optional(),
    }).optional(),
    /** The resolution also holds for every other row of the batch that says the same. */
    forAllAlike: z.boolean().optional(),
  }),
  response: z.object({ row: LedgerRow, batch: LedgerBatch, alsoJudged: count }),
  problems: ['import.not-found', 'state.conflict', 'input.invalid'],
});

export const getRefusedRows = defineRoute({
  method: 'GET', path: '/ledger-batches/:batchId/refused.xlsx', summary: '下载退回的行', permission: 'ledger.import', kind: 'download', access: 'export',
  params: batchParams, response: download, problems: ['import.not-found', 'state.conflict'],
});

export const getLedgerFile = defineRoute({
  method: 'GET', path: '/ledger-batches/:batchId/files/:fileNo', summary: '下载原始文件', permission: 'ledger.import', kind: 'download', access: 'export',
  params: batchParams.extend({ fileNo: z.coerce.number().int().min(1).max(MOST_THINGS) }), response: download, problems: ['import.not-found', 'file.not-found'],
});

/** Records of ours, within what the file is about, that the file lacks: for review, nothing is deleted. */
export const listMissing = defineRoute({
  method: 'GET', path: '/ledger-batches/:batchId/missing', summary: '查看文件中没有的记录', permission: 'ledger.import',
  params: batchParams, query: pageByNumberQuery,
  response: pageOf(z.object({ kind: z.enum(['company', 'estate', 'practitioner', 'unit']), id: z.uuid(), name: z.string(), detail: z.string() })),
  problems: ['import.not-found'],
});

/** 确认导入:answers at once with status `confirming`; a second click changes nothing. */
export const postConfirmation = defineRoute({
  method: 'POST', path: '/ledger-batches/:batchId/confirmation', summary: '确认导入', permission: 'ledger.import',
  params: batchParams, response: LedgerBatch, problems: ['import.not-found', 'state.conflict', 'rule.violated'],
});

/** 撤销导入:records edited since are left as they are and named. */
export const postUndo = defineRoute({
  method: 'POST', path: '/ledger-batches/:batchId/undo', summary: '撤销导入', permission: 'ledger.undo',
  params: batchParams,
  body: z.object({
    reason: requiredText(200, '请填写撤销理由').meta({ title: '撤销理由' }),
    /** Only tells what would happen; nothing is written. */
    dryRun: z.boolean().optional(),
  }),
  response: z.object({
    batch: LedgerBatch, restored: count, removed: count,
    left: z.array(z.object({ kind: z.string(), id: z.uuid(), name: z.string(), why: z.string() })), leftCount: count,
  }),
  problems: ['import.not-found', 'state.conflict'],
});

export const deleteLedgerBatch = defineRoute({
  method: 'DELETE', path: '/ledger-batches/:batchId', summary: '取消导入', permission: 'ledger.import',
  params: batchParams, response: LedgerBatch, problems: ['import.not-found', 'state.conflict'],
});
