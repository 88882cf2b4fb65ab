import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Tx } from '#platform/context.ts';
import type { BatchRecord } from '../store/batch.ts';
import type { Instant } from '#domain/kernel/brand.ts';

/** 命令行导入而未说明目的时的写法: warned about, to be put right in the registry. */
export const UNSTATED = { purpose: '台账导入(未注明)', document: '未注明' } as const;

/** 登记业主信息的使用目的: once per estate that the batch brought owners to, with its document and the day of deletion. */
export async function givePurpose(tx: Tx, batch: BatchRecord, now: Instant): Promise<void> {
  if (batch.purpose === null || batch.document === null || batch.deleteOn === null) return;
  const { rows } = await sql<{ estateId: string }>`select distinct estate_id from registry.owner where batch_id = ${batch.id}`.execute(tx.db);
  if (rows.length === 0) return;
  const made = JSON.stringify(rows.map(({ estateId }) => ({ id: newId<'OwnerPurpose'>(), estate_id: estateId })));
  await sql`insert into registry.owner_purpose (id, county_id, township_id, neighbourhood_id, estate_id, purpose, document, delete_on, recorded_by, recorded_at)
    select p.id, e.county_id, e.township_id, e.neighbourhood_id, e.id, ${batch.purpose}, ${batch.document}, ${batch.deleteOn}::date, ${batch.createdBy}::uuid, ${now}::timestamptz
      from json_to_recordset(${made}::json) as p(id uuid, estate_id uuid) join registry.estate e on e.id = p.estate_id`.execute(tx.db);
  await sql`update registry.owner o set purpose_id = p.id from json_to_recordset(${made}::json) as p(id uuid, estate_id uuid)
     where o.estate_id = p.estate_id and o.batch_id = ${batch.id} and o.purpose_id is null`.execute(tx.db);
}
