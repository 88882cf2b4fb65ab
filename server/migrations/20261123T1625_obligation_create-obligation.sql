-- 时限义务: who must do what by when, everything that happened to it, and which reminders went out.

set local lock_timeout = '3s';

create schema obligation;
comment on schema obligation is '时限义务。Owned by server/modules/obligation.';
grant usage on schema obligation to shanzhi_app;

create table obligation.obligation (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid references platform.org_unit (id),
  neighbourhood_id uuid references platform.org_unit (id),
  estate_id        uuid references registry.estate (id),
  company_id       uuid references registry.company (id),
  duty_id          text not null,
  subject_kind     text not null,
  subject_id       text not null,
  opened_key       text not null,
  title            text not null check (char_length(title) between 1 and 200),
  path             text not null check (path like '/%'),
  holder_kind      text not null check (holder_kind in ('county-bureau', 'township', 'neighbourhood', 'handler', 'company', 'committee', 'conference-office')),
  holder_org_id    uuid not null,
  holder_user_id   uuid references platform.app_user (id),
  holder_name      text,
  holders          jsonb not null,
  facts            jsonb not null,
  state            text not null check (state in ('open', 'suspended', 'discharged', 'waived', 'void')),
  opened_on        date not null,
  due_on           date,
  due_at           timestamptz,
  warn_at          timestamptz,
  ends_at          timestamptz,
  is_provisional   boolean not null,
  is_extended      boolean not null,
  resumes_on       date,
  ended_on         date,
  is_late          boolean not null,
  period_ends_on   date,
  renews_at        timestamptz,
  next_at          timestamptz,
  version          integer not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  unique (duty_id, subject_kind, subject_id, opened_key),
  check ((state in ('open', 'suspended')) = (ended_on is null)),
  check ((due_on is null) = (ends_at is null))
);
comment on table obligation.obligation is '时限义务:某单位对某事应在何日前完成;期限由记录计算得出,不手填';
comment on column obligation.obligation.duty_id is '义务种类,见 docs/generated/duties.md';
comment on column obligation.obligation.subject_id is '对象编号,由其模块解释';
comment on column obligation.obligation.opened_key is '由哪个事实开始;同一事实只开始一次';
comment on column obligation.obligation.title is '对象的称呼,不含个人信息';
comment on column obligation.obligation.path is '办理页面';
comment on column obligation.obligation.holder_org_id is '责任单位:机构、企业或业主组织的编号';
comment on column obligation.obligation.holder_user_id is '责任单位内的经办人;空为未分到人';
comment on column obligation.obligation.holders is '各种责任主体各是哪个单位,供升级提醒用';
comment on column obligation.obligation.facts is '开始时的事实,计算期限用,不含个人信息';
comment on column obligation.obligation.due_on is '最后一日;中止且没有限度时为空';
comment on column obligation.obligation.warn_at is '预警时刻,之后显示黄灯';
comment on column obligation.obligation.ends_at is '期限届满时刻,之后显示红灯';
comment on column obligation.obligation.is_provisional is '暂定:跨入节假日通知未登记的年份';
comment on column obligation.obligation.resumes_on is '有限度的中止,至迟的最后一日';
comment on column obligation.obligation.renews_at is '周期性义务下一期开始的时刻;已开始下一期的为空';
comment on column obligation.obligation.next_at is '下一次要处理的时刻(提醒或自动恢复);没有时为空';
create index obligation_county_idx on obligation.obligation (county_id, due_on, id) where ended_on is null;
create index obligation_township_idx on obligation.obligation (township_id, due_on, id) where ended_on is null;
create index obligation_neighbourhood_idx on obligation.obligation (neighbourhood_id, due_on, id) where ended_on is null;
create index obligation_estate_idx on obligation.obligation (estate_id, due_on, id) where ended_on is null;
create index obligation_company_idx on obligation.obligation (company_id, due_on, id) where ended_on is null;
create index obligation_holder_idx on obligation.obligation (holder_org_id, due_on, id) where ended_on is null;
create index obligation_user_idx on obligation.obligation (holder_user_id) where ended_on is null and holder_user_id is not null;
create index obligation_ended_idx on obligation.obligation (county_id, ended_on desc, id desc) where ended_on is not null;
create index obligation_subject_idx on obligation.obligation (subject_kind, subject_id);
create index obligation_next_idx on obligation.obligation (next_at, id) where next_at is not null;
create index obligation_renews_idx on obligation.obligation (renews_at, id) where renews_at is not null;
create index obligation_provisional_idx on obligation.obligation (county_id, id) where is_provisional and ended_on is null;
call platform.protect('obligation.obligation');
-- Whoever holds it reads and changes it wherever the subject lies; so does the one its body was merged into, to which it was moved.
create policy holder_read on obligation.obligation for select to shanzhi_app using (holder_org_id = (select platform.scope_id()));
create policy holder_update on obligation.obligation for update to shanzhi_app using (holder_org_id = (select platform.scope_id())) with check (holder_org_id = (select platform.scope_id()));

create table obligation.entry (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  obligation_id  uuid not null references obligation.obligation (id),
  kind           text not null check (kind in ('opened', 'suspended', 'resumed', 'extended', 'restated', 'reassigned', 'reopened', 'discharged', 'waived', 'void')),
  event          text not null,
  key            text not null,
  acted_at       timestamptz not null,
  acted_on       date not null,
  due_on         date,
  reason         text check (char_length(reason) <= 500),
  holder_kind    text,
  holder_org_id  uuid,
  holder_user_id uuid,
  holder_name    text,
  by_user_id     uuid references platform.app_user (id),
  by_name        text,
  recorded_at    timestamptz not null,
  unique (obligation_id, kind, event, key),
  check (kind <> 'restated' or due_on is not null),
  check (kind not in ('extended', 'waived') or reason is not null)
);
comment on table obligation.entry is '时限记录:一项义务上发生的每件事,只增不改;期限由全部记录按发生先后算出';
comment on column obligation.entry.event is '事实的名称;在义务本身上的办理为 obligation.…';
comment on column obligation.entry.key is '事实的标识,同一事实只记一次';
comment on column obligation.entry.due_on is '重新给定的期限';
comment on column obligation.entry.by_name is '办理人';
alter table obligation.entry enable row level security;
create policy scope_read on obligation.entry for select to shanzhi_app using (exists (select from obligation.obligation o where o.id = obligation_id));
create policy scope_insert on obligation.entry for insert to shanzhi_app with check (exists (select from obligation.obligation o where o.id = obligation_id));
grant select, insert on obligation.entry to shanzhi_app;

create table obligation.rung (
  obligation_id uuid not null references obligation.obligation (id),
  rung          text not null,
  county_id     uuid not null references platform.org_unit (id),
  planned_at    timestamptz not null,
  climbed_at    timestamptz not null,
  primary key (obligation_id, rung)
);
comment on table obligation.rung is '已发出的提醒:每项义务每级一次';
comment on column obligation.rung.planned_at is '应提醒的时刻';
comment on column obligation.rung.climbed_at is '实际提醒的时刻';
alter table obligation.rung enable row level security;
create policy scope_read on obligation.rung for select to shanzhi_app using (exists (select from obligation.obligation o where o.id = obligation_id));
create policy scope_insert on obligation.rung for insert to shanzhi_app with check (exists (select from obligation.obligation o where o.id = obligation_id));
grant select, insert on obligation.rung to shanzhi_app;
