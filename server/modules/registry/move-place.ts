import { sql } from 'kysely';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';

/** A township or a neighbourhood, by the column in which its rows name it. */
export type PlaceColumn = 'township_id' | 'neighbourhood_id';

/**
 * 换辖区:every row that names the one place names the other from now on, in all tables that may be changed at all. What was sent, issued or
 * recorded under the old place (insert-only tables) stays as it was; the new one reads it all the same (`platform.inherit`, `withMerged`).
 */
export async function movePlace(db: Db, column: PlaceColumn, from: Id<'OrgUnit'>, into: Id<'OrgUnit'>): Promise<void> {
  for (const { table, column: named } of await tablesNaming(db, column)) await sql`update ${sql.raw(table)} set ${sql.raw(named)} = ${into} where ${sql.raw(named)} = ${from}`.execute(db);
}

/** Tables of ours with such a column (also about_township_id and its kin) whose column the application may update; bodies themselves are moved by hand. */
export async function tablesNaming(db: Db, column: PlaceColumn): Promise<{ readonly table: string; readonly column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as "column" from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attname ~ ('(^|_)' || ${column}::text || '$') and not a.attisdropped and c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_'
       and has_column_privilege(c.oid, a.attnum, 'update') and c.oid <> 'platform.org_unit'::regclass order by 1, 2`.execute(db);
  return rows;
}

/** Posts in force, keys and contacts of the old place belong to the new one. A post that its holder has there already ends. Answers how many moved or ended. */
export async function movePosts(db: Db, from: Id<'OrgUnit'>, into: Id<'OrgUnit'>, { now, reason }: { now: Instant; reason: string }): Promise<number> {
  const ended = await sql`
    update platform.user_grant g set ended_at = ${now}, ended_reason = ${reason}, version = version + 1, updated_at = ${now}
     where g.scope_id = ${from} and g.ended_at is null
       and exists (select from platform.user_grant o where o.user_id = g.user_id and o.role = g.role and o.level = g.level and o.scope_id = ${into} and o.ended_at is null)`.execute(db);
  const moved = await sql`
    update platform.user_grant set scope_id = case when scope_id = ${from} then ${into} else scope_id end, org_unit_id = case when org_unit_id = ${from} then ${into} else org_unit_id end,
           version = version + 1, updated_at = ${now}
     where ended_at is null and (scope_id = ${from} or org_unit_id = ${from})`.execute(db);
  await sql`update platform.api_key set scope_id = ${into}, version = version + 1 where scope_id = ${from} and revoked_at is null`.execute(db);
  await sql`update registry.contact set org_unit_id = ${into} where org_unit_id = ${from}`.execute(db);
  return Number(ended.numAffectedRows ?? 0) + Number(moved.numAffectedRows ?? 0);
}

/** Bodies below the old place hang on the new one. Answers how many neighbourhoods moved. */
export async function moveBodies(db: Db, column: PlaceColumn, from: Id<'OrgUnit'>, into: Id<'OrgUnit'>, now: Instant): Promise<number> {
  const named = sql.raw(column);
  const { rows } = await sql<{ kind: string }>`
    update platform.org_unit set parent_id = case when parent_id = ${from} then ${into} else parent_id end, ${named} = case when ${named} = ${from} then ${into} else ${named} end,
           version = version + 1, updated_at = ${now}
     where id <> ${from} and (parent_id = ${from} or ${named} = ${from}) returning kind`.execute(db);
  return rows.filter(({ kind }) => kind === 'neighbourhood').length;
}
