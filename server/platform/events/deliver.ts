import { makeId } from '#domain/kernel/brand.ts';
import { countyScope, everything } from '../access/scope.ts';
import type { Kit } from '../kit.ts';
import { systemContext } from '../make-context.ts';

/**
 * 投递一个事件 to one subscriber. The subscriber's writes and the mark that it handled the event share a transaction:
 * a worker killed in between leaves neither, and a second delivery finds the mark and does nothing.
 */
export async function deliverEvent(kit: Kit, eventId: string, subscriber: string): Promise<void> {
  const module = kit.modules.find((each) => each.name === subscriber);
  if (!module) throw new Error(`no subscriber ${subscriber}`);
  const county = await kit.database.read(everything, (db) => db.selectFrom('platform.event').select('countyId').where('id', '=', makeId<'Event'>(eventId)).executeTakeFirst());
  if (!county) return;
  const ctx = systemContext(kit, { scope: countyScope(county.countyId), requestId: `event-${eventId}` });
  try {
    await ctx.transact(async (tx) => {
      const event = await tx.db.selectFrom('platform.event as e').innerJoin('platform.eventDelivery as d', 'd.eventId', 'e.id')
        .select(['e.id', 'e.name', 'e.key', 'e.countyId', 'e.payload', 'd.status'])
        .where('e.id', '=', makeId<'Event'>(eventId)).where('d.subscriber', '=', subscriber).forUpdate('d').executeTakeFirstOrThrow();
      tx.auditNothing('the delivery is its own record; what a subscriber changes it audits itself');
      const handle = module.on[event.name];
      if (event.status === 'handled' || !handle) return;
      await handle(ctx, tx, event);
      await mark(tx.db, { status: 'handled', handledAt: ctx.now, lastError: null });
    });
  } catch (error) {
    await kit.database.write(everything, (db) => mark(db, { status: 'failed', lastError: String(error).slice(0, 500) }));
    throw error;
  }

  function mark(db: Parameters<Parameters<Kit['database']['write']>[1]>[0], values: Record<string, unknown>) {
    return db.updateTable('platform.eventDelivery')
      .set((eb) => ({ ...values, attempts: eb('attempts', '+', 1), updatedAt: kit.clock.now() }))
      .where('eventId', '=', makeId<'Event'>(eventId)).where('subscriber', '=', subscriber).execute();
  }
}
