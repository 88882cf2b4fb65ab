import { sql } from 'kysely';
import type { Duty } from '#domain/kernel/duty.ts';
import { nextRung, rungsAt } from '#domain/obligation/ladder.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { groundsOf } from './grounds.ts';
import { logsOf } from './logs.ts';
import { positionOf, type ObligationRecord, type Position } from './position.ts';
import { renew } from './renew.ts';
import { tellRungs, type Telling } from './tell.ts';

/** So many duties are moved in one transaction. */
const BATCH = 500;

/**
 * 时限推进: moves every duty whose next moment has come by `ctx.now`: opens the next period, climbs a rung, lets a stop run out. Whoever comes late
 * climbs what was missed, in order, each once; several at a time take different rows. @returns how many were moved
 */
export async function tick(ctx: Ctx): Promise<number> {
  let moved = 0;
  for (const step of [renew, climb]) {
    for (let done = -1; done !== 0; moved += done) done = await ctx.transact((tx) => step(tx, BATCH));
  }
  return moved;
}

/** Climbs one rung of each of a batch: the rung, its notice and the row's next moment commit together or not at all. */
async function climb(tx: Tx, batch: number): Promise<number> {
  const rows = await tx.db.selectFrom('obligation.obligation').selectAll().where('nextAt', '<=', tx.now).orderBy('nextAt').orderBy('id').limit(batch).forUpdate().skipLocked().execute();
  if (rows.length === 0) { tx.auditNothing('no duty is due for anything'); return 0; }
  const duties = new Map(tx.modules.flatMap((module) => module.duties).map((duty) => [duty.id, duty]));
  const logs = await logsOf(tx.db, rows);
  const moves: { row: ObligationRecord; position: Pick<Position, 'nextAt'> & Partial<Position>; telling: Telling | null }[] = [];
  for (const row of rows) {
    const duty = duties.get(row.dutyId);
    // A duty that is no longer declared reminds nobody; its row stays.
    moves.push(duty === undefined ? { row, position: { nextAt: null }, telling: null } : { row, ...await move(tx, row, duty, logs(row.id)) });
  }
  const told = moves.flatMap(({ telling }) => (telling === null ? [] : [telling]));
  if (told.length > 0) await tx.db.insertInto('obligation.rung').values(told.map(({ row, rung }) => ({ obligationId: row.id, rung: rung.key, countyId: row.countyId, plannedAt: row.nextAt ?? tx.now, climbedAt: tx.now }))).execute();
  await write(tx, moves);
  await tellRungs(tx, told);
  for (const { row, rung } of told) {
    const about = { key: `${row.id}:${rung.key}`, payload: { obligationId: row.id, dutyId: row.dutyId, subjectKind: row.subjectKind, subjectId: row.subjectId, rung: rung.key }, countyId: row.countyId };
    if (rung.kind === 'overdue') tx.emit({ name: 'obligation.overdue', ...about });
    if (rung.kind === 'again') tx.emit({ name: 'obligation.escalated', ...about });
  }
  tx.audit({ action: 'obligation.tick', subject: ['Obligation', rows[0]?.id ?? ''], before: null, after: { moved: rows.length, told: told.length } });
  return rows.length;
}

/** Where one row stands now, and which rung it climbs; none when the clock, asked again, says it is not time yet. */
async function move(tx: Tx, row: ObligationRecord, duty: Duty<unknown>, { events, climbed }: ReturnType<Awaited<ReturnType<typeof logsOf>>>) {
  const grounds = await groundsOf(tx, row.countyId);
  const { position, standing } = positionOf(duty, row.facts, events, climbed, grounds);
  const next = nextRung(rungsAt(duty.ladder, standing, grounds.calendar), climbed);
  if (position.endedOn !== null || next === null || next.at > tx.now) return { position, telling: null };
  const after = positionOf(duty, row.facts, events, new Set([...climbed, next.rung.key]), grounds);
  return { position: after.position, telling: { row: { ...row, dueOn: position.dueOn, dueAt: position.dueAt }, rung: next.rung, title: duty.title } };
}

const COLUMNS = ['state', 'dueOn', 'dueAt', 'warnAt', 'endsAt', 'isProvisional', 'resumesOn', 'nextAt'] as const;

/** All rows of a batch in one statement. */
async function write(tx: Tx, moves: readonly { row: ObligationRecord; position: Partial<Position> }[]): Promise<void> {
  const values = moves.map(({ row, position }) => ({ id: row.id, ...Object.fromEntries(COLUMNS.map((column) => [column, column in position ? position[column] : row[column]])) }));
  await sql`
    update obligation.obligation o set state = n.state, due_on = n."dueOn", due_at = n."dueAt", warn_at = n."warnAt", ends_at = n."endsAt", is_provisional = n."isProvisional", resumes_on = n."resumesOn", next_at = n."nextAt",
           version = o.version + 1, updated_at = ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as n(id uuid, state text, "dueOn" date, "dueAt" timestamptz, "warnAt" timestamptz, "endsAt" timestamptz, "isProvisional" boolean, "resumesOn" date, "nextAt" timestamptz)
     where o.id = n.id`.execute(tx.db);
}
