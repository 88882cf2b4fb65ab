-- 工作交接: who has a collection task or a public item in hand once it was handed over.
-- Locks: ADD COLUMN without a default holds ACCESS EXCLUSIVE for milliseconds only.

set local lock_timeout = '3s';

alter table collection.collection add column holder_id uuid references platform.app_user (id);
alter table publication.publication add column holder_id uuid references platform.app_user (id);
comment on column collection.collection.holder_id is '经办人:工作交接后为接手人,空为拟任务的人';
comment on column publication.publication.holder_id is '经办人:工作交接后为接手人,空为拟稿人本人';
