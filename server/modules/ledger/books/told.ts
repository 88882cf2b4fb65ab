import { sql } from 'kysely';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import type { Db } from '#platform/db/types.ts';

/** 已提示过的键:an estate and the company's name that could not be found. */
export const tellingKey = (townshipId: string, estate: string, company: string): string => `${townshipId}/${canonicalEstateName(estate)}/${normaliseName(company)}`;

/**
 * 已提示过的未知企业:told at an earlier import and left so by the user. It is not told again by every later file;
 * the data quality page goes on listing it. The same file again comes out the same.
 */
export async function loadTold(db: Db, countyId: string, fingerprint: string | null): Promise<Set<string>> {
  const { rows } = await sql<{ townshipId: string | null; fromKey: string | null; estate: string; company: string }>`
    select case when split_part(r.row_key, '/', 2) <> '' then substr(split_part(r.row_key, '/', 1), 8) end as township_id, r.row_key as from_key, r.raw->>'name' as estate, r.raw->>'company' as company
      from ledger.batch b join ledger.batch_row r on r.batch_id = b.id
     where b.county_id = ${countyId} and b.kind = 'estates' and b.status = 'committed' and b.fingerprint is distinct from ${fingerprint}
       and r.is_warned and r.outcome <> 'refused' and r.problems @> '[{"code": "company-unknown"}]'`.execute(db);
  return new Set(rows.flatMap(({ townshipId, estate, company }) => (townshipId === null || !estate || !company ? [] : [tellingKey(townshipId, estate, company)])));
}
