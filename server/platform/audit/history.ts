import { formatSquareMetres } from '#domain/kernel/area.ts';
import { areaCm2, fen } from '#domain/kernel/brand.ts';
import { formatYuan } from '#domain/kernel/money.ts';
import { percentText } from '#domain/kernel/ratio.ts';
import type { Output } from '#contract/define-route.ts';
import type { getCompany } from '#contract/registry/company.ts';
import type { Db } from '../db/types.ts';
import type { z } from 'zod';

export type HistoryEntry = Output<typeof getCompany>['history'][number];

/** 操作的说法. */
export const actionTexts: Readonly<Record<string, string>> = {
  create: '登记', update: '修改', rename: '更名', names: '登记其他名称', archive: '归档', merge: '合并', split: '分立', move: '更换归属', reveal: '查看完整号码', transfer: '产权转移', area: '登记面积',
  contract: '登记合同', manager: '登记项目经理', committee: '登记业委会', members: '登记委员', purpose: '登记业主信息装载目的', export: '导出', import: '导入台账',
  'contract.archive': '归档合同', 'committee.archive': '归档业委会',
  'paper.draft': '拟稿', 'paper.edit': '修改拟稿', 'paper.issue': '签发', 'paper.cancel': '作废', 'paper.discard': '弃稿',
  'collection.draft': '拟采集任务', 'collection.edit': '修改', 'collection.copy': '再发一次', 'collection.issue': '下发', 'collection.withdraw': '撤回', 'collection.close': '结束', 'collection.chase': '催办', 'collection.send-back': '退回重填', 'collection.decide': '取舍', 'collection.update-registry': '更新到台账', 'collection.files': '收交回的表', 'collection.link': '生成链接', 'collection.revoke-links': '撤销链接',
  'handover.start': '发起', 'handover.sign-outgoing': '移交人签字', 'handover.sign-in-place': '代签', 'handover.sign-witness': '监交人签字', 'handover.sign-incoming': '接手人签收', 'handover.object': '提出异议', 'handover.scan': '上传扫描件', 'handover.cancel': '取消', 'handover.return': '交还',
  'report.upload': '上传空表', 'report.mark': '标记', 'report.type': '填写', 'report.try': '试填下载', 'report.send': '上报', 'report.download': '下载',
};
const SHOWN = 50;

/** Whose entries are told: records of one kind, and the draft whose fields name what was changed. */
export interface HistorySubject { readonly kind: string; readonly ids: readonly string[]; readonly draft: z.ZodObject }

/** 操作历史 of one record, newest first; what the reader's scope may not see is left out by the database. */
export const historyOf = (db: Db, kind: string, id: string, draft: z.ZodObject): Promise<HistoryEntry[]> => historyOfAll(db, [{ kind, ids: [id], draft }]);

/** 操作历史 of a record and what is recorded apart of it (an estate's contracts and committees), newest first. */
export async function historyOfAll(db: Db, subjects: readonly HistorySubject[]): Promise<HistoryEntry[]> {
  const found = await Promise.all(subjects.filter(({ ids }) => ids.length > 0).map(async ({ kind, ids, draft }) => {
    const rows = await db.selectFrom('audit.entry').selectAll().where('subjectKind', '=', kind).where('subjectId', 'in', [...new Set(ids)]).orderBy('entryNo', 'desc').limit(SHOWN).execute();
    return rows.map((row) => ({ row, draft }));
  }));
  return found.flat().toSorted((a, b) => b.row.entryNo - a.row.entryNo).slice(0, SHOWN).map(({ row, draft }) => ({
    at: row.at, actorName: row.actorName, action: row.action, actionText: actionTexts[row.action] ?? actionTexts[row.action.split('.').at(-1) ?? ''] ?? '修改', reason: row.reason,
    changes: changesOf(fields(row.before), fields(row.after), draft),
  }));
}

const fields = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {});

function changesOf(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, draft: z.ZodObject): HistoryEntry['changes'] {
  return Object.keys({ ...before, ...after }).flatMap((field) => {
    const title = titleOf(draft, field);
    if (title === null || isId(before[field] ?? after[field])) return [];
    const change = { field, title, before: valueText(draft, field, before[field]), after: valueText(draft, field, after[field]) };
    return change.before === change.after ? [] : [change];
  });
}

/** A bare id tells a reader nothing; the record's own page names the body, estate or company. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const isId = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);

const OTHERS: Readonly<Record<string, string>> = { phoneCipher: '电话', idCipher: '证件号码', name: '名称', archivedReason: '归档原因', formerNames: '曾用名', buildingId: '楼栋', mergedIntoId: '并入', names: '其他名称' };

const metaOf = (draft: z.ZodObject, field: string): Readonly<Record<string, unknown>> | undefined => {
  const schema: unknown = draft.shape[field];
  if (!isSchema(schema)) return undefined;
  const meta = schema.meta();
  return meta && 'title' in meta ? meta : 'unwrap' in schema && typeof schema.unwrap === 'function' ? innerMeta(schema.unwrap()) : undefined;
};
const innerMeta = (schema: unknown) => (isSchema(schema) ? schema.meta() : undefined);
const isSchema = (value: unknown): value is z.ZodType => typeof value === 'object' && value !== null && 'meta' in value && typeof value.meta === 'function';

function titleOf(draft: z.ZodObject, field: string): string | null {
  const title = metaOf(draft, field)?.['title'];
  return typeof title === 'string' ? title.replace(/\(.*?\)/, '') : OTHERS[field] ?? null;
}

/** 值的说法: areas in ㎡, money in yuan, rates in per cent, words of a closed list in Chinese. */
function valueText(draft: z.ZodObject, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '空';
  if (typeof value === 'number' && /cm2$/i.test(field)) return `${formatSquareMetres(areaCm2(value))}㎡`;
  if (typeof value === 'number' && /fen/i.test(field)) return `${formatYuan(fen(value))}元`;
  if (typeof value === 'number' && /bp$/i.test(field)) return percentText(value, 10_000, 2);
  const labels = metaOf(draft, field)?.['x-labels'];
  if (typeof labels === 'object' && labels !== null && typeof value === 'string') return String(Reflect.get(labels, value) ?? value);
  return Array.isArray(value) ? value.map(String).join('、') : typeof value === 'string' ? value : JSON.stringify(value);
}
