import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner.ts';
import { maskPhone } from '#domain/kernel/phone.ts';
import { CODE_MINUTES } from '#domain/owner/code-limits.ts';
import type { Ctx } from '#platform/context.ts';
import { sendText, textable } from '#platform/notices/send-text.ts';
import { Problem } from '#platform/problem.ts';
import { inCounty, inEstate } from '../context.ts';
import { callerOf, drawCode } from '../phone-code.ts';
import { estateForOwners } from './look-at-estate.ts';

const OFF = '本县还没有开通短信验证，暂时不能在手机上提交；请到社区窗口登记，或拨打12345';

/** 要验证码: drawn and counted in one transaction, sent after it. In the demonstration it goes to the operator's outbox instead of a telephone. @throws Problem estate.not-found, rate.limited, state.conflict */
export async function askCode(ctx: Ctx, { body }: Input<typeof route.askCode>): Promise<Output<typeof route.askCode>> {
  const { countyId, estateId } = await estateForOwners(ctx, body.estateId);
  const own = inEstate(ctx, { estateId, countyId });
  const { kit } = ctx;
  if (!kit.isDemo && !(await inCounty(ctx, countyId).read((db) => textable(db, countyId)))) throw new Problem('state.conflict', OFF);
  const { id, code } = await own.transact(async (tx) => {
    tx.auditNothing('a code asked for: nothing of an office’s changes');
    return drawCode(tx, kit.vault, { caller: callerOf(kit.vault, body.phone, ctx.ip), countyId, estateId, keeps: (drawn) => (kit.isDemo ? kit.vault.seal(JSON.stringify({ phone: body.phone, text: wordsOf(drawn) })) : null) });
  });
  if (!kit.isDemo) {
    const outcome = await sendText(kit, { id, countyId, to: body.phone, text: wordsOf(code), now: ctx.now });
    if (outcome === null) throw new Problem('state.conflict', OFF);
    if (!outcome.isSent) throw new Problem('server.busy', '短信没有发出去，请一分钟后再试；着急的请到社区窗口登记，或拨打12345');
  }
  return { sentTo: maskPhone({ kind: 'mobile', number: body.phone }), minutes: CODE_MINUTES, isDemo: kit.isDemo };
}

const wordsOf = (code: string): string => `验证码${code}，${CODE_MINUTES}分钟内有效，用于在小区页面提交投诉建议。不是您本人操作的，请不用理会，不要告诉别人。`;
