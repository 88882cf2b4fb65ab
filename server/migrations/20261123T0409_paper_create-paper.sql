-- 文书: papers from draft to cancellation, their numbers without gaps, and the public check. New tables only, no lock on others.

set local lock_timeout = '3s';

create schema paper;
comment on schema paper is '文书。Owned by server/modules/paper.';
grant usage on schema paper to shanzhi_app;

create table paper.issuer_code (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  township_id    uuid references platform.org_unit (id),
  issuer_id      uuid not null,
  paper_kind     text not null check (paper_kind in ('transfer-letter', 'notice', 'hand-over-list', 'public-notice')),
  code           text not null check (code ~ '^[^0-9A-Za-z〔〕第号 ]{1,12}$'),
  effective_from date not null,
  basis          text not null check (char_length(basis) between 1 and 200),
  created_by     uuid references platform.app_user (id),
  created_at     timestamptz not null
);
comment on table paper.issuer_code is '机关代字:发文单位每个文种自某日起用的代字;只增不改,后来的从它的起用日起代替前面的';
create unique index issuer_code_key on paper.issuer_code (issuer_id, paper_kind, effective_from);
create index issuer_code_county_idx on paper.issuer_code (county_id, id desc);
call platform.protect('paper.issuer_code');
revoke update on paper.issuer_code from shanzhi_app;

create table paper.number_register (
  issuer_id        uuid not null,
  code             text not null,
  year             integer not null check (year between 2000 and 2200),
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  last_serial      integer not null check (last_serial >= 1),
  last_on          date not null,
  primary key (issuer_id, code, year)
);
comment on table paper.number_register is '发文字号登记:发文单位、代字、年份各一行,签发时在同一事务中加一;行锁使并发签发依次取号';
comment on column paper.number_register.code is '机关代字;空表示普通文书的编号';
call platform.protect('paper.number_register');

create table paper.paper (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  company_id       uuid,
  level            text not null check (level in ('county', 'township', 'neighbourhood', 'estate', 'company')),
  issuer_id        uuid not null,
  issuer_kind      text not null check (issuer_kind in ('county', 'bureau', 'department', 'party', 'township', 'neighbourhood', 'committee', 'company', 'other')),
  issuer_name      text not null check (char_length(issuer_name) between 1 and 100),
  kind             text not null check (kind in ('transfer-letter', 'notice', 'hand-over-list', 'public-notice')),
  template_version integer not null check (template_version >= 1),
  layout           text not null check (layout in ('document', 'letter', 'plain')),
  title            text not null check (char_length(title) between 1 and 300),
  about_estate_id  uuid references registry.estate (id),
  data             jsonb not null,
  status           text not null default 'draft' check (status in ('draft', 'issued', 'cancelled', 'discarded')),
  number_code      text,
  number_year      integer,
  number_serial    integer check (number_serial >= 1),
  issued_on        date,
  issued_at        timestamptz,
  issued_by        uuid references platform.app_user (id),
  signer           text check (char_length(signer) between 1 and 50),
  text_sha256      text check (text_sha256 ~ '^[0-9a-f]{64}$'),
  verify_code      text check (verify_code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
  cancelled_at     timestamptz,
  cancel_reason    text check (char_length(cancel_reason) between 4 and 200),
  created_by       uuid references platform.app_user (id),
  created_by_name  text not null,
  version          integer not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check ((status in ('issued', 'cancelled')) = (number_serial is not null)),
  check (num_nonnulls(number_code, number_year, number_serial, issued_on, issued_at, signer, text_sha256, verify_code) in (0, 8)),
  check ((status in ('cancelled', 'discarded')) = (cancelled_at is not null))
);
comment on table paper.paper is '文书:归发文单位所有;本级和上级可见,上级看不到拟稿';
comment on column paper.paper.level is '发文单位的层级,拟稿只有本级可见';
comment on column paper.paper.issuer_name is '发文单位名称,随文书固定';
comment on column paper.paper.about_estate_id is '所涉小区';
comment on column paper.paper.data is '填写的内容;与模板版本一起重新生成同样的文字';
comment on column paper.paper.number_code is '机关代字;空字符串为普通编号';
comment on column paper.paper.text_sha256 is '签发时全文的 SHA-256';
comment on column paper.paper.verify_code is '公文核验码,随机,不可猜';
create unique index paper_number_key on paper.paper (issuer_id, number_code, number_year, number_serial) where number_serial is not null;
create unique index paper_verify_code_key on paper.paper (verify_code) where verify_code is not null;
create index paper_county_idx on paper.paper (county_id, id desc);
create index paper_township_idx on paper.paper (township_id, id desc) where township_id is not null;
create index paper_neighbourhood_idx on paper.paper (neighbourhood_id, id desc) where neighbourhood_id is not null;
create index paper_estate_idx on paper.paper (estate_id, id desc) where estate_id is not null;
create index paper_company_idx on paper.paper (company_id, id desc) where company_id is not null;
create index paper_about_estate_idx on paper.paper (about_estate_id, id desc) where about_estate_id is not null;
call platform.protect('paper.paper');

-- What was issued stays as it was issued, whoever writes; only its cancellation and the scope columns may follow.
create function paper.keep_issued() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.status in ('issued', 'cancelled') and (
    (new.issuer_id, new.issuer_name, new.kind, new.template_version, new.layout, new.title, new.data, new.number_code, new.number_year, new.number_serial, new.issued_on, new.issued_at, new.signer, new.text_sha256, new.verify_code)
    is distinct from
    (old.issuer_id, old.issuer_name, old.kind, old.template_version, old.layout, old.title, old.data, old.number_code, old.number_year, old.number_serial, old.issued_on, old.issued_at, old.signer, old.text_sha256, old.verify_code)
    or new.status not in ('issued', 'cancelled') or (old.status = 'cancelled' and new.status = 'issued')
  ) then raise exception 'an issued paper is frozen' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger paper_keep_issued before update on paper.paper for each row execute function paper.keep_issued();

-- 公文核验: what anybody may know who holds a paper's code. Runs as owner because the reader has no scope; answers for one whole code only.
create function paper.verify(code text)
  returns table (issuer_name text, kind text, title text, number_code text, number_year integer, number_serial integer, issued_on date, status text, cancelled_at timestamptz, text_sha256 text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.issuer_name, p.kind, p.title, p.number_code, p.number_year, p.number_serial, p.issued_on, p.status, p.cancelled_at, p.text_sha256
    from paper.paper p where p.verify_code = code $$;
comment on function paper.verify(text) is '公文核验,公开';
revoke all on function paper.verify(text) from public;
grant execute on function paper.verify(text) to shanzhi_app;
