-- 账号链接: may be mailed, through the deliveries of notices. Two columns without a default and checks that hold of every row there is; no long lock.

set local lock_timeout = '3s';

alter table platform.notice_delivery add column link_id text references platform.link (id);
alter table platform.notice_delivery add column letter_cipher text;
alter table platform.notice_delivery add constraint notice_delivery_letter_check check (letter_cipher is null or (link_id is not null and finished_at is null));
comment on column platform.notice_delivery.link_id is '所寄的账号链接(令牌的哈希);空为通知或测试';
comment on column platform.notice_delivery.letter_cipher is '待寄的收件地址和链接(密文),发出或放弃时即清空[pii:mail]';
create unique index notice_delivery_link_key on platform.notice_delivery (link_id) where link_id is not null;

-- The county's list of bindings, newest first.
create index oidc_binding_county_idx on platform.oidc_binding (county_id, id desc);
