-- 搜索: one function for names, codes, pinyin and unit numbers that applies the scope itself (row-level security keeps LIKE from using
-- an index), and an index by which a unit is found by its number. Replaces the two functions that nothing called yet.
-- Locks: index build on registry.search_entry holds SHARE for seconds at a million units; functions are catalogue changes only.

set local lock_timeout = '3s';

drop function registry.search_names(text[], integer);
drop function registry.search_units(uuid[], text, integer);

-- A unit is looked up by the beginning of its number, within an estate or not; trigrams of digits picked out too little and cost every import.
drop index registry.search_entry_unit_haystack_idx;
create index search_entry_unit_number_idx on registry.search_entry (haystack text_pattern_ops) where kind = 'unit';

-- The scope of the running transaction as a condition text, so that each level gets its own plan. Companies and people are shared by the
-- public bodies of the county; at the level of an estate the company that serves it is no secret, as in its own table.
create or replace function registry.search_scope_condition() returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select case platform.scope_level()
    when 'everything' then 'true'
    when 'county' then format('e.county_id = %L', platform.scope_id())
    when 'township' then format('(e.township_id = %L or (e.kind in (''company'', ''practitioner'') and e.county_id = %L))', platform.scope_id(), platform.scope_county())
    when 'neighbourhood' then format('(e.neighbourhood_id = %L or (e.kind in (''company'', ''practitioner'') and e.county_id = %L))', platform.scope_id(), platform.scope_county())
    when 'estate' then format('(e.estate_id = %1$L or (e.kind in (''company'', ''practitioner'') and e.company_id = (select s.company_id from registry.estate s where s.id = %1$L)))', platform.scope_id())
    when 'company' then format('e.company_id = %L', platform.scope_id())
    else 'false' end $$;

-- Every word must occur: trigrams from three characters, one- and two-character pieces below.
create function registry.search_words_condition(words text[]) returns text language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(string_agg(case when char_length(word) < 3 then format('e.grams @> array[%L]::text[]', word)
    else format('e.haystack like %L', '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%') end, ' and '), 'false')
    from unnest(words) as word $$;

/*
 * 搜索. `words`: lower case, all must occur in a name, code or spelling. `numbers`: patterns of unit numbers, any of them; `place`: words of
 * the estate they are looked for in, none for all of the scope. Best first: rank 0 the name itself, 1 begins with it, 2 contains it,
 * 3 a code, another name or the spelling begins with it, 4 contains it, 5 a unit. Runs as owner and therefore applies the scope itself.
 */
create function registry.search(words text[], place text[], numbers text[], most integer)
  returns table (kind text, subject_id uuid, title text, detail text, rank integer)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  scope text := registry.search_scope_condition();
  whole text := array_to_string(words, '');
  limited integer := least(greatest(most, 1), 201);
  estates uuid[];
begin
  if cardinality(words) > 0 then
    return query execute format($q$
      select e.kind, e.subject_id, e.title, e.detail,
             case when lower(e.title) = %1$L then 0 when starts_with(lower(e.title), %1$L) then 1 when position(%1$L in lower(e.title)) > 0 then 2
                  when position(' ' || %1$L in ' ' || e.haystack) > 0 then 3 else 4 end as rank
        from registry.search_entry e where e.kind <> 'unit' and %2$s and %3$s
       order by rank, case e.kind when 'estate' then 0 when 'company' then 1 else 2 end, char_length(e.title), e.title, e.subject_id limit %4$s$q$,
      whole, scope, registry.search_words_condition(words), limited);
  end if;
  if cardinality(numbers) > 0 then
    if cardinality(place) > 0 then
      execute format('select array(select e.subject_id from registry.search_entry e where e.kind = ''estate'' and %1$s and %2$s order by char_length(e.title), e.subject_id limit 20)',
        scope, registry.search_words_condition(place)) into estates;
      if cardinality(estates) = 0 then return; end if;
    end if;
    return query execute format($q$
      select e.kind, e.subject_id, e.title, e.detail, 5 as rank from registry.search_entry e
       where e.kind = 'unit' and (%1$s) and %2$s %3$s order by char_length(split_part(e.haystack, ' ', 1)), char_length(e.title), e.title, e.subject_id limit %4$s$q$,
      (select string_agg(format('e.haystack like %L', number), ' or ') from unnest(numbers) as number), scope,
      case when estates is null then '' else format('and e.estate_id = any(%L::uuid[])', estates) end, limited);
  end if;
end $$;
comment on function registry.search(text[], text[], text[], integer) is '搜索,自行套用管辖范围';
revoke execute on function registry.search(text[], text[], text[], integer) from public;
revoke execute on function registry.search_scope_condition(), registry.search_words_condition(text[]) from public;
grant execute on function registry.search(text[], text[], text[], integer) to shanzhi_app;
