-- 来信待登记: letters that came by e-mail and wait for somebody to register them. A new table; no lock on others beyond the moment of its references.

set local lock_timeout = '3s';

create table complaint.incoming_letter (
  id               uuid primary key,
  county_id        uuid not null references platform.org_unit (id),
  township_id      uuid references platform.org_unit (id),
  neighbourhood_id uuid references platform.org_unit (id),
  status           text not null check (status in ('waiting', 'unreadable', 'registered', 'added', 'aside')),
  message_mark     text not null check (message_mark ~ '^[0-9a-f]{64}$'),
  file_id          uuid not null references platform.file (id),
  name_cipher      text,
  mail_cipher      text,
  mail_index       text,
  subject          text not null default '' check (char_length(subject) <= 200),
  fault            text check (char_length(fault) <= 500),
  file_count       integer not null default 0 check (file_count >= 0),
  received_on      date not null,
  is_day_read      boolean not null,
  suggested_id     uuid references complaint.complaint (id),
  complaint_id     uuid references complaint.complaint (id),
  aside_reason     text check (aside_reason in ('advert', 'repeated', 'other', 'by-hand')),
  aside_note       text check (char_length(aside_note) <= 200),
  kept_by_name     text not null,
  kept_at          timestamptz not null,
  handled_by_name  text,
  handled_at       timestamptz,
  erased_at        timestamptz,
  version          integer not null default 1,
  check ((status in ('registered', 'added')) = (complaint_id is not null)),
  check ((status = 'aside') = (aside_reason is not null)),
  check (status <> 'unreadable' or fault is not null),
  check ((status in ('waiting', 'unreadable')) = (handled_at is null))
);
comment on table complaint.incoming_letter is '来信:电子邮件来件,等待登记的和已经登记、作为补充、不登记的;登记后寄信人即从这里清除';
comment on column complaint.incoming_letter.township_id is '收信单位所在的乡镇街道;县里收的为空';
comment on column complaint.incoming_letter.message_mark is '邮件标识的摘要;读不了的为内容的摘要,同一封信只列一次';
comment on column complaint.incoming_letter.name_cipher is '寄信人姓名(密文)[pii:name]';
comment on column complaint.incoming_letter.mail_cipher is '寄信人邮箱(密文)[pii:mail]';
comment on column complaint.incoming_letter.mail_index is '寄信人邮箱盲索引[pii:mail]';
comment on column complaint.incoming_letter.fault is '读不了的原因';
comment on column complaint.incoming_letter.received_on is '收到日期:信到邮箱的日期,时限从这一天算起';
comment on column complaint.incoming_letter.suggested_id is '主题或者引用的信指出的投诉件,只作提示';
comment on column complaint.incoming_letter.erased_at is '内容到期删除的时间';
create unique index incoming_letter_mark_key on complaint.incoming_letter (county_id, message_mark);
create index incoming_letter_county_idx on complaint.incoming_letter (county_id, status, id desc);
create index incoming_letter_township_idx on complaint.incoming_letter (township_id, status, id desc) where township_id is not null;
create index incoming_letter_neighbourhood_idx on complaint.incoming_letter (neighbourhood_id, status, id desc) where neighbourhood_id is not null;
create index incoming_letter_mail_idx on complaint.incoming_letter (mail_index) where mail_index is not null;
call platform.protect('complaint.incoming_letter');
