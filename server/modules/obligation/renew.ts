import type { Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { groundsOf } from './grounds.ts';
import { asDutyEvent, positionOf, type ObligationRecord } from './position.ts';

/** 下一期: opens the next period of a batch of recurring duties whose period is over, done or not; the subject's last void ends the row of them. @returns how many were looked at */
export async function renew(tx: Tx, batch: number): Promise<number> {
  const rows = await tx.db.selectFrom('obligation.obligation').selectAll().where('renewsAt', '<=', tx.now).orderBy('renewsAt').orderBy('id').limit(batch).forUpdate().skipLocked().execute();
  if (rows.length === 0) { tx.auditNothing('no period is over'); return 0; }
  const duties = new Map(tx.modules.flatMap((module) => module.duties).map((duty) => [duty.id, duty]));
  let opened = 0;
  for (const row of rows) {
    const duty = duties.get(row.dutyId);
    if (duty !== undefined && row.renewsAt !== null && duty.appliesTo(row.facts)) { await openNext(tx, row, duty, row.renewsAt); opened += 1; }
  }
  await tx.db.updateTable('obligation.obligation').set((eb) => ({ renewsAt: null, updatedAt: tx.now, version: eb('version', '+', 1) })).where('id', 'in', rows.map(({ id }) => id)).execute();
  tx.audit({ action: 'obligation.renew', subject: ['Obligation', rows[0]?.id ?? ''], before: null, after: { looked: rows.length, opened } });
  return rows.length;
}

async function openNext(tx: Tx, row: ObligationRecord, duty: Tx['modules'][number]['duties'][number], at: NonNullable<ObligationRecord['renewsAt']>): Promise<void> {
  const on = todayIn(at);
  const id = newId<'Obligation'>();
  const entry = {
    id: newId<'Entry'>(), countyId: row.countyId, obligationId: id, kind: 'opened' as const, event: 'obligation.renewed', key: on, actedAt: at, actedOn: on, reason: null, dueOn: null,
    holderKind: row.holderKind, holderOrgId: row.holderOrgId, holderUserId: row.holderUserId, holderName: row.holderName, byUserId: null, byName: null, recordedAt: tx.now,
  };
  const { position } = positionOf(duty, row.facts, [asDutyEvent(entry)], new Set(), await groundsOf(tx, row.countyId));
  const written = await tx.db.insertInto('obligation.obligation').values({
    ...row, ...position, id, openedKey: `obligation.renewed:${on}`, holders: JSON.stringify(row.holders), facts: JSON.stringify(row.facts), version: 1, createdAt: tx.now, updatedAt: tx.now,
  }).onConflict((conflict) => conflict.columns(['dutyId', 'subjectKind', 'subjectId', 'openedKey']).doNothing()).returning('id').executeTakeFirst();
  if (written !== undefined) await tx.db.insertInto('obligation.entry').values(entry).execute();
}
