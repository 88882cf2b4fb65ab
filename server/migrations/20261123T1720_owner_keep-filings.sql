-- owner: what was filed from a telephone: so that a repeat is answered instead of filed again, and so that it can be counted. A new table only.

set local lock_timeout = '3s';

create table owner.filing (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  estate_id      uuid not null references registry.estate (id),
  phone_index    text not null,
  address_index  text not null,
  intent_index   text not null,
  complainant_id uuid not null,
  complaint_no   text not null,
  created_at     timestamptz not null
);
comment on table owner.filing is '手机提交的记录:防重复提交、限制次数,七日后删除;内容在投诉件里';
comment on column owner.filing.phone_index is '手机号(盲索引)[pii:phone]';
comment on column owner.filing.address_index is '来源网络地址(带密钥的摘要),只用于限制次数[pii:address]';
comment on column owner.filing.intent_index is '这一次提交的标记(带密钥的摘要)';
create unique index filing_intent_key on owner.filing (intent_index);
create index filing_phone_idx on owner.filing (phone_index, created_at desc);
create index filing_address_idx on owner.filing (address_index, created_at desc);
create index filing_estate_idx on owner.filing (estate_id, created_at desc);
create index filing_county_idx on owner.filing (county_id, created_at);
call platform.protect('owner.filing');
grant delete on owner.filing to shanzhi_app;
create policy scope_delete on owner.filing for delete to shanzhi_app using ((select platform.scope_level()) = 'everything');
