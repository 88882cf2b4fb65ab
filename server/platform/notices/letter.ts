import { z } from 'zod';
import { linkPath, linkPurposes, type LinkPurpose } from '#contract/link.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { instantText } from '#domain/kernel/words.ts';
import type { Tx } from '../context.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/types.ts';
import { openLink } from '../identity/link.ts';
import { newId } from '../ids.ts';
import { Problem } from '../problem.ts';
import type { Parcel } from './channels/adapter.ts';
import { wakeSending } from './wake.ts';

const sealedLetter = z.union([
  z.object({ to: z.string(), purpose: z.enum(['invitation', 'password-reset']), token: z.string(), login: z.string() }),
  z.object({ to: z.string(), purpose: z.literal('complaint-receipt'), token: z.string(), title: z.string(), lines: z.array(z.string()) }),
]);
/** 要寄的链接: to which address, and the link itself; sealed until it is sent or given up, then gone. */
export type Letter = z.infer<typeof sealedLetter>;

/** The county's mail, where it is switched on. */
const mailOf = (db: Db, countyId: Id<'OrgUnit'>) => db.selectFrom('platform.noticeChannel').select('id').where('countyId', '=', countyId).where('kind', '=', 'mail').where('isOn', '=', true).executeTakeFirst();

/** 能不能寄: true, or why not. */
export const mailable = async (db: Db, countyId: Id<'OrgUnit'>): Promise<true | string> => ((await mailOf(db, countyId)) ? true : '本县没有启用邮件，请用别的办法把链接交给本人');

/** 寄出链接, through the same delivery as notices: its failures are retried and seen there. @throws Problem state.conflict when mail is off, or this link was mailed before */
export async function postLetter({ db, now }: Pick<Tx, 'db' | 'now'>, vault: Vault, { countyId, userId, linkId, letter }: { readonly countyId: Id<'OrgUnit'>; readonly userId: Id<'AppUser'> | null; readonly linkId: string; readonly letter: Letter }): Promise<void> {
  const channel = await mailOf(db, countyId);
  if (!channel) throw new Problem('state.conflict', '本县没有启用邮件，请用别的办法把链接交给本人');
  const made = await db.insertInto('platform.noticeDelivery')
    .values({ id: newId<'NoticeDelivery'>(), countyId, channelId: channel.id, channelKind: 'mail', userId, status: 'waiting', noticeCount: 0, dueAt: now, createdAt: now, linkId, letterCipher: vault.seal(JSON.stringify(letter)) })
    .onConflict((conflict) => conflict.column('linkId').where('linkId', 'is not', null).doNothing()).returning('id').executeTakeFirst();
  if (!made) throw new Problem('state.conflict', '这个链接已经发过邮件；地址填错了，请撤销链接再重新生成');
  await wakeSending(db);
}

/** 装好这封信; null when the link opens nothing any more. */
export async function packedLetter(db: Db, letter: Letter, { id, now, origin }: { readonly id: string; readonly now: Instant; readonly origin: string }): Promise<Parcel | null> {
  const { purpose, token } = letter;
  const link = await openLink(db, { purpose, token, now }).catch((error: unknown) => { if (error instanceof Problem) return null; throw error; });
  if (link === null) return null;
  if (letter.purpose === 'complaint-receipt') return { id, now, title: letter.title, lines: letter.lines, link: `${origin}${linkPath(purpose, token)}`, linkWords: '查看办理情况', data: null, note: '这封邮件由系统自动发出，请不要回复。链接只给您本人，请不要转发；您没有反映过情况的，请不要打开链接。' };
  return {
    id, now, title: titles[letter.purpose], link: `${origin}${linkPath(purpose, token)}`, linkWords: '设置密码', data: null,
    lines: [`您好，请在${instantText(link.validUntil)}前打开下面的链接设置密码，链接只能用一次，请不要转发。`, `账号：${letter.login}`],
    note: '这封邮件由系统自动发出，请不要回复。不认识这个系统、也没有人跟您说过，请不要打开链接，并告诉本单位的安全管理员。',
  };
}

const titles = { invitation: '邀请您使用善治平台', 'password-reset': '重新设置善治平台的密码' } as const satisfies Partial<Record<LinkPurpose, string>>;

/** 打开密封的信. */
export const openLetter = (vault: Vault, cipher: string): Letter => sealedLetter.parse(JSON.parse(vault.open(cipher)));

/** 链接用途 as a delivery's content. */
export const letterWords = (purpose: LinkPurpose): string => `${linkPurposes[purpose]}链接`;
