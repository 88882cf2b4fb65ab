-- complaint: whether an answer and a first contact came in time; sums by estate, category and month of receipt, kept by every statement that changes what they sum. Two columns without a default and one small table: no lock worth naming.

set local lock_timeout = '3s';

alter table complaint.complaint add column answer_timing text check (answer_timing in ('on-time', 'late')), add column contact_timing text check (contact_timing in ('on-time', 'late'));
comment on column complaint.complaint.answer_timing is '答复是否按时:期限未到又没有答复的为空;随时限一起记';
comment on column complaint.complaint.contact_timing is '首次联系是否按时:不要求首次联系或期限未到的为空';
create index complaint_received_idx on complaint.complaint (county_id, received_on, id desc);
-- What is open is few among many years of what is closed.
create index complaint_county_status_idx on complaint.complaint (county_id, status, id desc);
create index complaint_township_status_idx on complaint.complaint (township_id, status, id desc);

update complaint.complaint c set answer_timing = t.answer, contact_timing = t.contact from (
  select subject_id, case when bool_or(is_late) filter (where duty_id = 'complaint.answer') then 'late' when bool_or(state = 'discharged') filter (where duty_id = 'complaint.answer') then 'on-time' end as answer,
         case when bool_or(is_late) filter (where duty_id = 'complaint.contact') then 'late' when bool_or(state = 'discharged') filter (where duty_id = 'complaint.contact') then 'on-time' end as contact
    from (select subject_id, duty_id, state, is_late or (ended_on is null and ends_at <= now()) as is_late from obligation.obligation where subject_kind = 'Complaint' and state not in ('void', 'waived')) o group by subject_id) t
 where c.id::text = t.subject_id;

create table complaint.rollup (
  id               uuid primary key default gen_random_uuid(),
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  category_code    text not null,
  month_on         date not null check (extract(day from month_on) = 1),
  received         integer not null,
  closed           integer not null,
  answered         integer not null,
  answer_on_time   integer not null,
  answer_late      integer not null,
  contact_on_time  integer not null,
  contact_late     integer not null,
  reopened         integer not null,
  relapsed         integer not null,
  rated            integer not null,
  content          integer not null,
  constraint rollup_key unique nulls not distinct (county_id, estate_id, category_code, month_on, company_id)
);
comment on table complaint.rollup is '投诉汇总:按小区、类别、收到的月份、被请求处理的企业,由触发器随投诉件在同一事务中增减,可以重算';
comment on column complaint.rollup.month_on is '收到月份的第一天';
comment on column complaint.rollup.company_id is '被请求处理的企业,没有请企业处理的为空';
comment on column complaint.rollup.content is '满意和基本满意';
create index rollup_county_idx on complaint.rollup (county_id, month_on);
create index rollup_township_idx on complaint.rollup (township_id, month_on);
create index rollup_neighbourhood_idx on complaint.rollup (neighbourhood_id, month_on);
create index rollup_company_idx on complaint.rollup (company_id, month_on) where company_id is not null;
call platform.protect('complaint.rollup');
create policy no_estate on complaint.rollup as restrictive to shanzhi_app using ((select platform.scope_level()) <> 'estate');

-- What one file counts for. One that went into another counts with that one.
create function complaint.tally(c complaint.complaint) returns integer[] language sql immutable as $$
  select case when c.status = 'merged' then array[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] else array[
    1, (c.status = 'closed')::integer, (c.replied_at is not null)::integer, coalesce((c.answer_timing = 'on-time')::integer, 0), coalesce((c.answer_timing = 'late')::integer, 0),
    coalesce((c.contact_timing = 'on-time')::integer, 0), coalesce((c.contact_timing = 'late')::integer, 0), (c.reopen_count > 0)::integer, (c.relapse_no > 0)::integer,
    coalesce((c.satisfaction <> 'unreached')::integer, 0), coalesce((c.satisfaction in ('satisfied', 'fair'))::integer, 0)] end $$;

create function complaint.add_to_rollup(c complaint.complaint, sign integer) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer[] := complaint.tally(c);
begin
  if 1 <> all (n) then return; end if;
  insert into complaint.rollup as r (county_id, township_id, neighbourhood_id, estate_id, company_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content)
  values (c.county_id, c.township_id, c.neighbourhood_id, c.estate_id, c.company_id, c.category_code, date_trunc('month', c.received_on)::date, sign * n[1], sign * n[2], sign * n[3], sign * n[4], sign * n[5], sign * n[6], sign * n[7], sign * n[8], sign * n[9], sign * n[10], sign * n[11])
  on conflict on constraint rollup_key do update set township_id = excluded.township_id, neighbourhood_id = excluded.neighbourhood_id,
    received = r.received + excluded.received, closed = r.closed + excluded.closed, answered = r.answered + excluded.answered, answer_on_time = r.answer_on_time + excluded.answer_on_time, answer_late = r.answer_late + excluded.answer_late,
    contact_on_time = r.contact_on_time + excluded.contact_on_time, contact_late = r.contact_late + excluded.contact_late, reopened = r.reopened + excluded.reopened, relapsed = r.relapsed + excluded.relapsed, rated = r.rated + excluded.rated, content = r.content + excluded.content;
end $$;
revoke all on function complaint.add_to_rollup(complaint.complaint, integer) from public;

create function complaint.keep_rollup() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then perform complaint.add_to_rollup(old, -1); end if;
  if tg_op <> 'DELETE' then perform complaint.add_to_rollup(new, 1); end if;
  return null;
end $$;
revoke all on function complaint.keep_rollup() from public;
create trigger complaint_rollup_new after insert on complaint.complaint for each row execute function complaint.keep_rollup();
create trigger complaint_rollup_gone after delete on complaint.complaint for each row execute function complaint.keep_rollup();
create trigger complaint_rollup_changed after update on complaint.complaint for each row
  when ((old.county_id, old.estate_id, old.category_code, old.received_on, old.company_id) is distinct from (new.county_id, new.estate_id, new.category_code, new.received_on, new.company_id) or complaint.tally(old) is distinct from complaint.tally(new))
  execute function complaint.keep_rollup();

-- 重算: what a count over all files finds. Answers how many lines of the sums were wrong.
create function complaint.recount_rollup() returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare wrong integer;
begin
  lock table complaint.complaint in share row exclusive mode;
  create temporary table recounted on commit drop as
    select c.county_id, min(c.township_id::text)::uuid as township_id, min(c.neighbourhood_id::text)::uuid as neighbourhood_id, c.estate_id, c.company_id, c.category_code, date_trunc('month', c.received_on)::date as month_on,
           sum(n[1])::integer as received, sum(n[2])::integer as closed, sum(n[3])::integer as answered, sum(n[4])::integer as answer_on_time, sum(n[5])::integer as answer_late, sum(n[6])::integer as contact_on_time, sum(n[7])::integer as contact_late,
           sum(n[8])::integer as reopened, sum(n[9])::integer as relapsed, sum(n[10])::integer as rated, sum(n[11])::integer as content
      from complaint.complaint c, lateral (select complaint.tally(c) as n) t where c.status <> 'merged' group by c.county_id, c.estate_id, c.company_id, c.category_code, date_trunc('month', c.received_on)::date;
  select count(*) into wrong from (
    (select county_id, township_id, neighbourhood_id, estate_id, company_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content from complaint.rollup where received <> 0
     except select * from recounted)
    union all (select * from recounted except
     select county_id, township_id, neighbourhood_id, estate_id, company_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content from complaint.rollup)) d;
  delete from complaint.rollup;
  insert into complaint.rollup (county_id, township_id, neighbourhood_id, estate_id, company_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content) select * from recounted order by month_on, county_id, township_id;
  drop table recounted;
  return wrong;
end $$;
revoke all on function complaint.recount_rollup() from public;
grant execute on function complaint.recount_rollup() to shanzhi_app;
select complaint.recount_rollup();
