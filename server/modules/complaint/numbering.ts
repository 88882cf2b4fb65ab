import { sql } from 'kysely';
import type { Db } from '#platform/db/types.ts';

/** 取投诉编号: the next so many of the county and year, in the transaction that receives them. The register's row stays locked until it ends; if it fails, they were never taken. */
export async function takeNumbers(db: Db, countyId: string, year: number, n: number): Promise<number[]> {
  const { rows } = await sql<{ lastSerial: number }>`insert into complaint.number_register as r (county_id, year, last_serial) values (${countyId}::uuid, ${year}, ${n}) on conflict (county_id, year) do update set last_serial = r.last_serial + ${n} returning last_serial`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no complaint number was given');
  return Array.from({ length: n }, (_, at) => row.lastSerial - n + 1 + at);
}
