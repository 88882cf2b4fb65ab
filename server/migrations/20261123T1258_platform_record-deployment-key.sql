-- platform: which secret the sealed columns and blind indexes of this database are of, and which they were of before. A new table; no lock on others.

set local lock_timeout = '3s';

create table platform.deployment_key (
  key_no      integer generated always as identity primary key,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{32}$'),
  since       timestamptz not null,
  ended_at    timestamptz,
  check (ended_at >= since)
);
comment on table platform.deployment_key is '部署密钥(整个部署一份,不分县):只记指纹,不记密钥;换过的留着,用来认出以前的备份';
comment on column platform.deployment_key.fingerprint is '由密钥算出的指纹,与备份清单里的相同,不能倒推密钥';
comment on column platform.deployment_key.ended_at is '换成下一把的时间';
-- A row readable with neither key, or with two, cannot be described here.
create unique index deployment_key_standing_key on platform.deployment_key ((true)) where ended_at is null;

-- Written by the owner alone, in the transaction that seals everything anew.
alter table platform.deployment_key enable row level security;
create policy deployment_key_read on platform.deployment_key for select to shanzhi_app using ((select platform.scope_level()) = 'everything');
grant select on platform.deployment_key to shanzhi_app;
