-- 一栏多个电话: every number of a field is found by, not only its first. The keyed indexes of the others stand in an array beside it; most rows have none.
-- Locks: new columns hold ACCESS EXCLUSIVE for milliseconds; the indexes are partial and empty until such a field is saved.

set local lock_timeout = '3s';

alter table registry.owner add column phone_more_index text[];
alter table registry.practitioner add column phone_more_index text[];
alter table registry.contact add column phone_more_index text[];
alter table registry.company add column phone_more_index text[];
alter table registry.estate add column manager_phone_more_index text[];
alter table committee.member add column phone_more_index text[];
comment on column registry.owner.phone_more_index is '其余电话的盲索引(号码和后四位)[pii:phone]';
comment on column registry.practitioner.phone_more_index is '其余电话的盲索引(号码和后四位)[pii:work-phone]';
comment on column registry.contact.phone_more_index is '其余电话的盲索引(号码和后四位)[pii:work-phone]';
comment on column registry.company.phone_more_index is '其余电话的盲索引(号码和后四位)[pii:work-phone]';
comment on column registry.estate.manager_phone_more_index is '其余电话的盲索引(号码和后四位)[pii:work-phone]';
comment on column committee.member.phone_more_index is '其余电话的盲索引(号码和后四位)[pii:phone]';
create index owner_phone_more_idx on registry.owner using gin (phone_more_index) where phone_more_index is not null;
create index practitioner_phone_more_idx on registry.practitioner using gin (phone_more_index) where phone_more_index is not null;
create index contact_phone_more_idx on registry.contact using gin (phone_more_index) where phone_more_index is not null;
create index member_phone_more_idx on committee.member using gin (phone_more_index) where phone_more_index is not null;

-- Row-level security keeps an array's operators from their index. Asked with its owner's rights this tells ids only; whoever asks looks the rows up under
-- his own scope. What is asked with is a keyed index, which nobody has who has not the number and the key.
create function registry.ids_by_more_phones(wanted text[]) returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select id from registry.owner where phone_more_index is not null and phone_more_index && wanted
  union all select id from registry.practitioner where phone_more_index is not null and phone_more_index && wanted
  union all select id from registry.contact where phone_more_index is not null and phone_more_index && wanted $$;
revoke all on function registry.ids_by_more_phones(text[]) from public;
grant execute on function registry.ids_by_more_phones(text[]) to shanzhi_app;
create function committee.ids_by_more_phones(wanted text[]) returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select id from committee.member where phone_more_index is not null and phone_more_index && wanted $$;
revoke all on function committee.ids_by_more_phones(text[]) from public;
grant execute on function committee.ids_by_more_phones(text[]) to shanzhi_app;
