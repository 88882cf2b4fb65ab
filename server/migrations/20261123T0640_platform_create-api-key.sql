-- platform: keys by which machines of other offices read and write, opened in one statement like a session. New tables and a function only; no lock on what exists.

set local lock_timeout = '3s';

create table platform.api_key (
  id              uuid primary key,
  county_id       uuid not null references platform.org_unit (id),
  level           text not null check (level in ('county', 'township', 'neighbourhood')),
  scope_id        uuid not null references platform.org_unit (id),
  name            text not null check (char_length(name) between 1 and 50),
  permissions     text[] not null check (cardinality(permissions) > 0),
  addresses       text[] not null,
  secret_hash     text not null unique,
  hint            text not null check (char_length(hint) = 4),
  ends_on         date not null,
  made_by         uuid not null references platform.app_user (id),
  created_at      timestamptz not null,
  rotated_at      timestamptz,
  last_used_at    timestamptz,
  last_refused_at timestamptz,
  last_refusal    text,
  revoked_at      timestamptz,
  revoked_by      uuid references platform.app_user (id),
  revoked_reason  text check (char_length(revoked_reason) between 1 and 200),
  version         integer not null default 1,
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table platform.api_key is '接口密钥:供其他系统调用接口';
comment on column platform.api_key.scope_id is '管辖对象:县、乡镇街道或社区';
comment on column platform.api_key.addresses is '允许的来源地址(IP 或网段);为空表示不限';
comment on column platform.api_key.secret_hash is '密钥的 SHA-256;密钥本身只告知一次,不保存';
comment on column platform.api_key.hint is '密钥的最后四位,便于辨认';
comment on column platform.api_key.ends_on is '有效期至,当天仍有效';
comment on column platform.api_key.last_used_at is '最近使用,至多每分钟记一次';
create unique index api_key_name_key on platform.api_key (county_id, name) where revoked_at is null;
create index api_key_county_idx on platform.api_key (county_id, id desc);
call platform.protect('platform.api_key');

comment on column platform.idempotency_key.user_id is '提交人:用户,或接口密钥';

-- Whose key has this hash; nothing when there is none. The name of what it covers is null when that body is gone.
create function platform.open_api_key(wanted_hash text)
returns table (
  id uuid, name text, hint text, permissions text[], addresses text[], ends_on date, revoked_at timestamptz, last_used_at timestamptz, last_refused_at timestamptz,
  county_id uuid, county_name text, level text, scope_id uuid, scope_name text)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  return query
    select k.id, k.name, k.hint, k.permissions, k.addresses, k.ends_on, k.revoked_at, k.last_used_at, k.last_refused_at, k.county_id, c.name, k.level, k.scope_id,
      (select s.name from platform.org_unit s where s.id = k.scope_id and s.kind = k.level and s.archived_at is null)
    from platform.api_key k join platform.org_unit c on c.id = k.county_id
    where k.secret_hash = wanted_hash;
end $$;
revoke all on function platform.open_api_key(text) from public;
grant execute on function platform.open_api_key(text) to shanzhi_app;
