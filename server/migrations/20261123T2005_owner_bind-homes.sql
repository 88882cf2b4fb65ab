-- owner: owners bound to their homes, and the sessions of telephones that were shown to be theirs. New tables only.

set local lock_timeout = '3s';

create table owner.binding (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid not null references platform.org_unit (id),
  neighbourhood_id uuid references platform.org_unit (id),
  estate_id        uuid not null references registry.estate (id),
  unit_id          uuid references registry.unit (id),
  owner_id         uuid references registry.owner (id),
  place            text not null check (char_length(place) between 1 and 200),
  name_cipher      text,
  phone_cipher     text,
  phone_index      text,
  phone_last4      text,
  status           text not null check (status in ('asked', 'bound', 'refused', 'ended')),
  how              text check (how in ('register', 'confirmed')),
  consent_version  text not null,
  consented_at     timestamptz not null,
  withdrawn_at     timestamptz,
  asked_on         date not null,
  decided_at       timestamptz,
  decided_by       uuid references platform.app_user (id),
  decided_by_name  text,
  reason           text check (char_length(reason) <= 500),
  ended_on         date,
  erased_at        timestamptz,
  version          integer not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check ((status = 'bound') <= (how is not null and unit_id is not null)),
  check ((status in ('refused', 'ended')) = (ended_on is not null)),
  check (erased_at is null or (name_cipher is null and phone_cipher is null and phone_index is null and phone_last4 is null))
);
comment on table owner.binding is '业主绑定房屋:与登记一致的即时生效,其余由社区、业委会核对;解除后按期删除姓名和手机号';
comment on column owner.binding.place is '业主所填的楼栋、单元、房号';
comment on column owner.binding.name_cipher is '姓名(密文)[pii:name]';
comment on column owner.binding.phone_cipher is '手机号(密文)[pii:phone]';
comment on column owner.binding.phone_index is '手机号盲索引[pii:phone]';
comment on column owner.binding.phone_last4 is '手机号末四位盲索引[pii:phone]';
comment on column owner.binding.consent_version is '所同意的文本版本';
comment on column owner.binding.withdrawn_at is '本人撤回同意的时间';
create unique index binding_unit_key on owner.binding (unit_id, phone_index) where status in ('asked', 'bound') and unit_id is not null;
create unique index binding_place_key on owner.binding (estate_id, phone_index, place) where status in ('asked', 'bound');
create index binding_county_idx on owner.binding (county_id, id desc);
create index binding_township_idx on owner.binding (township_id, id desc);
create index binding_neighbourhood_idx on owner.binding (neighbourhood_id, id desc);
create index binding_estate_idx on owner.binding (estate_id, id desc);
create index binding_phone_idx on owner.binding (phone_index) where phone_index is not null;
create index binding_standing_idx on owner.binding (unit_id) where status = 'bound';
call platform.protect('owner.binding');

create table owner.phone_session (
  id          text primary key,
  county_id   uuid not null references platform.org_unit (id),
  phone_index text not null,
  phone_cipher text not null,
  valid_until timestamptz not null,
  ended_at    timestamptz,
  created_at  timestamptz not null
);
comment on table owner.phone_session is '业主手机登录:由短信验证码建立,只在业主端有效,到期或退出即失效';
comment on column owner.phone_session.id is '令牌的 SHA-256';
comment on column owner.phone_session.phone_index is '手机号盲索引[pii:phone]';
comment on column owner.phone_session.phone_cipher is '手机号(密文)[pii:phone]';
create index phone_session_county_idx on owner.phone_session (county_id, valid_until);
create index phone_session_phone_idx on owner.phone_session (phone_index);
call platform.protect('owner.phone_session');
grant delete on owner.phone_session to shanzhi_app;
create policy scope_delete on owner.phone_session for delete to shanzhi_app using ((select platform.scope_level()) = 'everything');
