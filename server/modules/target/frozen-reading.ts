import { z } from 'zod';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { percentText } from '#domain/kernel/ratio.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';

const definition = z.object({ text: z.string(), expired: z.number(), preparing: z.number() });

/** 已固定的读数 for another module: the figure and its definition, without the estates behind it. */
export interface FrozenReading { readonly asOfOn: LocalDate; readonly part: number; readonly whole: number; readonly expired: number; readonly preparing: number; readonly rateText: string; readonly definitionText: string }

/** 取已上报并固定的组建率. @throws Problem not-found */
export async function frozenReading(db: Db, ctx: Ctx, id: Id<'Reading'>): Promise<FrozenReading> {
  const row = await within(ctx.scope, db.selectFrom('target.reading'), { only: ['county'] }).selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有这次上报，或不在管辖范围内');
  const { text, expired, preparing } = definition.parse(row.definition);
  return { asOfOn: row.asOfOn, part: row.part, whole: row.whole, expired, preparing, rateText: percentText(row.part, row.whole, 2), definitionText: text };
}
