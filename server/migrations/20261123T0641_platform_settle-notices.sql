-- 通知: what has been dealt with waits for nobody any more. Only a function; no lock.

set local lock_timeout = '3s';

-- Marks every unread notice of this kind about this thing as read: it was settled, by whomever.
create function platform.settle_notices(notice_kind text, about_kind text, about_id text, at timestamptz) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  update platform.notice_receipt r set read_at = at from platform.notice n
   where n.id = r.notice_id and r.read_at is null and n.kind = notice_kind and n.subject_kind = about_kind and n.subject_id = about_id $$;
revoke all on function platform.settle_notices(text, text, text, timestamptz) from public;
grant execute on function platform.settle_notices(text, text, text, timestamptz) to shanzhi_app;
create index notice_subject_idx on platform.notice (subject_id, kind);
