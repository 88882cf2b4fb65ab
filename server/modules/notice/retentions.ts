import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import { deliveryMonths, noticeMonths } from '#domain/notice/policy.ts';
import type { Db } from '#platform/db/types.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';

/** Removed at one go, so that no statement takes long. */
const MOST = 5_000;

/** The beginning, in the civil zone, of the first day that is kept. */
const firstKept = async (db: Db, countyId: string, by: LocalDate, months: Parameter<number>) =>
  sql`(${addMonths(by, -await parameterValue(db, countyId, months, by))}::date::timestamp at time zone 'Asia/Shanghai')`;

async function inPieces(remove: () => Promise<number>): Promise<number> {
  let [all, some] = [0, await remove()];
  while (some > 0) { all += some; some = some < MOST ? 0 : await remove(); }
  return all;
}

const number = async (db: Db, query: ReturnType<typeof sql<{ n: number }>>): Promise<number> => (await query.execute(db)).rows[0]?.n ?? 0;

/** 通知的到期删除: unread ones too, since whatever waits for so long is not learnt of by its notice; what they tell of stays where it is. */
export const noticeRetentions: readonly Retention[] = [
  {
    kind: 'notice.notices', title: '系统内的通知（没读的也在内）', rule: '发出后满规定月数为止；所通知的事项本身不受影响', periods: [noticeMonths],
    count: async (db, countyId, by) => number(db, sql<{ n: number }>`select count(*)::integer as n from platform.notice where county_id = ${countyId}::uuid and created_at < ${await firstKept(db, countyId, by, noticeMonths)}`),
    purge: async ({ db }, countyId, by) => {
      const before = await firstKept(db, countyId, by, noticeMonths);
      return inPieces(() => number(db, sql<{ n: number }>`select platform.clear_notices(${countyId}::uuid, ${before}, ${MOST}) as n`));
    },
  },
  {
    kind: 'notice.deliveries', title: '通知的发送记录（收件人、时间、结果）', rule: '发出后满规定月数为止，不少于六个月', periods: [deliveryMonths],
    count: async (db, countyId, by) => number(db, sql<{ n: number }>`select count(*)::integer as n from platform.notice_delivery where county_id = ${countyId}::uuid and finished_at is not null and created_at < ${await firstKept(db, countyId, by, deliveryMonths)}`),
    purge: async ({ db }, countyId, by) => {
      const before = await firstKept(db, countyId, by, deliveryMonths);
      return inPieces(() => number(db, sql<{ n: number }>`select platform.clear_deliveries(${countyId}::uuid, ${before}, ${MOST}) as n`));
    },
  },
];
