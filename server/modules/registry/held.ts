import { sql } from 'kysely';
import type { Scope } from '#platform/access/scope.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { visibleOwners } from './store/visible.ts';

/** 与登记相同的: which of the given names and numbers are an owner's in the caller's scope. */
export interface Held { readonly names: readonly string[]; readonly numbers: ReadonlySet<string> }

/**
 * 比对登记的业主: asks only whether what somebody wrote is held — names by equality, numbers by their blind index — and reads nothing out that was
 * not in the question.
 */
export async function heldAmong(db: Db, scope: Scope, vault: Vault, { names, phones, ids }: { names: readonly string[]; phones: readonly string[]; ids: readonly string[] }): Promise<Held> {
  const standing = () => visibleOwners(db, scope).where('o.archivedAt', 'is', null);
  const named = names.length === 0 ? [] : await standing().select('o.name').distinct().where(sql<boolean>`o.name = any(${[...names]}::text[])`).execute();
  const [byPhone, byId] = [new Map(phones.map((phone) => [vault.index('phone', phone), phone])), new Map(ids.map((number) => [vault.index('id', number), number]))];
  const asked = [...byPhone.keys()];
  const phoned = asked.length === 0 ? [] : await standing().select(['o.phoneIndex', 'o.phoneMoreIndex']).where(sql<boolean>`(o.phone_index = any(${asked}::text[]) or o.id = any(array(select registry.ids_by_more_phones(${asked}::text[]))))`).execute();
  const numbered = byId.size === 0 ? [] : await standing().select('o.idIndex').distinct().where('o.idIndex', 'in', [...byId.keys()]).execute();
  return { names: named.map((row) => row.name), numbers: new Set([...phoned.flatMap((row) => [row.phoneIndex ?? '', ...(row.phoneMoreIndex ?? [])].flatMap((index) => byPhone.get(index) ?? [])), ...numbered.map((row) => byId.get(row.idIndex ?? '') ?? '')]) };
}
