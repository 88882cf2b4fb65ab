-- 平台: links that are handed to a person (an invitation, a new password, an answer without an account). A new table; no lock on what is there.

set local lock_timeout = '3s';

create table platform.link (
  id             text primary key check (id ~ '^[0-9a-f]{64}$'),
  link_no        bigint generated always as identity unique,
  purpose        text not null check (purpose in ('invitation', 'password-reset', 'collection-answer')),
  subject_kind   text not null check (char_length(subject_kind) between 1 and 50),
  subject_id     uuid not null,
  uses           text not null check (uses in ('once', 'many')),
  valid_until    timestamptz not null,
  made_by        uuid references platform.app_user (id),
  created_at     timestamptz not null,
  used_count     integer not null default 0 check (used_count >= 0),
  last_used_at   timestamptz,
  revoked_at     timestamptz,
  revoked_reason text check (char_length(revoked_reason) between 1 and 200),
  check ((used_count = 0) = (last_used_at is null)),
  check ((revoked_at is null) = (revoked_reason is null)),
  check (uses = 'many' or used_count <= 1)
);
comment on table platform.link is '交给人的链接（邀请、重设密码、不用账号的答复）';
comment on column platform.link.id is '链接令牌的哈希；令牌本身只告诉一次';
comment on column platform.link.link_no is '列表中的序号';
comment on column platform.link.valid_until is '到这一刻为止有效，这一刻本身不算';
create index link_subject_idx on platform.link (purpose, subject_kind, subject_id, created_at desc);

-- Who opens a link is nobody yet, so it is found by its hash before there is a scope, as a session is. The rows name no person.
grant select, insert, update on platform.link to shanzhi_app;
