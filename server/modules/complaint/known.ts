import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import { addDays, yearOf } from '#domain/kernel/local-date.ts';
import { isRebound } from '#domain/complaint/category.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { reboundDays } from '#domain/complaint/policy.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { takeNumbers } from './numbering.ts';
import type { Placed } from './place.ts';

/** 反弹自: the file that was closed before. */
export interface Relapse { readonly id: Id<'Complaint'>; readonly numberYear: number; readonly numberSerial: number; readonly relapseNo: number }

/** 来源编号登记过的 are no new files. @throws Problem state.duplicate, for the first that is known */
export async function refuseKnown(tx: Tx, placed: readonly Placed[]): Promise<void> {
  const told = placed.flatMap(({ given: { origin, originNo }, place }) => (originNo === null || originNo === undefined ? [] : [{ county_id: place.countyId, origin, origin_no: originNo }]));
  if (told.length === 0) return;
  const { rows: [known] } = await sql<{ originNo: string; numberYear: number; numberSerial: number }>`
    select c.origin_no, c.number_year, c.number_serial from jsonb_populate_recordset(null::complaint.complaint, ${JSON.stringify(told)}::jsonb) n
      join complaint.complaint c on c.county_id = n.county_id and c.origin = n.origin and c.origin_no = n.origin_no limit 1`.execute(tx.db);
  if (known !== undefined) throw new Problem('state.duplicate', `来源编号${known.originNo}已经登记为${complaintNo(known.numberYear, known.numberSerial)}，请打开那一件办理，不用再登记`);
}

/** 反弹自 of each: the file of the same kind and place that was closed last, within the days that count. */
export async function relapsesOf(tx: Tx, placed: readonly Placed[]): Promise<(Relapse | undefined)[]> {
  const asked = [];
  for (const [at, { given: { estateId, buildingId, category }, place, receivedOn }] of placed.entries()) {
    if (isRebound(category) && estateId !== null) asked.push({ at, estate_id: estateId, building_id: buildingId ?? null, category_code: category, since: addDays(receivedOn, -await parameterValue(tx, place.countyId, reboundDays, receivedOn)), until: receivedOn });
  }
  if (asked.length === 0) return placed.map(() => undefined);
  const { rows } = await sql<Relapse & { at: number }>`
    select n.at, c.id, c.number_year, c.number_serial, c.relapse_no
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as n(at integer, estate_id uuid, building_id uuid, category_code text, since date, until date)
      cross join lateral (
        select c.id, c.number_year, c.number_serial, c.relapse_no from complaint.complaint c
         where c.estate_id = n.estate_id and c.category_code = n.category_code and c.status = 'closed' and c.closed_on between n.since and n.until and (n.building_id is null or c.building_id is null or c.building_id = n.building_id)
         order by c.closed_on desc, c.id desc limit 1) c`.execute(tx.db);
  const byAt = new Map(rows.map(({ at, ...relapse }) => [at, relapse]));
  return placed.map((_, at) => byAt.get(at));
}

/** 各件的编号, in their order; each county and year is asked once. */
export async function serialsFor(ctx: Pick<Ctx, 'kit' | 'now'>, placed: readonly Placed[]): Promise<number[]> {
  const serials: number[] = [];
  const registers = Map.groupBy(placed.keys(), (at) => { const each = placed[at]; return each === undefined ? '' : `${each.place.countyId} ${yearOf(each.receivedOn)}`; });
  for (const [register, ats] of [...registers].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [countyId = '', year = ''] = register.split(' ');
    const taken = await takeNumbers(ctx, countyId, Number(year), ats.length);
    for (const [index, at] of ats.entries()) serials[at] = taken[index] ?? 0;
  }
  return serials;
}
