-- 平台: one-time codes of a person's own device, recovery codes, and a record of every sign-in. New tables; a short lock on session for one
-- column without a default; open_session answers two things more.

set local lock_timeout = '3s';

create table platform.totp (
  user_id       uuid primary key references platform.app_user (id),
  county_id     uuid not null references platform.org_unit (id),
  secret_cipher text not null,
  confirmed_at  timestamptz,
  last_step     bigint check (last_step >= 0),
  created_at    timestamptz not null
);
comment on table platform.totp is '动态口令（每人至多一个）';
comment on column platform.totp.secret_cipher is '动态口令的密钥（密文）';
comment on column platform.totp.confirmed_at is '本人用第一个口令确认的时刻；为空表示还没有启用';
comment on column platform.totp.last_step is '最近用过的一步（每步30秒，自1970年起数）；这一步和更早的口令不再有效';

create table platform.recovery_code (
  user_id    uuid not null references platform.app_user (id),
  code_index text not null,
  county_id  uuid not null references platform.org_unit (id),
  created_at timestamptz not null,
  used_at    timestamptz,
  primary key (user_id, code_index)
);
comment on table platform.recovery_code is '恢复码（动态口令不在身边时用，每个一次）';
comment on column platform.recovery_code.code_index is '恢复码在部署密钥下的摘要；恢复码本身只显示一次';

-- Signing in happens before there is a scope and works over everything; the security administrator works within the county. Nobody else sees them.
do $$
declare target text;
begin
  foreach target in array array['platform.totp', 'platform.recovery_code'] loop
    execute format('alter table %s enable row level security', target);
    execute format($p$create policy own_county on %s for all to shanzhi_app
      using (case (select platform.scope_level()) when 'everything' then true when 'county' then county_id = (select platform.scope_id()) else false end)
      with check (case (select platform.scope_level()) when 'everything' then true when 'county' then county_id = (select platform.scope_id()) else false end)$p$, target);
    execute format('grant select, insert, update, delete on %s to shanzhi_app', target);
  end loop;
end $$;

create table platform.sign_in (
  id         uuid primary key,
  county_id  uuid references platform.org_unit (id),
  user_id    uuid references platform.app_user (id),
  at         timestamptz not null,
  ip         text not null,
  user_agent text not null check (char_length(user_agent) <= 300),
  way        text not null check (way in ('password', 'code', 'recovery-code', 'single-sign-on')),
  result     text not null check (result in ('in', 'wrong-password', 'wrong-code', 'disabled', 'expired', 'refused')),
  has_locked boolean not null default false
);
comment on table platform.sign_in is '登录记录（只增不改，至少保存六个月）';
comment on column platform.sign_in.county_id is '账号所在的县；账号不存在时为唯一的县，有几个县时为空';
comment on column platform.sign_in.user_id is '为空表示没有这个账号；填的是什么不保存';
comment on column platform.sign_in.has_locked is '这一次失败之后账号或地址被锁定';
create index sign_in_user_idx on platform.sign_in (user_id, id desc);
create index sign_in_county_idx on platform.sign_in (county_id, id desc);
create index sign_in_at_idx on platform.sign_in (at);

-- 网络安全法: network logs are kept for no less than six months. The cleaning job cannot shorten that, whatever it is told.
create function platform.keep_sign_in() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then raise exception 'a sign-in is recorded once and never changed'; end if;
  if old.at > now() - interval '6 months' then raise exception 'a sign-in is kept for six months at least'; end if;
  return old;
end $$;
create trigger sign_in_kept before update or delete on platform.sign_in for each row execute function platform.keep_sign_in();

alter table platform.sign_in enable row level security;
create policy sign_in_read on platform.sign_in for select to shanzhi_app
  using (case (select platform.scope_level()) when 'everything' then true when 'county' then county_id = (select platform.scope_id()) else false end);
create policy sign_in_insert on platform.sign_in for insert to shanzhi_app with check ((select platform.scope_level()) = 'everything');
create policy sign_in_delete on platform.sign_in for delete to shanzhi_app using ((select platform.scope_level()) = 'everything');
grant select, insert, delete on platform.sign_in to shanzhi_app;

alter table platform.session add column sign_in_id uuid references platform.sign_in (id);
comment on column platform.session.sign_in_id is '由哪一次登录而来';
create index session_sign_in_idx on platform.session (sign_in_id);

drop function platform.open_session(text, timestamptz, date, text);
-- As before, and: is it a demo account, has the person a confirmed one-time code, and what the county set for the parameter that asks for one.
create function platform.open_session(session_id text, at timestamptz, today date, idle_parameter text, factor_parameter text)
returns table (
  id text, csrf_token text, last_seen_at timestamptz, user_id uuid, user_name text, login text, must_change_password boolean, county_id uuid, county_name text,
  grant_id uuid, role text, level text, scope_id uuid, scope_name text, grant_county_id uuid, org_unit_id uuid, org_unit_name text, title text, started_on date, settings jsonb,
  is_demo boolean, has_totp boolean)
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
         from platform.parameter_override v where v.county_id = u.county_id and v.parameter_id in (idle_parameter, factor_parameter)),
      u.is_demo, exists (select from platform.totp t where t.user_id = u.id and t.confirmed_at is not null)
    from platform.session s
    join platform.app_user u on u.id = s.user_id
    join platform.org_unit c on c.id = u.county_id
    left join platform.user_grant g on g.id = s.grant_id and g.user_id = u.id and g.ended_at is null and g.started_on <= today
    left join platform.org_unit o on o.id = g.org_unit_id
    where s.id = session_id and s.revoked_at is null and s.expires_at > at and u.disabled_at is null;
end $$;
revoke all on function platform.open_session(text, timestamptz, date, text, text) from public;
grant execute on function platform.open_session(text, timestamptz, date, text, text) to shanzhi_app;
