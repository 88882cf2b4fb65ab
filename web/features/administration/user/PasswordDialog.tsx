import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import type { postUser } from '#contract/administration/user.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { OneTimePassword } from './OneTimePassword.tsx';

export type WithPassword = Answer<typeof postUser>;

/** 发放密码弹窗: a form, then the one-time password; the password cannot be closed by a slip of the mouse, only by saying that it was told. */
export function PasswordDialog({ words, title, isPrimary = false, form, onTold }: {
  words: string; title: string; isPrimary?: boolean;
  form: (onMade: (made: WithPassword) => void, close: () => void) => ReactNode;
  onTold?: (made: WithPassword) => void;
}) {
  const [isOpen, open] = useState(false);
  const [made, setMade] = useState<WithPassword | null>(null);
  const close = () => {
    open(false);
    if (made !== null) onTold?.(made);
    setMade(null);
  };
  const mayLeave = made === null;
  return (
    <>
      <ActionButton isPrimary={isPrimary} onClick={() => open(true)}>{words}</ActionButton>
      <Modal title={made === null ? title : '请记下一次性密码'} open={isOpen} onCancel={close} footer={null} closable={mayLeave} mask={{ closable: mayLeave }} keyboard={mayLeave} destroyOnHidden>
        {isOpen && (made === null ? form(setMade, close) : <OneTimePassword made={made} close={close} />)}
      </Modal>
    </>
  );
}
