import type { Duty } from '#domain/kernel/duty.ts';
import type { Tx } from '#platform/context.ts';
import { settle } from '#platform/notices/notify.ts';
import { groundsOf } from './grounds.ts';
import { logsOf } from './logs.ts';
import { positionOf, type ObligationRecord } from './position.ts';

/** 重新计算 of these rows, locked by the caller and perhaps changed in hand, from their whole logs; writes what the rows now say. A duty no longer declared keeps what it had. @returns the rows by id */
export async function refigure(tx: Tx, rows: readonly ObligationRecord[], duties: readonly Duty<unknown>[]): Promise<Map<string, ObligationRecord>> {
  const after = new Map<string, ObligationRecord>();
  if (rows.length === 0) return after;
  const logs = await logsOf(tx.db, rows);
  for (const row of rows) {
    const duty = duties.find(({ id }) => id === row.dutyId);
    if (duty === undefined) continue;
    const { events, climbed } = logs(row.id);
    const { position } = positionOf(duty, row.facts, events, climbed, await groundsOf(tx, row.countyId));
    const { id, version: _version, createdAt: _createdAt, holders, facts: _facts, ...kept } = row;
    // What was told of it waits for nobody any more.
    if (position.endedOn !== null && row.endedOn === null && climbed.size > 0) await settleTold(tx, row.id);
    // The next period is opened once: a row that was renewed stays so.
    const renewsAt = row.renewsAt === null ? null : position.renewsAt;
    after.set(id, await tx.db.updateTable('obligation.obligation')
      .set((eb) => ({ ...kept, holders: JSON.stringify(holders), ...position, renewsAt, updatedAt: tx.now, version: eb('version', '+', 1) })).where('id', '=', id).returningAll().executeTakeFirstOrThrow());
  }
  return after;
}

async function settleTold(tx: Tx, id: ObligationRecord['id']): Promise<void> {
  for (const kind of ['obligation.due', 'obligation.overdue', 'obligation.escalated'] as const) await settle(tx, { kind, subject: ['Obligation', id] });
}
