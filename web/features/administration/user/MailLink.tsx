import { App } from 'antd';
import { useState } from 'react';
import { postLinkLetter } from '#contract/administration/account-link.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';

/** 发到本人邮箱: the link just told, once; what became of it stands among 发出的链接. */
export function MailLink({ path }: { path: string }) {
  const { message } = App.useApp();
  const [sentTo, sent] = useState<string | null>(null);
  const [, purpose, token] = /^\/l\/(invitation|password-reset)#(.+)$/u.exec(path) ?? [];
  if (sentTo !== null) return <p role="status">已交给系统发到 {sentTo}，发没发成见“发出的链接”。</p>;
  return (
    <RouteForm
      route={postLinkLetter} fixed={{ purpose, token }} submit="发到这个邮箱" keepsDraft={false} extras={{ mail: { help: '也可以由系统发邮件。请核对地址，发错了就等于把账号交给别人；地址用完即清除，不保存。', autoComplete: 'off' } }}
      onDone={({ to }) => { sent(to); void message.success('已交给系统发邮件'); }}
    />
  );
}
