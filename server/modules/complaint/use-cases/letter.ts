import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { categoryOf } from '#domain/complaint/category.ts';
import { decideAct } from '#domain/complaint/lifecycle.ts';
import { answerDuties } from '#domain/complaint/obligations.ts';
import { workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { duesOf } from '#modules/obligation/index.ts';
import { draftTransferLetter, issuerOf, NO_ISSUER } from '#modules/paper/index.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { circumstancesOf, factsOf } from '../facts.ts';
import { officeOf } from '../office.ts';
import { noOf } from '../present.ts';
import { change, recordStep } from '../record.ts';
import { getRecord, lockRecord, placeOf } from '../store.ts';

/** Working days that a letter gives where the day of the answer is past. */
const LETTER_DAYS = 10;

/** 拟转办函 to the body that has the file, for those who do not sign in: a draft of the paper kit with what is known filled in; whoever may issue issues it. Who complained does not stand in it. */
export function draftLetter(ctx: Ctx, { params }: Input<typeof route.postComplaintLetter>): Promise<Output<typeof route.postComplaintLetter>> {
  return ctx.transact(async (tx) => {
    const office = await officeOf(tx.db, ctx);
    const before = await lockRecord(tx.db, ctx, office, params.complaintId);
    const around = await circumstancesOf(tx.db, before, ctx);
    orRefuse(decideAct('note', factsOf(ctx, before, office, around)));
    if (await issuerOf(tx.db, ctx) === null) throw new Problem('state.conflict', NO_ISSUER[ctx.scope.level] ?? '您的岗位没有可以发文的单位');
    const row = await getRecord(tx.db, ctx, office, before.id);
    const calendar = await readCalendar(tx.db);
    const answerOn = (await duesOf(tx.db, ctx, ['Complaint', before.id])).find(({ dutyId, endedOn }) => answerDuties.has(dutyId) && endedOn === null)?.dueOn ?? null;
    const replyBy = answerOn !== null && answerOn > ctx.today ? answerOn : workingDaysAfter(calendar, ctx.today, LETTER_DAYS).on;
    const paper = await draftTransferLetter(tx, ctx, {
      estateId: before.estateId, addressee: around.handler.name, estateName: row.estate ?? '', place: row.township ?? '', subject: `${categoryOf(before.categoryCode).title}问题`, matter: [`投诉编号：${noOf(before)}。`, before.spot === '' ? '' : `位置：${before.spot}。`, before.body].filter((words) => words !== '').join('\n'),
      request: '请依法核实处理，并将办理结果函告', replyBy, contactName: '', contactPhone: '', attachments: '', copies: '',
    });
    await tx.db.insertInto('complaint.complaintPaper').values({ complaintId: before.id, paperId: paper.id, ...placeOf(before), title: paper.title, createdAt: ctx.now }).execute();
    const after = await change(tx, before, ctx.now, {});
    await recordStep(tx, ctx, before, after, { act: 'letter', note: `已拟转办函，送${around.handler.name}，请其于${replyBy}前函复`, isInternal: true, bodyName: office.body?.name ?? '' });
    return { paperId: paper.id };
  });
}
