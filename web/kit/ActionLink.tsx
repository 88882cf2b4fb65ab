import { Button, Tooltip } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { LinkButton } from './LinkButton.tsx';

/** 能否操作: true, or the reason why not; undefined is yes. */
export type Ability = true | string | undefined;

/** 操作链接: a link that may be followed, or its words with the reason why not. Its address may carry a query. */
export function ActionLink({ to, ability, isButton = false, children }: { to: string; ability?: Ability; isButton?: boolean; children: ReactNode }) {
  const navigate = useNavigate();
  if (typeof ability === 'string') return <Refused why={ability}>{children}</Refused>;
  if (isButton) return <LinkButton to={to}>{children}</LinkButton>;
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate({ href: to });
  };
  return <a href={to} className="sz-action" onClick={follow}>{children}</a>;
}

/** 操作按钮: a button that may be pressed, or stays with the reason beside it. */
export function ActionButton({ ability, onClick, isDanger = false, isPrimary = false, isBusy = false, isQuiet = false, icon, children }: {
  ability?: Ability; onClick: () => void; isDanger?: boolean; isPrimary?: boolean; isBusy?: boolean;
  /** A small one for a row of a list. */
  isQuiet?: boolean;
  icon?: ReactNode; children: ReactNode;
}) {
  if (typeof ability === 'string') return <Refused why={ability}>{children}</Refused>;
  return <Button danger={isDanger} size={isQuiet ? 'small' : 'middle'} type={isPrimary ? 'primary' : isQuiet ? 'link' : 'default'} loading={isBusy} icon={icon} onClick={onClick}>{children}</Button>;
}

/** Stays reachable by keyboard, so that the reason can be read without a mouse. */
function Refused({ why, children }: { why: string; children: ReactNode }) {
  return (
    <Tooltip title={why} trigger={['hover', 'focus']}>
      <button type="button" className="sz-refused" aria-disabled="true" aria-description={why}>{children}</button>
    </Tooltip>
  );
}
