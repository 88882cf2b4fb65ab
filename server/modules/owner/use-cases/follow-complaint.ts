import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner.ts';
import { addFacts, complaintByReceipt, confirmAnswer, disputeAnswer, type ReceiptView } from '#modules/complaint/index.ts';
import type { Ctx } from '#platform/context.ts';

type View = Output<typeof route.openReceipt>;
const shown = ({ steps, why, ...view }: ReceiptView): View => ({ ...view, why: [...why], steps: [...steps] });

/** 凭回执查进度. @throws Problem link.unknown, link.over */
export const openReceipt = async (ctx: Ctx, { body }: Input<typeof route.openReceipt>): Promise<View> => shown(await complaintByReceipt(ctx, body));

/** 补充情况. */
export const addReceiptFacts = async (ctx: Ctx, { body }: Input<typeof route.addReceiptFacts>): Promise<View> => shown(await addFacts(ctx, body));

/** 评价答复. */
export const confirmReceipt = async (ctx: Ctx, { body }: Input<typeof route.confirmReceipt>): Promise<View> => shown(await confirmAnswer(ctx, body));

/** 对答复有异议. */
export const disputeReceipt = async (ctx: Ctx, { body }: Input<typeof route.disputeReceipt>): Promise<View> => shown(await disputeAnswer(ctx, body));
