import { sql } from 'kysely';
import type { DutyEvent } from '#domain/obligation/log.ts';
import type { Db } from '#platform/db/types.ts';
import { asDutyEvent, type ObligationRecord } from './position.ts';

/** 时限记录 of one duty, and the rungs it has climbed. */
export interface DutyLog { readonly events: readonly DutyEvent[]; readonly climbed: ReadonlySet<string> }

/** 时限记录 of several duties in two statements. */
export async function logsOf(db: Db, rows: readonly Pick<ObligationRecord, 'id'>[]): Promise<(id: ObligationRecord['id']) => DutyLog> {
  const ids = rows.map(({ id }) => id);
  const [entries, rungs] = ids.length === 0 ? [[], []] : await Promise.all([
    db.selectFrom('obligation.entry').selectAll().where(sql<boolean>`obligation_id = any(${ids}::uuid[])`).execute(),
    db.selectFrom('obligation.rung').select(['obligationId', 'rung']).where(sql<boolean>`obligation_id = any(${ids}::uuid[])`).execute(),
  ]);
  const [logs, climbed] = [Map.groupBy(entries, ({ obligationId }) => obligationId), Map.groupBy(rungs, ({ obligationId }) => obligationId)];
  return (id) => ({ events: (logs.get(id) ?? []).map(asDutyEvent), climbed: new Set((climbed.get(id) ?? []).map(({ rung }) => rung)) });
}
