-- 平台: bodies, users, grants, sessions, files, parameters, calendar, events, jobs, and the two locks' second half (row-level security).

set local lock_timeout = '3s';

create extension if not exists pg_trgm;

create schema platform;
comment on schema platform is '平台:组织机构、用户、会话、文件、参数、日历、事件、作业。Owned by server/platform.';
grant usage on schema platform to shanzhi_app;

-- The scope of the running transaction: what level, which body, which county. Unset means nothing is visible.
create function platform.scope_level() returns text language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('shanzhi.level', true), ''), 'nothing') $$;
create function platform.scope_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('shanzhi.scope_id', true), '')::uuid $$;
create function platform.scope_county() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('shanzhi.county_id', true), '')::uuid $$;

-- Enables row-level security on `target` with one CASE over the scope columns that exist; a level whose column is missing sees nothing.
-- `own` names the level whose rows are the table's own ids (an estate's id for registry.estate, a company's for registry.company).
-- `shared` lets every public body of the county read (never a company or an estate); writing stays with county and own.
create procedure platform.protect(target regclass, own text default null, shared boolean default false) language plpgsql as $$
declare
  expression text := 'case (select platform.scope_level()) when ''everything'' then true';
  reading text;
  level text;
  col text;
begin
  foreach level in array array['county', 'township', 'neighbourhood', 'estate', 'company'] loop
    col := case when level = own then 'id' else level || '_id' end;
    if exists (select from pg_attribute where attrelid = target and attname = col and not attisdropped) then
      expression := expression || format(' when %L then %I = (select platform.scope_id())', level, col);
    end if;
  end loop;
  expression := expression || ' else false end';
  reading := expression;
  if shared then
    reading := format('(%s) or ((select platform.scope_level()) in (''township'', ''neighbourhood'') and county_id = (select platform.scope_county()))', expression);
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy scope_read on %s for select to shanzhi_app using (%s)', target, reading);
  execute format('create policy scope_insert on %s for insert to shanzhi_app with check (%s)', target, reading);
  execute format('create policy scope_update on %s for update to shanzhi_app using (%s) with check (%s)', target, expression, expression);
  execute format('grant select, insert, update on %s to shanzhi_app', target);
end $$;

create table platform.org_unit (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  parent_id        uuid references platform.org_unit (id),
  kind             text not null check (kind in ('county', 'township', 'neighbourhood', 'bureau', 'department', 'party', 'other')),
  subkind          text,
  code             text,
  name             text not null check (char_length(name) between 1 and 100),
  match_key        text not null,
  address          text,
  is_demo          boolean not null default false,
  sort_no          integer not null default 0,
  archived_at      timestamptz,
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on table platform.org_unit is '组织机构:县、乡镇街道、社区,以及住建局和其他部门';
comment on column platform.org_unit.subkind is '具体类型:街道、镇、乡、开发区、社区、村';
comment on column platform.org_unit.match_key is '比对用名称(规范化后)';
create unique index org_unit_code_key on platform.org_unit (code) where code is not null;
create index org_unit_county_idx on platform.org_unit (county_id, kind, sort_no);
alter table platform.org_unit enable row level security;
-- Names of bodies are public within the county: everybody who works there may read them; only the county level changes them.
create policy org_read on platform.org_unit for select to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
create policy org_insert on platform.org_unit for insert to shanzhi_app
  with check ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
create policy org_update on platform.org_unit for update to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
grant select, insert, update on platform.org_unit to shanzhi_app;

create table platform.app_user (
  id                   uuid primary key,
  county_id            uuid not null references platform.org_unit (id),
  login                text not null check (char_length(login) between 2 and 50),
  name                 text not null check (char_length(name) between 1 and 50),
  password_hash        text not null,
  must_change_password boolean not null default false,
  password_changed_at  timestamptz not null default now(),
  is_demo              boolean not null default false,
  disabled_at          timestamptz,
  version              integer not null default 1,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now()
);
comment on table platform.app_user is '用户';
create unique index app_user_login_key on platform.app_user (lower(login));
call platform.protect('platform.app_user');

create table platform.user_grant (
  id               uuid primary key,
  user_id          uuid not null references platform.app_user (id),
  county_id        uuid not null,
  role             text not null,
  org_unit_id      uuid references platform.org_unit (id),
  level            text not null check (level in ('county', 'township', 'neighbourhood', 'estate', 'company')),
  scope_id         uuid not null,
  title            text,
  started_on       date not null,
  ended_at         timestamptz,
  ended_reason     text,
  successor_id     uuid references platform.app_user (id),
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on table platform.user_grant is '岗位(授权):某人在某机构以某角色管辖某范围';
comment on column platform.user_grant.scope_id is '管辖对象:县、乡镇、社区、小区或企业的编号';
create index user_grant_user_idx on platform.user_grant (user_id) where ended_at is null;
create index user_grant_county_idx on platform.user_grant (county_id, id desc);
call platform.protect('platform.user_grant');

create table platform.session (
  id            text primary key,
  user_id       uuid not null references platform.app_user (id),
  grant_id      uuid references platform.user_grant (id),
  csrf_token    text not null,
  ip            text not null,
  user_agent    text not null,
  created_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  revoked_reason text
);
comment on table platform.session is '登录会话';
comment on column platform.session.id is '会话令牌的哈希;令牌本身只在用户的浏览器里';
create index session_user_idx on platform.session (user_id, created_at desc);

create table platform.sign_in_guard (
  key          text primary key,
  failures     integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);
comment on table platform.sign_in_guard is '登录失败计数:按账号和按地址';

-- Sessions and sign-in happen before there is a scope; the app role reaches these two tables only through the kit's own queries.
grant select, insert, update, delete on platform.session, platform.sign_in_guard to shanzhi_app;

create table platform.idempotency_key (
  user_id     uuid not null,
  key         text not null check (char_length(key) between 8 and 100),
  fingerprint text not null,
  status      integer,
  response    jsonb,
  created_at  timestamptz not null default now(),
  primary key (user_id, key)
);
comment on table platform.idempotency_key is '防重复提交标记';
grant select, insert, update, delete on platform.idempotency_key to shanzhi_app;

create table platform.file (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  hash             text not null,
  size_bytes       bigint not null check (size_bytes >= 0),
  media_type       text not null,
  name             text not null check (char_length(name) between 1 and 255),
  subject_kind     text not null,
  subject_id       uuid not null,
  uploaded_by      uuid not null references platform.app_user (id),
  created_at       timestamptz not null default now()
);
comment on table platform.file is '文件(内容按哈希存放在磁盘)';
create index file_subject_idx on platform.file (subject_kind, subject_id);
call platform.protect('platform.file');

create table platform.parameter_override (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  parameter_id   text not null,
  value          jsonb not null,
  effective_from date not null,
  basis          text not null check (char_length(basis) between 1 and 200),
  set_by         uuid not null references platform.app_user (id),
  withdrawn_at   timestamptz,
  created_at     timestamptz not null default now()
);
comment on table platform.parameter_override is '参数的本县设置(有生效日期和依据)';
create index parameter_override_idx on platform.parameter_override (county_id, parameter_id, effective_from desc);
alter table platform.parameter_override enable row level security;
create policy parameter_read on platform.parameter_override for select to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
create policy parameter_write on platform.parameter_override for insert to shanzhi_app
  with check ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
create policy parameter_update on platform.parameter_override for update to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
grant select, insert, update on platform.parameter_override to shanzhi_app;

create table platform.holiday_notice (
  year         integer primary key check (year between 2020 and 2100),
  notice_no    text not null,
  title        text not null,
  published_on date not null,
  days_off     date[] not null,
  makeup_days  date[] not null,
  imported_by  uuid references platform.app_user (id),
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
comment on table platform.holiday_notice is '节假日安排通知:放假日与调休上班日';
grant select, insert, update on platform.holiday_notice to shanzhi_app;

create table platform.event (
  id          uuid primary key,
  county_id   uuid not null,
  name        text not null,
  key         text not null,
  payload     jsonb not null,
  occurred_at timestamptz not null,
  unique (name, key)
);
comment on table platform.event is '业务事件(只增不改)';
grant select, insert on platform.event to shanzhi_app;

create table platform.event_delivery (
  event_id   uuid not null references platform.event (id),
  subscriber text not null,
  status     text not null check (status in ('waiting', 'handled', 'failed')),
  attempts   integer not null default 0,
  last_error text,
  handled_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (event_id, subscriber)
);
comment on table platform.event_delivery is '事件投递:每个订阅者一行';
create index event_delivery_status_idx on platform.event_delivery (status, updated_at) where status <> 'handled';
grant select, insert, update on platform.event_delivery to shanzhi_app;

create table platform.job (
  id           uuid primary key,
  county_id    uuid not null,
  kind         text not null,
  status       text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done_count   bigint not null default 0,
  total_count  bigint,
  stage        text,
  input        jsonb not null,
  result       jsonb,
  error        text,
  attempts     integer not null default 0,
  created_by   uuid references platform.app_user (id),
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  finished_at  timestamptz,
  heartbeat_at timestamptz
);
comment on table platform.job is '后台作业';
create index job_county_idx on platform.job (county_id, id desc);
call platform.protect('platform.job');
