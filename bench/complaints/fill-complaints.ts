import type { Client } from 'pg';

/** Complaints that come to the county in a year, so that ten times as many are ten times as many years. */
const A_YEAR = 50_000;

/**
 * 填入投诉件 from `from` to `to`, the newest first received today and each earlier by its share of a year: closed ones of all estates and kinds, some late, some come back; then the sums, as the recount makes them.
 * Indexes are made after the rows; the sums' triggers rest meanwhile.
 */
export async function fillComplaints(owner: Client, from: number, to: number): Promise<void> {
  await owner.query("set maintenance_work_mem = '512MB'; set work_mem = '128MB'; set synchronous_commit = off");
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where i.indrelid = 'complaint.complaint'::regclass and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`);
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  await owner.query('alter table complaint.complaint disable trigger user');
  await owner.query(`
    with estates as materialized (select row_number() over (order by e.id) - 1 as at, e.id, e.county_id, e.township_id, e.neighbourhood_id from registry.estate e where e.neighbourhood_id is not null and e.archived_at is null),
    many as (select count(*) as n from estates),
    made as (select i, now() - (i::numeric / ${A_YEAR}) * interval '365 days' as at, ('x' || substr(md5(i::text), 1, 8))::bit(32)::bigint as dice from generate_series(${from}::int, ${to - 1}::int) i)
    insert into complaint.complaint (id, county_id, township_id, neighbourhood_id, estate_id, number_year, number_serial, origin, category_code, pace, body, owner_count, status, handler_id, first_id, received_at, received_on, signed_at, accepted_at, contacted_at, replied_at, reply, outcome, closed_at, closed_on,
      answer_timing, contact_timing, satisfaction, reopen_count, relapse_no, recorded_by_name, created_at, updated_at, version)
    select (lpad(to_hex((extract(epoch from m.at) * 1000)::bigint), 12, '0') || '7' || substr(md5('a' || m.i), 1, 3) || '8' || substr(md5('b' || m.i), 1, 15))::uuid, e.county_id, e.township_id, e.neighbourhood_id, e.id, extract(year from m.at)::int, 10000000 + m.i, 'counter',
      (array['A02', 'A03', 'B01', 'C02', 'D01', 'E01', 'E05', 'F01', 'F04', 'F05', 'G01', 'J01'])[1 + m.dice % 12], 'ordinary', '楼道堆物' || m.i, 1, case when m.i < 2000 then 'handling' else 'closed' end, e.neighbourhood_id, e.neighbourhood_id,
      m.at, (m.at at time zone 'Asia/Shanghai')::date, m.at, m.at, m.at, case when m.i < 2000 then null else m.at end, case when m.i < 2000 then null else '已处理' end, case when m.i < 2000 then null else 'resolved' end, case when m.i < 2000 then null else m.at end, case when m.i < 2000 then null else m.at::date end,
      case when m.i < 2000 then null when m.dice % 9 = 0 then 'late' else 'on-time' end, case when m.dice % 20 = 0 then 'late' else 'on-time' end, case when m.i < 2000 then null else (array['satisfied', 'satisfied', 'fair', 'dissatisfied', 'unreached'])[1 + m.dice % 5] end,
      case when m.dice % 30 = 0 then 1 else 0 end, 0, '测算', m.at, m.at, 1
      from made m, many, lateral (select * from estates where at = (m.dice / 12) % many.n) e`);
  for (const { definition } of indexes) await owner.query(definition);
  await owner.query('alter table complaint.complaint enable trigger user');
  await owner.query('select complaint.recount_rollup()');
  await owner.query('vacuum (analyze) complaint.complaint');
  await owner.query('vacuum (analyze) complaint.rollup');
  await owner.query('checkpoint').catch(() => undefined);
}
