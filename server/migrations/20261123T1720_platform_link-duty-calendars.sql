-- platform: two further purposes of links, the calendar of due days that a phone or Outlook reads and a complainant's receipt. The check is replaced under a short exclusive lock; the table is small.

set local lock_timeout = '3s';

alter table platform.link drop constraint link_purpose_check;
alter table platform.link add constraint link_purpose_check check (purpose in ('invitation', 'password-reset', 'collection-answer', 'complaint-receipt', 'duty-calendar'));
