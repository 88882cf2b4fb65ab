import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import type { RegistryTables } from '../tables.gen.ts';
import { samePhones, type PhoneIndexes } from '#platform/personal/seal-phone.ts';
import type { sealId, sealPhone } from '../personal.ts';
import type { Change } from './types.ts';

/** 原记录 by id, locked for the change. */
export async function byId<T extends Change['table']>(db: Db, table: T, ids: readonly (string | null)[]): Promise<Map<string, Selectable<RegistryTables[T]>>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const snake = table.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const found = await sql<Selectable<RegistryTables[T]> & { id: string }>`select * from ${sql.raw(snake)} where id = any(${wanted}::uuid[]) order by id for update`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row]));
}

type WithPhone = PhoneIndexes | null;
type WithId = { readonly idIndex: string | null } | null;

/** The same numbers sealed again are no change: they are compared by their blind indexes. */
export function phoneChange(vault: Vault, phone: string | null | undefined, old: WithPhone, seal: typeof sealPhone): Partial<ReturnType<typeof sealPhone>> {
  if (phone === undefined) return {};
  const sealed = seal(vault, phone);
  return old !== null && samePhones(sealed, old) ? {} : sealed;
}

/** Likewise for identity numbers. */
export function idChange(vault: Vault, number: string | null | undefined, old: WithId, seal: typeof sealId): Partial<ReturnType<typeof sealId>> {
  if (number === undefined) return {};
  const sealed = seal(vault, number);
  return old !== null && sealed.idIndex === old.idIndex ? {} : sealed;
}
