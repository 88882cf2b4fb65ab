-- publication: counts of overdue complaints may be published like anything else, by a decision. The check is replaced under a short exclusive lock and read over the table once.
set local lock_timeout = '3s';
alter table publication.publication drop constraint publication_kind_check;
alter table publication.publication add constraint publication_kind_check check (kind in ('announcement', 'paper', 'estate', 'companies', 'formation', 'overdue-category', 'overdue-township', 'overdue-company'));
-- What stands near an estate: the counts with their content, before the rest.
create or replace function publication.public_near(day date, at_estate uuid, of_county uuid, of_township uuid, of_neighbourhood uuid, of_company uuid, most integer)
  returns table (public_id uuid, kind text, title text, issuer_name text, issued_on date, until_on date, index_no text, county_name text, township_name text, content jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.public_id, i.kind, i.title, i.issuer_name, i.issued_on, i.until_on, i.index_no, c.name, t.name, case when i.kind in ('estate', 'overdue-category', 'overdue-township', 'overdue-company') then i.content end
    from publication.publication i join platform.org_unit c on c.id = i.county_id left join platform.org_unit t on t.id = i.about_township_id
   where i.status = 'published' and (i.until_on is null or i.until_on >= day) and i.county_id = of_county and case when i.kind = 'estate' then i.subject_id = at_estate
     else (i.about_township_id is null or i.about_township_id = of_township) and (i.township_id is null or i.township_id = of_township) and (i.neighbourhood_id is null or i.neighbourhood_id = of_neighbourhood)
      and (i.estate_id is null or i.estate_id = at_estate) and (i.level <> 'company' or i.company_id = of_company) end
   order by (i.kind = 'estate') desc, (i.kind like 'overdue-%') desc, i.public_id desc limit least(most, 51) $$;
