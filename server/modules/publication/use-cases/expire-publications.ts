import type { Ctx } from '#platform/context.ts';
import { everything } from '#platform/access/scope.ts';
import { acts } from '#domain/publication/lifecycle.ts';
import { tellOf } from '../tell.ts';
import { recordStep } from '../store.ts';

const AT_ONCE = 200;

/** 到期撤下: what has passed its last day. The public functions hide it from the first moment of the next day; this records it. */
export async function expirePublications(ctx: Ctx): Promise<void> {
  for (let done = AT_ONCE; done === AT_ONCE;) done = await expireSome(ctx);
}

function expireSome(ctx: Ctx): Promise<number> {
  return ctx.kit.database.read(everything, (db) => db.selectFrom('publication.publication').select('id').where('status', 'in', [...acts.expire.from]).where('untilOn', '<', ctx.today).orderBy('id').limit(AT_ONCE).execute()).then(async (due) => {
    if (due.length === 0) return 0;
    await ctx.transact(async (tx) => {
      const rows = await tx.db.selectFrom('publication.publication').selectAll().where('id', 'in', due.map(({ id }) => id)).where('status', 'in', [...acts.expire.from]).orderBy('id').forUpdate().execute();
      if (rows.length === 0) tx.auditNothing('withdrawn meanwhile');
      for (const before of rows) {
        const after = await tx.db.updateTable('publication.publication').set({ status: acts.expire.to, endedOn: ctx.today, endedAt: ctx.now, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
        await recordStep(tx, ctx, after, { act: 'expire', opinion: '公示期满', before });
        await tellOf(tx, ctx, after, { act: 'expire', office: { issuer: null, colleagues: [], mustBeApart: true } });
      }
    });
    return due.length;
  });
}
