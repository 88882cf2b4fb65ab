import type { Duty } from '#domain/kernel/duty.ts';
import type { Tx } from '#platform/context.ts';
import { settleTold } from './books.ts';
import { groundsOf } from './grounds.ts';
import { logsOf } from './logs.ts';
import { positionOf, type ObligationRecord } from './position.ts';
import { writeRows } from './write-rows.ts';

/** 重新计算 of these rows, locked by the caller and perhaps changed in hand, from their whole logs; writes what the rows now say. A duty no longer declared keeps what it had. @returns the rows by id */
export async function refigure(tx: Tx, rows: readonly ObligationRecord[], duties: readonly Duty<unknown>[]): Promise<Map<string, ObligationRecord>> {
  const byId = new Map(duties.map((duty) => [duty.id, duty]));
  const logs = await logsOf(tx.db, rows);
  const after = new Map<string, ObligationRecord>();
  const settled: string[] = [];
  for (const row of rows) {
    const duty = byId.get(row.dutyId);
    if (duty === undefined) continue;
    const { events, climbed } = logs(row.id);
    const { position } = positionOf(duty, row.facts, events, climbed, await groundsOf(tx, row.countyId));
    if (position.endedOn !== null && row.endedOn === null && climbed.size > 0) settled.push(row.id);
    // The next period is opened once: a row that was renewed stays so.
    after.set(row.id, { ...row, ...position, renewsAt: row.renewsAt === null ? null : position.renewsAt, version: row.version + 1, updatedAt: tx.now });
  }
  await writeRows(tx, [...after.values()]);
  await settleTold(tx, settled);
  return after;
}
