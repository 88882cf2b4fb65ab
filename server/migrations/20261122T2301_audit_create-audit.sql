-- 操作记录: insert-only entries; the seal that chains them lives beside them, so an entry is never updated.

set local lock_timeout = '3s';

create schema audit;
comment on schema audit is '操作记录(审计)。Owned by server/platform/audit.';
grant usage on schema audit to shanzhi_app;

create table audit.entry (
  id           uuid primary key,
  entry_no     bigint generated always as identity unique,
  county_id    uuid,
  township_id  uuid,
  at           timestamptz not null,
  actor_id     uuid,
  actor_name   text not null,
  grant_id     uuid,
  role         text,
  action       text not null,
  subject_kind text not null,
  subject_id   text not null,
  reason       text,
  before       jsonb,
  after        jsonb,
  request_id   text not null,
  ip           text
);
comment on table audit.entry is '操作记录';
comment on column audit.entry.before is '改动前(只含改动的字段,个人信息已脱敏)';
create index entry_subject_idx on audit.entry (subject_kind, subject_id, entry_no desc);
create index entry_county_idx on audit.entry (county_id, entry_no desc);
create index entry_actor_idx on audit.entry (actor_id, entry_no desc);

create table audit.seal (
  seal_no   bigint primary key,
  entry_no  bigint not null unique references audit.entry (entry_no),
  algorithm text not null check (algorithm in ('sha256', 'sm3')),
  previous  text not null,
  hash      text not null,
  sealed_at timestamptz not null
);
comment on table audit.seal is '操作记录的封存链:每行的哈希覆盖上一行的哈希和该条记录的全部内容';

alter table audit.entry enable row level security;
create policy audit_insert on audit.entry for insert to shanzhi_app with check (true);
create policy audit_read on audit.entry for select to shanzhi_app
  using (case (select platform.scope_level())
    when 'everything' then true
    when 'county' then county_id = (select platform.scope_id())
    when 'township' then township_id = (select platform.scope_id())
    else false end);
grant select, insert on audit.entry to shanzhi_app;
grant select, insert on audit.seal to shanzhi_app;
