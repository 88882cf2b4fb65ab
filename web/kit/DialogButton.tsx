import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { ActionButton, type Ability } from './ActionLink.tsx';

/** 弹窗操作: a button that opens a dialog with a form; `close` ends it. */
export function DialogButton({ words, title, ability, opensAtOnce = false, isDanger = false, isPrimary = false, isQuiet = false, isWide = false, icon, children }: {
  words: string; title: string; ability?: Ability;
  /** The reader came for this: it stands open from the first. */
  opensAtOnce?: boolean;
  isDanger?: boolean; isPrimary?: boolean; isQuiet?: boolean;
  /** It holds a table. */
  isWide?: boolean;
  icon?: ReactNode; children: (close: () => void) => ReactNode;
}) {
  const [isOpen, open] = useState(opensAtOnce && typeof ability !== 'string');
  return (
    <>
      <ActionButton ability={ability} isDanger={isDanger} isPrimary={isPrimary} isQuiet={isQuiet} icon={icon} onClick={() => open(true)}>{words}</ActionButton>
      <Modal title={title} open={isOpen} onCancel={() => open(false)} footer={null} width={isWide ? 820 : 520} destroyOnHidden>{isOpen && children(() => open(false))}</Modal>
    </>
  );
}
