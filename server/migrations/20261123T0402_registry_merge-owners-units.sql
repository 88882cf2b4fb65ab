-- 楼栋、房屋、业主、人员合并后并入哪一条: a merged record stays readable and says where it went.
set local lock_timeout = '3s';

alter table registry.building add column merged_into_id uuid references registry.building (id);
alter table registry.unit add column merged_into_id uuid references registry.unit (id);
alter table registry.owner add column merged_into_id uuid references registry.owner (id);
alter table registry.practitioner add column merged_into_id uuid references registry.practitioner (id);
comment on column registry.building.merged_into_id is '并入的楼栋';
comment on column registry.unit.merged_into_id is '并入的房屋';
comment on column registry.owner.merged_into_id is '并入的业主';
comment on column registry.practitioner.merged_into_id is '并入的人员';
