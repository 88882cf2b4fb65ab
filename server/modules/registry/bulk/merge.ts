import { newId } from '#platform/ids.ts';
import type { Db } from '#platform/db/types.ts';
import { insertMany, updateMany } from '../store/bulk-sql.ts';
import type { BulkOptions, Change } from './types.ts';

type Row = Readonly<Record<string, unknown>>;
type Table = Change['table'];

/** One head row to write: whole for a new one, otherwise only what differs from `old`. */
export interface Draft<R extends Row> { readonly old: (R & { readonly id: string; readonly version: number }) | null; readonly set: Row; readonly fresh: Row }

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** 写入一批: inserts the new rows and updates those that differ, and says what was done. Order of ids is the order of drafts. */
export async function writeHeads<R extends Row>(db: Db, table: Table, drafts: readonly Draft<R>[], { batchId, at }: BulkOptions): Promise<{ ids: string[]; changes: Change[] }> {
  const ids: string[] = [];
  const changes: Change[] = [];
  const inserts: Row[] = [];
  const updates: { columns: string; row: Row & { id: string } }[] = [];
  for (const { old, set, fresh } of drafts) {
    if (old === null) {
      const id = newId();
      ids.push(id);
      inserts.push({ id, ...fresh, ...set, batchId, createdAt: at, updatedAt: at, version: 1, ...(table === 'registry.owner' || table === 'registry.building' || table === 'registry.unit' ? {} : { isDemo: fresh['isDemo'] ?? false }) });
      changes.push({ table, id, act: 'insert', before: null, afterVersion: 1 });
      continue;
    }
    ids.push(old.id);
    const differing = Object.keys(set).filter((key) => !same(old[key], set[key]));
    if (differing.length === 0) continue;
    updates.push({ columns: differing.toSorted().join(), row: { ...set, id: old.id } });
    changes.push({ table, id: old.id, act: 'update', before: Object.fromEntries(differing.map((key) => [key, old[key] ?? null])), afterVersion: old.version + 1 });
  }
  await insertMany(db, table, uniform(inserts));
  for (const [columns, of] of Map.groupBy(updates, (update) => update.columns)) await updateMany(db, table, columns.split(','), of.map((update) => update.row));
  return { ids, changes };
}

/** Every row gets every column, so that one statement can take them all. */
function uniform(rows: readonly Row[]): Row[] {
  const empty = Object.fromEntries([...new Set(rows.flatMap((row) => Object.keys(row)))].map((key) => [key, null]));
  return rows.map((row) => ({ ...empty, ...row }));
}
