import { makeId } from '#domain/kernel/brand.ts';
import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { send } from '../db/dialect.ts';
import type { Db } from '../db/types.ts';
import { newId } from '../ids.ts';

/** 业务事件草稿:a past-tense name, a key unique for ever under that name, and ids rather than copies. */
export interface EventDraft {
  readonly name: string;
  readonly key: string;
  readonly payload: Record<string, unknown>;
  readonly countyId?: string;
}

/** 有人订阅. */
export const hasSubscribers = ({ kit }: Pick<Ctx, 'kit'>, name: string): boolean => kit.modules.some((module) => name in module.on);

/** 写入事件 and one waiting delivery per subscriber, then wakes the queue; all in the caller's transaction, in as many statements for a thousand as for one. A repeated key writes nothing. */
export async function writeEvents(db: Db, ctx: Ctx, drafts: readonly EventDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const written = await send(db, db.insertInto('platform.event')
    .values(drafts.map(({ name, key, payload, countyId = ctx.scope.countyId }) => {
      if (countyId === null) throw new Error(`event ${name} has no county`);
      return { id: newId<'Event'>(), countyId: makeId<'OrgUnit'>(countyId), name, key, payload: JSON.stringify(payload), occurredAt: ctx.now };
    }))
    .onConflict((conflict) => conflict.columns(['name', 'key']).doNothing())
    .returning(['id', 'name']).compile());
  const deliveries = written.flatMap(({ id, name }) => ctx.kit.modules.filter((module) => name in module.on).map((module) => ({ eventId: id, subscriber: module.name })));
  if (deliveries.length === 0) return;
  await db.insertInto('platform.eventDelivery').values(deliveries.map((each) => ({ ...each, status: 'waiting' as const, updatedAt: ctx.now }))).execute();
  await sql`
    select queue.enqueue('event.deliver', json_build_object('eventId', each->>'eventId', 'subscriber', each->>'subscriber'), 'event:' || (each->>'eventId') || ':' || (each->>'subscriber'))
      from jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) each`.execute(db);
}
