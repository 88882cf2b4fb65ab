import type { CompiledQuery } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Db } from '#platform/db/types.ts';
import { insertsOf, learnColumns, updatesOf, type ColumnTypes } from '../store/bulk-sql.ts';
import type { BulkOptions, Change } from './types.ts';

type Row = Readonly<Record<string, unknown>>;
type Table = Change['table'];

/** One head row to write: whole for a new one, otherwise only what differs from `old`. */
export interface Draft<R extends Row> { readonly old: (R & { readonly id: string; readonly version: number }) | null; readonly set: Row; readonly fresh: Row }

/** What is to be written and what that changes. Order of `ids` is the order of the drafts. */
export interface Merged { readonly ids: string[]; readonly changes: Change[]; readonly statements: CompiledQuery[] }

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const WITHOUT_DEMO_MARK: ReadonlySet<Table> = new Set(['registry.owner', 'registry.building', 'registry.unit']);

/** 拟写一批: the new rows whole, the others where they differ, and what that changes. Sends nothing. */
export function mergeHeads<R extends Row>(learnt: ColumnTypes, table: Table, drafts: readonly Draft<R>[], { batchId, at }: BulkOptions): Merged {
  const ids: string[] = [];
  const changes: Change[] = [];
  const inserts: Row[] = [];
  const updates: { columns: string; row: Row & { id: string } }[] = [];
  for (const { old, set, fresh } of drafts) {
    if (old === null) {
      const id = newId();
      ids.push(id);
      inserts.push({ id, ...fresh, ...set, batchId, createdAt: at, updatedAt: at, version: 1, ...(WITHOUT_DEMO_MARK.has(table) ? {} : { isDemo: fresh['isDemo'] ?? false }) });
      changes.push({ table, id, act: 'insert', before: null, afterVersion: 1 });
      continue;
    }
    ids.push(old.id);
    const differing = Object.keys(set).filter((key) => !same(old[key], set[key]));
    if (differing.length === 0) continue;
    updates.push({ columns: differing.toSorted().join(), row: { ...set, id: old.id } });
    changes.push({ table, id: old.id, act: 'update', before: Object.fromEntries(differing.map((key) => [key, old[key] ?? null])), afterVersion: old.version + 1 });
  }
  const statements = [
    ...insertsOf(learnt, table, inserts),
    ...[...Map.groupBy(updates, (update) => update.columns)].flatMap(([columns, of]) => updatesOf(learnt, table, columns.split(','), of.map((update) => update.row))),
  ];
  return { ids, changes, statements };
}

/** 写入一批: inserts the new rows and updates those that differ, and says what was done. Order of ids is the order of drafts. */
export async function writeHeads<R extends Row>(db: Db, table: Table, drafts: readonly Draft<R>[], options: BulkOptions): Promise<Pick<Merged, 'ids' | 'changes'>> {
  const { ids, changes, statements } = mergeHeads(await learnColumns(db, [table]), table, drafts, options);
  for (const statement of statements) await db.executeQuery(statement);
  return { ids, changes };
}
