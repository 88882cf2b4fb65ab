-- 平台: withdrawing a county's parameter from a day on, naming what a grant covers, and sealing the audit trail in strict order.
-- Locks: ADD COLUMN without a default holds ACCESS EXCLUSIVE for milliseconds only.

set local lock_timeout = '3s';

alter table platform.parameter_override
  add column withdrawn_on date,
  add column withdrawn_reason text check (char_length(withdrawn_reason) between 1 and 200),
  add column withdrawn_by uuid references platform.app_user (id),
  add constraint parameter_override_withdrawal check ((withdrawn_at is null) = (withdrawn_on is null));
comment on column platform.parameter_override.withdrawn_on is '自该日起不再适用;为空表示未撤回';
create unique index parameter_override_day_key on platform.parameter_override (county_id, parameter_id, effective_from) where withdrawn_at is null;

create index org_unit_parent_idx on platform.org_unit (parent_id, kind);
create index event_delivery_event_idx on platform.event_delivery (event_id desc, subscriber);

-- The name and county of what a grant covers. Runs with the caller's rights: what the caller may not see has no name.
create function platform.scope_fact(wanted text, wanted_id uuid, out name text, out county_id uuid) language sql stable as $$
  select u.name, u.county_id from platform.org_unit u where wanted in ('county', 'township', 'neighbourhood') and u.kind = wanted and u.id = wanted_id and u.archived_at is null
  union all
  select e.name, e.county_id from registry.estate e where wanted = 'estate' and e.id = wanted_id
  union all
  select c.name, c.county_id from registry.company c where wanted = 'company' and c.id = wanted_id
$$;

-- What a grant of one level may cover, within the caller's rights.
create function platform.scope_options(wanted text, part text, most integer) returns table (id uuid, name text) language sql stable as $$
  select * from (
    select u.id, u.name from platform.org_unit u where wanted in ('county', 'township', 'neighbourhood') and u.kind = wanted and u.archived_at is null
    union all
    select e.id, e.name from registry.estate e where wanted = 'estate' and e.archived_at is null
    union all
    select c.id, c.name from registry.company c where wanted = 'company' and c.archived_at is null
  ) options where part is null or position(part in options.name) > 0 order by options.name, options.id limit most
$$;
grant execute on function platform.scope_fact(text, uuid), platform.scope_options(text, text, integer) to shanzhi_app;

-- The highest entry number below which nothing is still being written. Entries are written just before a commit, so the short
-- lock waits milliseconds; it makes the seal's order the entries' own. The app role may not lock, hence the definer's rights.
create function audit.settled_entry_no() returns bigint language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  lock table audit.entry in share mode;
  return (select coalesce(max(entry_no), 0) from audit.entry);
end $$;
revoke all on function audit.settled_entry_no() from public;
grant execute on function audit.settled_entry_no() to shanzhi_app;

create index entry_action_idx on audit.entry (county_id, action, entry_no desc);
