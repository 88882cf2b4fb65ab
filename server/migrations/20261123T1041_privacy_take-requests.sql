-- 个人信息请求: who asks for a copy, a correction or erasure; the erasure's certificate, which holds counts and no data.

set local lock_timeout = '3s';

create table privacy.person_request (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  kind           text not null check (kind in ('copy', 'correction', 'erasure')),
  asker          text not null check (asker in ('self', 'agent', 'kin')),
  identity_check text not null check (char_length(identity_check) between 1 and 200),
  asked          text not null check (char_length(asked) <= 500),
  name_cipher    text,
  id_cipher      text,
  id_index       text,
  phone_cipher   text,
  phone_index    text,
  received_on    date not null,
  due_on         date not null,
  status         text not null default 'open' check (status in ('open', 'proposed', 'done', 'refused')),
  chosen         jsonb not null default '[]',
  ground         text check (ground in ('purpose-done', 'period-over', 'consent-withdrawn', 'unlawful', 'other')),
  registered_by  uuid not null references platform.app_user (id),
  registered_by_name text not null,
  proposed_by    uuid references platform.app_user (id),
  proposed_by_name text,
  proposed_at    timestamptz,
  outcome        text check (char_length(outcome) between 1 and 500),
  decided_by     uuid references platform.app_user (id),
  decided_by_name text,
  decided_at     timestamptz,
  cleared_at     timestamptz,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  version        integer not null default 1,
  check ((status in ('done', 'refused')) = (decided_at is not null)),
  check ((cleared_at is not null) = (name_cipher is null)),
  check (kind = 'erasure' or status <> 'proposed'),
  -- 两人办理: whoever registered the request or put the erasure forward does not approve it.
  constraint person_request_two_persons check (kind <> 'erasure' or status <> 'done' or decided_by is null or (decided_by <> registered_by and decided_by <> proposed_by))
);
comment on table privacy.person_request is '个人信息请求:查阅复制、更正、删除;办结后姓名和号码到期清除,删除的当时清除';
comment on column privacy.person_request.name_cipher is '请求所涉的人的姓名(密文)[pii:other]';
comment on column privacy.person_request.id_cipher is '证件号(密文)[pii:identity-number]';
comment on column privacy.person_request.phone_cipher is '电话(密文)[pii:phone]';
comment on column privacy.person_request.chosen is '认定为本人的记录:种类和编号,不含内容';
comment on column privacy.person_request.cleared_at is '姓名和号码清除的时间';
create index person_request_county_idx on privacy.person_request (county_id, id desc);
call platform.protect('privacy.person_request');

create table privacy.erasure (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  erased_at        timestamptz not null,
  ground           text not null,
  proposed_by_name text not null,
  approved_by_name text not null,
  counts           jsonb not null,
  kept             jsonb not null,
  reapplied_at     timestamptz,
  book             jsonb
);
comment on table privacy.erasure is '删除证明:按表的条数和保留的部分,不含被删除的内容;编号与请求相同';
comment on column privacy.erasure.reapplied_at is '从备份恢复后重新执行的时间';
comment on column privacy.erasure.book is '还没有写入数据库之外的删除记录簿的一条,写入后清空';
create index erasure_county_idx on privacy.erasure (county_id, id desc);
call platform.protect('privacy.erasure');
