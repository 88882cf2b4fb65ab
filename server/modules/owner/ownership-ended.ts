import { z } from 'zod';
import { id } from '#contract/kernel.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { stillHolds } from '#modules/registry/index.ts';
import { system, type Ctx, type Tx } from '#platform/context.ts';
import type { Subscriber } from '#platform/module.ts';
import { changeBinding, type BindingRecord } from './binding.ts';

const Changed = z.object({ unitId: id('Unit') });
const BATCH = 200;

/** 产权变更后: whoever holds the home no more is not bound to it any longer; whoever was confirmed without a record of his own is asked anew. */
export const endAfterTransfer: Subscriber = async (_ctx, tx, { payload }) => {
  const { unitId } = Changed.parse(payload);
  const rows = await tx.db.selectFrom('owner.binding').selectAll().where('unitId', '=', unitId).where('status', '=', 'bound').orderBy('id').forUpdate().execute();
  let ended = 0;
  for (const row of rows) ended += await endUnlessHolder(tx, row, { withoutRecord: true });
  if (ended === 0) tx.auditNothing('everybody bound to the home still holds it');
};

/** 每日核对: ownership that ends on a day that was set before. In any state, any number of times. */
export async function endPastOwnerships(ctx: Ctx): Promise<void> {
  let after: Id<'Binding'> | null = null;
  do after = await endSome(ctx, after); while (after !== null);
}

function endSome(ctx: Ctx, after: Id<'Binding'> | null): Promise<Id<'Binding'> | null> {
  return ctx.transact(async (tx) => {
    let query = tx.db.selectFrom('owner.binding').selectAll().where('status', '=', 'bound').where('ownerId', 'is not', null);
    if (after !== null) query = query.where('id', '>', after);
    const rows = await query.orderBy('id').limit(BATCH).forUpdate().skipLocked().execute();
    let ended = 0;
    for (const row of rows) ended += await endUnlessHolder(tx, row, { withoutRecord: false });
    if (ended === 0) tx.auditNothing('everybody bound to a home still holds it');
    return rows.length === BATCH ? rows.at(-1)?.id ?? null : null;
  });
}

async function endUnlessHolder(tx: Tx, row: BindingRecord, { withoutRecord }: { readonly withoutRecord: boolean }): Promise<number> {
  const today = todayIn(tx.now);
  const holds = row.ownerId === null || row.unitId === null ? !withoutRecord : await stillHolds(tx.db, row.unitId, row.ownerId, today);
  if (holds) return 0;
  await changeBinding(tx, { actor: system }, row, 'ended', { status: 'ended', endedOn: today }, row.ownerId === null ? '房屋产权已变更，需要重新核对' : '登记的产权已转移');
  return 1;
}
