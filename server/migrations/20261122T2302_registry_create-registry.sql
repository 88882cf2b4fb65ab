-- 基础台账: companies, estates, buildings, units, owners and what is argued about, kept bitemporally.
-- Argued-about tables carry two times: valid_from ≤ day < valid_to (in the world) and recorded_at ≤ instant < superseded_at (in our books).

set local lock_timeout = '3s';

create schema registry;
comment on schema registry is '基础台账。Owned by server/modules/registry.';
grant usage on schema registry to shanzhi_app;

create table registry.company (
  id                uuid primary key,
  county_id         uuid not null references platform.org_unit (id),
  name              text not null check (char_length(name) between 2 and 100),
  short_name        text,
  former_names      text[] not null default '{}',
  match_key         text not null,
  credit_code       text,
  credit_code_check text not null default 'missing' check (credit_code_check in ('ok', 'check-digit', 'malformed', 'missing')),
  legal_person      text,
  phone_cipher      text,
  phone_index       text,
  phone_last4       text,
  registered_on     date,
  address           text,
  claimed_estates   integer check (claimed_estates >= 0),
  status            text not null default 'active' check (status in ('active', 'left', 'revoked')),
  note              text,
  is_demo           boolean not null default false,
  archived_at       timestamptz,
  merged_into_id    uuid references registry.company (id),
  batch_id          uuid,
  version           integer not null default 1,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now()
);
comment on table registry.company is '物业服务企业';
comment on column registry.company.phone_cipher is '联系电话(密文)[pii:work-phone]';
comment on column registry.company.claimed_estates is '自报在管项目数';
comment on column registry.company.match_key is '比对用名称(规范化后)';
create unique index company_name_key on registry.company (county_id, match_key) where archived_at is null;
create index company_county_idx on registry.company (county_id, id desc);
create index company_credit_code_idx on registry.company (county_id, credit_code);
call platform.protect('registry.company', 'company', true);

create table registry.estate (
  id                uuid primary key,
  county_id         uuid not null references platform.org_unit (id),
  township_id       uuid not null references platform.org_unit (id),
  neighbourhood_id  uuid references platform.org_unit (id),
  company_id        uuid references registry.company (id),
  name              text not null check (char_length(name) between 1 and 100),
  match_key         text not null,
  phase             text,
  address           text,
  management_kind   text not null check (management_kind in ('company', 'self', 'neighbourhood', 'quasi', 'unmanaged', 'unknown')),
  delivered_on      date,
  total_cm2         bigint check (total_cm2 >= 0),
  delivered_cm2     bigint check (delivered_cm2 >= 0),
  total_units       integer check (total_units >= 0),
  occupied_units    integer check (occupied_units >= 0),
  building_count    integer check (building_count >= 0),
  developer_name    text,
  manager_name      text,
  fee_fen_per_m2_month integer check (fee_fen_per_m2_month >= 0),
  fee_basis         text check (fee_basis in ('lump-sum', 'commission')),
  collection_rate_bp integer check (collection_rate_bp between 0 and 10000),
  lift_count        integer check (lift_count >= 0),
  parking_count     integer check (parking_count >= 0),
  charging_count    integer check (charging_count >= 0),
  fire_system       text,
  grid_member       text,
  note              text,
  is_demo           boolean not null default false,
  archived_at       timestamptz,
  archived_reason   text,
  merged_into_id    uuid references registry.estate (id),
  batch_id          uuid,
  version           integer not null default 1,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  check (occupied_units <= total_units)
);
comment on table registry.estate is '物业项目(物业管理区域、小区)';
comment on column registry.estate.company_id is '现服务企业(由现行合同得出,空表示无企业)';
comment on column registry.estate.management_kind is '管理方式:企业、自管、社区托管、准物业、三无失管、待核实';
comment on column registry.estate.manager_name is '台账所载项目经理姓名(未与从业人员关联时)';
comment on column registry.estate.fee_fen_per_m2_month is '物业费标准,分/平方米·月';
comment on column registry.estate.match_key is '比对用名称(规范化后)';
create unique index estate_name_key on registry.estate (township_id, match_key) where archived_at is null;
create index estate_county_idx on registry.estate (county_id, id desc);
create index estate_township_idx on registry.estate (township_id, id desc);
create index estate_neighbourhood_idx on registry.estate (neighbourhood_id, id desc);
create index estate_company_idx on registry.estate (company_id, id desc);
call platform.protect('registry.estate', 'estate');

create table registry.estate_name (
  id               uuid primary key,
  estate_id        uuid not null references registry.estate (id),
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  company_id       uuid,
  name             text not null,
  match_key        text not null,
  kind             text not null check (kind in ('former', 'alias', 'place')),
  since_on         date,
  until_on         date,
  created_at       timestamptz not null default now()
);
comment on table registry.estate_name is '小区的曾用名、俗称,以及同一物业管理区域内的其他地名';
create index estate_name_match_idx on registry.estate_name (county_id, match_key);
create index estate_name_estate_idx on registry.estate_name (estate_id);
call platform.protect('registry.estate_name');
grant delete on registry.estate_name to shanzhi_app;

create table registry.estate_lineage (
  id          uuid primary key,
  county_id   uuid not null,
  from_id     uuid not null references registry.estate (id),
  to_id       uuid not null references registry.estate (id),
  kind        text not null check (kind in ('split', 'merge')),
  on_date     date not null,
  basis       text,
  created_at  timestamptz not null default now()
);
comment on table registry.estate_lineage is '小区的分立与合并';
call platform.protect('registry.estate_lineage');

create table registry.building (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid,
  name             text not null check (char_length(name) between 1 and 30),
  match_key        text not null,
  floors           integer check (floors > 0),
  lift_count       integer check (lift_count >= 0),
  archived_at      timestamptz,
  batch_id         uuid,
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on table registry.building is '楼栋';
create unique index building_name_key on registry.building (estate_id, match_key) where archived_at is null;
call platform.protect('registry.building');

create table registry.unit (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid,
  building_id      uuid not null references registry.building (id),
  entrance         text not null default '',
  room             text not null check (char_length(room) between 1 and 30),
  match_key        text not null,
  usage            text not null default 'residential' check (usage in ('residential', 'commercial', 'office', 'parking', 'storage', 'other')),
  delivered_on     date,
  archived_at      timestamptz,
  batch_id         uuid,
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on table registry.unit is '专有部分(户)';
comment on column registry.unit.match_key is '楼栋-单元-房号(规范化后),在小区内唯一';
create unique index unit_key on registry.unit (estate_id, match_key) where archived_at is null;
create index unit_building_idx on registry.unit (building_id, id desc);
create index unit_estate_idx on registry.unit (estate_id, id desc);
create index unit_township_idx on registry.unit (township_id, id desc);
create index unit_neighbourhood_idx on registry.unit (neighbourhood_id, id desc);
create index unit_county_idx on registry.unit (county_id, id desc);
create index unit_company_idx on registry.unit (company_id, id desc);
call platform.protect('registry.unit');

create table registry.unit_area (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null,
  company_id       uuid,
  unit_id          uuid not null references registry.unit (id),
  area_cm2         bigint not null check (area_cm2 > 0),
  area_source      text not null check (area_source in ('register', 'survey', 'contract', 'unknown')),
  valid_from       date,
  valid_to         date,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz,
  batch_id         uuid,
  check (valid_to > valid_from),
  check (superseded_at > recorded_at)
);
comment on table registry.unit_area is '专有部分面积(双时态),来源:登记簿、测绘、合同';
create index unit_area_unit_idx on registry.unit_area (unit_id, recorded_at);
create unique index unit_area_current_key on registry.unit_area (unit_id, area_source) where valid_to is null and superseded_at is null;
create index unit_area_estate_idx on registry.unit_area (estate_id) where superseded_at is null;
call platform.protect('registry.unit_area');

create table registry.owner (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid,
  kind             text not null default 'person' check (kind in ('person', 'organisation', 'developer')),
  name             text not null check (char_length(name) between 1 and 100),
  match_key        text not null,
  id_cipher        text,
  id_index         text,
  id_last4         text,
  phone_cipher     text,
  phone_index      text,
  phone_last4      text,
  purpose_id       uuid,
  archived_at      timestamptz,
  erased_at        timestamptz,
  batch_id         uuid,
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on table registry.owner is '业主(按小区登记,同一人在不同小区各一条)';
comment on column registry.owner.id_cipher is '证件号(密文)[pii:identity-number]';
comment on column registry.owner.id_index is '证件号盲索引';
comment on column registry.owner.id_last4 is '证件号末四位盲索引';
comment on column registry.owner.phone_cipher is '电话(密文)[pii:phone]';
comment on column registry.owner.phone_last4 is '电话末四位盲索引';
comment on column registry.owner.match_key is '认定同一业主用的键:证件号盲索引,或单位名称,或姓名加电话';
create unique index owner_match_key on registry.owner (estate_id, match_key) where archived_at is null;
create index owner_estate_idx on registry.owner (estate_id, id desc);
create index owner_county_idx on registry.owner (county_id, id desc);
create index owner_township_idx on registry.owner (township_id, id desc);
create index owner_id_idx on registry.owner (id_index);
create index owner_id_last4_idx on registry.owner (id_last4);
create index owner_phone_idx on registry.owner (phone_index);
create index owner_phone_last4_idx on registry.owner (phone_last4);
call platform.protect('registry.owner');

create table registry.ownership (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null,
  company_id       uuid,
  unit_id          uuid not null references registry.unit (id),
  owner_id         uuid not null references registry.owner (id),
  kind             text not null check (kind in ('owner', 'co-owner', 'developer-unsold', 'developer-undelivered')),
  share_part       integer check (share_part > 0),
  share_whole      integer check (share_whole > 0),
  basis            text not null default 'unknown' check (basis in ('register', 'contract', 'delivery', 'unknown')),
  valid_from       date,
  valid_to         date,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz,
  batch_id         uuid,
  check (valid_to > valid_from),
  check (superseded_at > recorded_at)
);
comment on table registry.ownership is '产权关系(双时态)';
create index ownership_unit_idx on registry.ownership (unit_id, recorded_at);
create index ownership_owner_idx on registry.ownership (owner_id);
create unique index ownership_current_key on registry.ownership (unit_id, owner_id) where valid_to is null and superseded_at is null;
create index ownership_estate_idx on registry.ownership (estate_id) where valid_to is null and superseded_at is null;
call platform.protect('registry.ownership');

create table registry.owner_purpose (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  purpose          text not null,
  document         text not null,
  delete_on        date not null,
  recorded_by      uuid references platform.app_user (id),
  recorded_at      timestamptz not null default now(),
  ended_at         timestamptz
);
comment on table registry.owner_purpose is '业主信息装载的目的、依据文件和删除日期';
create index owner_purpose_estate_idx on registry.owner_purpose (estate_id);
call platform.protect('registry.owner_purpose');
alter table registry.owner add foreign key (purpose_id) references registry.owner_purpose (id);

create table registry.practitioner (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  company_id     uuid references registry.company (id),
  name           text not null check (char_length(name) between 1 and 50),
  match_key      text not null,
  post           text not null check (post in ('head', 'estate-manager', 'order', 'cleaning', 'greening', 'engineering', 'customer-service', 'finance', 'other')),
  id_cipher      text,
  id_index       text,
  id_last4       text,
  phone_cipher   text,
  phone_index    text,
  phone_last4    text,
  hired_on       date,
  left_on        date,
  certificate    text,
  is_demo        boolean not null default false,
  archived_at    timestamptz,
  batch_id       uuid,
  version        integer not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
comment on table registry.practitioner is '从业人员';
comment on column registry.practitioner.match_key is '认定同一人用的键:证件号盲索引,或企业加姓名加电话';
comment on column registry.practitioner.id_cipher is '证件号(密文)[pii:identity-number]';
comment on column registry.practitioner.phone_cipher is '工作电话(密文)[pii:work-phone]';
create unique index practitioner_match_key on registry.practitioner (county_id, match_key) where archived_at is null;
create index practitioner_county_idx on registry.practitioner (county_id, id desc);
create index practitioner_company_idx on registry.practitioner (company_id, id desc);
create index practitioner_id_idx on registry.practitioner (id_index);
create index practitioner_phone_idx on registry.practitioner (phone_index);
create index practitioner_id_last4_idx on registry.practitioner (id_last4);
create index practitioner_phone_last4_idx on registry.practitioner (phone_last4);
call platform.protect('registry.practitioner', null, true);

create table registry.service_contract (
  id               uuid primary key,
  contract_id      uuid not null,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid not null references registry.company (id),
  kind             text not null default 'ordinary' check (kind in ('early', 'ordinary', 'open-ended', 'unknown')),
  fee_basis        text check (fee_basis in ('lump-sum', 'commission')),
  fee_fen_per_m2_month integer check (fee_fen_per_m2_month >= 0),
  starts_on        date,
  ends_on          date,
  terminated_on    date,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz,
  batch_id         uuid,
  check (ends_on >= starts_on),
  check (superseded_at > recorded_at)
);
comment on table registry.service_contract is '物业服务合同(每次修改另存一行;contract_id 是合同本身)';
comment on column registry.service_contract.ends_on is '到期日(含当日)';
create unique index service_contract_current_key on registry.service_contract (contract_id) where superseded_at is null;
create index service_contract_estate_idx on registry.service_contract (estate_id, recorded_at);
create index service_contract_company_idx on registry.service_contract (company_id);
call platform.protect('registry.service_contract');

create table registry.estate_manager (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid,
  practitioner_id  uuid not null references registry.practitioner (id),
  valid_from       date,
  valid_to         date,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz,
  batch_id         uuid,
  check (valid_to > valid_from),
  check (superseded_at > recorded_at)
);
comment on table registry.estate_manager is '项目经理任职(双时态)';
create index estate_manager_estate_idx on registry.estate_manager (estate_id, recorded_at);
create index estate_manager_practitioner_idx on registry.estate_manager (practitioner_id);
call platform.protect('registry.estate_manager');

create table registry.contact (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid references registry.estate (id),
  company_id       uuid references registry.company (id),
  org_unit_id      uuid references platform.org_unit (id),
  name             text not null check (char_length(name) between 1 and 50),
  post             text not null check (char_length(post) between 1 and 50),
  kind             text not null check (kind in ('officer', 'grid-member', 'duty', 'other')),
  phone_cipher     text,
  phone_index      text,
  is_all_hours     boolean not null default false,
  sort_no          integer not null default 0,
  is_demo          boolean not null default false,
  archived_at      timestamptz,
  version          integer not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on table registry.contact is '通讯录条目:经办人、网格员、24小时值班';
comment on column registry.contact.phone_cipher is '工作电话(密文)[pii:work-phone]';
create index contact_county_idx on registry.contact (county_id, kind, sort_no);
call platform.protect('registry.contact', null, true);

create table registry.estate_rollup (
  estate_id        uuid primary key references registry.estate (id),
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  company_id       uuid,
  unit_count       integer not null,
  area_cm2         bigint not null,
  head_count       integer not null,
  weak_head_count  integer not null,
  updated_at       timestamptz not null
);
comment on table registry.estate_rollup is '小区汇总:户数、面积、业主人数,与明细在同一事务内更新';
create index estate_rollup_county_idx on registry.estate_rollup (county_id);
create index estate_rollup_township_idx on registry.estate_rollup (township_id);
call platform.protect('registry.estate_rollup');

create table registry.search_entry (
  kind             text not null check (kind in ('estate', 'company', 'practitioner', 'unit')),
  subject_id       uuid not null,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  title            text not null,
  detail           text not null,
  haystack         text not null,
  grams            text[] not null,
  is_demo          boolean not null default false,
  primary key (kind, subject_id)
);
comment on table registry.search_entry is '搜索条目,与被搜的记录在同一事务内更新';
comment on column registry.search_entry.haystack is '小写的名称、代码、拼音首字母、全拼,空格分隔';
comment on column registry.search_entry.grams is '一字和二字词(pg_trgm 不能查两个字)';
create index search_entry_haystack_idx on registry.search_entry using gin (haystack gin_trgm_ops);
create index search_entry_grams_idx on registry.search_entry using gin (grams);
create index search_entry_estate_idx on registry.search_entry (estate_id);
create index search_entry_company_idx on registry.search_entry (company_id);
call platform.protect('registry.search_entry', null, false);
grant delete on registry.search_entry to shanzhi_app;
create policy scope_delete on registry.search_entry for delete to shanzhi_app using (true);
create policy scope_delete on registry.estate_name for delete to shanzhi_app using (true);
