import type { Answer } from '#contract/define-route.ts';
import type { getUser } from '#contract/administration/user.ts';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { LinkState } from './LinkState.tsx';

/** 密码状态: the person's own, a link that is waiting, or a one-time password and until when it opens the account. */
export function PasswordState({ user: { mustChangePassword, passwordExpiresAt, link } }: { user: Pick<Answer<typeof getUser>, 'mustChangePassword' | 'passwordExpiresAt' | 'link'> }) {
  if (link !== null) return <>{!mustChangePassword && '本人已设置；'}<LinkState link={link} /></>;
  if (!mustChangePassword) return '本人已设置';
  if (passwordExpiresAt === null) return <StatusTag tone="warn">等本人首次登录修改</StatusTag>;
  if (passwordExpiresAt <= new Date().toISOString()) return <StatusTag tone="bad">一次性密码已过期，请重置</StatusTag>;
  return <><StatusTag tone="warn">等本人首次登录修改</StatusTag> <span className="sz-muted">{instantWords(passwordExpiresAt)}前有效</span></>;
}
