-- registry, publication: what an owner without an account is told of an estate: that it is there, where, its entrances, and what was published about it. Functions only, no lock.

set local lock_timeout = '3s';

-- By name, other name or initials; nothing but what stands on its gate. Every word must occur.
create function registry.public_estates(words text[], most integer)
  returns table (estate_id uuid, name text, phase text, county_name text, township_name text, neighbourhood_name text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare whole text := array_to_string(words, '');
begin
  return query execute format($q$
    select s.id, s.name, s.phase, c.name, t.name, n.name
      from registry.search_entry e join registry.estate s on s.id = e.subject_id join platform.org_unit c on c.id = s.county_id join platform.org_unit t on t.id = s.township_id left join platform.org_unit n on n.id = s.neighbourhood_id
     where e.kind = 'estate' and s.archived_at is null and %2$s
     order by case when lower(s.name) = %1$L then 0 when starts_with(lower(s.name), %1$L) then 1 when position(%1$L in lower(s.name)) > 0 then 2 else 3 end, char_length(s.name), s.name, s.id limit %3$s$q$,
    whole, registry.search_words_condition(words), least(greatest(most, 1), 51));
end $$;
comment on function registry.public_estates(text[], integer) is '业主端找小区:只有名称和所在地';
revoke all on function registry.public_estates(text[], integer) from public;
grant execute on function registry.public_estates(text[], integer) to shanzhi_app;

-- One estate; one that was merged into another answers as that other, so that posters on its doors go on leading somewhere.
create function registry.public_estate(at_estate uuid)
  returns table (estate_id uuid, name text, phase text, county_id uuid, county_name text, township_id uuid, township_name text, neighbourhood_id uuid, neighbourhood_name text, company_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive line as (
    select s.id, s.merged_into_id, 0 as step from registry.estate s where s.id = at_estate
    union all
    select s.id, s.merged_into_id, line.step + 1 from line join registry.estate s on s.id = line.merged_into_id where line.step < 10
  )
  select s.id, s.name, s.phase, s.county_id, c.name, s.township_id, t.name, s.neighbourhood_id, n.name, s.company_id
    from line join registry.estate s on s.id = line.id join platform.org_unit c on c.id = s.county_id join platform.org_unit t on t.id = s.township_id left join platform.org_unit n on n.id = s.neighbourhood_id
   where line.merged_into_id is null and s.archived_at is null $$;
comment on function registry.public_estate(uuid) is '业主端看小区:名称和所在地,其余由公开事项决定';
revoke all on function registry.public_estate(uuid) from public;
grant execute on function registry.public_estate(uuid) to shanzhi_app;

-- Buildings and their entrances, as written on the walls.
create function registry.public_entrances(at_estate uuid) returns table (building_id uuid, building text, entrance text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.id, b.name, coalesce(u.entrance, '')
    from registry.building b left join (select distinct u.building_id, u.entrance from registry.unit u where u.estate_id = at_estate and u.archived_at is null) u on u.building_id = b.id
   where b.estate_id = at_estate and b.archived_at is null order by b.name, 3 limit 3000 $$;
comment on function registry.public_entrances(uuid) is '业主端选楼栋和单元';
revoke all on function registry.public_entrances(uuid) from public;
grant execute on function registry.public_entrances(uuid) to shanzhi_app;

-- What stands published about an estate: its own facts, the words of its committee and company, and what its offices say to everybody there.
create function publication.public_near(day date, at_estate uuid, of_county uuid, of_township uuid, of_neighbourhood uuid, of_company uuid, most integer)
  returns table (public_id uuid, kind text, title text, issuer_name text, issued_on date, until_on date, index_no text, county_name text, township_name text, content jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.public_id, i.kind, i.title, i.issuer_name, i.issued_on, i.until_on, i.index_no, c.name, t.name, case when i.kind = 'estate' then i.content end
    from publication.publication i join platform.org_unit c on c.id = i.county_id left join platform.org_unit t on t.id = i.about_township_id
   where i.status = 'published' and (i.until_on is null or i.until_on >= day) and i.county_id = of_county and case when i.kind = 'estate' then i.subject_id = at_estate
     else (i.about_township_id is null or i.about_township_id = of_township) and (i.township_id is null or i.township_id = of_township) and (i.neighbourhood_id is null or i.neighbourhood_id = of_neighbourhood)
      and (i.estate_id is null or i.estate_id = at_estate) and (i.level <> 'company' or i.company_id = of_company) end
   order by (i.kind = 'estate') desc, i.public_id desc limit least(most, 51) $$;
comment on function publication.public_near(date, uuid, uuid, uuid, uuid, uuid, integer) is '业主端:与一个小区有关、当日公开着的事项;小区信息带内容';
revoke all on function publication.public_near(date, uuid, uuid, uuid, uuid, uuid, integer) from public;
grant execute on function publication.public_near(date, uuid, uuid, uuid, uuid, uuid, integer) to shanzhi_app;
