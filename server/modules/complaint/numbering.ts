import { sql } from 'kysely';
import { type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { dateText, epochOf, instantOf, todayIn } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Database } from '#platform/db/connect.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { numberIn } from './search.ts';

interface Asking { readonly now: Instant; readonly n: number; readonly given: (serials: number[]) => void; readonly failed: (error: unknown) => void }

/** By the database and the register: who waits for numbers while one trip for others is under way. */
const waiting = new WeakMap<Database, Map<string, Asking[]>>();

/**
 * 取投诉编号: the next `n` of the county and year, allotted by a short transaction of its own (ADR 0048). Ask for them when nothing is left to be refused: the numbers of
 * a receipt that fails afterwards stay unused, and `unusedNumbers` tells them. Those of this process who ask at the same time share one trip.
 */
export function takeNumbers({ kit, now }: Pick<Ctx, 'kit' | 'now'>, countyId: string, year: number, n: number): Promise<number[]> {
  if (n < 1) return Promise.resolve([]);
  const registers = waiting.get(kit.database) ?? new Map<string, Asking[]>();
  waiting.set(kit.database, registers);
  const register = `${countyId} ${year}`;
  const queue = registers.get(register);
  return new Promise((given, failed) => {
    const asking = { now, n, given, failed };
    if (queue !== undefined) { queue.push(asking); return; }
    registers.set(register, [asking]);
    void serve(kit, registers, { register, countyId, year });
  });
}

/** Goes as long as somebody waits; never throws, for each asker hears of a failure himself. */
async function serve({ database }: Pick<Kit, 'database'>, registers: Map<string, Asking[]>, { register, countyId, year }: { register: string; countyId: string; year: number }): Promise<void> {
  for (;;) {
    const asked = registers.get(register)?.splice(0) ?? [];
    const last = asked.at(-1);
    if (last === undefined) break;
    try {
      let next = await allot(database, { countyId, year, count: asked.reduce((sum, { n }) => sum + n, 0), now: last.now });
      for (const { n, given } of asked) {
        const first = next;
        given(Array.from({ length: n }, (_, at) => first + at));
        next += n;
      }
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  }
  registers.delete(register);
}

/** @returns the first of `count` serials that follow each other and are nobody else's */
async function allot(database: Database, { countyId, year, count, now }: { countyId: string; year: number; count: number; now: Instant }): Promise<number> {
  const [row] = await database.brief(everything, (db) => sql<{ first: number }>`
    with taken as (
      insert into complaint.number_register as r (county_id, year, last_serial) values (${countyId}::uuid, ${year}::int, ${count}::int) on conflict (county_id, year) do update set last_serial = r.last_serial + excluded.last_serial returning county_id, year, last_serial
    ), noted as (
      insert into complaint.number_allotment (county_id, year, first_serial, last_serial, allotted_at) select county_id, year, last_serial - ${count}::int + 1, last_serial, ${now} from taken
    ) select last_serial - ${count}::int + 1 as first from taken`.compile(db));
  if (row === undefined) throw new Error('no complaint number was given');
  return row.first;
}

/** 未使用的编号. `allottedOn`: null of a number from before allotments were noted. */
export interface UnusedNumber { readonly countyId: string; readonly year: number; readonly serial: number; readonly allottedOn: LocalDate | null }
/** Longer than any transaction may last: what was allotted since may still be on its way. */
const MINUTES_ON_THE_WAY = 10;

const settledBy = (now: Instant): Instant => instantOf(epochOf(now) - MINUTES_ON_THE_WAY * 60_000);

/** 未使用的投诉编号: every number that was allotted and no complaint has, but for those of the last ten minutes, which may be on their way. */
export function unusedNumbers(kit: Kit): Promise<UnusedNumber[]> {
  const settled = settledBy(kit.clock.now());
  return systemContext(kit).read(async (db) => {
    const { rows } = await sql<{ countyId: string; year: number; serial: number; allottedAt: Instant | null }>`
      select r.county_id, r.year, n.serial, a.allotted_at
        from complaint.number_register r cross join generate_series(1, r.last_serial) n (serial)
        left join complaint.complaint c on c.county_id = r.county_id and c.number_year = r.year and c.number_serial = n.serial
        left join lateral (select allotted_at from complaint.number_allotment f where f.county_id = r.county_id and f.year = r.year and f.first_serial <= n.serial and f.last_serial >= n.serial order by f.first_serial desc limit 1) a on true
       where c.id is null and (a.allotted_at is null or a.allotted_at < ${settled}) order by r.county_id, r.year, n.serial`.execute(db);
    return rows.map(({ allottedAt, ...row }) => ({ ...row, allottedOn: allottedAt === null ? null : todayIn(allottedAt) }));
  });
}

/**
 * 为什么查不到这个编号: of a number that no complaint of the county has; null where it is no number of ours, or a file has it, be it in sight or not: whoever may not see
 * that file learns nothing of it.
 */
export async function whyNoFile({ kit, scope: { countyId }, now }: Pick<Ctx, 'kit' | 'scope' | 'now'>, q: string): Promise<string | null> {
  const asked = numberIn(q);
  if (asked === null || countyId === null) return null;
  const { year, serial } = asked;
  const { rows: [found] } = await kit.database.read(everything, (db) => sql<{ isFiled: boolean; last: number; allottedAt: Instant | null }>`
    select exists (select from complaint.complaint where county_id = ${countyId}::uuid and number_year = ${year}::int and number_serial = ${serial}::int) as is_filed,
           coalesce((select last_serial from complaint.number_register where county_id = ${countyId}::uuid and year = ${year}::int), 0) as last,
           (select allotted_at from complaint.number_allotment where county_id = ${countyId}::uuid and year = ${year}::int and first_serial <= ${serial}::int and last_serial >= ${serial}::int order by first_serial desc limit 1) as allotted_at`.execute(db));
  if (found === undefined || found.isFiled) return null;
  const no = complaintNo(year, serial);
  if (serial < 1 || serial > found.last) return `还没有编到${no}，请核对年份和编号`;
  if (found.allottedAt !== null && found.allottedAt >= settledBy(now)) return `${no}刚刚取号，可能正在登记，请${MINUTES_ON_THE_WAY}分钟后再查`;
  return `${no}已取号但未登记，没有这一件：${found.allottedAt === null ? '' : dateText(todayIn(found.allottedAt))}取号以后登记没有办成（如网络中断，或者同一件同时登记了两次），这个编号不再使用`;
}
