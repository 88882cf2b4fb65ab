import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import type { PersonalRecord } from '#platform/personal/person.ts';
import { keyOf } from './find-person.ts';
import type { RequestRecord } from './store.ts';

const Stored = z.custom<PersonalRecord>((value) => z.object({ kind: z.string(), id: z.string(), title: z.string(), fields: z.array(z.unknown()), keeps: z.array(z.unknown()) }).safeParse(value).success);

/** 查到的各处 that the job kept for a request. */
export async function findingsOf(db: Db, vault: Vault, { id }: Pick<RequestRecord, 'id'>): Promise<PersonalRecord[]> {
  const { rows } = await sql<{ sealed: string }>`select record_cipher as sealed from privacy.person_finding where request_id = ${id}::uuid order by finding_key`.execute(db);
  return rows.map(({ sealed }) => Stored.parse(JSON.parse(vault.open(sealed))));
}

/** 保存查到的各处: in the place of what an earlier search had found. */
export async function keepFindings(tx: Tx, vault: Vault, { id, countyId, records }: Pick<RequestRecord, 'id' | 'countyId'> & { readonly records: readonly PersonalRecord[] }): Promise<void> {
  await dropFindings(tx, id);
  if (records.length === 0) return;
  await sql`
    insert into privacy.person_finding (request_id, county_id, finding_key, record_cipher)
    select ${id}::uuid, ${countyId}::uuid, x.k, x.s from unnest(${records.map(keyOf)}::text[], ${records.map((record) => vault.seal(JSON.stringify(record)))}::text[]) as x (k, s)`.execute(tx.db);
}

/** 清除查到的各处. */
export async function dropFindings(tx: Tx, id: RequestRecord['id']): Promise<void> {
  await sql`delete from privacy.person_finding where request_id = ${id}::uuid`.execute(tx.db);
}
