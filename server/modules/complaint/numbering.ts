import { sql } from 'kysely';
import type { Db } from '#platform/db/types.ts';

/** 取投诉编号: the next of the county and year, in the transaction that receives it. The register's row stays locked until it ends; if it fails, the number was never taken. */
export async function takeNumber(db: Db, countyId: string, year: number): Promise<number> {
  const { rows } = await sql<{ lastSerial: number }>`insert into complaint.number_register as r (county_id, year, last_serial) values (${countyId}::uuid, ${year}, 1) on conflict (county_id, year) do update set last_serial = r.last_serial + 1 returning last_serial`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no complaint number was given');
  return row.lastSerial;
}
