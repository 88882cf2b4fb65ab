-- 平台: who is asking, answered in one statement of its own. It runs before there is a scope and for every request, so it has its owner's
-- rights and takes no transaction, no scope and no lock; the app role no longer needs to see everything to find a session.

set local lock_timeout = '3s';

-- A living session with its user, county, posts in force and the county's idle limit; nothing when it is unknown, ended or its user disabled.
create function platform.open_session(session_id text, at timestamptz, today date, idle_parameter text)
returns table (id text, csrf_token text, grant_id uuid, last_seen_at timestamptz, user_id uuid, name text, login text, must_change_password boolean, county_id uuid, county_name text, grants jsonb, idle jsonb)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  return query
    select s.id, s.csrf_token, s.grant_id, s.last_seen_at, u.id, u.name, u.login, u.must_change_password, c.id, c.name,
      coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'level', g.level, 'scopeId', g.scope_id, 'scopeName', f.name, 'countyId', g.county_id,
          'orgUnitId', o.id, 'orgUnitName', o.name, 'title', g.title, 'startedOn', g.started_on) order by g.started_on, g.id)
        from platform.user_grant g left join platform.org_unit o on o.id = g.org_unit_id cross join lateral platform.scope_fact(g.level, g.scope_id) f
        where g.user_id = u.id and g.ended_at is null and g.started_on <= today and f.name is not null), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('parameterId', p.parameter_id, 'value', p.value, 'effectiveFrom', p.effective_from, 'withdrawnOn', p.withdrawn_on, 'basis', p.basis))
        from platform.parameter_override p where p.county_id = u.county_id and p.parameter_id = idle_parameter), '[]')
    from platform.session s join platform.app_user u on u.id = s.user_id join platform.org_unit c on c.id = u.county_id
    where s.id = session_id and s.revoked_at is null and s.expires_at > at and u.disabled_at is null;
end $$;
revoke all on function platform.open_session(text, timestamptz, date, text) from public;
grant execute on function platform.open_session(text, timestamptz, date, text) to shanzhi_app;
