-- 采集任务: tables sent down to townships, neighbourhoods and companies, what each hands in, and what counts where they differ.

set local lock_timeout = '3s';

create schema collection;
comment on schema collection is '采集任务。Owned by server/modules/collection.';
grant usage on schema collection to shanzhi_app;

create table collection.collection (
  id              uuid primary key,
  county_id       uuid not null references platform.org_unit (id),
  township_id     uuid references platform.org_unit (id),
  title           text not null check (char_length(title) between 1 and 100),
  ground          text not null,
  clause          text,
  issuer_name     text not null,
  note            text,
  due_on          date not null,
  ends_on         date not null,
  recipient_kind  text not null check (recipient_kind in ('township', 'neighbourhood', 'company')),
  recipient_ids   jsonb not null,
  row_unit        text not null check (row_unit in ('recipient', 'estate', 'company')),
  columns         jsonb not null,
  is_by_link      boolean not null,
  status          text not null default 'draft' check (status in ('draft', 'issued', 'closed', 'withdrawn')),
  closed_reason   text,
  copied_from_id  uuid references collection.collection (id),
  issued_at       timestamptz,
  created_by      uuid references platform.app_user (id),
  created_by_name text not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         integer not null default 1,
  check (ends_on >= due_on),
  check (status = 'draft' or status = 'withdrawn' or issued_at is not null)
);
comment on table collection.collection is '采集任务:向下发的表,含依据、下发单位、期限和栏目;乡镇街道下发的带其编号';
comment on column collection.collection.township_id is '下发的乡镇街道;空为县级下发';
comment on column collection.collection.recipient_ids is '草稿所选的对象;下发后以各份为准';
create index collection_county_idx on collection.collection (county_id, id desc);
create index collection_township_idx on collection.collection (township_id, id desc);
call platform.protect('collection.collection');

create table collection.part (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid references platform.org_unit (id),
  neighbourhood_id uuid references platform.org_unit (id),
  company_id       uuid references registry.company (id),
  collection_id    uuid not null references collection.collection (id),
  recipient_id     uuid not null,
  recipient_name   text not null,
  rows             jsonb not null,
  held_cipher      text not null,
  status           text not null default 'waiting' check (status in ('waiting', 'answered', 'returned')),
  answered_at      timestamptz,
  returned_reason  text,
  choosings        jsonb not null,
  chased_on        date,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  version          integer not null default 1,
  check (status <> 'returned' or returned_reason is not null),
  unique (collection_id, recipient_id)
);
comment on table collection.part is '采集任务中每个对象的一份;范围列是对象的所在,企业由乡镇街道下发时另带该乡镇街道';
comment on column collection.part.rows is '要填的各行:编号、名称、台账更新日';
comment on column collection.part.held_cipher is '下发时台账所载,按行和栏(密文)[pii:collected]';
comment on column collection.part.choosings is '不一致时取哪一份填报,按行和栏';
create index part_collection_idx on collection.part (collection_id, id);
create index part_recipient_idx on collection.part (recipient_id, id desc);
call platform.protect('collection.part');

create table collection.answer (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid references platform.org_unit (id),
  neighbourhood_id uuid references platform.org_unit (id),
  company_id       uuid references registry.company (id),
  part_id          uuid not null references collection.part (id),
  source           text not null check (source in ('online', 'link', 'workbook')),
  status           text not null check (status in ('saved', 'handed-in', 'returned')),
  values_cipher    text not null,
  by_name          text not null check (char_length(by_name) between 1 and 100),
  user_id          uuid references platform.app_user (id),
  file_id          uuid references platform.file (id),
  handed_in_at     timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check ((source = 'workbook') = (file_id is not null)),
  check (status <> 'handed-in' or handed_in_at is not null)
);
comment on table collection.answer is '填报:一份的一个来源所填;网上、链接各一份,每个交回的表各一份';
comment on column collection.answer.values_cipher is '所填内容,按行和栏(密文)[pii:collected]';
create unique index answer_source_key on collection.answer (part_id, source) where source <> 'workbook';
create index answer_part_idx on collection.answer (part_id, id);
call platform.protect('collection.answer');

-- A recipient reads the head of what it is asked; the inner query is itself held by the policies of collection.part.
create policy recipient_read on collection.collection for select to shanzhi_app
  using (exists (select from collection.part p where p.collection_id = collection.id));
