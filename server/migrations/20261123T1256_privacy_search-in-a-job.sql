-- 查找本人信息: what no index reaches is gone through by a job, which keeps what it found, sealed, until the request is cleared.
-- Indexes for what an index can reach. Locks: each is built under SHARE on a small table; new columns hold ACCESS EXCLUSIVE for milliseconds.

set local lock_timeout = '3s';

alter table privacy.person_request
  add column search_job_id uuid references platform.job (id),
  add column searched_at timestamptz,
  add column search_cut text[] not null default '{}',
  add column corrected jsonb not null default '[]';
comment on column privacy.person_request.corrected is '更正了哪些记录的哪些栏目、何时由谁更正;不含内容';
comment on column privacy.person_request.searched_at is '最近一次全系统查找的时间;空为还没有查完';
comment on column privacy.person_request.search_cut is '查到太多、只列出一部分的表';

create table privacy.person_finding (
  request_id    uuid not null references privacy.person_request (id),
  county_id     uuid not null references platform.org_unit (id),
  finding_key   text not null,
  record_cipher text not null,
  primary key (request_id, finding_key)
);
comment on table privacy.person_finding is '为一件个人信息请求查到的各处;随请求的姓名和号码一起清除';
comment on column privacy.person_finding.record_cipher is '查到的内容(密文)[pii:other]';
call platform.protect('privacy.person_finding');
grant delete on privacy.person_finding to shanzhi_app;
create policy scope_delete on privacy.person_finding for delete to shanzhi_app using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));

create index practitioner_name_idx on registry.practitioner (name);
create index contact_name_idx on registry.contact (name);
create index contact_phone_idx on registry.contact (phone_index) where phone_index is not null;
create index member_name_idx on committee.member (name);
create index member_phone_idx on committee.member (phone_index) where phone_index is not null;
