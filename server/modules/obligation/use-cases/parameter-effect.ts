import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/obligation.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { whatIf } from '#domain/obligation/what-if.ts';
import type { Ctx } from '#platform/context.ts';
import { groundsOf } from '../grounds.ts';
import { logsOf } from '../logs.ts';
import { ownBody } from '../own-body.ts';
import { dutyTitle } from '../present.ts';
import { obligationsSince } from '../store.ts';
import { dutyOf } from './get-obligation.ts';

/** So many duties are counted again at most, the latest first; so many of those that change are shown. */
const MOST = 5_000;
const SHOWN = 50;

/** 假如参数一直是这个数: which duties of the last twelve months would have been due on another day, late or in time. Changes nothing. */
export function getParameterEffect(ctx: Ctx, { params, query }: Input<typeof route.getParameterEffect>): Promise<Output<typeof route.getParameterEffect>> {
  const since = addMonths(ctx.today, -12);
  return ctx.read(async (db) => {
    const rows = await obligationsSince(db, ctx, await ownBody(db, ctx), since).orderBy('o.id', 'desc').limit(MOST + 1).execute();
    const looked = rows.slice(0, MOST);
    const logs = await logsOf(db, looked);
    const tx = { db, now: ctx.now };
    const found = [];
    for (const row of looked) {
      const duty = dutyOf(ctx, row);
      const effect = duty === undefined ? null : whatIf(duty, row.facts, logs(row.id).events, { grounds: await groundsOf(tx, row.countyId), parameterId: params.parameterId, value: query.value, now: ctx.now });
      if (effect !== null) found.push({ row, effect });
    }
    // What would have been late instead of in time, or the other way round, comes first.
    const changed = found.toSorted((a, b) => Number(b.effect.isLate !== b.effect.isLateThen) - Number(a.effect.isLate !== a.effect.isLateThen)).filter(({ effect }) => effect.dueOn !== effect.dueOnThen || effect.isLate !== effect.isLateThen);
    return {
      since, total: found.length, isAll: rows.length <= MOST, changed: changed.length, late: found.filter(({ effect }) => effect.isLate).length, lateThen: found.filter(({ effect }) => effect.isLateThen).length,
      rows: changed.slice(0, SHOWN).map(({ row, effect }) => ({ id: row.id, title: row.title, dutyTitle: dutyTitle(ctx, row.dutyId), holderName: row.holderName, ...effect })),
    };
  });
}
