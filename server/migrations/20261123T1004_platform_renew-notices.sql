-- 通知: something that goes on (answers coming in) keeps one unread notice with its latest words, instead of one more each time. Functions only.

set local lock_timeout = '3s';

-- The unread notices of this thing among these persons get the new words; who had one is returned, and is not told again.
create function platform.renew_notice(notice_kind text, about_kind text, about_id text, said text, at timestamptz, persons uuid[]) returns table (user_id uuid)
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  with waiting as (
    select r.user_id, r.notice_id from platform.notice n join platform.notice_receipt r on r.notice_id = n.id
     where n.kind = notice_kind and n.subject_kind = about_kind and n.subject_id = about_id and r.read_at is null and r.user_id = any (persons)
  ), renewed as (update platform.notice n set text = said, created_at = at where n.id in (select w.notice_id from waiting w) returning n.id)
  select w.user_id from waiting w where w.notice_id in (select id from renewed) $$;
revoke all on function platform.renew_notice(text, text, text, text, timestamptz, uuid[]) from public;
grant execute on function platform.renew_notice(text, text, text, text, timestamptz, uuid[]) to shanzhi_app;
