-- 反弹率: how often a kind of thing was reported at an estate before and after it was last put in order, and the sums over similar estates. Functions only.
-- A report counts unless it was merged into another, withdrawn, refused or sent back to the hotline. Put in order: the first file of that kind that was closed there within the
-- days that are looked at. What the two periods hold is told with every row, so that it can be worked out again.

set local lock_timeout = '3s';

-- Every estate of a county and kind that was put in order; unit-days stand for how much there was to report about. Not for callers: it knows no scope.
create function complaint.rebound_all(county uuid, today date, before_days integer, after_days integer, least_days integer, kinds text[])
  returns table (estate_id uuid, category_code text, ordered_on date, before_count integer, after_count integer, units integer, management_kind text, township_kind text)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  with ordered as (
    select c.estate_id, c.category_code, min(c.closed_on) as ordered_on from complaint.complaint c
     where c.county_id = county and c.status = 'closed' and c.estate_id is not null and c.category_code = any(kinds) and c.closed_on >= today - after_days and c.closed_on <= today - least_days group by 1, 2)
  select o.estate_id, o.category_code, o.ordered_on,
         (count(*) filter (where r.received_on <= o.ordered_on))::integer, (count(*) filter (where r.received_on > o.ordered_on))::integer,
         coalesce(e.total_units, 0), e.management_kind, coalesce(t.subkind, '')
    from ordered o join registry.estate e on e.id = o.estate_id left join platform.org_unit t on t.id = e.township_id
    left join complaint.complaint r on r.estate_id = o.estate_id and r.category_code = o.category_code and r.status not in ('merged', 'withdrawn', 'refused', 'returned') and r.received_on > o.ordered_on - before_days and r.received_on <= today
   group by o.estate_id, o.category_code, o.ordered_on, e.total_units, e.management_kind, t.subkind $$;

/* 反弹的小区 of the running transaction's scope; a department's (`of_body`) where it takes part in a file of that kind there. */
create function complaint.rebound(today date, before_days integer, after_days integer, least_days integer, kinds text[], of_body uuid)
  returns table (estate_id uuid, category_code text, ordered_on date, before_count integer, after_count integer, units integer, management_kind text, township_kind text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.* from complaint.rebound_all(platform.scope_county(), today, before_days, after_days, least_days, kinds) r join registry.estate e on e.id = r.estate_id
   where case platform.scope_level() when 'county' then e.county_id = platform.scope_id() when 'township' then e.township_id = platform.scope_id() when 'neighbourhood' then e.neighbourhood_id = platform.scope_id() else false end
     and (of_body is null or exists (select from complaint.complaint c join complaint.participant p on p.complaint_id = c.id where c.estate_id = r.estate_id and c.category_code = r.category_code and p.org_unit_id = of_body)) $$;

/* 同类小区合计 over the whole county, whatever the scope, so that a number is the same for everybody: sums only, and none of fewer than three estates. */
create function complaint.rebound_groups(today date, before_days integer, after_days integer, least_days integer, kinds text[])
  returns table (category_code text, management_kind text, township_kind text, estates integer, before_count bigint, before_exposure numeric, before_squares double precision, before_exposure_squares double precision, after_count bigint, after_exposure numeric, after_squares double precision, after_exposure_squares double precision)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select category_code, management_kind, township_kind, count(*)::integer,
         sum(before_count), sum(units::bigint * before_days), sum(before_count::float8 * before_count / (units::float8 * before_days)), sum((units::float8 * before_days) ^ 2),
         sum(after_count), sum(units::bigint * (today - ordered_on)), sum(after_count::float8 * after_count / (units::float8 * (today - ordered_on))), sum((units::float8 * (today - ordered_on)) ^ 2)
    from complaint.rebound_all(platform.scope_county(), today, before_days, after_days, least_days, kinds)
   where units > 0 and platform.scope_level() in ('county', 'township', 'neighbourhood') group by 1, 2, 3 having count(*) >= 3 $$;
revoke execute on function complaint.rebound_all(uuid, date, integer, integer, integer, text[]), complaint.rebound(date, integer, integer, integer, text[], uuid), complaint.rebound_groups(date, integer, integer, integer, text[]) from public;
grant execute on function complaint.rebound(date, integer, integer, integer, text[], uuid), complaint.rebound_groups(date, integer, integer, integer, text[]) to shanzhi_app;

-- 复查到期: files that wait to be looked at again, the soonest closed first.
create index complaint_recheck_idx on complaint.complaint (county_id, closed_on, id) where status = 'closed' and rechecked_at is null and category_code in ('F01', 'F02', 'F04', 'F05');
