-- 业主组织: a first thin committee, kept bitemporally because its term is argued about.

set local lock_timeout = '3s';

create schema committee;
comment on schema committee is '业主组织。Owned by server/modules/committee.';
grant usage on schema committee to shanzhi_app;

create table committee.committee (
  id               uuid primary key,
  committee_id     uuid not null,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid,
  name             text not null check (char_length(name) between 1 and 100),
  kind             text not null default 'committee' check (kind in ('committee', 'management-committee', 'joint')),
  status           text not null check (status in ('established', 'preparing', 'dissolved')),
  since_on         date,
  until_on         date,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz,
  batch_id         uuid,
  check (until_on >= since_on),
  check (superseded_at > recorded_at)
);
comment on table committee.committee is '业主委员会(每次修改另存一行;committee_id 是业委会本身)';
comment on column committee.committee.until_on is '届满日(含当日)';
create unique index committee_current_key on committee.committee (committee_id) where superseded_at is null;
create index committee_estate_idx on committee.committee (estate_id, recorded_at);
create index committee_county_idx on committee.committee (county_id) where superseded_at is null;
call platform.protect('committee.committee');

create table committee.member (
  id               uuid primary key,
  committee_id     uuid not null,
  county_id        uuid not null,
  township_id      uuid not null,
  neighbourhood_id uuid,
  estate_id        uuid not null references registry.estate (id),
  company_id       uuid,
  name             text not null check (char_length(name) between 1 and 50),
  post             text not null check (post in ('chair', 'vice-chair', 'member', 'alternate')),
  phone_cipher     text,
  phone_index      text,
  is_party_member  boolean,
  valid_from       date,
  valid_to         date,
  recorded_at      timestamptz not null,
  superseded_at    timestamptz
);
comment on table committee.member is '业委会委员';
comment on column committee.member.phone_cipher is '电话(密文)[pii:phone]';
create index member_committee_idx on committee.member (committee_id);
create index member_estate_idx on committee.member (estate_id);
call platform.protect('committee.member');
