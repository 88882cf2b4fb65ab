import { sql, type SelectQueryBuilder } from 'kysely';
import type { Db } from '../db/types.ts';

/** 管辖范围:what the active grant may see. `nothing` is the default and matches no row; `everything` is the system's own. */
export interface Scope {
  readonly level: 'nothing' | 'county' | 'township' | 'neighbourhood' | 'estate' | 'company' | 'everything';
  /** The body's, estate's or company's id; null only for `nothing` and `everything`. */
  readonly id: string | null;
  readonly countyId: string | null;
  /** Bodies that were merged into this one; asked for by `withMerged` where rows stay under the body that made them. */
  readonly mergedIds?: readonly string[];
}

/** 无范围:matches no row. */
export const nothing: Scope = { level: 'nothing', id: null, countyId: null };
/** 系统范围:for jobs and the command line, never for a request. */
export const everything: Scope = { level: 'everything', id: null, countyId: null };

/** 全县范围. */
export const countyScope = (countyId: string): Scope => ({ level: 'county', id: countyId, countyId });

/** 所在地范围: the narrowest public area a row lies in: its community, else its township, else its county. */
export function placeScope({ countyId, townshipId, neighbourhoodId }: { readonly countyId: string; readonly townshipId: string | null; readonly neighbourhoodId: string | null }): Scope {
  if (neighbourhoodId !== null) return { level: 'neighbourhood', id: neighbourhoodId, countyId };
  return townshipId === null ? countyScope(countyId) : { level: 'township', id: townshipId, countyId };
}

type Columns = { readonly own?: 'estate' | 'company'; readonly shared?: boolean; readonly inherited?: boolean; readonly alias?: string; readonly only?: readonly Scope['level'][] };

/**
 * 范围条件:adds the scope's narrowest ancestor column, so that the composite index of that level serves the query.
 * This is the first lock; row-level security (migrations' `platform.protect`) is the second and says the same.
 * `own`: the level whose rows are the table's own ids. `shared`: public bodies of the county may read all of it.
 * `inherited`: rows stay under the body that made them; with `withMerged` also those of bodies merged into the scope's.
 * `only`: the levels the table has columns for; every other level sees nothing.
 */
export function within<DB, TB extends keyof DB, O>(scope: Scope, query: SelectQueryBuilder<DB, TB, O>, columns: Columns = {}): SelectQueryBuilder<DB, TB, O> {
  if (scope.level === 'everything') return query;
  const narrowed = query as unknown as { where(column: string, op: '=' | 'is' | 'in', value: string | null | readonly string[]): typeof query };
  const prefix = columns.alias ? `${columns.alias}.` : '';
  if (scope.level === 'nothing' || scope.id === null || columns.only?.includes(scope.level) === false) return narrowed.where(`${prefix}countyId`, '=', '00000000-0000-0000-0000-000000000000');
  if (columns.shared && (scope.level === 'township' || scope.level === 'neighbourhood')) return narrowed.where(`${prefix}countyId`, '=', scope.countyId);
  const column = columns.own === scope.level ? 'id' : `${scope.level}Id`;
  const merged = columns.inherited === true ? scope.mergedIds ?? [] : [];
  return merged.length === 0 ? narrowed.where(prefix + column, '=', scope.id) : narrowed.where(prefix + column, 'in', [scope.id, ...merged]);
}

/** 连同并入的机构: the scope with the bodies that were merged into it, for tables whose rows nobody moves. */
export async function withMerged(db: Db, scope: Scope): Promise<Scope> {
  if (scope.level !== 'township' && scope.level !== 'neighbourhood') return scope;
  const { rows } = await sql<{ ids: string[] | null }>`select platform.scope_ids() as ids`.execute(db);
  const mergedIds = (rows[0]?.ids ?? []).filter((id) => id !== scope.id);
  return mergedIds.length === 0 ? scope : { ...scope, mergedIds };
}
