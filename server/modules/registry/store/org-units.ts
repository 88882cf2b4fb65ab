import { sql } from 'kysely';
import type { Db } from '#platform/db/types.ts';

/** 机构名称 by id. */
export async function orgNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  return new Map((await sql<{ id: string; name: string }>`select id, name from platform.org_unit where id = any(${wanted}::uuid[])`.execute(db)).rows.map((row) => [row.id, row.name]));
}
