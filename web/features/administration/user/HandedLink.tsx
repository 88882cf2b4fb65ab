import { CopyOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import type { postInvitation } from '#contract/administration/account-link.ts';
import type { Answer } from '#contract/define-route.ts';
import { instantWords } from '#web/kit/schema/words.ts';
import { copyText } from '#web/kit/share/copy.ts';
import { qrOf } from '#web/kit/share/picture.ts';
import { MailLink } from './MailLink.tsx';

export type WithLink = Answer<typeof postInvitation>;

/** 交给本人的链接: told once, to be copied, scanned or printed. */
export function HandedLink({ made: { user, path, validUntil, can }, what, close }: { made: WithLink; what: '邀请' | '重设密码'; close: () => void }) {
  const { message } = App.useApp();
  const address = `${window.location.origin}${path}`;
  const picture = useQuery({ queryKey: ['link-picture', address], queryFn: () => qrOf(address), gcTime: 0 });
  const copy = async () => {
    const does = what === '邀请' ? '打开链接设置密码，就可以用善治平台办事' : '打开链接设置新密码';
    const worked = await copyText(`${user.name}您好，请在${instantWords(validUntil)}前${does}。账号：${user.login}\n${address}\n链接只能用一次，请不要转发。`);
    if (worked) message.success('已复制，可粘贴发给本人');
    else message.error('浏览器不允许复制，请让本人扫码，或手工选中链接复制');
  };
  return (
    <div className="sz-form">
      <Alert type="warning" showIcon title="只显示这一次" description={`请单独发给${user.name}本人，不要发到群里：谁先打开谁就能设置密码。发错了可以随时撤销。`} />
      <p className="sz-key" aria-label={`${what}链接`}>{address}</p>
      {picture.data !== undefined && <img className="sz-qr" src={picture.data} alt={`${user.name}的${what}链接二维码`} />}
      <p className="sz-muted">{instantWords(validUntil)}前有效，只能用一次。</p>
      {can.mail === true && <div className="no-print"><MailLink path={path} /></div>}
      <div className="sz-form-foot no-print">
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>复制链接和说明</Button>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>打印</Button>
        <Button type="primary" onClick={close}>已经交给本人</Button>
      </div>
    </div>
  );
}
