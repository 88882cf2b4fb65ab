import { z } from 'zod';
import { localDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Subscriber } from '#platform/module.ts';
import { notifyEach } from '#platform/notices/notify-each.ts';
import { dutyTitle } from './present.ts';
import { refigure } from './refigure.ts';
import type { ObligationRecord } from './position.ts';

const BATCH = 500;
const Noticed = z.object({ year: z.int() });

/** 节假日通知登记后: every open duty that touches that year is counted again, audited where its day changed or became firm; whoever holds it hears of a changed day. */
export const recountYear: Subscriber = async (ctx, tx, { payload }) => {
  const { year } = Noticed.parse(payload);
  tx.auditNothing('counted again after a holiday notice');
  let last: ObligationRecord['id'] | null = null;
  for (let done = BATCH; done === BATCH;) {
    const rows: ObligationRecord[] = await open(tx, year, last);
    done = rows.length;
    last = rows.at(-1)?.id ?? last;
    await recount(ctx, tx, rows);
  }
};

/** What ended stays as it ended. One that is stopped has no day yet, and is counted when it runs on. */
function open({ db }: Tx, year: number, after: ObligationRecord['id'] | null): Promise<ObligationRecord[]> {
  const query = db.selectFrom('obligation.obligation').selectAll().where('endedOn', 'is', null).where('openedOn', '<=', localDate(`${year}-12-31`)).where('dueOn', '>=', localDate(`${year}-01-01`)).orderBy('id').limit(BATCH).forUpdate();
  return (after === null ? query : query.where('id', '>', after)).execute();
}

async function recount(ctx: Ctx, tx: Tx, rows: readonly ObligationRecord[]): Promise<void> {
  const after = await refigure(tx, rows, tx.modules.flatMap((module) => module.duties));
  const changed = rows.flatMap((before) => {
    const now = after.get(before.id);
    return now === undefined || (now.dueOn === before.dueOn && now.isProvisional === before.isProvisional) ? [] : [{ before, now }];
  });
  for (const { before, now } of changed) {
    tx.audit({ action: 'obligation.recompute', subject: ['Obligation', now.id], before: { dueOn: before.dueOn, isProvisional: before.isProvisional }, after: { dueOn: now.dueOn, isProvisional: now.isProvisional }, countyId: now.countyId, townshipId: now.townshipId });
  }
  const moved = changed.filter(({ before, now }) => before.dueOn !== now.dueOn);
  for (const { now } of moved) tx.emit({ name: 'obligation.moved', key: `${now.id}:${now.version}`, payload: { obligationId: now.id, subjectKind: now.subjectKind, subjectId: now.subjectId }, countyId: now.countyId });
  await notifyEach(tx, {
    kind: 'obligation.moved', permission: 'obligation.read',
    each: moved.map(({ now }) => ({ orgUnitId: now.holderOrgId, subject: ['Obligation', now.id] as const, path: now.path, text: `“${now.title}”的“${dutyTitle(ctx, now.dutyId)}”因节假日安排公布，期限调整为${now.dueOn === null ? '待定' : dateText(now.dueOn)}。` })),
  });
}
