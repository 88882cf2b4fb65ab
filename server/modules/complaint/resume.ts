import { decideAct } from '#domain/complaint/lifecycle.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse } from '#platform/problem.ts';
import { circumstancesOf, factsOf } from './facts.ts';
import { change, recordStep } from './record.ts';
import { keepTime } from './time.ts';

const BATCH = 100;
const NOBODY = { body: null, seesOnlyParts: false, isBureau: false, isConferenceOffice: false } as const;

/** 等待期满: whoever was asked has had his time; from the day after the last the clock runs on. Done in batches, in any state and any number of times. */
export async function resumeWaiting(ctx: Ctx): Promise<void> {
  while (await resumeSome(ctx) === BATCH);
}

function resumeSome(ctx: Ctx): Promise<number> {
  return ctx.transact(async (tx) => {
    const rows = await tx.db.selectFrom('complaint.complaint').selectAll().where('isWaiting', '=', true).where('waitsUntilOn', '<', ctx.today).orderBy('id').limit(BATCH).forUpdate().skipLocked().execute();
    if (rows.length === 0) tx.auditNothing('nobody waits longer than allowed');
    for (const before of rows) {
      orRefuse(decideAct('resume', factsOf({ ...ctx, scope: everything }, before, NOBODY, await circumstancesOf(tx.db, before, ctx))));
      const after = await change(tx, before, ctx.now, { isWaiting: false, waitsUntilOn: null });
      await recordStep(tx, ctx, before, after, { act: 'resume', note: '投诉人没有在规定时间内补充，继续计时', bodyName: '系统' });
      await keepTime(tx, ctx, after, { act: 'resume', before });
    }
    return rows.length;
  });
}
