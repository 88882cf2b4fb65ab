-- complaint: how many files were overdue on a day, kept as they were counted, so that what was reviewed is what is published.
create table complaint.overdue_reading (
  id         uuid primary key,
  county_id  uuid not null references platform.org_unit (id),
  grouping   text not null check (grouping in ('category', 'township', 'company')),
  as_of_on   date not null,
  lines      jsonb not null check (jsonb_typeof(lines) = 'array'),
  least      integer not null check (least >= 3),
  created_by uuid references platform.app_user (id),
  created_at timestamptz not null
);
comment on table complaint.overdue_reading is '固定的逾期件数:某日按类别、乡镇街道或者企业的投诉逾期件数,供拟公开稿;只增不改';
comment on column complaint.overdue_reading.lines is '各行的名称和件数(未遮盖,内部)';
comment on column complaint.overdue_reading.least is '公开时少于多少件的并入“其他”';
create index overdue_reading_county_idx on complaint.overdue_reading (county_id, id desc);
call platform.protect('complaint.overdue_reading');
revoke update on complaint.overdue_reading from shanzhi_app;
