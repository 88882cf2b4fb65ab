-- 投诉编号的取号记录: which numbers were allotted when, so that those no complaint has can be told. A new table, no lock on others.

set local lock_timeout = '3s';

create table complaint.number_allotment (
  county_id    uuid not null references platform.org_unit (id),
  year         integer not null check (year between 2000 and 2200),
  first_serial integer not null check (first_serial >= 1),
  last_serial  integer not null check (last_serial >= first_serial),
  allotted_at  timestamptz not null,
  primary key (county_id, year, first_serial)
);
comment on table complaint.number_allotment is '投诉编号取号记录:每次取号一行,起止序号相连,只增不改;没有投诉件的序号就是未使用的编号';
comment on column complaint.number_allotment.first_serial is '本次取得的第一个序号';
comment on column complaint.number_allotment.last_serial is '本次取得的最后一个序号,含';
alter table complaint.number_allotment enable row level security;
create policy allotment_own on complaint.number_allotment to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county())) with check ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
grant select, insert on complaint.number_allotment to shanzhi_app;

comment on table complaint.number_register is '投诉编号登记:每县每年一行,由单独的短事务取号;登记没有办成的,编号不再使用,可以列出';
