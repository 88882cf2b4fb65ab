import type { Change } from '#modules/registry/index.ts';
import type { Db } from '#platform/db/types.ts';
import type { BatchRecord } from '../store/batch.ts';
import { json } from '../store/rows.ts';

/** 改动及其名称: what an undo needs, and what it names to the user. */
export interface NamedChange extends Change { readonly title: string }

/**
 * 记录改动:what was done to which record, for the undo. Changes of one kind to one table that were made together are one row: a hundred
 * thousand new units need no hundred thousand rows to say so.
 */
export class Recorder {
  private readonly db: Db;
  private readonly batch: BatchRecord;
  private count = 0;

  constructor(db: Db, batch: BatchRecord) {
    this.db = db;
    this.batch = batch;
  }

  async record(changes: readonly Change[], titleOf: ReadonlyMap<string, string>): Promise<void> {
    const { id: batchId, countyId, townshipId } = this.batch;
    const runs = [...Map.groupBy(changes, ({ table, act }) => `${table} ${act}`).values()].map((run) => {
      const [{ table, act }] = run as [Change];
      const isNew = act === 'insert';
      return {
        batchId, countyId, townshipId, changeNo: ++this.count, tableName: table, act, subjectIds: run.map(({ id }) => id), titles: run.map(({ id }) => titleOf.get(id) ?? ''),
        befores: isNew ? null : json(run.map(({ before }) => before)), afterVersions: isNew ? null : run.map(({ afterVersion }) => afterVersion),
      };
    });
    if (runs.length > 0) await this.db.insertInto('ledger.batchChange').values(runs).execute();
  }
}

/** 批次的改动, in the order they were made. */
export async function changesOf(db: Db, batchId: BatchRecord['id']): Promise<NamedChange[]> {
  const runs = await db.selectFrom('ledger.batchChange').selectAll().where('batchId', '=', batchId).orderBy('changeNo').execute();
  return runs.flatMap(({ tableName, act, subjectIds, befores, afterVersions, titles }) => subjectIds.map((id, at): NamedChange => ({
    // Proof: `record` is the only writer, and writes a Change's table here.
    table: tableName as Change['table'], id, act, before: (befores as Change['before'][] | null)?.[at] ?? null, afterVersion: afterVersions?.[at] ?? 1, title: titles[at] ?? '',
  })));
}
