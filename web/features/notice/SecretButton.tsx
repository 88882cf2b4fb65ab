import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { postChannelSecret } from '#contract/notice-channel.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { copyText } from '#web/kit/share/copy.ts';

/** 取得签名密钥: told once; the one before goes on for a day. */
export function SecretButton({ channelId }: { channelId: Id<'NoticeChannel'> }) {
  return <DialogButton words="取得签名密钥" title="取得签名密钥">{(close) => <Secret channelId={channelId} close={close} />}</DialogButton>;
}

function Secret({ channelId, close }: { channelId: Id<'NoticeChannel'>; close: () => void }) {
  const { message } = App.useApp();
  const [secret, setSecret] = useState<string>();
  const renew = useMutationOf(postChannelSecret, (answer) => setSecret(answer.secret));
  const copy = async () => { if (secret !== undefined && await copyText(secret)) message.success('已复制签名密钥'); else message.error('浏览器不允许复制，请手工抄写'); };
  if (secret === undefined) return (
    <div className="sz-form">
      <p>会生成一把新的密钥，只显示一次，请交给接收方的技术人员。原来的密钥 24 小时内仍然有效，接收方有时间更换。</p>
      <div className="sz-form-foot"><Button type="primary" loading={renew.isPending} onClick={() => renew.mutate({ params: { channelId } })}>生成新密钥</Button><Button onClick={close}>取消</Button></div>
    </div>
  );
  return (
    <div className="sz-form">
      <Alert type="warning" showIcon title="只显示这一次" description="关闭后谁也看不到了，只能再生成一把。" />
      <p className="sz-once">{secret}</p>
      <div className="sz-form-foot"><Button onClick={() => void copy()}>复制</Button><Button type="primary" onClick={close}>已经保存好</Button></div>
    </div>
  );
}
