-- 台账导入: a change says in words which record it touched, so that an undo can name what it leaves.
-- Locks: ADD COLUMN without default, milliseconds.

set local lock_timeout = '3s';

alter table ledger.batch_change add column title text not null default '';
comment on column ledger.batch_change.title is '记录的名称,撤销时列明后来又被修改的记录';
