import { sql, type SelectQueryBuilder } from 'kysely';
import { isId } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { isStorable } from '#platform/http/storable.ts';
import { Problem } from '#platform/problem.ts';

export interface Paging { readonly after?: string | undefined; readonly limit: number; readonly sort: 'newest' | 'name' }

/** 翻页标记: the id and, sorted by name, the name of the last row. */
export const cursorOf = (row: { readonly id: string; readonly name: string }): string => Buffer.from(JSON.stringify([row.id, row.name])).toString('base64url');

function read(after: string): [id: string, name: string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && isId(parsed[0]) && typeof parsed[1] === 'string' && isStorable(parsed[1])) return [parsed[0], parsed[1]];
  } catch { /* answered below */ }
  throw new Problem('input.invalid', '下一页标记无效，请从第一页重新打开', { errors: [{ pointer: '?after', message: '下一页标记无效' }] });
}

/** One page by key, newest first or by name; one row more than asked tells whether another page follows. */
export function keyset<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>, alias: string, { after, limit, sort }: Paging, name = 'name'): SelectQueryBuilder<DB, TB, O> {
  const [idColumn, nameColumn] = [sql.ref(`${alias}.id`), sql.ref(`${alias}.${name}`)];
  const cursor = after === undefined ? null : read(after);
  const from = cursor === null ? query : query.where(sort === 'name' ? sql<boolean>`(${nameColumn}, ${idColumn}) > (${cursor[1]}, ${cursor[0]}::uuid)` : sql<boolean>`${idColumn} < ${cursor[0]}::uuid`);
  return (sort === 'name' ? from.orderBy(nameColumn).orderBy(idColumn) : from.orderBy(sql`${idColumn} desc`)).limit(limit + 1);
}

const EXACT_TO = 1_000;

/** One page and how many there are. */
export interface Counted<Row> { readonly rows: Row[]; readonly total: number; readonly totalIsExact: boolean }

/** 总数, exact to 1,000. */
export async function counted<DB, TB extends keyof DB, O>(db: Db, query: SelectQueryBuilder<DB, TB, O>): Promise<{ total: number; totalIsExact: boolean }> {
  const some = query.clearSelect().select(sql<number>`1`.as('one')).limit(EXACT_TO + 1);
  const [row] = (await sql<{ total: number }>`select count(*) as total from ${some} as few`.execute(db)).rows;
  const total = row?.total ?? 0;
  return { total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}

/** The page as it is answered: rows without the one too many, and the key of the next page. */
export function paged<T extends { readonly id: string; readonly name: string }>(rows: readonly T[], limit: number): { rows: T[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last) : null };
}

/** 关键字: a part of the name, or of what the search entries know (pinyin, codes, other names). */
export function keyword(alias: string, kind: 'estate' | 'company' | 'practitioner' | 'unit', q: string): ReturnType<typeof sql<boolean>> {
  const like = `%${q.trim().toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql<boolean>`exists (select from registry.search_entry s where s.kind = ${kind} and s.subject_id = ${sql.ref(`${alias}.id`)} and s.haystack like ${like})`;
}
