-- collection: of each recipient only the estates that answer to the task's condition are asked about; empty asks about all, as every task so far did.
-- Locks: ADD COLUMN without a default holds ACCESS EXCLUSIVE for milliseconds only.

set local lock_timeout = '3s';

alter table collection.collection add column condition jsonb;
comment on column collection.collection.condition is '只列哪些小区:乡镇街道、管理方式、有无业委会和这个条件的说法;空为全部';
