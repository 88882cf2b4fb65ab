-- 政策目标驾驶舱: a figure once reported is frozen with its definition and the rows behind it.

set local lock_timeout = '3s';

create schema target;
comment on schema target is '政策目标驾驶舱。Owned by server/modules/target.';
grant usage on schema target to shanzhi_app;

create table target.reading (
  id          uuid primary key,
  county_id   uuid not null references platform.org_unit (id),
  metric      text not null,
  as_of_on    date not null,
  part        integer not null check (part >= 0),
  whole       integer not null check (whole >= 0),
  definition  jsonb not null,
  rows        jsonb not null,
  reported_to text not null check (char_length(reported_to) between 1 and 100),
  signer      text not null check (char_length(signer) between 1 and 50),
  reported_at timestamptz not null,
  created_by  uuid references platform.app_user (id)
);
comment on table target.reading is '已上报并固定的读数:数字、口径、背后的每一个小区';
create index reading_county_idx on target.reading (county_id, metric, id desc);
call platform.protect('target.reading');
revoke update on target.reading from shanzhi_app;
