-- complaint: a file that went back to the hotline is counted as such, and neither as answered nor as owing an answer. One small table is filled anew; complaints are locked against writing while that lasts.

set local lock_timeout = '3s';

alter table complaint.rollup add column returned integer not null default 0;
alter table complaint.rollup alter column returned drop default;
comment on column complaint.rollup.returned is '已退回热线的;这些件只计收到和退单';

-- What one file counts for. One that went into another counts with that one; one that went back to the hotline as received and as returned, for its answer is somebody else's.
create or replace function complaint.tally(c complaint.complaint) returns integer[] language sql immutable as $$
  select case c.status when 'merged' then array[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] when 'returned' then array[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] else array[
    1, (c.status = 'closed')::integer, (c.replied_at is not null)::integer, coalesce((c.answer_timing = 'on-time')::integer, 0), coalesce((c.answer_timing = 'late')::integer, 0),
    coalesce((c.contact_timing = 'on-time')::integer, 0), coalesce((c.contact_timing = 'late')::integer, 0), (c.reopen_count > 0)::integer, (c.relapse_no > 0)::integer,
    coalesce((c.satisfaction <> 'unreached')::integer, 0), coalesce((c.satisfaction in ('satisfied', 'fair'))::integer, 0), 0] end $$;

create or replace function complaint.add_to_rollup(c complaint.complaint, hand uuid, sign integer) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer[] := complaint.tally(c);
begin
  if 1 <> all (n) then return; end if;
  insert into complaint.rollup as r (county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned)
  values (c.county_id, c.township_id, c.neighbourhood_id, c.estate_id, c.company_id, hand, c.category_code, date_trunc('month', c.received_on)::date, sign * n[1], sign * n[2], sign * n[3], sign * n[4], sign * n[5], sign * n[6], sign * n[7], sign * n[8], sign * n[9], sign * n[10], sign * n[11], sign * n[12])
  on conflict (county_id, (coalesce(estate_id, neighbourhood_id, township_id, county_id)), category_code, month_on, company_id, hand_id) do update set township_id = excluded.township_id, neighbourhood_id = excluded.neighbourhood_id,
    received = r.received + excluded.received, closed = r.closed + excluded.closed, answered = r.answered + excluded.answered, answer_on_time = r.answer_on_time + excluded.answer_on_time, answer_late = r.answer_late + excluded.answer_late,
    contact_on_time = r.contact_on_time + excluded.contact_on_time, contact_late = r.contact_late + excluded.contact_late, reopened = r.reopened + excluded.reopened, relapsed = r.relapsed + excluded.relapsed, rated = r.rated + excluded.rated, content = r.content + excluded.content, returned = r.returned + excluded.returned;
end $$;

create or replace function complaint.recount_rollup() returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare wrong integer;
begin
  lock table complaint.complaint, complaint.participant in share row exclusive mode;
  create temporary table recounted on commit drop as
    select c.county_id, min(c.township_id::text)::uuid as township_id, min(c.neighbourhood_id::text)::uuid as neighbourhood_id, c.estate_id, c.company_id, h.hand_id, c.category_code, date_trunc('month', c.received_on)::date as month_on,
           sum(n[1])::integer as received, sum(n[2])::integer as closed, sum(n[3])::integer as answered, sum(n[4])::integer as answer_on_time, sum(n[5])::integer as answer_late, sum(n[6])::integer as contact_on_time, sum(n[7])::integer as contact_late,
           sum(n[8])::integer as reopened, sum(n[9])::integer as relapsed, sum(n[10])::integer as rated, sum(n[11])::integer as content, sum(n[12])::integer as returned
      from (select null::uuid as hand_id, id as complaint_id from complaint.complaint
            union all select p.org_unit_id, p.complaint_id from complaint.participant p join platform.org_unit o on o.id = p.org_unit_id and o.kind not in ('county', 'township', 'neighbourhood')) h
      join complaint.complaint c on c.id = h.complaint_id, lateral (select complaint.tally(c) as n) t
     where c.status <> 'merged' group by c.county_id, c.estate_id, coalesce(c.estate_id, c.neighbourhood_id, c.township_id, c.county_id), c.company_id, h.hand_id, c.category_code, date_trunc('month', c.received_on)::date;
  select count(*) into wrong from (
    (select county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned from complaint.rollup
      where (received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
     except select * from recounted)
    union all (select * from recounted except
     select county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned from complaint.rollup)) d;
  delete from complaint.rollup;
  insert into complaint.rollup (county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content, returned) select * from recounted order by month_on, county_id, township_id;
  drop table recounted;
  return wrong;
end $$;
select complaint.recount_rollup();
