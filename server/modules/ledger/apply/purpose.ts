import type { OwnerPurpose } from '#modules/registry/index.ts';
import type { BatchRecord } from '../store/batch.ts';

/** 命令行导入而未说明目的时的写法: warned about, to be put right in the registry. */
export const UNSTATED = { purpose: '台账导入（未注明）', document: '未注明' } as const;

/** 批次的业主信息使用目的, with its document and the day of deletion; null when nothing was stated. */
export function purposeOf({ purpose, document, deleteOn, createdBy }: BatchRecord): OwnerPurpose | null {
  return purpose === null || document === null || deleteOn === null ? null : { purpose, document, deleteOn, recordedBy: createdBy };
}
