-- platform: townships and neighbourhoods that became one by a change of the divisions. A new table and a column; ADD COLUMN without a default holds its lock for milliseconds.

set local lock_timeout = '3s';

alter table platform.org_unit add column merged_into_id uuid references platform.org_unit (id);
comment on column platform.org_unit.merged_into_id is '并入的机构(区划调整);为空表示没有并入别处';

create table platform.org_unit_lineage (
  id          uuid primary key,
  county_id   uuid not null references platform.org_unit (id),
  from_id     uuid not null references platform.org_unit (id),
  to_id       uuid not null references platform.org_unit (id),
  on_date     date not null,
  basis       text not null check (char_length(basis) between 1 and 200),
  moved       jsonb not null,
  created_at  timestamptz not null,
  check (from_id <> to_id)
);
comment on table platform.org_unit_lineage is '乡镇街道、社区的合并(区划调整)';
comment on column platform.org_unit_lineage.on_date is '区划调整的生效日期';
comment on column platform.org_unit_lineage.basis is '依据:批文名称和文号';
comment on column platform.org_unit_lineage.moved is '随之变动的数量:小区、社区、岗位';
create index org_unit_lineage_from_idx on platform.org_unit_lineage (from_id);
create index org_unit_lineage_to_idx on platform.org_unit_lineage (to_id);
-- Like the bodies themselves: read by everybody of the county, written at its level.
alter table platform.org_unit_lineage enable row level security;
create policy lineage_read on platform.org_unit_lineage for select to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
create policy lineage_insert on platform.org_unit_lineage for insert to shanzhi_app
  with check ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
grant select, insert on platform.org_unit_lineage to shanzhi_app;
