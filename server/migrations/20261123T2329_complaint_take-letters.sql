-- 电子邮件来件: a complainant's address, sealed like his telephone; the letter itself as a file of the complaint, once; receipts and answers by mail.
-- New columns without a default and checks that hold of every row there is; no long lock.

set local lock_timeout = '3s';

alter table complaint.complainant add column mail_cipher text;
alter table complaint.complainant add column mail_index text;
alter table complaint.complainant add constraint complainant_mail_check check (not is_anonymous or mail_cipher is null);
comment on column complaint.complainant.mail_cipher is '电子邮箱(密文)[pii:mail]';
comment on column complaint.complainant.mail_index is '电子邮箱盲索引[pii:mail]';
create index complainant_mail_idx on complaint.complainant (mail_index) where mail_index is not null;

alter table complaint.complaint_file add column message_mark text check (message_mark ~ '^[0-9a-f]{64}$');
alter table complaint.complaint_file drop constraint complaint_file_kind_check;
alter table complaint.complaint_file add constraint complaint_file_kind_check check (kind in ('given', 'handling', 'reply', 'letter'));
alter table complaint.complaint_file add constraint complaint_file_mark_check check ((kind = 'letter') = (message_mark is not null));
comment on column complaint.complaint_file.message_mark is '来件原件的标记(邮件标识的摘要),同一封信只登记一次';
comment on table complaint.complaint_file is '投诉件的附件:投诉人提供的、来件原件、办理中的、答复(扫描件)的';
create unique index complaint_file_mark_key on complaint.complaint_file (county_id, message_mark) where message_mark is not null;

-- A letter with a link goes to an address and may be to nobody who has an account.
alter table platform.notice_delivery drop constraint notice_delivery_check;
alter table platform.notice_delivery add constraint notice_delivery_receiver_check check ((user_id is not null) = (channel_kind in ('mail', 'sms')) or is_test or (link_id is not null and channel_kind = 'mail'));
