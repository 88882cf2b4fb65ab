-- collection: what a board says of a part without opening its contents. Kept with every change of its answers; empty for parts from before, which are opened once more.
-- Locks: ADD COLUMN without a default holds ACCESS EXCLUSIVE for milliseconds only.

set local lock_timeout = '3s';

alter table collection.part add column summary jsonb;
comment on column collection.part.summary is '概况:不一致的格数、有变化的行数、数字栏的合计;空为还没有算过';
