import { sql } from 'kysely';
import { z } from 'zod';
import type { Subscriber } from '#platform/module.ts';

const Merged = z.object({ fromId: z.uuid(), intoId: z.uuid() });

/** 责任单位并入他处: what the one held, is named for or has in hand, the other holds. What happened before stays as it was told. */
export const inheritDuties: Subscriber = async (_ctx, tx, { payload }) => {
  const { fromId, intoId } = Merged.parse(payload);
  tx.auditNothing('the merging itself is recorded');
  await sql`
    update obligation.obligation set holder_org_id = case when holder_org_id = ${fromId}::uuid then ${intoId}::uuid else holder_org_id end, holders = replace(holders::text, ${fromId}, ${intoId})::jsonb,
           holder_name = case when holder_org_id = ${fromId}::uuid then coalesce((select name from platform.org_unit where id = ${intoId}::uuid), (select name from registry.company where id = ${intoId}::uuid)) else holder_name end,
           version = version + 1, updated_at = ${tx.now}
     where ended_on is null and (holder_org_id = ${fromId}::uuid or position(${fromId} in holders::text) > 0)`.execute(tx.db);
};
