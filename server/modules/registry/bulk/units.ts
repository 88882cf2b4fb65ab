import type { Tx } from '#platform/context.ts';
import type { BulkOptions, UnitWrite, Written } from './types.ts';
import { UnitWriter } from './unit-writer.ts';

/**
 * 批量写房屋: buildings, units, areas by source, owners and who holds what, with search entries and the estates' rollups, all at once.
 * A ledger of a hundred thousand rows goes part by part through `UnitWriter`.
 */
export async function bulkWriteUnits(tx: Pick<Tx, 'db'>, rows: readonly UnitWrite[], options: BulkOptions): Promise<Written<'Unit'>> {
  const writer = new UnitWriter(tx, options);
  const { ids, changes, stored } = await writer.write(await writer.open(rows));
  await stored;
  await writer.recount();
  return { ids, changes };
}
