-- 产权按小区查找: the count of heads reads an estate's ownership as of a day, which the index of current rows alone cannot serve;
-- without this one every recount of an estate read the whole table (970,000 rows and 0.6 s at a million units).
-- Locks: building the index blocks writers of registry.ownership for about a second per million rows.

set local lock_timeout = '3s';

create index ownership_estate_all_idx on registry.ownership (estate_id);
