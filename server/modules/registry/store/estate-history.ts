import { sql } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { knownThen, type AsOf } from '../as-of.ts';
import type { ContractRecord, ManagerRecord } from './records.ts';

/** 历次合同 of an estate as known then, the newest first; corrected versions are told on the contract's own page. */
export async function contractsOf(db: Db, estateId: Id<'Estate'>, at: AsOf): Promise<(ContractRecord & { companyName: string })[]> {
  return (await sql<ContractRecord & { companyName: string }>`
    select k.*, c.name as company_name from registry.service_contract k join registry.company c on c.id = k.company_id where k.estate_id = ${estateId} and ${knownThen('k', at)}
     order by k.starts_on desc nulls last, k.recorded_at desc, k.id desc limit 100`.execute(db)).rows;
}

/** 历任项目经理 as known then, the latest first. */
export async function managersOf(db: Db, estateId: Id<'Estate'>, at: AsOf): Promise<(ManagerRecord & { name: string; phoneCipher: string | null; companyName: string | null })[]> {
  return (await sql<ManagerRecord & { name: string; phoneCipher: string | null; companyName: string | null }>`
    select m.*, p.name, p.phone_cipher, c.name as company_name from registry.estate_manager m join registry.practitioner p on p.id = m.practitioner_id left join registry.company c on c.id = p.company_id
     where m.estate_id = ${estateId} and ${knownThen('m', at)} order by m.valid_from desc nulls last, m.recorded_at desc limit 100`.execute(db)).rows;
}

/** 曾用名、俗称、所含地名. */
export const namesOf = (db: Db, estateId: Id<'Estate'>) => db.selectFrom('registry.estateName').select(['id', 'name', 'kind', 'sinceOn', 'untilOn']).where('estateId', '=', estateId).orderBy('kind').orderBy('id').execute();

export interface Lineage { readonly kind: 'split' | 'merge'; readonly from: { id: Id<'Estate'>; name: string }; readonly to: { id: Id<'Estate'>; name: string }; readonly onDate: LocalDate; readonly basis: string | null }

/** 分立与合并. */
export async function lineageOf(db: Db, estateId: Id<'Estate'>): Promise<Lineage[]> {
  const found = await sql<{ kind: 'split' | 'merge'; fromId: Id<'Estate'>; fromName: string; toId: Id<'Estate'>; toName: string; onDate: LocalDate; basis: string | null }>`
    select l.kind, l.from_id, a.name as from_name, l.to_id, b.name as to_name, l.on_date, l.basis from registry.estate_lineage l join registry.estate a on a.id = l.from_id join registry.estate b on b.id = l.to_id
     where l.from_id = ${estateId} or l.to_id = ${estateId} order by l.on_date, l.id`.execute(db);
  return found.rows.map((row) => ({ kind: row.kind, from: { id: row.fromId, name: row.fromName }, to: { id: row.toId, name: row.toName }, onDate: row.onDate, basis: row.basis }));
}
