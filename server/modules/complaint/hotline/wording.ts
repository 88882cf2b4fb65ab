import { categoryOf } from '#domain/complaint/category.ts';
import { DEFAULT_WORDING, fillWording } from '#domain/complaint/hotline/wording.ts';
import { outcomeLabels } from '#domain/complaint/reply.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import type { Db } from '#platform/db/types.ts';
import type { NamedComplaint } from '../store.ts';
import type { OrderRecord } from './order.ts';

/** 现行口径 of the county on a day: its own line begun last, else ours. */
export async function wordingOn(db: Db, countyId: Id<'OrgUnit'>, on: LocalDate): Promise<string> {
  const line = await db.selectFrom('complaint.hotlineSetting').select('words').where('countyId', '=', countyId).where('kind', '=', 'wording').where('effectiveFrom', '<=', on).orderBy('effectiveFrom', 'desc').limit(1).executeTakeFirst();
  return line?.words ?? DEFAULT_WORDING;
}

/** 热线口径的答复 of one order, by the wording in force on the day of the answer; null until it is answered. */
export async function answerWording(db: Db, row: NamedComplaint, order: OrderRecord): Promise<string | null> {
  if (row.reply === null || row.repliedAt === null || (row.status !== 'replied' && row.status !== 'closed')) return null;
  return fillWording(await wordingOn(db, row.countyId, todayIn(row.repliedAt)), {
    工单编号: order.orderNo, 诉求标题: order.title === '' ? categoryOf(row.categoryCode).title : order.title, 小区: row.estate ?? '', 承办单位: row.handler, 办理结果: row.outcome === null ? '' : outcomeLabels[row.outcome],
    答复内容: /[。！？；]$/.test(row.reply) ? row.reply : `${row.reply}。`, 办结时间: dateText(todayIn(row.repliedAt)), 联系时间: row.contactedAt === null ? '' : dateText(todayIn(row.contactedAt)),
  });
}
