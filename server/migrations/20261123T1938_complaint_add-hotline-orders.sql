-- 12345工单: the hotline's file and its rows until they are taken, what an order brings beyond its complaint, what went back, the county's words. New tables; two closed lists grow.

set local lock_timeout = '3s';

alter table complaint.complaint drop constraint complaint_status_check;
alter table complaint.complaint add constraint complaint_status_check check (status in ('received', 'signed', 'accepted', 'refused', 'assigned', 'handling', 'replied', 'closed', 'withdrawn', 'merged', 'returned'));
alter table complaint.step drop constraint step_act_check;
alter table complaint.step add constraint step_act_check check (act ~ '^[a-z][A-Za-z]{2,30}$');
comment on column complaint.step.act is '动作名,即 domain/complaint/lifecycle.ts 表里的一项';

create table complaint.order_batch (
  id                uuid primary key,
  county_id         uuid not null references platform.org_unit (id),
  status            text not null check (status in ('uploaded', 'reading', 'preview', 'confirming', 'committed', 'failed', 'cancelled')),
  file_id           uuid not null references platform.file (id),
  file_name         text not null,
  headings          jsonb not null default '[]',
  rows_count        integer not null default 0 check (rows_count >= 0),
  new_count         integer not null default 0 check (new_count >= 0),
  changed_count     integer not null default 0 check (changed_count >= 0),
  unchanged_count   integer not null default 0 check (unchanged_count >= 0),
  refused_count     integer not null default 0 check (refused_count >= 0),
  warned_count      integer not null default 0 check (warned_count >= 0),
  applied_count     integer not null default 0 check (applied_count >= 0),
  notice            text,
  failure           text,
  job_id            uuid references platform.job (id),
  created_by        uuid references platform.app_user (id),
  created_by_name   text not null,
  created_at        timestamptz not null,
  confirmed_by_name text,
  confirmed_at      timestamptz,
  version           integer not null default 1
);
comment on table complaint.order_batch is '12345工单的一次导入';
comment on column complaint.order_batch.headings is '来文件的表头:每列的列号、标题和认出的栏目,回传文件照此排列';
create index order_batch_county_idx on complaint.order_batch (county_id, id desc);

create table complaint.order_row (
  batch_id         uuid not null references complaint.order_batch (id),
  row_no           integer not null check (row_no >= 1),
  county_id        uuid not null,
  sheet            text not null,
  sheet_row        integer not null,
  outcome          text not null check (outcome in ('new', 'changed', 'unchanged', 'refused')),
  order_no         text not null default '',
  title            text not null default '',
  texts            jsonb not null default '{}',
  cells            jsonb not null default '{}',
  name_cipher      text,
  phone_cipher     text,
  phone_index      text,
  phone_last4      text,
  phone_more_index text[],
  problems         jsonb not null default '[]',
  offers           jsonb not null default '{}',
  changes          jsonb not null default '[]',
  chosen           jsonb not null default '{}',
  is_warned        boolean not null default false,
  complaint_id     uuid,
  applied_at       timestamptz,
  answer           text,
  primary key (batch_id, row_no)
);
comment on table complaint.order_row is '12345工单文件的一行:确认前在这里核对、修正;导入后诉求人即从这里清除';
comment on column complaint.order_row.texts is '认出的栏目的原文,不含诉求人';
comment on column complaint.order_row.cells is '没有认出的列的原文,回传时原样带回;像个人信息的列不保存';
comment on column complaint.order_row.name_cipher is '诉求人姓名(密文)[pii:name]';
comment on column complaint.order_row.phone_cipher is '诉求人电话(密文)[pii:phone]';
comment on column complaint.order_row.phone_index is '电话盲索引[pii:phone]';
comment on column complaint.order_row.phone_last4 is '电话后四位盲索引[pii:phone]';
comment on column complaint.order_row.phone_more_index is '其他电话的盲索引[pii:phone]';
comment on column complaint.order_row.applied_at is '这一行已经导入;中断后从没有导入的行继续';
create index order_row_outcome_idx on complaint.order_row (batch_id, outcome, row_no);
create index order_row_phone_idx on complaint.order_row (phone_index) where phone_index is not null;

create table complaint.hotline_order (
  complaint_id         uuid primary key references complaint.complaint (id),
  county_id            uuid not null references platform.org_unit (id),
  township_id          uuid references platform.org_unit (id),
  neighbourhood_id     uuid references platform.org_unit (id),
  estate_id            uuid references registry.estate (id),
  order_no             text not null check (char_length(order_no) between 1 and 60),
  batch_id             uuid references complaint.order_batch (id),
  sheet_row            integer,
  texts                jsonb not null default '{}',
  cells                jsonb not null default '{}',
  title                text not null default '',
  called_at            timestamptz,
  dispatched_on        date not null,
  due_at               timestamptz,
  send_back_until_on   date,
  send_back_why        text check (char_length(send_back_why) <= 500),
  extension_asked_at   timestamptz,
  extension_until_on   date,
  extension_why        text check (char_length(extension_why) <= 500),
  extension_settled    text check (extension_settled in ('granted', 'refused')),
  redo_count           integer not null default 0 check (redo_count >= 0),
  is_contacted         boolean,
  resolved             text check (resolved in ('yes', 'partly', 'no')),
  satisfied            text check (satisfied in ('yes', 'fair', 'no')),
  called_back_on       date,
  return_kind          text check (return_kind in ('answer', 'send-back', 'extension')),
  returned_at          timestamptz,
  returned_by_name     text,
  created_at           timestamptz not null,
  updated_at           timestamptz not null
);
comment on table complaint.hotline_order is '12345工单:投诉件之外,热线规定和热线要的';
comment on column complaint.hotline_order.texts is '最近一次来文件里认出的栏目,不含诉求人';
comment on column complaint.hotline_order.due_at is '工单期限的时刻,文件写明钟点的才有';
comment on column complaint.hotline_order.return_kind is '等待回传的是什么;空为没有要回传的';
comment on column complaint.hotline_order.is_contacted is '热线回访的结果,按热线文件;空为还没有';
create unique index hotline_order_no_key on complaint.hotline_order (county_id, order_no);
create index hotline_order_month_idx on complaint.hotline_order (county_id, dispatched_on, complaint_id desc);
create index hotline_order_township_idx on complaint.hotline_order (township_id, dispatched_on);
create index hotline_order_return_idx on complaint.hotline_order (county_id, complaint_id) where return_kind is not null;
call platform.protect('complaint.hotline_order');
create policy party_read on complaint.hotline_order for select to shanzhi_app using (exists (select from complaint.complaint c where c.id = complaint_id));
create policy no_estate on complaint.hotline_order as restrictive to shanzhi_app using ((select platform.scope_level()) not in ('estate', 'company'));
insert into complaint.hotline_order (complaint_id, county_id, township_id, neighbourhood_id, estate_id, order_no, dispatched_on, created_at, updated_at)
  select id, county_id, township_id, neighbourhood_id, estate_id, origin_no, received_on, created_at, updated_at from complaint.complaint where origin = 'hotline' and origin_no is not null;

create table complaint.hotline_return (
  id           uuid primary key,
  county_id    uuid not null references platform.org_unit (id),
  order_count  integer not null check (order_count >= 1),
  made_by      uuid references platform.app_user (id),
  made_by_name text not null,
  made_at      timestamptz not null
);
comment on table complaint.hotline_return is '回传文件:一次回传给热线的工单;只增不改';
create index hotline_return_county_idx on complaint.hotline_return (county_id, id desc);

create table complaint.hotline_return_item (
  return_id    uuid not null references complaint.hotline_return (id),
  complaint_id uuid not null references complaint.complaint (id),
  county_id    uuid not null,
  kind         text not null check (kind in ('answer', 'send-back', 'extension')),
  answers      jsonb not null,
  primary key (return_id, complaint_id)
);
comment on table complaint.hotline_return_item is '回传的一件:当时回传的内容,再次下载时照此';
create index hotline_return_item_complaint_idx on complaint.hotline_return_item (complaint_id);

create table complaint.hotline_setting (
  id             uuid primary key,
  county_id      uuid not null references platform.org_unit (id),
  kind           text not null check (kind in ('type', 'wording')),
  words          text not null check (char_length(words) between 1 and 1000),
  category_code  text check (char_length(category_code) between 1 and 10),
  effective_from date not null,
  basis          text not null check (char_length(basis) between 1 and 200),
  set_by         uuid references platform.app_user (id),
  set_by_name    text not null,
  created_at     timestamptz not null,
  check ((kind = 'type') = (category_code is not null))
);
comment on table complaint.hotline_setting is '12345的县级约定:某种诉求类型算哪一类、答复用什么口径;自某日起,只增不改';
create unique index hotline_setting_type_key on complaint.hotline_setting (county_id, words, effective_from) where kind = 'type';
create unique index hotline_setting_wording_key on complaint.hotline_setting (county_id, effective_from) where kind = 'wording';

do $$
declare t text;
begin
  foreach t in array array['order_batch', 'order_row', 'hotline_return', 'hotline_return_item', 'hotline_setting'] loop
    execute format('alter table complaint.%I enable row level security', t);
    execute format('create policy county_read on complaint.%I for select to shanzhi_app using ((select platform.scope_level()) = ''everything'' or ((select platform.scope_level()) = ''county'' and county_id = (select platform.scope_county())))', t);
    execute format('create policy county_insert on complaint.%I for insert to shanzhi_app with check ((select platform.scope_level()) = ''everything'' or ((select platform.scope_level()) = ''county'' and county_id = (select platform.scope_county())))', t);
    execute format('grant select, insert on complaint.%I to shanzhi_app', t);
  end loop;
  foreach t in array array['order_batch', 'order_row'] loop
    execute format('create policy county_update on complaint.%I for update to shanzhi_app using ((select platform.scope_level()) = ''everything'' or ((select platform.scope_level()) = ''county'' and county_id = (select platform.scope_county())))', t);
    execute format('grant update on complaint.%I to shanzhi_app', t);
  end loop;
end $$;
create policy county_delete on complaint.order_row for delete to shanzhi_app using ((select platform.scope_level()) = 'everything' or ((select platform.scope_level()) = 'county' and county_id = (select platform.scope_county())));
grant delete on complaint.order_row to shanzhi_app;
-- The wording is filled in wherever the file is answered.
create policy setting_read on complaint.hotline_setting for select to shanzhi_app using (county_id = (select platform.scope_county()));
