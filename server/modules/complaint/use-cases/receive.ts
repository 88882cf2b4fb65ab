import type { Input, Output } from '#contract/define-route.ts';
import { linkPath } from '#contract/link.ts';
import type * as route from '#contract/complaint.ts';
import { instant } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { parsePhone } from '#domain/kernel/phone.ts';
import { isOutside, originNumber } from '#domain/complaint/origin.ts';
import { outsideComplete } from '#domain/complaint/rules.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { adoptLetter, openTicket, takeLetter } from '../letter-mail.ts';
import { officeOf } from '../office.ts';
import { placeIn } from '../place.ts';
import { receiveComplaint } from '../receive.ts';

type Draft = Input<typeof route.postComplaint>['body'];

/** 窗口代为登记: the body at whose counter it was said has it first and has thereby signed for it. The receipt's address is told once. */
export async function registerComplaint(ctx: Ctx, { body }: Input<typeof route.postComplaint>): Promise<Output<typeof route.postComplaint>> {
  mustBeComplete(body, ctx);
  const letter = body.letter === null || body.letter === '' ? null : await takeLetter(ctx, openTicket(ctx, body.letter));
  return ctx.transact(async (tx) => {
    const [{ body: receivedBy }, place] = await Promise.all([officeOf(tx.db, ctx), body.estateId === null ? undefined : placeIn(tx, ctx.scope, body.estateId)]);
    if (receivedBy === null) throw new Problem('access.denied', '您的岗位没有填写所在单位，不知道由哪个单位收件；请安全管理员在“用户与岗位”里补上所在单位');
    const { id, no, token, record } = await receiveComplaint(tx, ctx, {
      origin: ctx.actor.role === 'machine' && !isOutside(body.origin) ? 'interface' : body.origin, originNo: body.originNo === '' ? null : originNumber(body.originNo), originDueOn: body.originDueOn, estateId: body.estateId, place, spot: body.spot, category: body.category, body: body.body, ownerCount: body.ownerCount,
      isEmergency: body.isEmergency, emergencyTo: body.emergencyTo === '' ? null : body.emergencyTo, complainant: { name: body.name, phone: body.phone, mail: body.mail, isAnonymous: body.isAnonymous, isForFamily: body.isForFamily },
      // Of a day in the past no more is known than the day: its noon stands for it.
      receivedAt: body.receivedOn === ctx.today ? ctx.now : instant(`${body.receivedOn}T04:00:00.000Z`), receivedBy,
    });
    if (letter !== null) await adoptLetter(tx, ctx, record, letter);
    return { id, no, receiptPath: linkPath('complaint-receipt', token) };
  });
}

/** A file from before that is a slip of the pen: numbers run by the year of receipt. */
const MOST_YEARS = 10;

function mustBeComplete(body: Draft, { today }: Pick<Ctx, 'today'>): void {
  const outside = (fact: Partial<Parameters<typeof outsideComplete.check>[0]>) => outsideComplete.check({ isOutside: isOutside(body.origin), hasNo: true, hasEstate: true, isDueBeforeReceipt: false, ...fact }).map(({ message }) => message);
  const errors = [
    ...(body.receivedOn > today ? [{ pointer: '/receivedOn', message: '收到日期不能晚于今天' }] : []),
    ...(body.receivedOn < addMonths(today, -12 * MOST_YEARS) ? [{ pointer: '/receivedOn', message: `收到日期在${MOST_YEARS}年以前，请核对年份` }] : []),
    ...outside({ hasNo: originNumber(body.originNo) !== '' }).map((message) => ({ pointer: '/originNo', message })),
    ...outside({ hasEstate: body.estateId !== null }).map((message) => ({ pointer: '/estateId', message })),
    ...outside({ isDueBeforeReceipt: body.originDueOn !== null && body.originDueOn < body.receivedOn }).map((message) => ({ pointer: '/originDueOn', message })),
    ...(body.phone !== '' && !body.isAnonymous && parsePhone(body.phone) === undefined ? [{ pointer: '/phone', message: '电话号码不完整，请核对' }] : []),
    ...(body.isEmergency && body.emergencyTo === '' ? [{ pointer: '/emergencyTo', message: '紧急安全事项请先转交119、110或者抢修单位，再在这里写明转交给谁' }] : []),
  ];
  if (errors.length > 0) throw new Problem('input.invalid', errors.map(({ message }) => message).join('；'), { errors });
}
