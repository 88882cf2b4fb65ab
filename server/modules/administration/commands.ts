import { sql } from 'kysely';
import { postLinkLetter } from '#contract/administration/account-link.ts';
import { postUser } from '#contract/administration/user.ts';
import { roles, type Role } from '#contract/permissions.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { isId } from '#domain/kernel/brand.ts';
import { countyScope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { Problem } from '#platform/problem.ts';
import { unnamedCounty } from './county/add-county.ts';
import { giveGrant, levelTitles } from './give-grant.ts';
import { makeAccountLink, type HandedLink } from './make-account-link.ts';
import { unknownPassword, writeTotpRemoval } from './use-cases/account-links.ts';
import { mailLink } from './use-cases/mail-account-link.ts';
import { insertUser, newOneTime, writeReset, type OneTime } from './use-cases/users.ts';

/** An account and its password, told once to the operator. */
export interface Made { readonly login: string; readonly password: string; readonly expiresAt: Instant }
/** An account and its link, told once to the operator. */
export interface MadeLink { readonly login: string; readonly link: string; readonly expiresAt: Instant }
/** An account whose link goes by mail: the operator is told where to, covered, and not the link. */
export interface MailedLink { readonly login: string; readonly to: string; readonly expiresAt: Instant }
export interface UserDraft { readonly login: string; readonly name: string; readonly role: string; readonly countyId: string; readonly body?: string; readonly title?: string }

const told = (login: string, { password, stored }: OneTime): Made => ({ login, password, expiresAt: stored.passwordExpiresAt });
const isRole = (role: string): role is Role => Object.hasOwn(roles, role);
const refused = (why: string) => new Problem('input.invalid', why);

/** 建立用户 from the command line; `body` names what the role covers, or for a county's role where the person sits. @throws Problem with one sentence */
export async function addUser(kit: Kit, draft: UserDraft): Promise<Made> {
  const { ctx, role, countyId, login, name } = checked(kit, draft);
  const made = await newOneTime(ctx, countyId);
  await ctx.transact((tx) => write(ctx, tx, { countyId, login, name, ...made.stored }, { ...draft, role }));
  return told(login, made);
}

/** What was typed, as the contract wants it. @throws Problem input.invalid */
function checked(kit: Kit, { login, name, role, countyId }: UserDraft): { readonly ctx: Ctx; readonly role: Role; readonly countyId: Id<'OrgUnit'>; readonly login: string; readonly name: string } {
  if (!isRole(role)) throw refused(`没有“${role}”这种岗位，应是 ${Object.entries(roles).map(([key, { title }]) => `${key}（${title}）`).join('、')}之一`);
  if (!isId<'OrgUnit'>(countyId)) throw refused('县的编号格式不正确');
  const parsed = postUser.body.safeParse({ login, name });
  if (!parsed.success) throw refused(parsed.error.issues.map(({ message }) => message).join('；'));
  return { ctx: systemContext(kit, { scope: countyScope(countyId) }), role, countyId, ...parsed.data };
}

/** 邀请用户 from the command line: as `addUser`, with a link instead of a password. @throws Problem with one sentence */
export const inviteByCommand = async (kit: Kit, draft: UserDraft): Promise<MadeLink> => handed(kit, draft.login, await invite(kit, draft, null));
/** 邀请用户, the link by mail; where the mail is off there is no account either. @throws Problem with one sentence */
export const inviteByMail = async (kit: Kit, draft: UserDraft, mail: string): Promise<MailedLink> => mailed(draft.login, await invite(kit, draft, mail));

async function invite(kit: Kit, draft: UserDraft, mail: string | null): Promise<Sent> {
  const { ctx, role, countyId, login, name } = checked(kit, draft);
  const passwordHash = await unknownPassword();
  return ctx.transact(async (tx) => {
    const id = await write(ctx, tx, { countyId, login, name, passwordHash, passwordExpiresAt: ctx.now }, { ...draft, role });
    return sendOff(ctx, tx, await makeAccountLink(ctx, tx, { id, countyId }, 'invitation'), mail);
  });
}

/** Inserts the user and gives the post. */
async function write(ctx: Ctx, tx: Tx, draft: Parameters<typeof insertUser>[2], { role, body, title }: { readonly role: Role; readonly body?: string | undefined; readonly title?: string | undefined }): Promise<Id<'AppUser'>> {
  const { countyId } = draft;
  const place = await placeOf(tx.db, role, countyId, body);
  const id = await insertUser(ctx, tx, draft);
  await giveGrant(ctx, tx, { id, countyId }, { role, ...place, title });
  tx.audit({ action: 'grant.give', subject: ['AppUser', id], before: null, after: { role: roles[role].title, scope: body ?? '全县' } });
  return id;
}

/** What the grant covers and where the person sits, by name. */
async function placeOf(db: Db, role: Role, countyId: Id<'OrgUnit'>, body: string | undefined): Promise<{ scopeId: string; orgUnitId?: Id<'OrgUnit'> }> {
  const { level, title } = roles[role];
  if (level !== 'county') {
    if (body === undefined) throw refused(`「${title}」需要用 --body 说明管辖哪个${levelTitles[level]}`);
    return { scopeId: only(await options(db, level, body), body, levelTitles[level]).id };
  }
  if (body === undefined) return { scopeId: countyId };
  const units = await db.selectFrom('platform.orgUnit').select(['id', 'name']).where('countyId', '=', countyId).where('archivedAt', 'is', null).where(sql<boolean>`position(${body} in name) > 0`).limit(20).execute();
  return { scopeId: countyId, orgUnitId: only(units, body, '机构').id };
}

const options = async (db: Db, level: string, name: string) => (await sql<{ id: string; name: string }>`select id, name from platform.scope_options(${level}, ${name}, 20)`.execute(db)).rows;

/** The one of that very name, else the only one that contains it. */
function only<Row extends { readonly name: string }>(rows: readonly Row[], name: string, what: string): Row {
  const exact = rows.filter((row) => row.name === name);
  const [found, another] = exact.length > 0 ? exact : rows;
  if (!found) throw refused(`没有名称含“${name}”的${what}`);
  if (another) throw refused(`名称含“${name}”的${what}不止一个：${rows.map((row) => row.name).join('、')}，请写全称`);
  return found;
}

/** 重置密码 from the command line: a new one-time password, every session ended, the lock lifted. @throws Problem user.not-found */
export async function resetUser(kit: Kit, login: string): Promise<Made> {
  const ctx = systemContext(kit);
  const user = await userBy(ctx, login);
  const made = await newOneTime(ctx, user.countyId);
  await ctx.transact((tx) => writeReset(ctx, tx, user, { ...made.stored, reason: '由运维在服务器上重置' }));
  return told(user.login, made);
}

/** 发重设密码链接 from the command line; the old password holds until it is used. @throws Problem user.not-found */
export async function resetByLink(kit: Kit, login: string): Promise<MadeLink> {
  const ctx = systemContext(kit);
  const user = await userBy(ctx, login);
  return handed(kit, user.login, await ctx.transact((tx) => makeAccountLink(ctx, tx, user, 'password-reset', '由运维在服务器上办理')));
}

/** 发重设密码链接 by mail: to `mail`, or else to the address the person takes notices at. @throws Problem user.not-found, state.conflict, input.invalid */
export async function resetByMail(kit: Kit, login: string, mail: string | null): Promise<MailedLink> {
  const ctx = systemContext(kit);
  const user = await userBy(ctx, login);
  return mailed(user.login, await ctx.transact(async (tx) => {
    const to = mail ?? await ownMail(kit, tx.db, user.id);
    if (to === null) throw refused(`账号“${user.login}”自己没有登记邮箱，请写明：--mail <地址>`);
    return sendOff(ctx, tx, await makeAccountLink(ctx, tx, user, 'password-reset', '由运维在服务器上办理'), to);
  }));
}

async function ownMail(kit: Kit, db: Db, userId: Id<'AppUser'>): Promise<string | null> {
  const row = await db.selectFrom('platform.noticeChoice').select('mailCipher').where('userId', '=', userId).executeTakeFirst();
  return row?.mailCipher ? kit.vault.open(row.mailCipher) : null;
}

interface Sent extends HandedLink { readonly to: string | null }

/** Hands the link to the mail in the same transaction, where it goes by mail. */
async function sendOff(ctx: Ctx, tx: Tx, link: HandedLink, mail: string | null): Promise<Sent> {
  if (mail === null) return { ...link, to: null };
  const asked = postLinkLetter.body.safeParse({ purpose: link.purpose, token: link.token, mail });
  if (!asked.success) throw refused(`邮箱地址“${mail}”不对：${asked.error.issues.map(({ message }) => message).join('；')}`);
  return { ...link, ...await mailLink(ctx, tx, asked.data) };
}

/** 移除动态口令 from the command line, for the administrator whose phone is lost. @throws Problem user.not-found, state.conflict */
export async function totpOff(kit: Kit, login: string): Promise<{ readonly login: string }> {
  const ctx = systemContext(kit);
  const user = await userBy(ctx, login);
  await ctx.transact((tx) => writeTotpRemoval(ctx, tx, user, '由运维在服务器上办理'));
  return { login: user.login };
}

async function userBy(ctx: Ctx, login: string) {
  const user = await ctx.read((db) => db.selectFrom('platform.appUser').select(['id', 'login', 'countyId']).where(sql<boolean>`lower(login) = lower(${login})`).executeTakeFirst());
  if (!user) throw new Problem('user.not-found', `没有账号“${login}”，请核对`);
  return user;
}

const mailed = (login: string, { to, validUntil }: Sent): MailedLink => ({ login, to: to ?? '', expiresAt: validUntil });
const handed = (kit: Kit, login: string, { path, validUntil }: HandedLink): MadeLink => ({ login, link: `${kit.origin}${path}`, expiresAt: validUntil });

/** 首个县 of a production server: the one there is, else a place for it, so that there can be an administrator before it is named. */
export function firstCounty(kit: Kit): Promise<Id<'OrgUnit'>> {
  const ctx = systemContext(kit);
  return ctx.transact(async (tx) => {
    tx.auditNothing('an empty place for the county that will be added');
    return unnamedCounty(ctx, tx);
  });
}

/** The first administrator's password, in days: a server is often set up weeks before the office takes it over. */
const FIRST_DAYS = 30;

/** 首个管理员 of a county in production: a security administrator, who then makes all the others. Null when there is one already. */
export async function firstAdministrator(kit: Kit, countyId: string): Promise<Made | null> {
  if (!isId<'OrgUnit'>(countyId)) throw refused('县的编号格式不正确');
  // Over everything: logins are one name space for all counties.
  const ctx = systemContext(kit);
  const made = await newOneTime(ctx, countyId, FIRST_DAYS);
  return ctx.transact(async (tx) => {
    // Two processes that start at once: the second waits here and then finds the first one's.
    await tx.db.selectFrom('platform.orgUnit').select('id').where('id', '=', countyId).forUpdate().executeTakeFirstOrThrow();
    const there = await tx.db.selectFrom('platform.userGrant').select('id').where('role', '=', 'security-administrator').where('countyId', '=', countyId).limit(1).executeTakeFirst();
    if (there) { tx.auditNothing('there is a security administrator'); return null; }
    const login = await freeLogin(tx.db, 'anquan');
    const id = await insertUser(ctx, tx, { countyId, login, name: '安全管理员', ...made.stored });
    await giveGrant(ctx, tx, { id, countyId }, { role: 'security-administrator', scopeId: countyId });
    tx.audit({ action: 'grant.give', subject: ['AppUser', id], before: null, after: { role: roles['security-administrator'].title, scope: '全县' }, reason: '首个管理员', countyId });
    return told(login, made);
  });
}

/** `wanted`, or with the first number that is free. */
async function freeLogin(db: Db, wanted: string): Promise<string> {
  const taken = new Set((await sql<{ login: string }>`select lower(login) as login from platform.app_user where lower(login) like ${`${wanted}%`}`.execute(db)).rows.map(({ login }) => login));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}${number}`)) number += 1;
  return `${wanted}${number}`;
}
