-- 基础台账的索引: the same look-ups with less to write, so that a ledger of 100,000 units is taken in half PostgreSQL's time.
-- Numbers of owners are only ever asked for whole: a hash index holds them at half a b-tree's cost and leaves out those who have none.
-- Pages of newest first read (x, id) backwards: ids come in ascending order, and `id desc` split a page in its middle at every new one
-- (10 MB instead of 4 at 100,000 rows). Open areas and ownership of an estate are found by its rows not superseded; of two partial indexes
-- the planner, without statistics in a county's first import, read the wrong one from end to end.
-- Locks: building an index blocks writers of its table for one or two seconds per million rows.

set local lock_timeout = '3s';

drop index registry.owner_id_idx, registry.owner_id_last4_idx, registry.owner_phone_idx, registry.owner_phone_last4_idx, registry.owner_name_idx;
create index owner_id_idx on registry.owner using hash (id_index);
create index owner_id_last4_idx on registry.owner using hash (id_last4);
create index owner_phone_idx on registry.owner using hash (phone_index);
create index owner_phone_last4_idx on registry.owner using hash (phone_last4);
create index owner_name_idx on registry.owner using hash (name);

drop index registry.owner_estate_idx, registry.owner_county_idx, registry.owner_township_idx;
create index owner_estate_idx on registry.owner (estate_id, id);
create index owner_county_idx on registry.owner (county_id, id);
create index owner_township_idx on registry.owner (township_id, id);

drop index registry.unit_building_idx, registry.unit_estate_idx, registry.unit_township_idx, registry.unit_neighbourhood_idx, registry.unit_county_idx, registry.unit_company_idx;
create index unit_building_idx on registry.unit (building_id, id);
create index unit_estate_idx on registry.unit (estate_id, id);
create index unit_township_idx on registry.unit (township_id, id);
create index unit_neighbourhood_idx on registry.unit (neighbourhood_id, id) where neighbourhood_id is not null;
create index unit_county_idx on registry.unit (county_id, id);
create index unit_company_idx on registry.unit (company_id, id) where company_id is not null;

drop index registry.unit_area_open_idx, registry.ownership_estate_idx;

drop index registry.search_entry_estate_idx, registry.search_entry_company_idx;
create index search_entry_estate_idx on registry.search_entry (estate_id) where estate_id is not null;
create index search_entry_company_idx on registry.search_entry (company_id) where company_id is not null;
