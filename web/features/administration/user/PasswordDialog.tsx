import type { ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import type { postUser } from '#contract/administration/user.ts';
import { HandOutDialog } from './HandOutDialog.tsx';
import { OneTimePassword } from './OneTimePassword.tsx';

export type WithPassword = Answer<typeof postUser>;

/** 发放密码弹窗: a form, then the one-time password. */
export function PasswordDialog(props: {
  words: string; title: string; isPrimary?: boolean;
  form: (onMade: (made: WithPassword) => void, close: () => void) => ReactNode;
  onTold?: (made: WithPassword) => void;
}) {
  return <HandOutDialog {...props} toldTitle="请记下一次性密码" told={(made, close) => <OneTimePassword made={made} close={close} />} />;
}
