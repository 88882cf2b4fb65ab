-- 台账导入: what staging needs beyond the first draft — personal cells sealed, keys to find duplicates by, versions to re-check, records that a file lacks.
-- Locks: new columns without a rewriting default hold ACCESS EXCLUSIVE for milliseconds only.

set local lock_timeout = '3s';

alter table ledger.batch
  add column notice text,
  add column problem_counts jsonb not null default '[]';
comment on column ledger.batch.notice is '须告知用户的情况,例如预览后有记录被他人修改';
comment on column ledger.batch.problem_counts is '各类问题的行数';

alter table ledger.batch_row
  add column title text not null default '',
  add column row_key text,
  add column target_version integer,
  add column is_warned boolean not null default false,
  add column resolution jsonb,
  add column asks jsonb,
  add column sealed text;
comment on column ledger.batch_row.row_key is '本行所指对象的键,用于发现重复行';
comment on column ledger.batch_row.target_version is '比对时对应记录的版本,确认前复核';
comment on column ledger.batch_row.resolution is '用户对不明确名称的指认';
comment on column ledger.batch_row.asks is '名称不明确时可供选择的记录';
comment on column ledger.batch_row.sealed is '证件号、电话等单元格(密文)[pii:identity-number]';
create index batch_row_key_idx on ledger.batch_row (batch_id, row_key);

create table ledger.batch_missing (
  batch_id    uuid not null references ledger.batch (id),
  county_id   uuid not null,
  township_id uuid,
  missing_no  integer not null,
  kind        text not null check (kind in ('company', 'estate', 'practitioner', 'unit')),
  subject_id  uuid not null,
  name        text not null,
  detail      text not null,
  primary key (batch_id, missing_no)
);
comment on table ledger.batch_missing is '台账中有而文件中没有的记录,只供核对,不删除';
call platform.protect('ledger.batch_missing');
grant delete on ledger.batch_missing to shanzhi_app;
create policy scope_delete on ledger.batch_missing for delete to shanzhi_app using (true);

create index batch_fingerprint_idx on ledger.batch (county_id, fingerprint) where status = 'committed';

-- An import from the command line is the system's own: nobody is signed in.
alter table platform.file alter column uploaded_by drop not null;
