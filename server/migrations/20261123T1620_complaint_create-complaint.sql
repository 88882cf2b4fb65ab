-- 投诉办理: complaints, who complained, every step, who takes part, the responsibility list. New tables only, no lock on others.

set local lock_timeout = '3s';

create schema complaint;
comment on schema complaint is '投诉办理。Owned by server/modules/complaint.';
grant usage on schema complaint to shanzhi_app;

create table complaint.number_register (
  county_id   uuid not null references platform.org_unit (id),
  year        integer not null check (year between 2000 and 2200),
  last_serial integer not null check (last_serial >= 1),
  primary key (county_id, year)
);
comment on table complaint.number_register is '投诉编号登记:每县每年一行,收件时在同一事务中加一,不留空号';
alter table complaint.number_register enable row level security;
create policy register_own on complaint.number_register to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county())) with check ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
grant select, insert, update on complaint.number_register to shanzhi_app;

create table complaint.complaint (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid references platform.org_unit (id),
  neighbourhood_id uuid references platform.org_unit (id),
  estate_id        uuid references registry.estate (id),
  company_id       uuid references registry.company (id),
  building_id      uuid references registry.building (id),
  spot             text not null default '' check (char_length(spot) <= 100),
  number_year      integer not null,
  number_serial    integer not null check (number_serial >= 1),
  origin           text not null check (origin in ('counter', 'owner', 'telephone', 'mail', 'hotline', 'petition', 'instruction', 'mailbox', 'proposal', 'disclosure', 'interface')),
  origin_no        text check (char_length(origin_no) between 1 and 60),
  origin_due_on    date,
  category_code    text not null check (category_code in ('A01', 'A02', 'A03', 'B01', 'B02', 'B03', 'B04', 'C01', 'C02', 'D01', 'D02', 'D03', 'E01', 'E02', 'E03', 'E04', 'E05', 'F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10', 'F11', 'G01', 'G02', 'G03', 'G04', 'G05', 'H01', 'I01', 'J01', 'J02')),
  pace             text not null check (pace in ('consult', 'ordinary', 'complex', 'investigated')),
  body             text not null check (char_length(body) between 1 and 5000),
  owner_count      integer not null default 1 check (owner_count between 1 and 100000),
  is_emergency     boolean not null default false,
  emergency_to     text check (char_length(emergency_to) between 1 and 100),
  status           text not null check (status in ('received', 'signed', 'accepted', 'refused', 'assigned', 'handling', 'replied', 'closed', 'withdrawn', 'merged')),
  handler_id       uuid not null references platform.org_unit (id),
  first_id         uuid not null references platform.org_unit (id),
  passed_by_id        uuid references platform.org_unit (id),
  holder_id        uuid references platform.app_user (id),
  transfer_count   integer not null default 0 check (transfer_count between 0 and 1),
  is_designated    boolean not null default false,
  is_objected      boolean not null default false,
  is_waiting       boolean not null default false,
  waits_until_on   date,
  asked_at         timestamptz,
  extended_at      timestamptz,
  received_at      timestamptz not null,
  received_on      date not null,
  signed_at        timestamptz,
  accepted_at      timestamptz,
  contacted_at     timestamptz,
  intervened_at    timestamptz,
  replied_at       timestamptz,
  reply            text check (char_length(reply) <= 5000),
  outcome          text check (outcome in ('resolved', 'partly', 'explained', 'mediated', 'unfounded', 'impossible')),
  agreement        text check (char_length(agreement) <= 200),
  refusal_ground   text check (refusal_ground in ('elsewhere', 'court', 'repeated', 'civil', 'arrears', 'unclear')),
  refusal_where    text check (char_length(refusal_where) <= 200),
  closed_at        timestamptz,
  closed_on        date,
  reopen_count     integer not null default 0 check (reopen_count >= 0),
  followed_up_at   timestamptz,
  satisfaction     text check (satisfaction in ('satisfied', 'fair', 'dissatisfied', 'unreached')),
  satisfaction_why text check (char_length(satisfaction_why) <= 500),
  rechecked_at     timestamptz,
  recheck_result   text check (recheck_result in ('kept', 'relapsed')),
  relapse_of_id    uuid references complaint.complaint (id),
  relapse_no       integer not null default 0 check (relapse_no >= 0),
  merged_into_id   uuid references complaint.complaint (id),
  next_due_on      date,
  recorded_by      uuid references platform.app_user (id),
  recorded_by_name text not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  version          integer not null default 1,
  unique (county_id, number_year, number_serial),
  check ((status = 'merged') = (merged_into_id is not null)),
  check ((closed_at is null) = (closed_on is null)),
  check (status <> 'refused' or refusal_ground is not null),
  check (status <> 'replied' or (replied_at is not null and reply is not null and outcome is not null)),
  check (not is_waiting or waits_until_on is not null)
);
comment on table complaint.complaint is '投诉件';
comment on column complaint.complaint.company_id is '被请求处理的物业服务企业;没有请企业处理的为空,企业看不到';
comment on column complaint.complaint.spot is '点位[pii:place]:单元、楼层、房号等,可能识别投诉人';
comment on column complaint.complaint.origin_no is '来源单位的编号,如12345工单号';
comment on column complaint.complaint.origin_due_on is '来源单位规定的期限,早于或晚于本县期限都以它为准';
comment on column complaint.complaint.handler_id is '现在的承办单位';
comment on column complaint.complaint.first_id is '首接单位';
comment on column complaint.complaint.passed_by_id is '交办、转办给现承办单位的单位';
comment on column complaint.complaint.holder_id is '经办人;空为承办单位还没有人经手';
comment on column complaint.complaint.relapse_of_id is '反弹自哪一件;relapse_no 为第几次';
comment on column complaint.complaint.next_due_on is '下一个期限,记入时限时更新,供列表排序';
create unique index complaint_origin_key on complaint.complaint (county_id, origin, origin_no) where origin_no is not null;
create index complaint_county_idx on complaint.complaint (county_id, id desc);
create index complaint_township_idx on complaint.complaint (township_id, id desc);
create index complaint_neighbourhood_idx on complaint.complaint (neighbourhood_id, id desc);
create index complaint_handler_idx on complaint.complaint (handler_id, id desc);
create index complaint_estate_idx on complaint.complaint (estate_id, category_code, id desc);
create index complaint_company_idx on complaint.complaint (company_id, id desc) where company_id is not null;
create index complaint_holder_idx on complaint.complaint (holder_id) where holder_id is not null;
create index complaint_waiting_idx on complaint.complaint (waits_until_on) where is_waiting;
create index complaint_due_idx on complaint.complaint (next_due_on) where next_due_on is not null;
create index complaint_merged_idx on complaint.complaint (merged_into_id) where merged_into_id is not null;
create index complaint_relapse_idx on complaint.complaint (relapse_of_id) where relapse_of_id is not null;
call platform.protect('complaint.complaint');
-- A company reads what it was asked to deal with, an estate's own posts nothing.
create policy no_estate on complaint.complaint as restrictive to shanzhi_app using ((select platform.scope_level()) <> 'estate');

create table complaint.complainant (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  complaint_id     uuid not null references complaint.complaint (id),
  is_anonymous     boolean not null,
  is_for_family    boolean not null default false,
  name_cipher      text,
  phone_cipher     text,
  phone_index      text,
  phone_last4      text,
  phone_more_index text[],
  erased_at        timestamptz,
  created_at       timestamptz not null,
  check (not is_anonymous or (name_cipher is null and phone_cipher is null))
);
comment on table complaint.complainant is '投诉人:一件可以有几个,并案后各自的回执不变;只有办理单位可以查看,查看留痕';
comment on column complaint.complainant.name_cipher is '姓名(密文)[pii:name]';
comment on column complaint.complainant.phone_cipher is '电话(密文)[pii:phone]';
comment on column complaint.complainant.phone_index is '电话盲索引[pii:phone]';
comment on column complaint.complainant.phone_last4 is '电话后四位盲索引[pii:phone]';
comment on column complaint.complainant.phone_more_index is '其他电话的盲索引[pii:phone]';
comment on column complaint.complainant.is_for_family is '代家人提出';
create index complainant_complaint_idx on complaint.complainant (complaint_id, id);
create index complainant_phone_idx on complaint.complainant (phone_index) where phone_index is not null;
call platform.protect('complaint.complainant');
create policy no_company on complaint.complainant as restrictive to shanzhi_app using ((select platform.scope_level()) not in ('estate', 'company'));

create table complaint.step (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  complaint_id     uuid not null references complaint.complaint (id),
  act              text not null check (act in ('sign', 'accept', 'refuse', 'assign', 'transfer', 'object', 'designate', 'contact', 'intervene', 'emergency', 'askInformation', 'takeInformation', 'resume', 'extend', 'reply', 'close', 'followUp', 'recheck', 'reopen', 'withdraw', 'merge', 'correct', 'note', 'ask', 'feedback', 'receive', 'addFacts', 'confirm', 'dispute', 'letter')),
  note             text not null default '' check (char_length(note) <= 5000),
  is_internal      boolean not null default false,
  is_offline       boolean not null default false,
  handler_id       uuid not null,
  handler_name     text not null,
  status           text not null,
  acted_by         uuid references platform.app_user (id),
  acted_by_name    text not null,
  body_name        text not null,
  acted_at         timestamptz not null
);
comment on table complaint.step is '办理过程:谁、何时、办了什么、为什么,以及之后由哪个单位办;只增不改';
comment on column complaint.step.is_internal is '只给办理单位看,不向投诉人和企业显示';
comment on column complaint.step.is_offline is '线下办理、由别的单位补录';
create index step_complaint_idx on complaint.step (complaint_id, id);
call platform.protect('complaint.step');
revoke update on complaint.step from shanzhi_app;
grant update (county_id, township_id, neighbourhood_id, estate_id) on complaint.step to shanzhi_app;
create policy party_read on complaint.step for select to shanzhi_app
  using (exists (select from complaint.complaint c where c.id = complaint_id));
create policy no_estate on complaint.step as restrictive to shanzhi_app using ((select platform.scope_level()) <> 'estate');

create table complaint.participant (
  id               uuid primary key,
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  complaint_id     uuid not null references complaint.complaint (id),
  org_unit_id      uuid not null references platform.org_unit (id),
  part             text not null check (part in ('lead', 'assisting', 'former')),
  created_at       timestamptz not null,
  unique (complaint_id, org_unit_id)
);
comment on table complaint.participant is '参与办理的单位:主办、协办、办过的;县级部门只看得到自己参与的投诉件';
create index participant_org_idx on complaint.participant (org_unit_id, complaint_id);
call platform.protect('complaint.participant');
create policy no_company on complaint.participant as restrictive to shanzhi_app using ((select platform.scope_level()) not in ('estate', 'company'));

create table complaint.complaint_file (
  complaint_id     uuid not null references complaint.complaint (id),
  file_no          integer not null check (file_no between 1 and 1000),
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  file_id          uuid not null references platform.file (id),
  kind             text not null check (kind in ('given', 'handling', 'reply')),
  created_at       timestamptz not null,
  primary key (complaint_id, file_no)
);
comment on table complaint.complaint_file is '投诉件的附件:投诉人提供的、办理中的、答复(扫描件)的';
create index complaint_file_file_idx on complaint.complaint_file (file_id);
call platform.protect('complaint.complaint_file');
create policy no_estate on complaint.complaint_file as restrictive to shanzhi_app using ((select platform.scope_level()) <> 'estate');

create table complaint.responsibility (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  category_code  text not null check (category_code in ('A01', 'A02', 'A03', 'B01', 'B02', 'B03', 'B04', 'C01', 'C02', 'D01', 'D02', 'D03', 'E01', 'E02', 'E03', 'E04', 'E05', 'F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10', 'F11', 'G01', 'G02', 'G03', 'G04', 'G05', 'H01', 'I01', 'J01', 'J02')),
  lead_id        uuid not null references platform.org_unit (id),
  assisting      text not null default '' check (char_length(assisting) <= 100),
  basis          text not null check (char_length(basis) between 1 and 200),
  effective_from date not null,
  set_by         uuid references platform.app_user (id),
  set_by_name    text not null,
  created_at     timestamptz not null,
  unique (county_id, category_code, effective_from)
);
comment on table complaint.responsibility is '责任清单:某类投诉自某日起由哪个单位主办;没有的按平台默认;只增不改';
alter table complaint.responsibility enable row level security;
create policy responsibility_read on complaint.responsibility for select to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
create policy responsibility_insert on complaint.responsibility for insert to shanzhi_app
  with check ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
grant select, insert on complaint.responsibility to shanzhi_app;

-- 有无账号: whether anybody works for a body in this system; yes or no only. A township may not read the list of posts itself.
create function complaint.bodies_with_accounts(bodies uuid[]) returns table (id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct b from unnest(bodies) b where exists (
    select from platform.user_grant g join platform.app_user u on u.id = g.user_id
     where g.ended_at is null and u.disabled_at is null and g.role in ('bureau-clerk', 'department-officer', 'township-officer', 'neighbourhood-officer') and (g.org_unit_id = b or g.scope_id = b)) $$;
revoke all on function complaint.bodies_with_accounts(uuid[]) from public;
grant execute on function complaint.bodies_with_accounts(uuid[]) to shanzhi_app;
