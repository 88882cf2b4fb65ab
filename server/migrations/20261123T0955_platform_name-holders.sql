-- platform: who has a thing in hand is named to everybody who sees the thing. No lock is taken.

set local lock_timeout = '3s';

-- 经办人姓名: an officer of a township may not read the list of users; the names of people of the caller's own county are no secret within it.
create function platform.person_names(ids uuid[]) returns table (id uuid, name text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.name from platform.app_user u
   where u.id = any(ids) and (platform.scope_level() = 'everything' or u.county_id = platform.scope_county()) $$;
comment on function platform.person_names(uuid[]) is '人名:按编号取本县用户的姓名';
revoke all on function platform.person_names(uuid[]) from public;
grant execute on function platform.person_names(uuid[]) to shanzhi_app;
