-- platform: a one-time password that nobody uses stops opening the account. A short lock on app_user, one column, no rewrite.

set local lock_timeout = '3s';

alter table platform.app_user add column password_expires_at timestamptz;
comment on column platform.app_user.password_expires_at is '一次性密码有效至；本人设置的密码没有';

-- Passwords told before this was kept get the usual seven days from now, not from when they were told.
update platform.app_user set password_expires_at = now() + interval '7 days' where must_change_password and not is_demo;

alter table platform.app_user add constraint app_user_expiry_check check (password_expires_at is null or must_change_password);
