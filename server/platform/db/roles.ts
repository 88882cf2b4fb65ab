import { createHmac } from 'node:crypto';
import { escapeLiteral, type Client } from 'pg';

/** The role of requests: owns nothing, cannot bypass row-level security. */
export const APP_ROLE = 'shanzhi_app';
/** The role of the queue: owns only its schema. */
export const JOBS_ROLE = 'shanzhi_jobs';

const passwordOf = (role: string, secret: string) => createHmac('sha256', secret).update(`database-role:${role}`).digest('base64url');

/** The owner's connection string with a role's own name and password. */
export function urlOf(role: string, ownerUrl: string, secret: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = passwordOf(role, secret);
  return url.toString();
}

/** 建立数据库角色:makes both roles once and sets their passwords from the secret. Safe to repeat. */
export async function ensureRoles(owner: Client, secret: string): Promise<void> {
  await owner.query('select pg_advisory_lock(7263)');
  try {
    for (const role of [APP_ROLE, JOBS_ROLE]) {
      const known = await owner.query('select rolsuper, rolbypassrls from pg_roles where rolname = $1', [role]);
      const verb = known.rowCount === 0 ? 'create' : 'alter';
      const attributes = known.rowCount === 0 ? 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit' : 'login';
      await owner.query(`${verb} role ${role} ${attributes} password ${escapeLiteral(passwordOf(role, secret))}`);
    }
  } finally {
    await owner.query('select pg_advisory_unlock(7263)');
  }
}

/** Is the connected role fit for requests? Answers what is wrong, in one sentence, or null. */
export async function unfitness(app: Client): Promise<string | null> {
  const { rows } = await app.query<{ super: boolean; bypass: boolean; owns: boolean }>(
    `select r.rolsuper as super, r.rolbypassrls as bypass,
            exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relowner = r.oid and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')) as owns
       from pg_roles r where r.rolname = current_user`,
  );
  const role = rows[0];
  if (!role || role.super || role.bypass || role.owns) return `数据库角色 ${APP_ROLE} 的权限过大（超级用户、可绕过行级安全或拥有表），请收回后再启动`;
  return null;
}
