-- 通知: what is told to whom, by which channels it leaves the machine, and what became of it. New tables, and triggers on two old ones that only wake listeners.

set local lock_timeout = '3s';

-- The person of the running transaction, where the page is somebody's own: unset means nobody.
create function platform.scope_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('shanzhi.person_id', true), '')::uuid $$;

create table platform.notice (
  id           uuid primary key,
  county_id    uuid not null references platform.org_unit (id),
  kind         text not null check (kind ~ '^[a-z-]+\.[a-z-]+$'),
  subject_kind text not null check (char_length(subject_kind) between 1 and 50),
  subject_id   text not null check (char_length(subject_id) between 1 and 100),
  text         text not null check (char_length(text) between 1 and 300),
  path         text not null check (path ~ '^/([^/\\]|$)' and char_length(path) <= 300),
  created_at   timestamptz not null
);
comment on table platform.notice is '通知:一件事一行,不含个人信息';
comment on column platform.notice.path is '打开所通知事项的控制台地址';
create index notice_county_idx on platform.notice (county_id, id desc);

create table platform.notice_receipt (
  user_id    uuid not null references platform.app_user (id),
  notice_id  uuid not null references platform.notice (id),
  county_id  uuid not null,
  read_at    timestamptz,
  created_at timestamptz not null,
  primary key (user_id, notice_id)
);
comment on table platform.notice_receipt is '收到的通知:每个收件人一行;只有本人看得到';
create index notice_receipt_unread_idx on platform.notice_receipt (user_id, notice_id desc) where read_at is null;
create index notice_receipt_notice_idx on platform.notice_receipt (notice_id);

-- A receipt is its person's own; a notice is seen by whoever holds a receipt of it. Both are written by platform.write_notice alone.
alter table platform.notice_receipt enable row level security;
create policy own_read on platform.notice_receipt for select to shanzhi_app using ((select platform.scope_level()) = 'everything' or user_id = (select platform.scope_person()));
create policy own_update on platform.notice_receipt for update to shanzhi_app using (user_id = (select platform.scope_person())) with check (user_id = (select platform.scope_person()));
grant select on platform.notice_receipt to shanzhi_app;
grant update (read_at) on platform.notice_receipt to shanzhi_app;
alter table platform.notice enable row level security;
create policy own_read on platform.notice for select to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or exists (select from platform.notice_receipt r where r.notice_id = notice.id and r.user_id = (select platform.scope_person())));
grant select on platform.notice to shanzhi_app;

-- Who is meant: persons by id, and everyone in a post at one of the bodies under one of the roles. Whoever tells need not see the grants.
create function platform.notice_recipients(persons uuid[], bodies uuid[], body_roles jsonb, today date)
  returns table (user_id uuid, county_id uuid) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.county_id from platform.app_user u where u.disabled_at is null and (
    u.id = any (persons) or exists (
      select from platform.user_grant g
        join unnest(bodies) with ordinality b (id, no) on b.id in (g.org_unit_id, g.scope_id)
       where g.user_id = u.id and g.ended_at is null and g.started_on <= today and body_roles -> (b.no::int - 1) ? g.role))
   order by u.county_id, u.id $$;
revoke all on function platform.notice_recipients(uuid[], uuid[], jsonb, date) from public;
grant execute on function platform.notice_recipients(uuid[], uuid[], jsonb, date) to shanzhi_app;

create function platform.write_notice(notice_id uuid, county uuid, notice_kind text, about_kind text, about_id text, said text, page text, at timestamptz, persons uuid[])
  returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into platform.notice (id, county_id, kind, subject_kind, subject_id, text, path, created_at) values (notice_id, county, notice_kind, about_kind, about_id, said, page, at);
  insert into platform.notice_receipt (user_id, notice_id, county_id, created_at) select person, notice_id, county, at from unnest(persons) person;
$$;
revoke all on function platform.write_notice(uuid, uuid, text, text, text, text, text, timestamptz, uuid[]) from public;
grant execute on function platform.write_notice(uuid, uuid, text, text, text, text, text, timestamptz, uuid[]) to shanzhi_app;

-- Something about this person changed: open streams of theirs look again, in whichever process they are.
create function platform.wake_person() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('shanzhi_person', case when tg_table_name = 'app_user' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'user_id' end);
  return null;
end $$;
create trigger notice_receipt_wake after insert or update of read_at on platform.notice_receipt for each row execute function platform.wake_person();
create trigger session_wake after update of revoked_at on platform.session for each row when (new.revoked_at is distinct from old.revoked_at) execute function platform.wake_person();
create trigger app_user_wake after update of disabled_at on platform.app_user for each row when (new.disabled_at is distinct from old.disabled_at) execute function platform.wake_person();

create table platform.notice_choice (
  user_id            uuid primary key references platform.app_user (id),
  county_id          uuid not null,
  mail_cipher        text,
  mail_kinds         text[] not null default '{}',
  mail_since         timestamptz,
  phone_cipher       text,
  phone_last4        text check (phone_last4 ~ '^\d{4}$'),
  sms_kinds          text[] not null default '{}',
  sms_since          timestamptz,
  quiet_from_minute  integer check (quiet_from_minute between 0 and 1439),
  quiet_until_minute integer check (quiet_until_minute between 0 and 1439),
  version            integer not null default 1,
  updated_at         timestamptz not null,
  check ((quiet_from_minute is null) = (quiet_until_minute is null)),
  check ((mail_cipher is null) = (mail_since is null)),
  check ((phone_cipher is null) = (sms_since is null) and (phone_cipher is null) = (phone_last4 is null))
);
comment on table platform.notice_choice is '通知方式:本人选定的邮箱、手机号、通知种类和免打扰时段';
comment on column platform.notice_choice.mail_cipher is '电子邮箱(密文)[pii:mail]';
comment on column platform.notice_choice.mail_kinds is '用邮件通知的种类';
comment on column platform.notice_choice.mail_since is '自何时起用邮件通知;此前的不补发';
comment on column platform.notice_choice.phone_cipher is '手机号(密文)[pii:phone]';
comment on column platform.notice_choice.quiet_from_minute is '免打扰开始(当日第几分钟);空为按县里的规定';
alter table platform.notice_choice enable row level security;
create policy own_read on platform.notice_choice for select to shanzhi_app using ((select platform.scope_level()) = 'everything' or user_id = (select platform.scope_person()));
create policy own_insert on platform.notice_choice for insert to shanzhi_app with check (user_id = (select platform.scope_person()));
create policy own_update on platform.notice_choice for update to shanzhi_app using (user_id = (select platform.scope_person())) with check (user_id = (select platform.scope_person()));
grant select, insert, update on platform.notice_choice to shanzhi_app;

create table platform.notice_channel (
  id              uuid primary key,
  county_id       uuid not null references platform.org_unit (id),
  kind            text not null check (kind in ('mail', 'sms', 'wecom', 'dingtalk', 'webhook')),
  name            text not null check (char_length(name) between 1 and 50),
  facts           jsonb not null,
  secret_cipher   text not null,
  former_cipher   text,
  former_until    timestamptz,
  kinds           text[] not null default '{}',
  is_on           boolean not null default false,
  on_since        timestamptz,
  failing_since   timestamptz,
  off_reason      text,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_error      text check (char_length(last_error) <= 300),
  version         integer not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  check (is_on = (on_since is not null)),
  check ((former_cipher is null) = (former_until is null))
);
comment on table platform.notice_channel is '通知渠道:邮件服务器、短信网关、群机器人和网址推送,由系统管理员设置;未设置就不向外发任何东西';
comment on column platform.notice_channel.facts is '不保密的设置:主机、端口、发件地址等';
comment on column platform.notice_channel.secret_cipher is '口令、签名密钥、机器人地址(密文)';
comment on column platform.notice_channel.former_cipher is '更换前的签名密钥(密文),到期前两个都签';
comment on column platform.notice_channel.kinds is '推送的通知种类(邮件和短信由各人自选)';
comment on column platform.notice_channel.off_reason is '被系统停用的原因';
create unique index notice_channel_kind_key on platform.notice_channel (county_id, kind) where kind <> 'webhook';
create index notice_channel_county_idx on platform.notice_channel (county_id, id);
call platform.protect('platform.notice_channel');

create table platform.notice_delivery (
  id           uuid primary key,
  county_id    uuid not null references platform.org_unit (id),
  channel_id   uuid not null references platform.notice_channel (id),
  channel_kind text not null check (channel_kind in ('mail', 'sms', 'wecom', 'dingtalk', 'webhook')),
  user_id      uuid references platform.app_user (id),
  status       text not null check (status in ('waiting', 'sending', 'sent', 'failed', 'unclear', 'dropped')),
  is_test      boolean not null default false,
  notice_count integer not null check (notice_count >= 0),
  attempts     integer not null default 0,
  due_at       timestamptz not null,
  claimed_at   timestamptz,
  finished_at  timestamptz,
  last_error   text check (char_length(last_error) <= 300),
  created_at   timestamptz not null,
  check ((user_id is not null) = (channel_kind in ('mail', 'sms')) or is_test),
  check ((status in ('sent', 'failed', 'unclear', 'dropped')) = (finished_at is not null)),
  check ((status = 'sending') = (claimed_at is not null))
);
comment on table platform.notice_delivery is '通知的发送:一次发送一行,可合并多条通知;失败原因不含个人信息';
comment on column platform.notice_delivery.user_id is '收件人;群机器人和网址推送没有';
comment on column platform.notice_delivery.claimed_at is '正在发送的开始时间;过久未完的属于已停止的进程';
create index notice_delivery_due_idx on platform.notice_delivery (due_at) where status = 'waiting';
create index notice_delivery_claimed_idx on platform.notice_delivery (claimed_at) where status = 'sending';
create index notice_delivery_county_idx on platform.notice_delivery (county_id, id desc);
create index notice_delivery_person_idx on platform.notice_delivery (user_id, channel_kind, created_at desc) where user_id is not null;
create index notice_delivery_channel_idx on platform.notice_delivery (channel_id, created_at desc);
call platform.protect('platform.notice_delivery');

create table platform.notice_delivery_item (
  target_id   uuid not null,
  channel_id  uuid not null references platform.notice_channel (id),
  notice_id   uuid not null references platform.notice (id),
  county_id   uuid not null,
  delivery_id uuid not null references platform.notice_delivery (id),
  primary key (channel_id, target_id, notice_id)
);
comment on table platform.notice_delivery_item is '一次发送所含的通知;同一渠道对同一收件方,一条通知只有一次发送';
comment on column platform.notice_delivery_item.target_id is '收件人,没有收件人的渠道为渠道自身的编号';
create index notice_delivery_item_delivery_idx on platform.notice_delivery_item (delivery_id);
call platform.protect('platform.notice_delivery_item');
