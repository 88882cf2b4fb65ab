-- 搜索只读本县的条目: a name or a room number is looked up within the asker's county, so that what it costs does not grow with the other
-- counties of the same database. The indexes lead with the county, and the condition of the scope names it beside the body.
-- Locks: SHARE on registry.search_entry while the indexes are built, about two seconds at a million units.

set local lock_timeout = '3s';

-- A uuid beside trigrams and words in one GIN index; belongs to PostgreSQL's own contributed modules, as pg_trgm does.
create extension if not exists btree_gin;

create index search_entry_county_haystack_idx on registry.search_entry using gin (county_id, haystack gin_trgm_ops) where kind <> 'unit';
create index search_entry_county_grams_idx on registry.search_entry using gin (county_id, grams) where kind <> 'unit';
create index search_entry_county_number_idx on registry.search_entry (county_id, haystack text_pattern_ops) where kind = 'unit';
drop index registry.search_entry_name_haystack_idx, registry.search_entry_name_grams_idx, registry.search_entry_unit_number_idx;

create or replace function registry.search_scope_condition() returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select case platform.scope_level()
    when 'everything' then 'true'
    when 'county' then format('e.county_id = %L', platform.scope_id())
    when 'township' then format('e.county_id = %2$L and (e.township_id = %1$L or e.kind in (''company'', ''practitioner''))', platform.scope_id(), platform.scope_county())
    when 'neighbourhood' then format('e.county_id = %2$L and (e.neighbourhood_id = %1$L or e.kind in (''company'', ''practitioner''))', platform.scope_id(), platform.scope_county())
    when 'estate' then format('e.county_id = %2$L and (e.estate_id = %1$L or (e.kind in (''company'', ''practitioner'') and e.company_id = (select s.company_id from registry.estate s where s.id = %1$L)))', platform.scope_id(), platform.scope_county())
    when 'company' then format('e.county_id = %2$L and e.company_id = %1$L', platform.scope_id(), platform.scope_county())
    else 'false' end $$;
revoke execute on function registry.search_scope_condition() from public;
