import { makeId } from '#domain/kernel/brand.ts';
import type { Subscriber } from '#platform/module.ts';

/**
 * 导入后不再保存号码:what was imported stands in the registry; its identity and telephone numbers need not stay with the batch too. Nor do the
 * values that it was judged by. Refused rows keep theirs, for the user to download and mend. Handled twice it does nothing.
 */
export const forgetNumbers: Subscriber = async (_ctx, tx, { payload }) => {
  const batchId = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'batchId') : undefined;
  if (typeof batchId !== 'string') throw new Error('the event names no batch');
  await tx.db.updateTable('ledger.batchRow').set({ sealed: null, fields: '{}' })
    .where('batchId', '=', makeId<'Batch'>(batchId)).where('outcome', '<>', 'refused').where('sealed', 'is not', null).execute();
};
