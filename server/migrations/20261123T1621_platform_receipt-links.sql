-- 链接用途: a complainant's receipt. Rewrites one check; the table is small.

set local lock_timeout = '3s';

alter table platform.link drop constraint link_purpose_check;
alter table platform.link add constraint link_purpose_check check (purpose in ('invitation', 'password-reset', 'collection-answer', 'complaint-receipt'));
