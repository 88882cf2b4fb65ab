-- 基础台账补充: columns that ledgers carry, filing of committees, search that applies the scope itself.
-- Locks: ADD COLUMN without default and check changes on empty or small tables; ACCESS EXCLUSIVE for milliseconds.

set local lock_timeout = '3s';

alter table registry.company
  add column contact_name text,
  add column claimed_staff integer check (claimed_staff >= 0),
  add column registered_capital_fen bigint check (registered_capital_fen >= 0);
comment on column registry.company.contact_name is '联系人';
comment on column registry.company.claimed_staff is '自报从业人数';
comment on column registry.company.registered_capital_fen is '注册资本,单位:分';

alter table registry.estate
  add column manager_phone_cipher text,
  add column manager_phone_index text,
  drop constraint estate_management_kind_check,
  add constraint estate_management_kind_check check (management_kind in ('company', 'self', 'work-unit', 'neighbourhood', 'quasi', 'unmanaged', 'unknown'));
comment on column registry.estate.manager_phone_cipher is '台账所载项目经理电话(密文)[pii:work-phone]';

alter table registry.practitioner
  add column post_text text,
  add column note text,
  drop constraint practitioner_post_check,
  add constraint practitioner_post_check check (post in ('head', 'estate-manager', 'order', 'cleaning', 'greening', 'engineering', 'customer-service', 'finance', 'fire-control', 'office', 'other'));
comment on column registry.practitioner.post_text is '岗位原文';

alter table registry.unit add column note text;
alter table registry.contact add column phone_last4 text;

alter table committee.committee
  add column filed_on date,
  add column ended_on date,
  add column claimed_members integer check (claimed_members >= 0);
comment on column committee.committee.filed_on is '备案日期';
comment on column committee.committee.ended_on is '终止日期(自当日起不再存续)';
comment on column committee.committee.claimed_members is '台账所载委员人数';

create index owner_name_idx on registry.owner (county_id, name);
create index estate_name_county_idx on registry.estate (county_id, match_key);
create index unit_area_open_idx on registry.unit_area (estate_id) where valid_to is null and superseded_at is null;

-- Names and units apart: units outnumber all else a hundred to one and are looked up by number within an estate.
drop index registry.search_entry_haystack_idx;
drop index registry.search_entry_grams_idx;
create index search_entry_name_haystack_idx on registry.search_entry using gin (haystack gin_trgm_ops) where kind <> 'unit';
create index search_entry_name_grams_idx on registry.search_entry using gin (grams) where kind <> 'unit';
create index search_entry_unit_haystack_idx on registry.search_entry using gin (haystack gin_trgm_ops) where kind = 'unit';

-- Companies and practitioners are read by every public body of the county, as their own tables are.
drop policy scope_read on registry.search_entry;
drop policy scope_insert on registry.search_entry;
drop policy scope_update on registry.search_entry;
create function registry.search_in_scope(kind text, county uuid, township uuid, neighbourhood uuid, estate uuid, company uuid) returns boolean
  language sql stable parallel safe
  as $$ select case platform.scope_level()
    when 'everything' then true
    when 'county' then county = platform.scope_id()
    when 'township' then township = platform.scope_id() or (kind in ('company', 'practitioner') and county = platform.scope_county())
    when 'neighbourhood' then neighbourhood = platform.scope_id() or (kind in ('company', 'practitioner') and county = platform.scope_county())
    when 'estate' then estate = platform.scope_id()
    when 'company' then company = platform.scope_id()
    else false end $$;
create policy scope_read on registry.search_entry for select to shanzhi_app using (registry.search_in_scope(kind, county_id, township_id, neighbourhood_id, estate_id, company_id));
create policy scope_insert on registry.search_entry for insert to shanzhi_app with check (registry.search_in_scope(kind, county_id, township_id, neighbourhood_id, estate_id, company_id));
create policy scope_update on registry.search_entry for update to shanzhi_app using (registry.search_in_scope(kind, county_id, township_id, neighbourhood_id, estate_id, company_id))
  with check (registry.search_in_scope(kind, county_id, township_id, neighbourhood_id, estate_id, company_id));

-- The scope of the running transaction as a condition text, so that each level gets its own plan.
create function registry.search_scope_condition() returns text language sql stable set search_path = pg_catalog as $$
  select case platform.scope_level()
    when 'everything' then 'true'
    when 'county' then format('e.county_id = %L', platform.scope_id())
    when 'township' then format('(e.township_id = %L or (e.kind in (''company'', ''practitioner'') and e.county_id = %L))', platform.scope_id(), platform.scope_county())
    when 'neighbourhood' then format('(e.neighbourhood_id = %L or (e.kind in (''company'', ''practitioner'') and e.county_id = %L))', platform.scope_id(), platform.scope_county())
    when 'estate' then format('e.estate_id = %L', platform.scope_id())
    when 'company' then format('e.company_id = %L', platform.scope_id())
    else 'false' end $$;

-- 搜索名称: every word must occur (trigrams from three characters, grams below). Runs as owner because row-level security keeps LIKE
-- from using an index; it applies the scope itself.
create function registry.search_names(words text[], most integer)
  returns table (kind text, subject_id uuid, title text, detail text, rank integer)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  condition text := registry.search_scope_condition();
  word text;
  whole text := array_to_string(words, '');
begin
  if coalesce(cardinality(words), 0) = 0 then return; end if;
  foreach word in array words loop
    if char_length(word) < 3 then
      condition := condition || format(' and e.grams @> array[%L]::text[]', word);
    else
      condition := condition || format(' and e.haystack like %L', '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%');
    end if;
  end loop;
  return query execute format($q$
    select e.kind, e.subject_id, e.title, e.detail,
           case when lower(e.title) = %1$L then 0 when starts_with(lower(e.title), %1$L) then 1
                when position(%1$L in lower(e.title)) > 0 then 2 when position(' ' || %1$L in ' ' || e.haystack) > 0 then 3 else 4 end as rank
      from registry.search_entry e
     where e.kind <> 'unit' and %2$s
     order by rank, case e.kind when 'estate' then 0 when 'company' then 1 else 2 end, char_length(e.title), e.title, e.subject_id
     limit %3$s$q$, whole, condition, least(greatest(most, 1), 200));
end $$;

-- 搜索房屋: within the given estates, or (none given) anywhere in scope by the pattern alone, which then must hold three characters in a row.
create function registry.search_units(estates uuid[], pattern text, most integer)
  returns table (kind text, subject_id uuid, title text, detail text, rank integer)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query execute format($q$
    select e.kind, e.subject_id, e.title, e.detail, 5 as rank from registry.search_entry e
     where e.kind = 'unit' and e.haystack like %1$L and %2$s %3$s limit %4$s$q$,
    pattern, registry.search_scope_condition(),
    case when coalesce(cardinality(estates), 0) = 0 then '' else format('and e.estate_id = any(%L::uuid[])', estates) end, least(greatest(most, 1), 200));
end $$;
revoke execute on function registry.search_names(text[], integer) from public;
revoke execute on function registry.search_units(uuid[], text, integer) from public;
grant execute on function registry.search_names(text[], integer) to shanzhi_app;
grant execute on function registry.search_units(uuid[], text, integer) to shanzhi_app;

-- At the level of an estate, the company that serves it is no secret.
create policy scope_read_serving on registry.company for select to shanzhi_app
  using ((select platform.scope_level()) = 'estate' and id = (select e.company_id from registry.estate e where e.id = (select platform.scope_id())));
create policy scope_read_serving on registry.practitioner for select to shanzhi_app
  using ((select platform.scope_level()) = 'estate' and company_id = (select e.company_id from registry.estate e where e.id = (select platform.scope_id())));
