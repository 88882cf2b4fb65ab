-- complaint: the columns of a hotline's file can be pointed out by hand, and the county's headings are remembered. Two closed lists grow, one column; both tables are small and locked for a moment.

set local lock_timeout = '3s';

alter table complaint.order_batch drop constraint order_batch_status_check;
alter table complaint.order_batch add constraint order_batch_status_check check (status in ('uploaded', 'mapping', 'reading', 'preview', 'confirming', 'committed', 'failed', 'cancelled'));
alter table complaint.hotline_setting drop constraint hotline_setting_kind_check;
alter table complaint.hotline_setting add constraint hotline_setting_kind_check check (kind in ('type', 'wording', 'heading'));
alter table complaint.hotline_setting add column field text check (char_length(field) between 1 and 40);
alter table complaint.hotline_setting add constraint hotline_setting_field_check1 check ((kind = 'heading') = (field is not null));
comment on column complaint.hotline_setting.field is '列名约定:这个列名是哪一栏;none为不用';
comment on table complaint.hotline_setting is '12345的县级约定:某种诉求类型算哪一类、某个列名是哪一栏、答复用什么口径;自某日起,只增不改';
create index hotline_setting_heading_idx on complaint.hotline_setting (county_id, words, id desc) where kind = 'heading';
