-- platform: hundreds of bodies are told at once, in two statements instead of two for each. Functions and indexes only.
-- Locks: CREATE INDEX holds SHARE on platform.user_grant, a table of hundreds of rows, for milliseconds.

set local lock_timeout = '3s';

create index user_grant_body_idx on platform.user_grant (org_unit_id) where ended_at is null;
create index user_grant_scope_idx on platform.user_grant (scope_id) where ended_at is null;

create function platform.notice_audience(bodies uuid[], roles text[], today date)
  returns table (no int, user_id uuid, county_id uuid) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with posts as (
    select g.user_id, g.org_unit_id as body from platform.user_grant g where g.ended_at is null and g.started_on <= today and g.role = any (roles) and g.org_unit_id = any (bodies)
    union
    select g.user_id, g.scope_id from platform.user_grant g where g.ended_at is null and g.started_on <= today and g.role = any (roles) and g.scope_id = any (bodies))
  select b.no::int, u.id, u.county_id
    from posts p join unnest(bodies) with ordinality b (id, no) on b.id = p.body join platform.app_user u on u.id = p.user_id and u.disabled_at is null
   order by 1, 3, 2 $$;
revoke all on function platform.notice_audience(uuid[], text[], date) from public;
grant execute on function platform.notice_audience(uuid[], text[], date) to shanzhi_app;

create function platform.write_notices(notices jsonb, at timestamptz)
  returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into platform.notice (id, county_id, kind, subject_kind, subject_id, text, path, created_at)
  select n.id, n.county, n.kind, n.about_kind, n.about_id, n.said, n.page, at from jsonb_to_recordset(notices) n (id uuid, county uuid, kind text, about_kind text, about_id text, said text, page text);
  insert into platform.notice_receipt (user_id, notice_id, county_id, created_at)
  select person::uuid, n.id, n.county, at from jsonb_to_recordset(notices) n (id uuid, county uuid, persons jsonb), jsonb_array_elements_text(n.persons) person;
$$;
revoke all on function platform.write_notices(jsonb, timestamptz) from public;
grant execute on function platform.write_notices(jsonb, timestamptz) to shanzhi_app;
