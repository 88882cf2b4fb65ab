import { requestKinds } from '#domain/privacy/words.ts';
import { instant, type LocalDate } from '#domain/kernel/brand.ts';
import { startOfDay, todayIn } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { recordFact } from '#modules/obligation/index.ts';
import type { RequestRecord } from './person/store.ts';

/** 个人信息请求的事实: received or answered, for the clock. Names nobody. @returns the day by which it is to be answered */
export async function tellRequest(tx: Tx, ctx: Pick<Ctx, 'actor'>, event: 'privacy.request-received' | 'privacy.request-answered', row: Pick<RequestRecord, 'id' | 'countyId' | 'kind' | 'receivedOn'>): Promise<LocalDate | null> {
  const received = event === 'privacy.request-received';
  const { nextDueOn } = await recordFact(tx, {
    event, key: row.id, subject: ['PersonRequest', row.id], at: received ? instant(startOfDay(row.receivedOn)) : tx.now, on: received ? row.receivedOn : todayIn(tx.now), facts: {},
    title: `个人信息请求（${requestKinds[row.kind]}）`, path: `/person-requests/${row.id}`, place: { countyId: row.countyId, townshipId: null, neighbourhoodId: null, estateId: null, companyId: null }, holders: {},
    by: { userId: ctx.actor.userId, name: ctx.actor.name },
  });
  return nextDueOn;
}
