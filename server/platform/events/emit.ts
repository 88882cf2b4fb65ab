import { makeId } from '#domain/kernel/brand.ts';
import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Db } from '../db/types.ts';
import { newId } from '../ids.ts';

/** 业务事件草稿:a past-tense name, a key unique for ever under that name, and ids rather than copies. */
export interface EventDraft {
  readonly name: string;
  readonly key: string;
  readonly payload: Record<string, unknown>;
  readonly countyId?: string;
}

/** 写入事件 and one waiting delivery per subscriber, then wakes the queue; all in the caller's transaction. A repeated key writes nothing. */
export async function writeEvents(db: Db, ctx: Ctx, drafts: readonly EventDraft[]): Promise<void> {
  for (const draft of drafts) {
    const countyId = draft.countyId ?? ctx.scope.countyId;
    if (countyId === null) throw new Error(`event ${draft.name} has no county`);
    const row = await db.insertInto('platform.event')
      .values({ id: newId<'Event'>(), countyId: makeId<'OrgUnit'>(countyId), name: draft.name, key: draft.key, payload: JSON.stringify(draft.payload), occurredAt: ctx.now })
      .onConflict((conflict) => conflict.columns(['name', 'key']).doNothing())
      .returning('id').executeTakeFirst();
    if (!row) continue;
    const subscribers = ctx.kit.modules.filter((module) => draft.name in module.on).map((module) => module.name);
    for (const subscriber of subscribers) {
      await db.insertInto('platform.eventDelivery').values({ eventId: row.id, subscriber, status: 'waiting', updatedAt: ctx.now }).execute();
      await sql`select queue.enqueue('event.deliver', ${JSON.stringify({ eventId: row.id, subscriber })}::json, ${`event:${row.id}:${subscriber}`})`.execute(db);
    }
  }
}
