-- 公开发布: public items from draft to withdrawal, their files and steps, and what anybody may read. New tables only, no lock on others.

set local lock_timeout = '3s';

create schema publication;
comment on schema publication is '公开发布。Owned by server/modules/publication.';
grant usage on schema publication to shanzhi_app;

create table publication.index_register (
  county_id   uuid not null references platform.org_unit (id),
  year        integer not null check (year between 2000 and 2200),
  last_serial integer not null check (last_serial >= 1),
  primary key (county_id, year)
);
comment on table publication.index_register is '索引号登记:每县每年一行,签发时在同一事务中加一';
alter table publication.index_register enable row level security;
create policy register_own on publication.index_register to shanzhi_app
  using ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county())) with check ((select platform.scope_level()) = 'everything' or county_id = (select platform.scope_county()));
grant select, insert, update on publication.index_register to shanzhi_app;

create table publication.publication (
  id                uuid primary key,
  county_id         uuid not null references platform.org_unit (id),
  township_id       uuid,
  neighbourhood_id  uuid,
  estate_id         uuid,
  company_id        uuid,
  level             text not null check (level in ('county', 'township', 'neighbourhood', 'estate', 'company')),
  issuer_id         uuid not null,
  issuer_name       text not null check (char_length(issuer_name) between 1 and 100),
  kind              text not null check (kind in ('announcement', 'paper', 'estate', 'companies', 'formation')),
  subject_id        uuid,
  about_township_id uuid references platform.org_unit (id),
  title             text not null check (char_length(title) between 1 and 120),
  body              text not null default '' check (char_length(body) <= 20000),
  content           jsonb not null,
  content_sha256    text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  drawn_sha256      text check (drawn_sha256 ~ '^[0-9a-f]{64}$'),
  drawn_on          date not null,
  period_kind       text not null check (period_kind in ('none', 'natural', 'working', 'until')),
  period_days       integer check (period_days between 1 and 365),
  period_until_on   date,
  sightings         jsonb not null,
  answers           jsonb not null,
  status            text not null default 'draft' check (status in ('draft', 'reviewing', 'returned', 'signing', 'published', 'withdrawn', 'expired', 'discarded')),
  writer_ids        uuid[] not null check (cardinality(writer_ids) between 1 and 50),
  drafted_by        uuid references platform.app_user (id),
  drafted_by_name   text not null,
  returned_reason   text check (char_length(returned_reason) between 4 and 500),
  reviewed_by       uuid references platform.app_user (id),
  reviewed_by_name  text,
  reviewed_at       timestamptz,
  reviewed_sha256   text check (reviewed_sha256 ~ '^[0-9a-f]{64}$'),
  open_check        jsonb,
  open_attribute    text check (open_attribute in ('active', 'on-request', 'never')),
  issued_by         uuid references platform.app_user (id),
  issued_by_name    text,
  issued_on         date,
  issued_at         timestamptz,
  until_on          date,
  until_words       text,
  public_id         uuid,
  index_no          text check (char_length(index_no) between 1 and 60),
  ended_on          date,
  ended_at          timestamptz,
  withdrawn_by_name text,
  withdraw_reason   text check (char_length(withdraw_reason) between 4 and 200),
  version           integer not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  check ((reviewed_by is null) = (reviewed_sha256 is null) and (reviewed_by is null) = (open_check is null) and (reviewed_by is null) = (open_attribute is null)),
  -- Nothing stands before the public without three acts of the proper people on the very same content.
  constraint publication_three_acts check (status not in ('published', 'withdrawn', 'expired') or (
    reviewed_by is not null and issued_by is not null and public_id is not null and index_no is not null and issued_on is not null and issued_at is not null
    and open_attribute = 'active' and reviewed_sha256 = content_sha256 and reviewed_by <> all (writer_ids) and issued_by <> all (writer_ids))),
  constraint publication_reviewed_by_another check (status <> 'signing' or (reviewed_by is not null and reviewed_sha256 = content_sha256 and reviewed_by <> all (writer_ids))),
  check ((status in ('withdrawn', 'expired')) = (ended_at is not null)),
  check ((status = 'withdrawn') = (withdraw_reason is not null))
);
comment on table publication.publication is '公开事项:拟稿、审核、签发后发布;内容为拟稿时的固定样子;撤回或到期后公众只看到说明';
comment on column publication.publication.level is '发布单位的层级,发布前只有本级可见';
comment on column publication.publication.issuer_name is '发布机关名称';
comment on column publication.publication.subject_id is '取自哪一条:文书、小区、上报的读数;通知公告和名录没有';
comment on column publication.publication.about_township_id is '所涉乡镇街道,供公众筛选';
comment on column publication.publication.body is '拟稿人写的文字';
comment on column publication.publication.content is '公开的内容:标题之外的各块,不含 HTML';
comment on column publication.publication.content_sha256 is '公开内容连同附件的摘要';
comment on column publication.publication.drawn_sha256 is '带出内容时来源的摘要,用来发现来源变化';
comment on column publication.publication.drawn_on is '带出内容的截至日期';
comment on column publication.publication.sightings is '自动检查的发现(遮盖后的样子和钥匙摘要)';
comment on column publication.publication.answers is '对发现的说明';
comment on column publication.publication.writer_ids is '写过内容的人;都不能审核和签发';
comment on column publication.publication.open_check is '公开属性与保密审查,逐项';
comment on column publication.publication.public_id is '公开地址里的编号,签发时取得';
create unique index publication_public_key on publication.publication (public_id) where public_id is not null;
create unique index publication_index_key on publication.publication (county_id, index_no) where index_no is not null;
create index publication_county_idx on publication.publication (county_id, id desc);
create index publication_township_idx on publication.publication (township_id, id desc) where township_id is not null;
create index publication_neighbourhood_idx on publication.publication (neighbourhood_id, id desc) where neighbourhood_id is not null;
create index publication_estate_idx on publication.publication (estate_id, id desc) where estate_id is not null;
create index publication_company_idx on publication.publication (company_id, id desc) where company_id is not null;
create index publication_standing_idx on publication.publication (public_id desc) where status = 'published';
create index publication_until_idx on publication.publication (until_on) where status = 'published' and until_on is not null;
create index publication_subject_idx on publication.publication (subject_id) where subject_id is not null;
call platform.protect('publication.publication');

-- The life of an item, once more where nobody can go round it; and what was issued stays as it was.
create function publication.keep_order() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'draft' and platform.scope_level() <> 'everything' then raise exception 'an item begins as a draft' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if old.status <> new.status and (old.status, new.status) not in (
    ('draft', 'reviewing'), ('returned', 'reviewing'), ('draft', 'discarded'), ('returned', 'discarded'),
    ('reviewing', 'signing'), ('reviewing', 'returned'), ('signing', 'published'), ('signing', 'returned'), ('published', 'withdrawn'), ('published', 'expired')
  ) then raise exception 'an item goes from draft to review to issue' using errcode = 'check_violation'; end if;
  if old.status not in ('draft', 'returned') and
    (new.issuer_id, new.kind, new.subject_id, new.title, new.body, new.content, new.content_sha256, new.writer_ids, new.period_kind, new.period_days, new.period_until_on, new.answers)
    is distinct from
    (old.issuer_id, old.kind, old.subject_id, old.title, old.body, old.content, old.content_sha256, old.writer_ids, old.period_kind, old.period_days, old.period_until_on, old.answers)
  then raise exception 'what was submitted is frozen' using errcode = 'check_violation'; end if;
  if old.status in ('published', 'withdrawn', 'expired') and
    (new.public_id, new.index_no, new.issued_on, new.issued_at, new.issued_by, new.reviewed_by, new.open_check, new.open_attribute, new.reviewed_sha256, new.issuer_name, new.until_on)
    is distinct from
    (old.public_id, old.index_no, old.issued_on, old.issued_at, old.issued_by, old.reviewed_by, old.open_check, old.open_attribute, old.reviewed_sha256, old.issuer_name, old.until_on)
  then raise exception 'what was published is frozen' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger publication_keep_order before insert or update on publication.publication for each row execute function publication.keep_order();

create table publication.publication_file (
  publication_id          uuid not null references publication.publication (id),
  file_no          integer not null check (file_no between 1 and 1000),
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  file_id          uuid not null references platform.file (id),
  is_drawn         boolean not null default false,
  sightings        jsonb not null,
  unread           text,
  removed_at       timestamptz,
  primary key (publication_id, file_no)
);
comment on table publication.publication_file is '公开事项的附件';
comment on column publication.publication_file.is_drawn is '由系统从来源带出(如文书的 PDF)';
comment on column publication.publication_file.sightings is '自动检查附件文字的发现(遮盖后的样子和钥匙摘要)';
comment on column publication.publication_file.unread is '不能自动检查文字的原因';
create index publication_file_idx on publication.publication_file (file_id);
call platform.protect('publication.publication_file');

create table publication.step (
  id               uuid primary key,
  publication_id          uuid not null references publication.publication (id),
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  act              text not null check (act in ('draft', 'edit', 'submit', 'discard', 'approve', 'sendBack', 'issue', 'refuse', 'withdraw', 'expire')),
  opinion          text not null default '' check (char_length(opinion) <= 500),
  acted_by         uuid references platform.app_user (id),
  acted_by_name    text not null,
  acted_at         timestamptz not null,
  content_sha256   text not null
);
comment on table publication.step is '公开事项的办理过程:谁、何时、办了什么、意见;只增不改';
create index step_publication_idx on publication.step (publication_id, id);
call platform.protect('publication.step');
revoke update on publication.step from shanzhi_app;

-- 本单位的人: who holds which post at the caller's own level and place; ids and roles only. A township may not read the list of posts itself.
create function publication.colleagues(body uuid) returns table (user_id uuid, role text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct g.user_id, g.role from platform.user_grant g join platform.app_user u on u.id = g.user_id
   where g.ended_at is null and u.disabled_at is null and g.level = platform.scope_level() and g.scope_id = platform.scope_id() and (g.level <> 'county' or g.org_unit_id is null or g.org_unit_id = body) $$;
revoke all on function publication.colleagues(uuid) from public;
grant execute on function publication.colleagues(uuid) to shanzhi_app;

-- 公开页: what anybody may read. Functions with their owner's rights, because a visitor has no scope; each looks only at what stands published on the day.
create function publication.public_page(day date, of_county uuid, of_kind text, of_township uuid, words text, before uuid, most integer)
  returns table (public_id uuid, kind text, title text, issuer_name text, issued_on date, issued_at timestamptz, until_on date, index_no text, county_name text, township_name text, found bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with hits as (
    select i.public_id, i.kind, i.title, i.issuer_name, i.issued_on, i.issued_at, i.until_on, i.index_no, i.county_id, i.about_township_id from publication.publication i
     where i.status = 'published' and (i.until_on is null or i.until_on >= day) and (of_county is null or i.county_id = of_county) and (of_kind is null or i.kind = of_kind) and (of_township is null or i.about_township_id = of_township)
       and (words is null or i.title like words)
  )
  select h.public_id, h.kind, h.title, h.issuer_name, h.issued_on, h.issued_at, h.until_on, h.index_no, c.name, t.name, (select count(*) from (select 1 from hits limit 1001) few)
    from hits h join platform.org_unit c on c.id = h.county_id left join platform.org_unit t on t.id = h.about_township_id
   where before is null or h.public_id < before
   order by h.public_id desc limit least(most, 201) $$;
revoke all on function publication.public_page(date, uuid, text, uuid, text, uuid, integer) from public;
grant execute on function publication.public_page(date, uuid, text, uuid, text, uuid, integer) to shanzhi_app;

create function publication.public_places(day date) returns table (id uuid, name text, kind text, county_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with standing as (select i.county_id, i.about_township_id from publication.publication i where i.status = 'published' and (i.until_on is null or i.until_on >= day))
  select o.id, o.name, o.kind, o.county_id from platform.org_unit o
   where o.id in (select s.county_id from standing s union select s.about_township_id from standing s) order by o.kind, o.sort_no, o.name limit 1000 $$;
revoke all on function publication.public_places(date) from public;
grant execute on function publication.public_places(date) to shanzhi_app;

-- One address: the item while it stands; afterwards only that it ended, when and why, and nothing of what it said.
create function publication.public_item(day date, at_address uuid)
  returns table (state text, kind text, issuer_name text, index_no text, issued_on date, title text, content jsonb, content_sha256 text, until_on date, until_words text, county_name text, township_name text, ended_on date, withdraw_reason text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.state, i.kind, i.issuer_name, i.index_no, i.issued_on,
         case when s.state = 'published' then i.title end, case when s.state = 'published' then i.content end, case when s.state = 'published' then i.content_sha256 end,
         i.until_on, i.until_words, c.name, t.name, coalesce(i.ended_on, i.until_on + 1), i.withdraw_reason
    from publication.publication i
    cross join lateral (select case when i.status = 'published' and i.until_on < day then 'expired' else i.status end as state) s
    join platform.org_unit c on c.id = i.county_id left join platform.org_unit t on t.id = i.about_township_id
   where i.public_id = at_address and i.status in ('published', 'withdrawn', 'expired') $$;
revoke all on function publication.public_item(date, uuid) from public;
grant execute on function publication.public_item(date, uuid) to shanzhi_app;

create function publication.public_files(day date, at_address uuid)
  returns table (file_no integer, name text, size_bytes bigint, media_type text, hash text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.file_no, p.name, p.size_bytes, p.media_type, p.hash
    from publication.publication i join publication.publication_file f on f.publication_id = i.id and f.removed_at is null join platform.file p on p.id = f.file_id
   where i.public_id = at_address and i.status = 'published' and (i.until_on is null or i.until_on >= day) order by f.file_no $$;
revoke all on function publication.public_files(date, uuid) from public;
grant execute on function publication.public_files(date, uuid) to shanzhi_app;
