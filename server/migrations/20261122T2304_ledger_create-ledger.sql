-- 台账导入: a batch holds the original files, the staged rows, the decisions taken on them and what a confirmation changed.

set local lock_timeout = '3s';

create schema ledger;
comment on schema ledger is '台账导入。Owned by server/modules/ledger.';
grant usage on schema ledger to shanzhi_app;

create table ledger.batch (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid references platform.org_unit (id),
  kind             text not null check (kind in ('companies', 'estates', 'practitioners', 'units')),
  status           text not null check (status in ('uploaded', 'reading', 'mapping', 'preview', 'confirming', 'committed', 'undone', 'failed', 'cancelled')),
  mapping          jsonb,
  purpose          text,
  document         text,
  delete_on        date,
  row_count        integer not null default 0,
  new_count        integer not null default 0,
  changed_count    integer not null default 0,
  unchanged_count  integer not null default 0,
  refused_count    integer not null default 0,
  warned_count     integer not null default 0,
  missing_count    integer not null default 0,
  fingerprint      text,
  failure          text,
  job_id           uuid,
  created_by       uuid references platform.app_user (id),
  created_at       timestamptz not null default now(),
  confirmed_by     uuid references platform.app_user (id),
  confirmed_at     timestamptz,
  undone_by        uuid references platform.app_user (id),
  undone_at        timestamptz,
  version          integer not null default 1
);
comment on table ledger.batch is '导入批次';
comment on column ledger.batch.fingerprint is '文件内容哈希(同一文件再导入时识别)';
create index batch_county_idx on ledger.batch (county_id, id desc);
create index batch_township_idx on ledger.batch (township_id, id desc);
call platform.protect('ledger.batch');

create table ledger.batch_file (
  batch_id    uuid not null references ledger.batch (id),
  county_id   uuid not null,
  township_id uuid,
  file_no     integer not null,
  file_id     uuid not null references platform.file (id),
  name        text not null,
  sheets      jsonb,
  primary key (batch_id, file_no)
);
comment on table ledger.batch_file is '批次中的原始文件';
call platform.protect('ledger.batch_file');

create table ledger.batch_row (
  batch_id    uuid not null references ledger.batch (id),
  county_id   uuid not null,
  township_id uuid,
  row_no      integer not null,
  file_no     integer not null default 1,
  sheet       text not null,
  sheet_row   integer not null,
  raw         jsonb not null,
  fields      jsonb not null,
  outcome     text not null check (outcome in ('new', 'changed', 'unchanged', 'refused')),
  target_id   uuid,
  changes     jsonb,
  problems    jsonb not null default '[]',
  mended      jsonb,
  primary key (batch_id, row_no)
);
comment on table ledger.batch_row is '批次中的一行:原值、识别结果、去向、问题、屏幕上的修正';
create index batch_row_outcome_idx on ledger.batch_row (batch_id, outcome, row_no);
call platform.protect('ledger.batch_row');
grant delete on ledger.batch_row to shanzhi_app;
create policy scope_delete on ledger.batch_row for delete to shanzhi_app using (true);

create table ledger.batch_change (
  batch_id    uuid not null references ledger.batch (id),
  county_id   uuid not null,
  township_id uuid,
  change_no   bigint not null,
  table_name  text not null,
  subject_id  uuid not null,
  act         text not null check (act in ('insert', 'update')),
  before      jsonb,
  after_version integer,
  primary key (batch_id, change_no)
);
comment on table ledger.batch_change is '一次导入改动了哪些记录及改动前的样子,供撤销';
create index batch_change_subject_idx on ledger.batch_change (subject_id);
call platform.protect('ledger.batch_change');

create table ledger.mapping_memory (
  county_id  uuid not null references platform.org_unit (id),
  kind       text not null,
  signature  text not null,
  mapping    jsonb not null,
  used_at    timestamptz not null default now(),
  primary key (county_id, kind, signature)
);
comment on table ledger.mapping_memory is '用户手工指认过的表头,下次自动使用';
alter table ledger.mapping_memory enable row level security;
create policy mapping_all on ledger.mapping_memory for all to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) in ('county', 'township') and county_id = (select platform.scope_county())))
  with check ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) in ('county', 'township') and county_id = (select platform.scope_county())));
grant select, insert, update on ledger.mapping_memory to shanzhi_app;
