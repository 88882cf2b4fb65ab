-- owner: codes that show a telephone to be the caller's own. New schema and table only, no lock on others.

set local lock_timeout = '3s';

create schema owner;
comment on schema owner is '业主端。Owned by server/modules/owner.';
grant usage on schema owner to shanzhi_app;

create table owner.phone_code (
  id            uuid primary key,
  county_id     uuid not null references platform.org_unit (id),
  estate_id     uuid not null references registry.estate (id),
  phone_index   text not null,
  address_index text not null,
  code_index    text not null,
  attempts      integer not null default 0 check (attempts between 0 and 5),
  valid_until   timestamptz not null,
  used_at       timestamptz,
  demo_cipher   text,
  created_at    timestamptz not null
);
comment on table owner.phone_code is '手机验证码:号码、来源地址和验证码只存带密钥的摘要,过期即失效,次日删除';
comment on column owner.phone_code.phone_index is '手机号(盲索引)[pii:phone]';
comment on column owner.phone_code.address_index is '来源网络地址(带密钥的摘要),只用于限制次数[pii:address]';
comment on column owner.phone_code.code_index is '验证码(带密钥的摘要)';
comment on column owner.phone_code.demo_cipher is '仅演示环境:手机号和验证码(密文),供系统管理员在短信发件箱查看[pii:phone]';
create index phone_code_phone_idx on owner.phone_code (phone_index, created_at desc);
create index phone_code_address_idx on owner.phone_code (address_index, created_at desc);
create index phone_code_estate_idx on owner.phone_code (estate_id, created_at desc);
create index phone_code_county_idx on owner.phone_code (county_id, id desc);
call platform.protect('owner.phone_code');
grant delete on owner.phone_code to shanzhi_app;
create policy scope_delete on owner.phone_code for delete to shanzhi_app using ((select platform.scope_level()) = 'everything');
