-- platform: which outside identity (an OpenID provider's subject) opens which account, and which answers of the provider were used. New tables only.

set local lock_timeout = '3s';

create table platform.oidc_binding (
  id           uuid primary key,
  user_id      uuid not null references platform.app_user (id),
  county_id    uuid not null references platform.org_unit (id),
  issuer       text not null check (char_length(issuer) between 1 and 500),
  subject      text not null check (char_length(subject) between 1 and 255),
  origin       text not null check (origin in ('self', 'administrator')),
  bound_by     uuid not null references platform.app_user (id),
  bound_at     timestamptz not null,
  last_used_at timestamptz,
  ended_at     timestamptz,
  ended_by     uuid references platform.app_user (id),
  ended_reason text check (char_length(ended_reason) between 1 and 200),
  check ((ended_at is null) = (ended_by is null))
);
comment on table platform.oidc_binding is '统一身份绑定:认证平台的哪个身份打开哪个账号';
comment on column platform.oidc_binding.issuer is '认证平台(签发方)';
comment on column platform.oidc_binding.subject is '认证平台里的用户标识(sub)';
comment on column platform.oidc_binding.origin is '本人绑定,或安全管理员登记';
create unique index oidc_binding_subject_key on platform.oidc_binding (issuer, subject) where ended_at is null;
create unique index oidc_binding_user_key on platform.oidc_binding (user_id, issuer) where ended_at is null;
create index oidc_binding_user_idx on platform.oidc_binding (user_id, id desc);
call platform.protect('platform.oidc_binding');

create table platform.oidc_spent_state (
  digest   text primary key,
  spent_at timestamptz not null
);
comment on table platform.oidc_spent_state is '统一身份认证已用过的一次性标记';
grant select, insert, delete on platform.oidc_spent_state to shanzhi_app;
