-- 投诉全文检索: an index of every two neighbouring characters of what a file says, and one function that searches it. Trigrams do not find a word
-- of two characters, which most Chinese words are; row-level security keeps LIKE and array operators from using an index, so the function applies
-- the scope itself, as registry.search does. Names and telephones of complainants stand in another table, sealed, and are not reached from here.
-- Locks: the index build holds SHARE on complaint.complaint, about ten seconds at 100,000 files.

set local lock_timeout = '3s';

-- What a search reads of a file, in one spelling: letters small, full-width signs narrow. Without a search path of its own, so that it is inlined; it names nothing but the catalogue's.
create function complaint.search_text(body text, spot text, reply text) returns text language sql immutable parallel safe
  as $$ select pg_catalog.lower(normalize(body || ' ' || spot || ' ' || coalesce(reply, ''), NFKC)) $$;
-- Every two characters that follow one another, each pair once. Dear to work out row by row, which its cost tells the planner.
create function complaint.pairs(words text) returns text[] language sql immutable parallel safe cost 1000
  as $$ select coalesce(array_agg(distinct c || n), '{}') from (select c, lead(c) over (order by i) as n from unnest(string_to_array(words, null)) with ordinality as u (c, i)) as p where n is not null and c <> ' ' and n <> ' ' $$;
grant execute on function complaint.search_text(text, text, text), complaint.pairs(text) to shanzhi_app;

create index complaint_words_idx on complaint.complaint using gin (complaint.pairs(complaint.search_text(body, spot, reply)));

-- The scope of the running transaction as a condition text, the same as the table's policies: nothing for posts of an estate.
create function complaint.search_scope() returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select case platform.scope_level()
    when 'everything' then 'true'
    when 'county' then format('c.county_id = %L', platform.scope_id())
    when 'township' then format('c.township_id = %L', platform.scope_id())
    when 'neighbourhood' then format('c.neighbourhood_id = %L', platform.scope_id())
    when 'company' then format('c.company_id = %L', platform.scope_id())
    else 'false' end $$;

/*
 * 查投诉件. `words`: every one must stand in the text, spot or answer, or in the name or spelling of the estate, or be the whole outside number; one
 * of two characters at least. `conditions`: [column, 'in' | 'not-in' | 'from' | 'until', values] or ['part', 'in', [a body that takes part]].
 * The newest first, older than `before`. Runs as owner and therefore applies the scope itself.
 */
create function complaint.search(words text[], conditions jsonb, before uuid, most integer) returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  clause text := complaint.search_scope();
  word text; estates uuid[]; one record;
begin
  if not exists (select from unnest(words) w where char_length(w) > 1) then return; end if;
  foreach word in array words loop
    execute format('select array(select e.subject_id from registry.search_entry e where e.kind = ''estate'' and %s and %s order by char_length(e.title), e.subject_id limit 200)',
      registry.search_scope_condition(), registry.search_words_condition(array[word])) into estates;
    -- A word of two characters is one pair of the index; of a longer one the pairs must also follow one another.
    clause := clause || format(' and (%s or (c.county_id = %L and c.origin in (''hotline'', ''petition'', ''instruction'', ''mailbox'', ''proposal'', ''disclosure'', ''mail'', ''interface'') and c.origin_no in (%L, %L))%s)',
      concat_ws(' and ', case when char_length(word) > 1 then format('complaint.pairs(complaint.search_text(c.body, c.spot, c.reply)) @> %L::text[]', complaint.pairs(word)) end,
        case when char_length(word) <> 2 then format('position(%L in complaint.search_text(c.body, c.spot, c.reply)) > 0', word) end),
      platform.scope_county(), word, upper(word), case when cardinality(estates) = 0 then '' else format(' or c.estate_id = any(%L::uuid[])', estates) end);
  end loop;
  for one in select e ->> 0 as col, e ->> 1 as op, array(select jsonb_array_elements_text(e -> 2)) as vals from jsonb_array_elements(conditions) as e loop
    if one.col = 'part' then
      clause := clause || format(' and exists (select from complaint.participant p where p.complaint_id = c.id and p.org_unit_id = any(%L::uuid[]))', one.vals);
    elsif one.col not in ('township_id', 'neighbourhood_id', 'estate_id', 'handler_id', 'holder_id', 'category_code', 'status', 'origin', 'next_due_on', 'received_on') then
      raise exception 'not a condition of the search: %', one.col;
    else
      clause := clause || case one.op when 'in' then case when cardinality(one.vals) = 1 then format(' and c.%I = %L', one.col, one.vals[1]) else format(' and c.%I = any(%L)', one.col, one.vals) end when 'not-in' then format(' and c.%I <> all(%L)', one.col, one.vals)
        when 'from' then format(' and c.%I >= %L', one.col, one.vals[1]) when 'until' then format(' and c.%I <= %L', one.col, one.vals[1]) end;
    end if;
  end loop;
  return query execute format('select c.id from complaint.complaint c where %s%s order by c.id desc limit %s', clause,
    case when before is null then '' else format(' and c.id < %L', before) end, least(greatest(most, 1), 200001));
end $$;
comment on function complaint.search(text[], jsonb, uuid, integer) is '查投诉件,自行套用管辖范围';
revoke execute on function complaint.search(text[], jsonb, uuid, integer), complaint.search_scope() from public;
grant execute on function complaint.search(text[], jsonb, uuid, integer) to shanzhi_app;

-- 按投诉人电话查: by whoever may see it, the whole number or its last four.
create index complainant_last4_idx on complaint.complainant (phone_last4) where phone_last4 is not null;
