-- 个人信息保护: what was deleted on its date, flags of many look-ups with their outcome, and the yearly self-check.

set local lock_timeout = '3s';

create schema privacy;
comment on schema privacy is '个人信息保护。Owned by server/modules/privacy.';
grant usage on schema privacy to shanzhi_app;

create table privacy.deletion (
  county_id  uuid not null references platform.org_unit (id),
  kind       text not null,
  deleted_on date not null,
  row_count  integer not null check (row_count >= 0),
  updated_at timestamptz not null,
  primary key (county_id, kind, deleted_on)
);
comment on table privacy.deletion is '到期删除的结果:每类每天一行,没有到期的也记';
call platform.protect('privacy.deletion');

create table privacy.lookup_flag (
  id            uuid primary key,
  county_id     uuid not null references platform.org_unit (id),
  user_id       uuid not null references platform.app_user (id),
  user_name     text not null,
  looked_on     date not null,
  span          text not null check (span in ('hour', 'day', 'export')),
  most          integer not null check (most >= 1),
  limit_value   integer not null check (limit_value >= 1),
  outcome       text check (char_length(outcome) between 1 and 500),
  decided_by    uuid references platform.app_user (id),
  decided_by_name text,
  decided_at    timestamptz,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  version       integer not null default 1,
  unique (county_id, user_id, looked_on, span),
  check (num_nonnulls(outcome, decided_by, decided_by_name, decided_at) in (0, 4))
);
comment on table privacy.lookup_flag is '批量查询提示:某人某天查看完整号码或导出较多,由安全管理员核实;不自动阻断';
comment on column privacy.lookup_flag.most is '达到的次数:一小时内最多、一天合计或一天导出的行数';
create index lookup_flag_county_idx on privacy.lookup_flag (county_id, id desc);
call platform.protect('privacy.lookup_flag');

create table privacy.self_check (
  id         uuid primary key,
  county_id  uuid not null references platform.org_unit (id),
  year       integer not null check (year between 2020 and 2200),
  answers    jsonb not null,
  signed_by  uuid not null references platform.app_user (id),
  signer     text not null,
  signed_at  timestamptz not null,
  unique (county_id, year)
);
comment on table privacy.self_check is '合规自查:每年一份,签字后固定';
comment on column privacy.self_check.answers is '每个问题、依据、系统给出的情况、回答和说明,签字时的样子';
call platform.protect('privacy.self_check');
revoke update on privacy.self_check from shanzhi_app;
