import type { Client } from 'pg';
import { newId } from '../ids.ts';

/** 恢复时作废的: how many sign-ins, one-time passwords, links and keys ended. */
export interface Ended { readonly sessionsEnded: number; readonly passwordsExpired: number; readonly linksEnded: number; readonly keysRevoked: number }

/** What of a restored database must not simply go on. */
const ENDINGS: readonly { readonly sql: string; readonly counts?: keyof Ended }[] = [
  // A sign-in lives where it was made: whoever holds an old cookie, or a copy of the archive, must not be let in elsewhere.
  { counts: 'sessionsEnded', sql: "update platform.session set revoked_at = now(), revoked_reason = '数据从备份恢复' where revoked_at is null and expires_at > now()" },
  // A password that was to be used once may have been used since: it is asked for anew (user reset).
  { counts: 'passwordsExpired', sql: 'update platform.app_user set password_expires_at = now() where must_change_password and not is_demo and (password_expires_at is null or password_expires_at > now())' },
  // A link used, or taken back, since the archive was made would open again.
  { counts: 'linksEnded', sql: "update platform.link set revoked_at = now(), revoked_reason = '数据从备份恢复' where revoked_at is null and valid_until > now() and (uses = 'many' or used_count = 0)" },
  // A key revoked since the backup would open again: all are revoked, and machines are given new ones.
  { counts: 'keysRevoked', sql: "update platform.api_key set revoked_at = now(), revoked_by = made_by, revoked_reason = '数据从备份恢复', version = version + 1 where revoked_at is null" },
  // A recovery code used since would open again. The device's own codes pass with the minute.
  { sql: 'update platform.recovery_code set used_at = now() where used_at is null' },
  { sql: 'delete from platform.idempotency_key' },
  // A code used since would be good again.
  { sql: 'delete from owner.phone_code' },
  // An owner who signed out since would be signed in again.
  { sql: 'delete from owner.phone_session' },
  // A copy restored elsewhere, or an old state, must not write to people and machines by itself: the ways out are switched on again by hand.
  { sql: "update platform.notice_channel set is_on = false, on_since = null, off_reason = '数据从备份恢复，请核对后重新启用' where is_on" },
  { sql: "update platform.notice_delivery set status = 'dropped', claimed_at = null, finished_at = now() where status in ('waiting', 'sending')" },
  // The backup that made the archive is in it, half done.
  { sql: "update platform.backup set status = 'failed', finished_at = now(), stage = null, error = '数据从备份恢复，这次备份没有继续' where status in ('waiting', 'running')" },
];

/** 恢复之后: ends sign-ins, one-time passwords, links, keys for machines, marks of requests and half-done backups, and records the restore with every county. @returns how many of the first four */
export async function afterRestore(client: Client, archive: { readonly file: string; readonly madeAt: string }): Promise<Ended> {
  const counted = { sessionsEnded: 0, passwordsExpired: 0, linksEnded: 0, keysRevoked: 0 };
  for (const { sql, counts } of ENDINGS) {
    const { rowCount } = await client.query(sql);
    if (counts !== undefined) counted[counts] = rowCount ?? 0;
  }
  const { rows: counties } = await client.query<{ id: string }>("select id from platform.org_unit where kind = 'county'");
  for (const { id } of counties) {
    await client.query(
      `insert into audit.entry (id, county_id, at, actor_name, action, subject_kind, subject_id, after, request_id) values ($1, $2, now(), '系统', 'backup.restore', 'Backup', $3, $4, $5)`,
      [newId<'Entry'>(), id, archive.file, JSON.stringify({ ...archive, ...counted }), `restore-${newId()}`]);
  }
  return counted;
}
