import type * as route from '#contract/administration/account-link.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { isId } from '#domain/kernel/brand.ts';
import { maskMail } from '#domain/notice/mask.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { openLink } from '#platform/identity/link.ts';
import { postLetter } from '#platform/notices/letter.ts';
import { Problem } from '#platform/problem.ts';
import { lockUser } from '../store/users.ts';

/** 把账号链接发到本人邮箱. Only who was told the link can have it mailed; of somebody outside the county it is unknown. @throws Problem link.unknown, link.over, state.conflict */
export function mailAccountLink(ctx: Ctx, { body: { purpose, token, mail } }: Input<typeof route.postLinkLetter>): Promise<Output<typeof route.postLinkLetter>> {
  return ctx.transact((tx) => mailLink(ctx, tx, { purpose, token, mail }));
}

/** 交给邮件 in the caller's transaction: the link of this token, to this address. @throws Problem as above */
export async function mailLink(ctx: Ctx, tx: Tx, { purpose, token, mail }: Input<typeof route.postLinkLetter>['body']): Promise<{ readonly to: string }> {
  const { linkId, subject: [, userId] } = await openLink(tx.db, { purpose, token, now: ctx.now });
  if (!isId<'AppUser'>(userId)) throw new Problem('link.unknown', '这个链接无效，请重新生成');
  const user = await lockUser(tx.db, ctx.scope, userId).catch((error: unknown) => { throw error instanceof Problem ? new Problem('link.unknown', '这个链接无效，请重新生成') : error; });
  if (user.disabledAt !== null) throw new Problem('link.over', '该用户已停用，请先启用');
  await postLetter(tx, ctx.kit.vault, { countyId: user.countyId, userId: user.id, linkId, letter: { to: mail, purpose, token, login: user.login } });
  const to = maskMail(mail);
  tx.audit({ action: 'user.mail-link', subject: ['AppUser', user.id], before: null, after: { purpose, to }, countyId: user.countyId });
  return { to };
}
