import { sql } from 'kysely';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import type { BulkOptions } from '#modules/registry/index.ts';
import { newId } from '#platform/ids.ts';
import type { BatchRecord } from '../store/batch.ts';

/** 命令行导入而未说明目的时的写法: warned about, to be put right in the registry. */
export const UNSTATED = { purpose: '台账导入（未注明）', document: '未注明' } as const;

/**
 * 登记业主信息的使用目的: once per estate that the batch brings owners to, with its document and the day of deletion. It is recorded just before
 * the owners, who name it from the start: to name it afterwards would write every owner and his ten indexes a second time.
 */
export function purposesOf(batch: BatchRecord, now: Instant): Pick<BulkOptions, 'purposesOf'> {
  if (batch.purpose === null || batch.document === null || batch.deleteOn === null) return {};
  const made = new Map<Id<'Estate'>, Id<'OwnerPurpose'>>();
  return {
    purposesOf: async (db, estateIds) => {
      const fresh = estateIds.filter((id) => !made.has(id)).map((id) => ({ id: newId<'OwnerPurpose'>(), estate_id: id }));
      if (fresh.length === 0) return made;
      await sql`insert into registry.owner_purpose (id, county_id, township_id, neighbourhood_id, estate_id, purpose, document, delete_on, recorded_by, recorded_at)
        select p.id, e.county_id, e.township_id, e.neighbourhood_id, e.id, ${batch.purpose}, ${batch.document}, ${batch.deleteOn}::date, ${batch.createdBy}::uuid, ${now}::timestamptz
          from json_to_recordset(${JSON.stringify(fresh)}::json) as p(id uuid, estate_id uuid) join registry.estate e on e.id = p.estate_id`.execute(db);
      for (const { id, estate_id: estateId } of fresh) made.set(estateId, id);
      return made;
    },
  };
}
