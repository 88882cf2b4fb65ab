import { z } from 'zod';
import { ability, id, instant, localDate, pageQuery, text, asOfQuery } from '../kernel.ts';

/** 引用: another record by id and name; `archived` when it is no longer in use. */
export const Ref = <T extends string>(of: T, title: string) => z.object({ id: id(of), name: z.string() }).meta({ title });

/** 条件: filters every list of places shares. */
export const placeQuery = z.object({
  townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }),
  neighbourhoodId: id('OrgUnit').optional().meta({ title: '社区' }),
});

/** 排序: newest first, or by name. */
export const sortQuery = z.object({ sort: z.enum(['newest', 'name']).default('newest').meta({ title: '排序', 'x-labels': { newest: '最新在前', name: '按名称' } }) });

/** 关键字: any part of the name, its pinyin initials, or a code. */
export const keywordQuery = z.object({ q: text(50).optional().meta({ title: '关键字' }) });

/** 列表条件: paging, sort, keyword and the day it is asked about. */
export const listQuery = z.object({ ...pageQuery.shape, ...sortQuery.shape, ...keywordQuery.shape, ...asOfQuery.shape, archived: z.enum(['true', 'false']).optional().meta({ title: '含已归档' }) });

/** 归档: instead of delete, with its reason. */
export const archiveBody = z.object({ reason: z.string().trim().min(4, '请写明归档原因（不少于4个字）').max(200, '不超过 200 个字').meta({ title: '归档原因' }) });

/** 合并: this record goes into `intoId`; what refers to it moves there. */
export const mergeBody = <T extends string>(of: T) => z.object({
  intoId: id(of).meta({ title: '并入' }),
  reason: z.string().trim().min(4, '请写明合并原因（不少于4个字）').max(200, '不超过 200 个字').meta({ title: '合并原因' }),
});

/** 查看完整号码: which field and why. The look itself is recorded. */
export const revealBody = z.object({
  field: z.enum(['phone', 'idNumber']).meta({ title: '查看内容', 'x-labels': { phone: '电话', idNumber: '证件号码' } }),
  reason: z.string().trim().min(4, '请写明查看原因（不少于4个字）').max(200, '不超过 200 个字').meta({ title: '查看原因' }),
});
export const Revealed = z.object({ value: z.string().nullable().meta({ title: '完整号码' }) });

/** 操作历史: one recorded change, in words. */
export const HistoryEntry = z.object({
  at: instant.meta({ title: '时间' }),
  actorName: z.string().meta({ title: '操作人' }),
  action: z.string().meta({ title: '操作' }),
  actionText: z.string().meta({ title: '操作内容' }),
  reason: z.string().nullable().meta({ title: '原因' }),
  changes: z.array(z.object({ field: z.string(), title: z.string(), before: z.string(), after: z.string() })).meta({ title: '改动' }),
}).meta({ id: 'HistoryEntry' });

/** 能做什么: true, or the reason why not. */
export const Can = z.object({ edit: ability, archive: ability, merge: ability }).meta({ id: 'RecordCan' });

/** 时间范围: the two times of a version: valid in the world, known in our books. */
export const versionTimes = {
  recordedAt: instant.meta({ title: '登记时间' }),
  supersededAt: instant.nullable().meta({ title: '更正时间' }),
};

export const validTimes = {
  validFrom: localDate.nullable().meta({ title: '自' }),
  validTo: localDate.nullable().meta({ title: '至（不含当日）' }),
};

/** 截至: which day an answer stands for. */
export const asOfAnswer = { on: localDate.meta({ title: '截至' }), knownOn: localDate.nullable().meta({ title: '当时掌握' }) };

/** 提醒: saved, but worth a second look. */
export const warnings = z.array(z.string()).meta({ title: '提醒' });

/** 程度: what contradicts itself goes before what is missing or about to end. */
export const findingSeverity = z.enum(['error', 'warn']).meta({ title: '程度', 'x-labels': { error: '矛盾', warn: '缺漏或临期' } });

/** 去补: the record and the field of its form in which a finding is mended, and whether the reader may (else who does). */
export const findingRepair = {
  target: z.object({ kind: z.enum(['estate', 'company', 'practitioner', 'unit', 'owner', 'committee', 'contract']), id: z.string(), field: z.string() }),
  repair: ability,
};
