import { makeId } from '#domain/kernel/brand.ts';
import type { LedgerBatch, LedgerBatchDetail, LedgerRow } from '#contract/ledger.ts';
import { letterOf } from '#domain/ledger/header.ts';
import type { LedgerKind, SheetMapping } from '#domain/ledger/types.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { personNames } from '#platform/identity/in-hand.ts';
import { titleOf, type Problem } from './judge/judged.ts';
import type { Found } from './read/find-sheets.ts';
import { isPersonal, mask, unseal, type Stored } from './read/personal.ts';
import { filesOf, importedBefore, type BatchRecord } from './store/batch.ts';
import { asksOf, changesOf, fieldsOf, mendedOf, type Counts, type RowRecord } from './store/rows.ts';

/** 呈现批次 with names instead of ids, progress, and what may be done. */
export async function presentBatch(ctx: Ctx, db: Db, batch: BatchRecord): Promise<LedgerBatch> {
  const [files, township, people, job, earlier] = [
    await storedFiles(db, batch), batch.townshipId === null ? null : await nameOfPlace(db, batch.townshipId), await personNames(db, [batch.createdBy, batch.holderId, batch.confirmedBy, batch.undoneBy]), await progressOf(db, batch),
    batch.status === 'preview' ? await importedBefore(db, batch) : undefined,
  ];
  const by = (id: string | null) => (id === null ? null : people(id) ?? '已停用的用户');
  return {
    id: batch.id, kind: batch.kind, status: batch.status, township, files,
    counts: { rows: batch.rowCount, new: batch.newCount, changed: batch.changedCount, unchanged: batch.unchangedCount, refused: batch.refusedCount, warned: batch.warnedCount, missing: batch.missingCount },
    progress: job, failure: batch.failure, notice: batch.notice, purpose: batch.purpose, document: batch.document, deleteOn: batch.deleteOn,
    createdBy: by(batch.createdBy) ?? '系统', holder: by(batch.holderId ?? batch.createdBy), createdAt: batch.createdAt,
    confirmedBy: batch.confirmedAt === null ? null : by(batch.confirmedBy) ?? '系统', confirmedAt: batch.confirmedAt,
    undoneBy: batch.undoneAt === null ? null : by(batch.undoneBy) ?? '系统', undoneAt: batch.undoneAt,
    sameAs: earlier === undefined || earlier.confirmedAt === null ? null : { id: earlier.id, confirmedAt: earlier.confirmedAt },
    can: abilities(ctx, batch), version: batch.version,
  };
}

/** 呈现批次详情 with what was found in its sheets. */
export async function presentDetail(ctx: Ctx, db: Db, batch: BatchRecord): Promise<LedgerBatchDetail> {
  const files = await filesOf(db, batch.id);
  return {
    ...await presentBatch(ctx, db, batch),
    sheets: files.flatMap(({ fileNo, sheets }) => ((sheets ?? []) as unknown as Found[]).map((found) => sheetOf(fileNo, found))),
    fields: fieldsOf(batch.kind),
    problems: (batch.problemCounts as Counts['problemCounts']).map(({ code, severity, rows }) => ({ code, severity: severity === 'error' ? 'error' as const : 'warn' as const, title: problemTitles[code] ?? code, rows })),
  };
}

/** Identity numbers and phones that stand among samples are covered. */
const covered = (text: string): string => text.replaceAll(/\d{7,}[\dXx]?/g, mask);

function sheetOf(fileNo: number, found: Found): LedgerBatchDetail['sheets'][number] {
  return {
    fileNo, sheet: found.sheet, status: found.status, reason: found.reason, confidence: found.confidence, missing: [...found.missing], otherHeaderRows: [...found.otherHeaderRows],
    mapping: found.mapping === null ? null : { ...found.mapping, headerRows: [...found.mapping.headerRows], headers: Object.fromEntries(Object.entries(found.mapping.headers)), columns: { ...found.mapping.columns }, constants: { ...found.mapping.constants } },
    columns: found.columns.map((column) => ({ ...column, samples: column.samples.map(covered) })),
    preview: found.preview.map(({ row, cells }) => ({ row, cells: cells.map(covered) })),
  };
}

/** 问题的中文名称, for counting. */
export const problemTitles: Readonly<Record<string, string>> = {
  'not-a-number': '不是数字', negative: '负数', 'occupied-exceeds-total': '入住户数多于总户数', 'delivered-exceeds-total': '已交付面积大于总面积', 'out-of-range': '数值超出范围', rounded: '小数已四舍五入',
  'credit-code-missing': '缺统一社会信用代码', 'credit-code-check-digit': '信用代码校验位不符', 'credit-code-malformed': '信用代码格式不对', duplicate: '重复登记', 'duplicate-unit': '房屋重复登记',
  'id-check-digit': '身份证号有误', 'id-precision-lost': '证件号末位丢失', 'name-missing': '缺名称', 'required-missing': '缺必填内容', 'phone-invalid': '电话有误', 'date-invalid': '日期看不懂', 'period-reversed': '起止日期颠倒',
  'about-figure': '是约数', 'partly-read': '只登记了一部分', 'became-date': '编号被当成日期', 'owner-unnamed': '没有写明产权人', 'several-people': '一格写了几个人',
  'choice-unknown': '不在可填范围内', 'cell-error': '公式出错', 'column-missing': '缺列', 'table-not-found': '没有找到表格', 'company-unknown': '企业台账里没有这家企业', 'company-ambiguous': '企业名称不明确',
  'township-missing': '没有写明乡镇', 'township-unknown': '乡镇名称不对', 'neighbourhood-unknown': '社区名称不对', 'estate-unknown': '小区台账里没有这个小区', 'estate-ambiguous': '小区名称不明确',
  'row-struck': '加了删除线，作废', 'cell-struck': '单元格加了删除线', 'whole-building': '没有房号，按整栋一户', 'left-service': '人员已经离职', 'start-differs': '产权起始日与台账不同',
  'blank-kept': '空白，保留原值', 'out-of-scope': '不在管辖范围', 'too-long': '文字过长', 'purpose-missing': '没有说明使用目的',
};

/** Of an imported row the numbers are gone; that their columns were there is still said. */
const FORGOTTEN = '导入后此处不再保存';

function forgotten({ sealed, fields }: RowRecord, { columns }: SheetMapping): Record<string, string> {
  const isForgotten = sealed === null && Object.keys(fields as object).length === 0;
  return isForgotten ? Object.fromEntries(Object.keys(columns).filter(isPersonal).map((field) => [field, FORGOTTEN])) : {};
}

/** 呈现一行: personal numbers covered. */
export function presentRow(ctx: Ctx, kind: LedgerKind, record: RowRecord, mapping: SheetMapping): LedgerRow {
  const gone = forgotten(record, mapping);
  const texts: Record<string, string> = { ...unseal(ctx.kit.vault, record as unknown as Stored).texts, ...gone };
  const mended = new Set(mendedOf(record));
  const shown = (field: string) => (isPersonal(field) && gone[field] === undefined ? mask(texts[field] ?? '') : texts[field] ?? '');
  const cells = Object.keys(texts).map((field) => {
    const column = mapping.columns[field];
    return { field, column, letter: column === undefined ? null : letterOf(column), header: (column === undefined ? undefined : mapping.headers[column]?.replaceAll('／', '/')) ?? titleOf(kind, field), text: shown(field), isMended: mended.has(field) };
  }).toSorted((a, b) => (a.column ?? 999) - (b.column ?? 999)).map(({ column: _column, ...cell }) => cell);
  const asks = asksOf(record);
  const written = cells.filter(({ text }) => text !== '').map(({ field, text }) => ({ field, title: titleOf(kind, field), before: null, after: text }));
  return {
    rowNo: record.rowNo, fileNo: record.fileNo, sheet: record.sheet, row: record.sheetRow, outcome: record.outcome, title: record.title, cells,
    changes: record.outcome === 'new' ? written : changesOf(record),
    problems: (record.problems as Problem[]).map(({ isJudged: _judged, ...problem }) => problem),
    targetId: record.targetId,
    offers: { townships: [...asks.townships ?? []], estates: [...asks.estates ?? []], companies: [...asks.companies ?? []], createCompany: asks.createCompany ?? null },
  };
}

function abilities(ctx: Ctx, { status, newCount, changedCount, unchangedCount }: BatchRecord): LedgerBatch['can'] {
  const unless = (isAllowed: boolean, why: string) => (isAllowed ? true : why);
  const isOpen = status === 'mapping' || status === 'preview' || status === 'failed';
  const busy = status === 'reading' || status === 'uploaded' ? '正在读取，请稍候' : status === 'confirming' ? '正在导入，请稍候' : null;
  const mayUndo = actorMay(ctx.actor, 'ledger.undo');
  return {
    map: unless(isOpen, busy ?? '已经结束的批次不能再指认列'),
    mend: unless(status === 'preview', busy ?? '只有待确认的批次可以修正'),
    confirm: unless(status === 'preview' && newCount + changedCount + unchangedCount > 0, busy ?? (status === 'preview' ? '没有可以导入的行' : '只有待确认的批次可以导入')),
    undo: unless(status === 'committed' && mayUndo, status === 'committed' ? '您的岗位没有撤销导入的权限' : '只有已经导入的批次可以撤销'),
    cancel: unless(isOpen, busy ?? '已经结束的批次不能取消'),
  };
}

async function storedFiles(db: Db, { id }: BatchRecord): Promise<LedgerBatch['files']> {
  return db.selectFrom('ledger.batchFile as f').innerJoin('platform.file as s', 's.id', 'f.fileId').select(['f.fileNo', 'f.name', 's.sizeBytes']).where('f.batchId', '=', id).orderBy('f.fileNo').execute();
}

async function nameOfPlace(db: Db, id: string): Promise<{ id: string; name: string } | null> {
  return await db.selectFrom('platform.orgUnit').select(['id', 'name']).where('id', '=', makeId<'OrgUnit'>(id)).executeTakeFirst() ?? null;
}

async function progressOf(db: Db, { jobId, status }: BatchRecord): Promise<LedgerBatch['progress']> {
  if (jobId === null || !['uploaded', 'reading', 'confirming'].includes(status)) return null;
  const job = await db.selectFrom('platform.job').select(['doneCount', 'totalCount', 'stage', 'status']).where('id', '=', jobId).executeTakeFirst();
  return job === undefined ? null : { done: job.doneCount, total: job.totalCount, stage: job.status === 'waiting' ? '排队等候' : job.stage };
}

