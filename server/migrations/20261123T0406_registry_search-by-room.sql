-- 按房号搜索: '金 301' looks for a room in every estate that fits, which read all their units; now the end of a unit's number has its index.
-- It takes the place of the index by estate, which it begins with. Locks: SHARE on registry.search_entry while it is built, a second at a million units.

set local lock_timeout = '3s';

create index search_entry_room_idx on registry.search_entry (estate_id, reverse(split_part(haystack, ' ', 1)) text_pattern_ops);
drop index registry.search_entry_estate_idx;

drop function registry.search(text[], text[], text[], integer);

/*
 * 搜索. `words`: lower case, all must occur in a name, code or spelling. `numbers`: patterns of unit numbers, `rooms`: patterns of unit numbers
 * written backwards, any of them; `place`: words of the estate they are looked for in, none for all of the scope. Best first: rank 0 the name itself, 1 begins with it, 2 contains it,
 * 3 a code, another name or the spelling begins with it, 4 contains it, 5 a unit. Runs as owner and therefore applies the scope itself.
 */
create function registry.search(words text[], place text[], numbers text[], rooms text[], most integer)
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
  if cardinality(numbers) + cardinality(rooms) > 0 then
    if cardinality(place) > 0 then
      execute format('select array(select e.subject_id from registry.search_entry e where e.kind = ''estate'' and %1$s and %2$s order by char_length(e.title), e.subject_id limit 20)',
        scope, registry.search_words_condition(place)) into estates;
      if cardinality(estates) = 0 then return; end if;
    end if;
    return query execute format($q$
      select e.kind, e.subject_id, e.title, e.detail, 5 as rank from registry.search_entry e
       where e.kind = 'unit' and (%1$s) and %2$s %3$s order by char_length(split_part(e.haystack, ' ', 1)), char_length(e.title), e.title, e.subject_id limit %4$s$q$,
      (select string_agg(line, ' or ') from (select format('e.haystack like %L', number) from unnest(numbers) as number
         union all select format('reverse(split_part(e.haystack, '' '', 1)) like %L', room) from unnest(rooms) as room) as lines (line)), scope,
      case when estates is null then '' else format('and e.estate_id = any(%L::uuid[])', estates) end, limited);
  end if;
end $$;
comment on function registry.search(text[], text[], text[], text[], integer) is '搜索,自行套用管辖范围';
revoke execute on function registry.search(text[], text[], text[], text[], integer) from public;
grant execute on function registry.search(text[], text[], text[], text[], integer) to shanzhi_app;
