-- 工作交接: hand-overs with the list both sign; and who has a draft, an import or a form in hand once it was handed over.
-- Locks: ADD COLUMN without a default holds ACCESS EXCLUSIVE for milliseconds only.

set local lock_timeout = '3s';

create schema handover;
comment on schema handover is '工作交接。Owned by server/modules/handover.';
grant usage on schema handover to shanzhi_app;

create table handover.hand_over (
  id                uuid primary key,
  county_id         uuid not null references platform.org_unit (id),
  from_id           uuid not null references platform.app_user (id),
  from_name         text not null,
  to_id             uuid not null references platform.app_user (id),
  to_name           text not null,
  witness_id        uuid references platform.app_user (id),
  witness_name      text,
  cause             text not null check (cause in ('transferred', 'retired', 'rotated', 'leave', 'other')),
  reason            text not null check (char_length(reason) between 1 and 200),
  planned_on        date not null,
  until_on          date,
  grant_ids         uuid[],
  status            text not null default 'open' check (status in ('open', 'signed', 'objected', 'completed', 'returned', 'cancelled')),
  started_by        uuid references platform.app_user (id),
  started_by_name   text not null,
  remark            text not null default '' check (char_length(remark) <= 300),
  papers            text not null default '' check (char_length(papers) <= 10000),
  from_signed_at    timestamptz,
  from_signed_by    uuid references platform.app_user (id),
  from_signed_name  text,
  stand_in_reason   text check (char_length(stand_in_reason) between 1 and 200),
  scan_file_id      uuid references platform.file (id),
  witness_signed_at timestamptz,
  to_signed_at      timestamptz,
  completed_at      timestamptz,
  is_account_ended  boolean not null default false,
  paper_id          uuid references paper.paper (id),
  cancelled_at      timestamptz,
  cancel_reason     text check (char_length(cancel_reason) between 1 and 200),
  returned_at       timestamptz,
  version           integer not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  check (from_id <> to_id),
  check ((cause = 'leave') = (until_on is not null)),
  check ((witness_id is null) = (witness_name is null)),
  check (num_nonnulls(from_signed_at, from_signed_by, from_signed_name) in (0, 3)),
  check (status not in ('completed', 'returned') or num_nonnulls(from_signed_at, to_signed_at, completed_at, paper_id) = 4),
  check ((status = 'cancelled') = (cancelled_at is not null)),
  check ((status = 'returned') = (returned_at is not null))
);
comment on table handover.hand_over is '工作交接:双方签字后岗位和名下事项在同一事务中移交';
comment on column handover.hand_over.from_name is '移交人当时的姓名';
comment on column handover.hand_over.until_on is '休假代管的最后一天,过后自动交还';
comment on column handover.hand_over.grant_ids is '移交哪些岗位;空为全部在任岗位';
comment on column handover.hand_over.papers is '线下移交的资料,每行一项:名称、数量、存放处';
comment on column handover.hand_over.from_signed_by is '实际签字的人;与移交人不同的为代签';
comment on column handover.hand_over.scan_file_id is '手工签字的清单扫描件';
create unique index hand_over_under_way_key on handover.hand_over (from_id) where status in ('open', 'signed', 'objected');
create index hand_over_county_idx on handover.hand_over (county_id, id desc);
create index hand_over_from_idx on handover.hand_over (from_id, id desc);
create index hand_over_to_idx on handover.hand_over (to_id, id desc);
create index hand_over_witness_idx on handover.hand_over (witness_id, id desc) where witness_id is not null;
create index hand_over_leave_idx on handover.hand_over (until_on) where status = 'completed' and cause = 'leave';
call platform.protect('handover.hand_over');

create table handover.line (
  hand_over_id uuid not null references handover.hand_over (id),
  county_id    uuid not null,
  item_no      integer not null,
  kind         text not null,
  subject_id   uuid not null,
  scope_id     uuid,
  item_group   text not null check (item_group in ('post', 'duty', 'file')),
  title        text not null,
  detail       text not null,
  path         text,
  note         text not null default '' check (char_length(note) <= 200),
  objection    text check (char_length(objection) between 1 and 200),
  moved_to_id  uuid,
  primary key (hand_over_id, item_no),
  unique (hand_over_id, kind, subject_id)
);
comment on table handover.line is '交接清单的一项,移交人签字时固定';
comment on column handover.line.scope_id is '所属的管辖对象;空为不分岗位';
comment on column handover.line.note is '移交人的说明或对异议的答复';
comment on column handover.line.moved_to_id is '移交后的岗位;没有移交或不是岗位的为空';
call platform.protect('handover.line');
grant delete on handover.line to shanzhi_app;
create policy scope_delete on handover.line for delete to shanzhi_app using ((select platform.scope_level()) = 'everything');

alter table paper.paper add column holder_id uuid references platform.app_user (id);
alter table report.form add column holder_id uuid references platform.app_user (id);
alter table ledger.batch add column holder_id uuid references platform.app_user (id);
alter table platform.api_key add column holder_id uuid references platform.app_user (id);
comment on column paper.paper.holder_id is '经办人:工作交接后为接手人,空为拟稿人本人';
comment on column report.form.holder_id is '经办人:工作交接后为接手人,空为建表人本人';
comment on column ledger.batch.holder_id is '经办人:工作交接后为接手人,空为上传人本人';
comment on column platform.api_key.holder_id is '保管人:工作交接后为接手人,空为建密钥的人';
