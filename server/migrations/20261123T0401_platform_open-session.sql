-- 平台: who is asking, answered in one statement of its own. It runs before there is a scope and for every request, so it has its owner's
-- rights and takes no transaction, no scope and no lock; the app role no longer needs to see everything to find a session.

set local lock_timeout = '3s';

-- A living session with its user, county, the post it works under and the county's idle limit; nothing when it is unknown, ended or its
-- user disabled. The post is null when it has ended, has not begun, or what it covers is gone.
create function platform.open_session(session_id text, at timestamptz, today date, idle_parameter text)
returns table (
  id text, csrf_token text, last_seen_at timestamptz, user_id uuid, user_name text, login text, must_change_password boolean, county_id uuid, county_name text,
  grant_id uuid, role text, level text, scope_id uuid, scope_name text, grant_county_id uuid, org_unit_id uuid, org_unit_name text, title text, started_on date, idle jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  return query
    select s.id, s.csrf_token, s.last_seen_at, u.id, u.name, u.login, u.must_change_password, c.id, c.name,
      g.id, g.role, g.level, g.scope_id,
      case g.level
        when 'estate' then (select e.name from registry.estate e where e.id = g.scope_id)
        when 'company' then (select k.name from registry.company k where k.id = g.scope_id)
        else (select p.name from platform.org_unit p where p.id = g.scope_id and p.kind = g.level and p.archived_at is null) end,
      g.county_id, o.id, o.name, g.title, g.started_on,
      (select jsonb_agg(jsonb_build_object('parameterId', v.parameter_id, 'value', v.value, 'effectiveFrom', v.effective_from, 'withdrawnOn', v.withdrawn_on, 'basis', v.basis))
         from platform.parameter_override v where v.county_id = u.county_id and v.parameter_id = idle_parameter)
    from platform.session s
    join platform.app_user u on u.id = s.user_id
    join platform.org_unit c on c.id = u.county_id
    left join platform.user_grant g on g.id = s.grant_id and g.user_id = u.id and g.ended_at is null and g.started_on <= today
    left join platform.org_unit o on o.id = g.org_unit_id
    where s.id = session_id and s.revoked_at is null and s.expires_at > at and u.disabled_at is null;
end $$;
revoke all on function platform.open_session(text, timestamptz, date, text) from public;
grant execute on function platform.open_session(text, timestamptz, date, text) to shanzhi_app;
