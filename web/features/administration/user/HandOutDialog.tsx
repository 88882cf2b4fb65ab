import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { ActionButton, type Ability } from '#web/kit/ActionLink.tsx';

/** 发放弹窗: a form, then what is told once; that cannot be closed by a slip of the mouse, only by saying that it was passed on. */
export function HandOutDialog<T>({ words, title, toldTitle, isPrimary = false, ability, form, told, onTold }: {
  words: string; title: string; toldTitle: string; isPrimary?: boolean; ability?: Ability;
  form: (onMade: (made: T) => void, close: () => void) => ReactNode;
  told: (made: T, close: () => void) => ReactNode;
  onTold?: ((made: T) => void) | undefined;
}) {
  const [isOpen, open] = useState(false);
  const [made, setMade] = useState<T | null>(null);
  const close = () => {
    open(false);
    if (made !== null) onTold?.(made);
    setMade(null);
  };
  const mayLeave = made === null;
  return (
    <>
      <ActionButton isPrimary={isPrimary} ability={ability} onClick={() => open(true)}>{words}</ActionButton>
      <Modal title={made === null ? title : toldTitle} open={isOpen} onCancel={close} footer={null} closable={mayLeave} mask={{ closable: mayLeave }} keyboard={mayLeave} destroyOnHidden>
        {isOpen && (made === null ? form((next) => setMade(() => next), close) : told(made, close))}
      </Modal>
    </>
  );
}
