import { sql } from 'kysely';
import type { Instant } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';

type Versioned = 'registry.service_contract' | 'registry.estate_manager' | 'registry.ownership' | 'registry.unit_area';

/** 更正: what was known until `at` stays known as of then, and is no longer the present version. */
export async function supersede(db: Db, table: Versioned, ids: readonly string[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  await sql`update ${sql.raw(table)} set superseded_at = greatest(${at}::timestamptz, recorded_at + interval '1 millisecond') where id = any(${ids}::uuid[])`.execute(db);
}
