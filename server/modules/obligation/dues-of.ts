import type { z } from 'zod';
import type { DueBrief } from '#contract/obligation.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { presentDue } from './present.ts';
import { visibleObligations } from './store.ts';

/** 一件的时限: the duties over one subject that the scope may see, the next open one first, then what ended, the latest first. */
export async function duesOf(db: Db, ctx: Pick<Ctx, 'scope' | 'now' | 'kit'>, [kind, id]: readonly [kind: string, id: string]): Promise<z.input<typeof DueBrief>[]> {
  const rows = await visibleObligations(db, ctx.scope).selectAll('o').where('o.subjectKind', '=', kind).where('o.subjectId', '=', id).orderBy('o.endedOn', (order) => order.desc().nullsFirst()).orderBy('o.dueOn').orderBy('o.id').limit(100).execute();
  return rows.map((row) => presentDue(ctx, row));
}
