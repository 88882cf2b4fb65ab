import type { Input } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { changeOrder } from '../hotline/order.ts';
import { perform, type Answer } from './perform.ts';

/** 退单: back to the hotline with its ground, before it is accepted; leaves with the return file. */
export const sendBackOrder = (ctx: Ctx, { params, body }: Input<typeof route.putSendBack>): Promise<Answer> => perform(ctx, params, {
  act: 'sendBack', note: body.why, reason: body.why, follows: (tx, _found, after) => changeOrder(tx, after.id, { sendBackWhy: body.why, returnKind: 'send-back' }),
});

/** 申请延期: asked of the hotline; the clock runs on until it answers. */
export function askOrderExtension(ctx: Ctx, { params, body }: Input<typeof route.putExtensionRequest>): Promise<Answer> {
  return perform(ctx, params, {
    act: 'askExtension', note: `申请延到${dateText(body.untilOn)}。${body.why}`, reason: body.why,
    columns: (_tx, { before }) => {
      if (body.untilOn <= ctx.today) throw new Problem('input.invalid', '申请延到的日期应在今天之后', { errors: [{ pointer: '/untilOn', message: '请选择今天之后的日期' }] });
      if (before.originDueOn !== null && body.untilOn <= before.originDueOn) throw new Problem('input.invalid', `申请延到的日期应在工单期限（${dateText(before.originDueOn)}）之后`, { errors: [{ pointer: '/untilOn', message: '请选择工单期限之后的日期' }] });
      return {};
    },
    follows: (tx, _found, after) => changeOrder(tx, after.id, { extensionAskedAt: ctx.now, extensionUntilOn: body.untilOn, extensionWhy: body.why, extensionSettled: null, returnKind: 'extension' }),
  });
}

/** 登记延期批复, as the hotline told it; granted, its new deadline is the order's. */
export function settleOrderExtension(ctx: Ctx, { params, body }: Input<typeof route.putExtensionAnswer>): Promise<Answer> {
  return perform(ctx, params, {
    act: 'settleExtension', note: `${body.isGranted && body.dueOn !== null ? `热线同意延期，期限改为${dateText(body.dueOn)}` : '热线不同意延期'}${body.note === '' ? '' : `。${body.note}`}`,
    columns: (_tx, { before }) => {
      if (body.isGranted && body.dueOn === null) throw new Problem('input.invalid', '热线同意延期的，请填写新的期限', { errors: [{ pointer: '/dueOn', message: '请填写新的期限' }] });
      if (body.isGranted && body.dueOn !== null && before.originDueOn !== null && body.dueOn < before.originDueOn) throw new Problem('input.invalid', `新的期限早于原来的（${dateText(before.originDueOn)}），请核对`, { errors: [{ pointer: '/dueOn', message: '请核对日期' }] });
      return body.isGranted && body.dueOn !== null ? { originDueOn: body.dueOn } : {};
    },
    follows: (tx, { around }, after) => changeOrder(tx, after.id, { extensionSettled: body.isGranted ? 'granted' : 'refused', ...(body.isGranted ? { dueAt: null } : {}), ...(around.order?.returnKind === 'extension' ? { returnKind: null } : {}) }),
  });
}
