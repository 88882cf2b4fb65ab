-- 平台: backups asked for, under way and made, for the system administrator. A new table; no lock on what is there.

set local lock_timeout = '3s';

create table platform.backup (
  id           uuid primary key,
  origin       text not null check (origin in ('schedule', 'page', 'command')),
  status       text not null check (status in ('waiting', 'running', 'done', 'failed')),
  requested_by uuid references platform.app_user (id),
  created_at   timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz,
  heartbeat_at timestamptz,
  attempts     integer not null default 0,
  stage        text,
  done_count   bigint not null default 0,
  total_count  bigint,
  path         text,
  size_bytes   bigint check (size_bytes >= 0),
  row_count    bigint check (row_count >= 0),
  file_count   integer check (file_count >= 0),
  missing_file_count integer check (missing_file_count >= 0),
  is_encrypted boolean,
  pruned       text[] not null default '{}',
  error        text,
  check (status <> 'done' or (path is not null and size_bytes is not null and finished_at is not null)),
  check (status <> 'failed' or error is not null)
);
comment on table platform.backup is '备份(整个部署一份,不分县)';
comment on column platform.backup.path is '备份文件在服务器上的位置';
comment on column platform.backup.missing_file_count is '登记过、但磁盘上没有或已损坏的文件数';
comment on column platform.backup.pruned is '做完后按保留规则删除的旧备份';
create index backup_status_idx on platform.backup (status, id desc);
-- One at a time may wait or run: pressing the button twice asks once.
create unique index backup_open_key on platform.backup ((true)) where status in ('waiting', 'running');

-- A backup holds every county: county level and the system itself see that there is one, nobody below.
alter table platform.backup enable row level security;
create policy backup_read on platform.backup for select to shanzhi_app using ((select platform.scope_level()) in ('everything', 'county'));
create policy backup_insert on platform.backup for insert to shanzhi_app with check ((select platform.scope_level()) in ('everything', 'county'));
create policy backup_update on platform.backup for update to shanzhi_app using ((select platform.scope_level()) = 'everything');
grant select, insert, update on platform.backup to shanzhi_app;
