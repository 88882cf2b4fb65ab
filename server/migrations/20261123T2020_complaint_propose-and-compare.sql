-- 投诉看板、拟提请事项、不是同一件: columns with constant defaults, no row rewritten but those of two relapses and more; indexes of open files and of
-- the closed by day, which stay as small as what is open. Locks: SHARE on complaint.complaint while they are built, seconds at 100,000 files.

set local lock_timeout = '3s';

alter table complaint.complaint
  add column agenda_on date,
  add column agenda_grounds text[] not null default '{}' check (agenda_grounds <@ array['overdue', 'relapse']),
  add column unlike_ids uuid[] not null default '{}',
  add constraint complaint_agenda_check check ((agenda_on is null) = (cardinality(agenda_grounds) = 0));
comment on column complaint.complaint.agenda_on is '首次拟提请联席会议的日期;agenda_grounds 为原因,每个原因只提请一次';
comment on column complaint.complaint.unlike_ids is '核对过不是同一件的投诉件,不再提示';
update complaint.complaint set agenda_on = received_on, agenda_grounds = '{relapse}' where relapse_no >= 2;

create index complaint_agenda_idx on complaint.complaint (county_id, id desc) where agenda_on is not null;
create index complaint_open_county_idx on complaint.complaint (county_id, status, next_due_on, id) where status in ('received', 'signed', 'accepted', 'assigned', 'handling', 'replied');
create index complaint_open_township_idx on complaint.complaint (township_id, status, next_due_on, id) where status in ('received', 'signed', 'accepted', 'assigned', 'handling', 'replied');
create index complaint_closed_county_idx on complaint.complaint (county_id, closed_on desc, id desc) where closed_on is not null;
create index complaint_closed_township_idx on complaint.complaint (township_id, closed_on desc, id desc) where closed_on is not null;

-- The search takes the day of closing as a condition too; otherwise as it was.
create or replace function complaint.search(words text[], conditions jsonb, before uuid, most integer) returns setof uuid
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
    elsif one.col not in ('township_id', 'neighbourhood_id', 'estate_id', 'handler_id', 'holder_id', 'category_code', 'status', 'origin', 'next_due_on', 'received_on', 'closed_on') then
      raise exception 'not a condition of the search: %', one.col;
    else
      clause := clause || case one.op when 'in' then case when cardinality(one.vals) = 1 then format(' and c.%I = %L', one.col, one.vals[1]) else format(' and c.%I = any(%L)', one.col, one.vals) end when 'not-in' then format(' and c.%I <> all(%L)', one.col, one.vals)
        when 'from' then format(' and c.%I >= %L', one.col, one.vals[1]) when 'until' then format(' and c.%I <= %L', one.col, one.vals[1]) end;
    end if;
  end loop;
  return query execute format('select c.id from complaint.complaint c where %s%s order by c.id desc limit %s', clause,
    case when before is null then '' else format(' and c.id < %L', before) end, least(greatest(most, 1), 200001));
end $$;
