import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { loadLines, recipientsOf, type HeldLine, type Recipient } from './held.ts';
import { conditionOf, conditionsOf, recipientIdsOf, type CollectionRecord } from './store/collections.ts';

/** 要下发的: who is asked about which rows, and who of the chosen has none. */
export interface RowsToAsk { readonly asked: readonly { readonly recipient: Recipient; readonly lines: readonly HeldLine[] }[]; readonly without: readonly Recipient[] }

/** 按任务的条件列出各行 of the recipients chosen, as the books stand now. */
export async function rowsToAsk(db: Db, ctx: Ctx, task: CollectionRecord): Promise<RowsToAsk> {
  const [chosen, condition] = [new Set(recipientIdsOf(task)), conditionOf(task)];
  const linesOf = await loadLines(db, ctx, task.recipientKind, task.rowUnit, condition === null ? null : conditionsOf(condition));
  const all = (await recipientsOf(db, ctx, task.recipientKind)).filter(({ id }) => chosen.has(id)).map((recipient) => ({ recipient, lines: linesOf(recipient) }));
  return { asked: all.filter(({ lines }) => lines.length > 0), without: all.flatMap(({ recipient, lines }) => (lines.length > 0 ? [] : [recipient])) };
}
