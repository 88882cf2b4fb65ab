import type { Selectable } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/notice-channel.ts';
import { allNoticeKinds, kindsReaching, type NoticeKind } from '#contract/notice.ts';
import { roles, type Role } from '#contract/permissions.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { maskMail } from '#domain/notice/mask.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { enterAs, selfOf } from '#platform/notices/own.ts';
import { termsOf } from '#platform/notices/terms.ts';
import { Problem } from '#platform/problem.ts';
import type { PlatformTables } from '#platform/tables.gen.ts';

type Choice = Output<typeof route.getNoticeChoice>;
type Record = Selectable<PlatformTables['platform.noticeChoice']>;
/** What of it follows from the county and the posts and is not chosen. */
interface Around { readonly countyId: Id<'OrgUnit'>; readonly defaults: Pick<Choice, 'offered' | 'defaultFromMinute' | 'defaultUntilMinute' | 'hasMail' | 'hasSms'> }

/** 我的通知方式. */
export async function getChoice(ctx: Ctx): Promise<Choice> {
  const { defaults } = await aroundOf(ctx);
  return ctx.read(async (db) => present(ctx, await ownChoice(db, ctx), defaults));
}

/** A person without a post sees nothing of the county by scope: the county's terms are read as the system, for one's own county only. */
async function aroundOf(ctx: Ctx): Promise<Around> {
  const self = selfOf(ctx);
  return ctx.kit.database.read(everything, async (db) => {
    const { countyId } = await db.selectFrom('platform.appUser').select('countyId').where('id', '=', self).executeTakeFirstOrThrow();
    const { quiet } = await termsOf(db, countyId, ctx.now);
    const on = await db.selectFrom('platform.noticeChannel').select('kind').where('countyId', '=', countyId).where('isOn', '=', true).execute();
    const posts = await db.selectFrom('platform.userGrant').select('role').where('userId', '=', self).where('endedAt', 'is', null).where('startedOn', '<=', ctx.today).execute();
    const offered = kindsReaching(posts.map(({ role }) => role).filter(isRole));
    return { countyId, defaults: { offered, defaultFromMinute: quiet.fromMinute, defaultUntilMinute: quiet.untilMinute, hasMail: on.some(({ kind }) => kind === 'mail'), hasSms: on.some(({ kind }) => kind === 'sms') } };
  });
}

const isRole = (name: string): name is Role => Object.hasOwn(roles, name);

const ownChoice = async (db: Db, ctx: Ctx) => db.selectFrom('platform.noticeChoice').selectAll().where('userId', '=', await enterAs(db, selfOf(ctx))).executeTakeFirst();

function present({ kit: { vault } }: Ctx, row: Record | undefined, defaults: Around['defaults']): Choice {
  const known = (kinds: readonly string[] | undefined) => defaults.offered.filter((kind) => kinds?.includes(kind) ?? false);
  return {
    mail: row?.mailCipher ? maskMail(vault.open(row.mailCipher)) : null, mailKinds: known(row?.mailKinds ?? allNoticeKinds), phone: row?.phoneLast4 ? `*******${row.phoneLast4}` : null, smsKinds: known(row?.smsKinds),
    quietFromMinute: row?.quietFromMinute ?? null, quietUntilMinute: row?.quietUntilMinute ?? null, ...defaults, version: row?.version ?? 0,
  };
}

/** 修改我的通知方式. A new address is used for what is told from now on. */
export async function setChoice(ctx: Ctx, { body }: Input<typeof route.putNoticeChoice>): Promise<Choice> {
  const { countyId, defaults } = await aroundOf(ctx);
  return ctx.transact(async (tx) => {
    const before = await ownChoice(tx.db, ctx);
    if ((before?.version ?? 0) !== ctx.ifMatch) throw new Problem('state.stale', '通知方式已在别处修改，请刷新后再改');
    const { quietFromMinute, quietUntilMinute } = body;
    // What is not on the page now stays as it was, until a post brings it back: mailed unless it was taken off.
    const chosen = (wanted: readonly NoticeKind[], former: readonly string[]) => allNoticeKinds.filter((kind) => (defaults.offered.includes(kind) ? wanted : former).includes(kind));
    const values = {
      ...addressesOf(ctx, body), mailKinds: chosen(body.mailKinds, before?.mailKinds ?? allNoticeKinds), smsKinds: chosen(body.smsKinds, before?.smsKinds ?? []), quietFromMinute, quietUntilMinute, version: (before?.version ?? 0) + 1, updatedAt: ctx.now,
    };
    const row = before ? await tx.db.updateTable('platform.noticeChoice').set(values).where('userId', '=', before.userId).returningAll().executeTakeFirstOrThrow()
      : await tx.db.insertInto('platform.noticeChoice').values({ userId: selfOf(ctx), countyId, ...values }).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'notice-choice.set', subject: ['AppUser', row.userId], before: before ?? null, after: row, countyId });
    return present(ctx, row, defaults);
  });
}

interface Addresses { mailCipher?: string | null; mailSince?: Instant | null; phoneCipher?: string | null; phoneLast4?: string | null; smsSince?: Instant | null }

function addressesOf({ kit: { vault }, now }: Ctx, { mail, phone }: Input<typeof route.putNoticeChoice>['body']): Addresses {
  const found: Addresses = {};
  if (mail !== undefined) Object.assign(found, mail === null ? { mailCipher: null, mailSince: null } : { mailCipher: vault.seal(mail), mailSince: now });
  if (phone !== undefined) Object.assign(found, phone === null ? { phoneCipher: null, phoneLast4: null, smsSince: null } : { phoneCipher: vault.seal(phone), phoneLast4: phone.slice(-4), smsSince: now });
  return found;
}
