-- platform: what a township or neighbourhood recorded, sent or issued under its own name is read by the one it was merged into. Rows that nobody may
-- change stay where they were made; only who may read them grows. Policies are replaced under a short exclusive lock on the three tables.

set local lock_timeout = '3s';

create index if not exists org_unit_merged_idx on platform.org_unit (merged_into_id) where merged_into_id is not null;

-- The body of the scope, and every body that was merged into it, by whatever way.
create function platform.scope_ids() returns uuid[] language sql stable parallel safe as $$
  with recursive heir(id) as (select platform.scope_id() union select o.id from platform.org_unit o join heir h on o.merged_into_id = h.id)
  select array_agg(id) from heir where id is not null $$;
comment on function platform.scope_ids() is '管辖机构及历次并入它的机构';

-- Reading of an insert-only table: by the body itself and by the one it was merged into; everything else as `platform.protect` has it.
create procedure platform.inherit(target regclass, policy name default 'scope_read') language plpgsql as $$
declare
  said text := (select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = target and p.polname = policy);
  grown text := said;
  col text;
begin
  foreach col in array array['township_id', 'neighbourhood_id'] loop
    grown := regexp_replace(grown, format('\(?\m%s = \( ?SELECT platform\.scope_id\(\) AS scope_id\)\)?', col), format('(%s = any ((select platform.scope_ids())::uuid[]))', col));
  end loop;
  if grown is null or grown = said then raise exception 'no policy % of % to widen: %', policy, target, said; end if;
  execute format('alter policy %I on %s using (%s)', policy, target, grown);
end $$;

call platform.inherit('audit.entry', 'audit_read');
call platform.inherit('report.sending');
call platform.inherit('paper.issuer_code');
