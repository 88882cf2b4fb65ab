-- complaint: the sums tell apart by the department that takes part in a file, so that each counts what it has; files without an estate count where they lie, two townships' no longer in one line. One small table is filled anew; complaints are locked against writing while that lasts.

set local lock_timeout = '3s';

alter table complaint.rollup add column hand_id uuid references platform.org_unit (id);
comment on column complaint.rollup.hand_id is '参与办理的县级单位;为空的行是全部投诉件,不分谁办';
alter table complaint.rollup drop constraint rollup_key;
delete from complaint.rollup;
-- What has an estate counts under it wherever it is moved to; what has none under the place it lies in.
create unique index rollup_key on complaint.rollup (county_id, (coalesce(estate_id, neighbourhood_id, township_id, county_id)), category_code, month_on, company_id, hand_id) nulls not distinct;
drop index complaint.rollup_county_idx;
drop index complaint.rollup_township_idx;
drop index complaint.rollup_neighbourhood_idx;
drop index complaint.rollup_company_idx;
create index rollup_county_idx on complaint.rollup (county_id, month_on) where hand_id is null;
create index rollup_township_idx on complaint.rollup (township_id, month_on) where hand_id is null;
create index rollup_neighbourhood_idx on complaint.rollup (neighbourhood_id, month_on) where hand_id is null;
create index rollup_company_idx on complaint.rollup (company_id, month_on) where company_id is not null and hand_id is null;
create index rollup_hand_idx on complaint.rollup (hand_id, month_on) where hand_id is not null;
create index rollup_estate_idx on complaint.rollup (estate_id, month_on);
-- What a department has is told to posts of the county only.
create policy hands_of_county on complaint.rollup as restrictive to shanzhi_app using (hand_id is null or (select platform.scope_level()) not in ('township', 'neighbourhood', 'company', 'estate'));

drop trigger complaint_rollup_changed on complaint.complaint;
drop function complaint.add_to_rollup(complaint.complaint, integer);

create function complaint.add_to_rollup(c complaint.complaint, hand uuid, sign integer) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer[] := complaint.tally(c);
begin
  if 1 <> all (n) then return; end if;
  insert into complaint.rollup as r (county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content)
  values (c.county_id, c.township_id, c.neighbourhood_id, c.estate_id, c.company_id, hand, c.category_code, date_trunc('month', c.received_on)::date, sign * n[1], sign * n[2], sign * n[3], sign * n[4], sign * n[5], sign * n[6], sign * n[7], sign * n[8], sign * n[9], sign * n[10], sign * n[11])
  on conflict (county_id, (coalesce(estate_id, neighbourhood_id, township_id, county_id)), category_code, month_on, company_id, hand_id) do update set township_id = excluded.township_id, neighbourhood_id = excluded.neighbourhood_id,
    received = r.received + excluded.received, closed = r.closed + excluded.closed, answered = r.answered + excluded.answered, answer_on_time = r.answer_on_time + excluded.answer_on_time, answer_late = r.answer_late + excluded.answer_late,
    contact_on_time = r.contact_on_time + excluded.contact_on_time, contact_late = r.contact_late + excluded.contact_late, reopened = r.reopened + excluded.reopened, relapsed = r.relapsed + excluded.relapsed, rated = r.rated + excluded.rated, content = r.content + excluded.content;
end $$;
revoke all on function complaint.add_to_rollup(complaint.complaint, uuid, integer) from public;

-- Communities and townships have their area's sums; only what a body of the county takes part in needs lines of its own.
create function complaint.hands_of(of_complaint uuid) returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.org_unit_id from complaint.participant p join platform.org_unit o on o.id = p.org_unit_id where p.complaint_id = of_complaint and o.kind not in ('county', 'township', 'neighbourhood') order by p.org_unit_id $$;
revoke all on function complaint.hands_of(uuid) from public;

create or replace function complaint.keep_rollup() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare hand uuid;
begin
  if tg_op <> 'INSERT' then perform complaint.add_to_rollup(old, null, -1); end if;
  if tg_op <> 'DELETE' then perform complaint.add_to_rollup(new, null, 1); end if;
  if tg_op = 'UPDATE' then
    for hand in select * from complaint.hands_of(new.id) loop
      perform complaint.add_to_rollup(old, hand, -1);
      perform complaint.add_to_rollup(new, hand, 1);
    end loop;
  end if;
  return null;
end $$;
create trigger complaint_rollup_changed after update on complaint.complaint for each row
  when ((old.county_id, old.estate_id, old.category_code, old.received_on, old.company_id) is distinct from (new.county_id, new.estate_id, new.category_code, new.received_on, new.company_id)
    or (new.estate_id is null and (old.township_id, old.neighbourhood_id) is distinct from (new.township_id, new.neighbourhood_id)) or complaint.tally(old) is distinct from complaint.tally(new))
  execute function complaint.keep_rollup();

-- Who takes part changes what a body has. The file is locked, so that its own change and this one are counted one after the other.
create function complaint.keep_hands() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c complaint.complaint;
begin
  if tg_op <> 'INSERT' and exists (select from platform.org_unit o where o.id = old.org_unit_id and o.kind not in ('county', 'township', 'neighbourhood')) then
    select * into c from complaint.complaint f where f.id = old.complaint_id for no key update;
    perform complaint.add_to_rollup(c, old.org_unit_id, -1);
  end if;
  if tg_op <> 'DELETE' and exists (select from platform.org_unit o where o.id = new.org_unit_id and o.kind not in ('county', 'township', 'neighbourhood')) then
    select * into c from complaint.complaint f where f.id = new.complaint_id for no key update;
    perform complaint.add_to_rollup(c, new.org_unit_id, 1);
  end if;
  return null;
end $$;
revoke all on function complaint.keep_hands() from public;
create trigger participant_rollup_new after insert on complaint.participant for each row execute function complaint.keep_hands();
create trigger participant_rollup_gone after delete on complaint.participant for each row execute function complaint.keep_hands();
create trigger participant_rollup_changed after update on complaint.participant for each row when ((old.complaint_id, old.org_unit_id) is distinct from (new.complaint_id, new.org_unit_id)) execute function complaint.keep_hands();

create or replace function complaint.recount_rollup() returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare wrong integer;
begin
  lock table complaint.complaint, complaint.participant in share row exclusive mode;
  create temporary table recounted on commit drop as
    select c.county_id, min(c.township_id::text)::uuid as township_id, min(c.neighbourhood_id::text)::uuid as neighbourhood_id, c.estate_id, c.company_id, h.hand_id, c.category_code, date_trunc('month', c.received_on)::date as month_on,
           sum(n[1])::integer as received, sum(n[2])::integer as closed, sum(n[3])::integer as answered, sum(n[4])::integer as answer_on_time, sum(n[5])::integer as answer_late, sum(n[6])::integer as contact_on_time, sum(n[7])::integer as contact_late,
           sum(n[8])::integer as reopened, sum(n[9])::integer as relapsed, sum(n[10])::integer as rated, sum(n[11])::integer as content
      from (select null::uuid as hand_id, id as complaint_id from complaint.complaint
            union all select p.org_unit_id, p.complaint_id from complaint.participant p join platform.org_unit o on o.id = p.org_unit_id and o.kind not in ('county', 'township', 'neighbourhood')) h
      join complaint.complaint c on c.id = h.complaint_id, lateral (select complaint.tally(c) as n) t
     where c.status <> 'merged' group by c.county_id, c.estate_id, coalesce(c.estate_id, c.neighbourhood_id, c.township_id, c.county_id), c.company_id, h.hand_id, c.category_code, date_trunc('month', c.received_on)::date;
  select count(*) into wrong from (
    (select county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content from complaint.rollup
      where (received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
     except select * from recounted)
    union all (select * from recounted except
     select county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content from complaint.rollup)) d;
  delete from complaint.rollup;
  insert into complaint.rollup (county_id, township_id, neighbourhood_id, estate_id, company_id, hand_id, category_code, month_on, received, closed, answered, answer_on_time, answer_late, contact_on_time, contact_late, reopened, relapsed, rated, content) select * from recounted order by month_on, county_id, township_id;
  drop table recounted;
  return wrong;
end $$;
select complaint.recount_rollup();
