-- publication: companies and committees publish too; their index numbers are series of their own, so that the offices' stays without gaps.
-- Locks: the register has a row a county and year; its key is made anew in milliseconds.

set local lock_timeout = '3s';

alter table publication.index_register add column series text not null default 'office' check (series in ('office', 'company', 'committee'));
comment on column publication.index_register.series is '索引号的系列:机关、物业服务企业、业主委员会各编各的';
alter table publication.index_register drop constraint index_register_pkey;
alter table publication.index_register add primary key (county_id, year, series);
