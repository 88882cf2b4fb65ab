-- 通知: what is old goes, each night, by the county's parameters. Three indexes, so that finding and removing it costs what goes and not what stays, and two
-- functions, since a receipt is written and removed by nobody's own hand.

set local lock_timeout = '3s';

create index notice_age_idx on platform.notice (county_id, created_at);
create index notice_delivery_age_idx on platform.notice_delivery (county_id, created_at);
create index notice_delivery_item_notice_idx on platform.notice_delivery_item (notice_id);

-- Removes up to `most` notices of the county told before that moment, read or not, with their receipts. Only the system's own nightly job may.
create function platform.clear_notices(county uuid, before timestamptz, most integer) returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone uuid[];
begin
  if platform.scope_level() is distinct from 'everything' then raise insufficient_privilege; end if;
  select array_agg(old.id) into gone from (select n.id from platform.notice n where n.county_id = county and n.created_at < before order by n.created_at limit most) old;
  delete from platform.notice_delivery_item where notice_id = any (gone);
  delete from platform.notice_receipt where notice_id = any (gone);
  delete from platform.notice where id = any (gone);
  return coalesce(cardinality(gone), 0);
end $$;
revoke all on function platform.clear_notices(uuid, timestamptz, integer) from public;
grant execute on function platform.clear_notices(uuid, timestamptz, integer) to shanzhi_app;

-- The same for what was sent, or given up, before that moment; what still waits stays.
create function platform.clear_deliveries(county uuid, before timestamptz, most integer) returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone uuid[];
begin
  if platform.scope_level() is distinct from 'everything' then raise insufficient_privilege; end if;
  select array_agg(old.id) into gone from (select d.id from platform.notice_delivery d where d.county_id = county and d.created_at < before and d.finished_at is not null order by d.created_at limit most) old;
  delete from platform.notice_delivery_item where delivery_id = any (gone);
  delete from platform.notice_delivery where id = any (gone);
  return coalesce(cardinality(gone), 0);
end $$;
revoke all on function platform.clear_deliveries(uuid, timestamptz, integer) from public;
grant execute on function platform.clear_deliveries(uuid, timestamptz, integer) to shanzhi_app;
