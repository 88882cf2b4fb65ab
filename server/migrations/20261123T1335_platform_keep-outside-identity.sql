-- platform: a session that came in by the county's provider keeps what it was let in with, sealed, to be shown there when it leaves. Short exclusive lock on the sessions.

set local lock_timeout = '3s';

alter table platform.session add column id_token_cipher text;
comment on column platform.session.id_token_cipher is '认证平台签发的身份凭证(密文),退出时出示;会话结束即清空[pii:other]';
create index session_identity_idx on platform.session (expires_at) where id_token_cipher is not null;

-- However a session ends, it is forgotten with it.
create function platform.forget_identity() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.id_token_cipher := null;
  return new;
end $$;
create trigger session_forget_identity before insert or update on platform.session for each row when (new.revoked_at is not null and new.id_token_cipher is not null) execute function platform.forget_identity();
alter table platform.session add constraint session_identity_check check (id_token_cipher is null or revoked_at is null);
