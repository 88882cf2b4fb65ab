-- 采集任务: what was prefilled and answered ends by date; the task and who answered stay.

set local lock_timeout = '3s';

alter table collection.part add column erased_at timestamptz;
comment on column collection.part.erased_at is '带出的内容到期删除的时间';
alter table collection.answer add column erased_at timestamptz;
comment on column collection.answer.erased_at is '所填内容到期删除的时间';
