import { sql } from 'kysely';
import { createHash, randomBytes } from 'node:crypto';
import type { LinkPurpose } from '#contract/link.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import type { Tx } from '../context.ts';
import { send } from '../db/dialect.ts';
import type { Db } from '../db/types.ts';
import { Problem } from '../problem.ts';

/** What a link stands for: its purpose and the one thing it opens. */
export interface LinkOf { readonly purpose: LinkPurpose; readonly subject: readonly [kind: string, id: string] }
/** A link to be made. `validUntil` itself is no longer valid; `madeBy` is the person who hands it over, if one does. */
export interface LinkDraft extends LinkOf { readonly validUntil: Instant; readonly uses: 'once' | 'many'; readonly now: Instant; readonly madeBy?: Id<'AppUser'> | null }
/** What somebody shows. */
export interface LinkShown { readonly purpose: LinkPurpose; readonly token: string; readonly now: Instant }
/** A link that opens. `linkId` is the token's hash, by which it may be named in lists. */
export interface OpenLink { readonly linkId: string; readonly subject: readonly [kind: string, id: string]; readonly validUntil: Instant; readonly madeBy: Id<'AppUser'> | null; readonly usedCount: number }

/** 链接令牌的哈希: all that is stored of it. */
export const linkIdOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** 造链接. The token, 256 random bits, is told here and nowhere else; the caller audits, under its own action. Sent while it is called. */
export async function makeLink({ db }: Tx, { purpose, subject: [subjectKind, subjectId], validUntil, uses, now, madeBy = null }: LinkDraft): Promise<{ readonly token: string; readonly linkId: string }> {
  const token = randomBytes(32).toString('base64url');
  const linkId = linkIdOf(token);
  await send(db, db.insertInto('platform.link').values({ id: linkId, purpose, subjectKind, subjectId, uses, validUntil, madeBy, createdAt: now }).compile());
  return { token, linkId };
}

const shape = ['id', 'subjectKind', 'subjectId', 'validUntil', 'madeBy', 'usedCount', 'uses', 'lastUsedAt', 'revokedAt'] as const;
interface Row { readonly id: string; readonly subjectKind: string; readonly subjectId: string; readonly validUntil: Instant; readonly madeBy: Id<'AppUser'> | null; readonly usedCount: number }
const opened = ({ id, subjectKind, subjectId, validUntil, madeBy, usedCount }: Row): OpenLink => ({ linkId: id, subject: [subjectKind, subjectId], validUntil, madeBy, usedCount });

/** 打开链接 without using it up. @throws Problem link.unknown, also for a link of another purpose; link.over when it is revoked, used up or expired */
export async function openLink(db: Db, { purpose, token, now }: LinkShown): Promise<OpenLink> {
  const row = await db.selectFrom('platform.link').select([...shape, 'revokedReason']).where('id', '=', linkIdOf(token)).where('purpose', '=', purpose).executeTakeFirst();
  if (!row) throw new Problem('link.unknown', '这个链接无效，可能没有复制完整，请向发链接给您的人核对');
  // Whoever fills in for a body is told that the task is over, instead of being sent for a new link; of account links the reason is nobody else's business.
  if (row.revokedAt !== null) throw new Problem('link.over', purpose === 'collection-answer' && row.revokedReason !== null ? `这个链接已停用：${row.revokedReason}。有疑问的，请与发链接给您的单位联系` : '这个链接已被撤销，请向发链接给您的人要一个新的');
  if (row.uses === 'once' && row.usedCount > 0) throw new Problem('link.over', '这个链接已经用过，只能用一次；如果不是您本人用的，请立即告诉发链接给您的人');
  if (row.validUntil <= now) throw new Problem('link.over', `这个链接已于${dateText(todayIn(row.validUntil))}过期，请向发链接给您的人要一个新的`);
  return opened(row);
}

/** 使用链接, in one statement: of two at once, one uses a link that is good once. @throws Problem as `openLink` */
export async function useLink(tx: Tx, shown: LinkShown): Promise<OpenLink> {
  const row = await tx.db.updateTable('platform.link').set({ usedCount: sql<number>`used_count + 1`, lastUsedAt: shown.now })
    .where('id', '=', linkIdOf(shown.token)).where('purpose', '=', shown.purpose).where('revokedAt', 'is', null).where('validUntil', '>', shown.now)
    .where((eb) => eb.or([eb('uses', '=', 'many'), eb('usedCount', '=', 0)]))
    .returning(shape).executeTakeFirst();
  if (row) return opened(row);
  await openLink(tx.db, shown);
  throw new Error('a link that opens was not used');
}

/** 撤销链接 of a thing that still open; the caller audits. @returns how many there were */
export const revokeLinks = (tx: Tx, { purpose, subject: [kind, id] }: LinkOf, ending: { readonly now: Instant; readonly reason: string }): Promise<number> => revokeLinksOf(tx, { purpose, kind, ids: [id] }, ending);

/** 撤销链接 of several things of one kind, in one statement. @returns how many there were */
export async function revokeLinksOf({ db }: Tx, { purpose, kind, ids }: { readonly purpose: LinkOf['purpose']; readonly kind: string; readonly ids: readonly string[] }, { now, reason }: { readonly now: Instant; readonly reason: string }): Promise<number> {
  const ended = await db.updateTable('platform.link').set({ revokedAt: now, revokedReason: reason })
    .where('purpose', '=', purpose).where('subjectKind', '=', kind).where(sql<boolean>`subject_id = any(${ids}::uuid[])`)
    .where('revokedAt', 'is', null).where('validUntil', '>', now).where((eb) => eb.or([eb('uses', '=', 'many'), eb('usedCount', '=', 0)]))
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}
