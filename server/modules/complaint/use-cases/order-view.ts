import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import type { Ctx } from '#platform/context.ts';
import { orderOf } from '../hotline/order.ts';
import { textsOf } from '../hotline/row-json.ts';
import { answerWording } from '../hotline/wording.ts';
import { extensionWordsOf, returnWordsOf } from '../hotline/words.ts';
import { officeOf } from '../office.ts';
import { getRecord } from '../store.ts';

/** 投诉件的工单: what the hotline says of it, and the answer in its wording. */
export function getOrder(ctx: Ctx, { params }: Input<typeof route.getHotlineOrder>): Promise<Output<typeof route.getHotlineOrder>> {
  return ctx.read(async (db) => {
    const row = await getRecord(db, ctx, await officeOf(db, ctx), params.complaintId);
    const order = await orderOf(db, row.id);
    if (order === null) return { order: null };
    const texts = textsOf(order.texts);
    return { order: {
      orderNo: order.orderNo, title: order.title, type: texts.type ?? '', address: texts.address ?? '', unit: texts.unit ?? '', urgency: texts.urgency ?? '', status: texts.status ?? '', calledAt: order.calledAt, dispatchedOn: order.dispatchedOn, dueOn: row.originDueOn, dueAt: order.dueAt,
      sendBackUntilOn: order.sendBackUntilOn, sendBackWhy: order.sendBackWhy, extension: extensionWordsOf(order), redoCount: order.redoCount, isContacted: order.isContacted, resolved: order.resolved, satisfied: order.satisfied, calledBackOn: order.calledBackOn, returnWords: returnWordsOf(order), wording: await answerWording(db, row, order),
    } };
  });
}
