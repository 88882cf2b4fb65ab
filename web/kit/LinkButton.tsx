import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';

/** 按钮样的链接: a link that looks like a button; opens in place, and in a new tab as any link. */
export function LinkButton({ to, isPrimary = false, icon, children }: { to: string; isPrimary?: boolean; icon?: ReactNode; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <Button
      href={to} type={isPrimary ? 'primary' : 'default'} icon={icon}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void navigate({ href: to });
      }}
    >{children}</Button>
  );
}
