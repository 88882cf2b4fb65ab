-- 上报表格: blanks of other bodies with their marks, and what was sent, frozen.

set local lock_timeout = '3s';

create schema report;
comment on schema report is '上报表格。Owned by server/modules/report.';
grant usage on schema report to shanzhi_app;

create table report.form (
  id          uuid primary key,
  county_id   uuid not null references platform.org_unit (id),
  township_id uuid references platform.org_unit (id),
  title       text not null check (char_length(title) between 1 and 100),
  reported_to text check (char_length(reported_to) between 1 and 100),
  file_id     uuid not null references platform.file (id),
  file_type   text not null check (file_type in ('xlsx', 'xls')),
  shape       text not null check (shape ~ '^[0-9a-f]{64}$'),
  sheets      jsonb not null,
  marks       jsonb not null,
  archived_at timestamptz,
  created_by  uuid references platform.app_user (id),
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  version     integer not null default 1
);
comment on table report.form is '上报表格:别的单位发来的空表和标记;乡镇街道的表只有本乡镇街道和县可见';
comment on column report.form.shape is '表样:印着的字、公式和合并区的 SHA-256,不计数字和工作表名';
comment on column report.form.sheets is '空表的样子,供屏幕显示';
create unique index form_shape_key on report.form (county_id, coalesce(township_id, county_id), shape) where archived_at is null;
create index form_county_idx on report.form (county_id, id desc);
create index form_township_idx on report.form (township_id, id desc);
call platform.protect('report.form');

create table report.sending (
  id           uuid primary key,
  county_id    uuid not null references platform.org_unit (id),
  township_id  uuid references platform.org_unit (id),
  form_id      uuid not null references report.form (id),
  title        text not null check (char_length(title) between 1 and 100),
  file_id      uuid not null references platform.file (id),
  file_hash    text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  as_of_on     date not null,
  known_on     date not null,
  reported_to  text not null check (char_length(reported_to) between 1 and 100),
  signer       text not null check (char_length(signer) between 1 and 50),
  filler       text not null,
  corrects_id  uuid references report.sending (id),
  correction   text,
  previous_id  uuid references report.sending (id),
  cells        jsonb not null,
  subjects     jsonb not null,
  differences  jsonb not null,
  warnings     jsonb not null,
  sheets       jsonb not null,
  sent_at      timestamptz not null,
  sent_by      uuid references platform.app_user (id),
  check ((corrects_id is null) = (correction is null))
);
comment on table report.sending is '已上报的表:文件、每格的数、口径和依据,上报时固定,不再修改';
comment on column report.sending.known_on is '当时掌握:按这一天台账所载';
comment on column report.sending.cells is '每格的位置、数值、口径、说明和依据(在 subjects 中的序号);个人号码已遮盖';
comment on column report.sending.subjects is '依据的小区、企业、人员,按当时的名称';
create index sending_county_idx on report.sending (county_id, id desc);
create index sending_township_idx on report.sending (township_id, id desc);
create index sending_form_idx on report.sending (form_id, id desc);
call platform.protect('report.sending');
revoke update on report.sending from shanzhi_app;
