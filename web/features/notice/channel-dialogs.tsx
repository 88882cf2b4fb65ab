import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import { postWebhook, putDingtalkChannel, putMailChannel, putSmsChannel, putWebhook, putWecomChannel } from '#contract/notice-channel.ts';
import { allNoticeKinds, type NoticeKind } from '#contract/notice.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import type { Channel } from './ChannelCard.tsx';
import { KindList } from './KindList.tsx';

interface Of { readonly channel: Channel | undefined }
const wordsOf = ({ channel }: Of): string => (channel === undefined ? '设置' : '修改设置');
/** Nothing of a form with secrets is kept in the browser. */
const common = { submit: '保存', keepsDraft: false } as const;

function useDone(close: () => void): () => void {
  const { message } = App.useApp();
  return () => { message.success('已保存，可以发一条测试'); close(); };
}

/** 设置邮件服务器. */
export function MailDialog({ channel }: Of) {
  return <DialogButton words={wordsOf({ channel })} title="邮件服务器">{(close) => <MailForm channel={channel} close={close} />}</DialogButton>;
}

function MailForm({ channel, close }: Of & { close: () => void }) {
  const done = useDone(close);
  const facts = channel?.facts ?? { port: '465', security: 'tls' };
  return <RouteForm {...common} route={putMailChannel} version={channel?.version ?? 0} first={{ ...facts, port: Number(facts['port']) }} onDone={done} onCancel={close} extras={{ password: { isPassword: true, autoComplete: 'new-password', help: channel === undefined ? undefined : '不改密码就留空' } }} />;
}

/** 设置短信网关. */
export function SmsDialog({ channel }: Of) {
  return <DialogButton words={wordsOf({ channel })} title="短信网关">{(close) => <SmsForm channel={channel} close={close} />}</DialogButton>;
}

function SmsForm({ channel, close }: Of & { close: () => void }) {
  const done = useDone(close);
  return <RouteForm {...common} route={putSmsChannel} version={channel?.version ?? 0} first={channel?.facts ?? {}} onDone={done} onCancel={close}><p className="sz-help">系统用 POST 发送 JSON：id、phone、text，并按 Standard Webhooks 签名。网关见到相同的 id 不要重复发送。</p></RouteForm>;
}

/** 设置企业微信群机器人. */
export function WecomDialog({ channel }: Of) {
  return <DialogButton words={wordsOf({ channel })} title="企业微信群机器人">{(close) => <WithKinds channel={channel}>{(kinds, list) => <WecomForm channel={channel} close={close} kinds={kinds} list={list} />}</WithKinds>}</DialogButton>;
}

interface KindsProps extends Of { readonly close: () => void; readonly kinds: readonly NoticeKind[]; readonly list: ReactNode }

function WecomForm({ channel, close, kinds, list }: KindsProps) {
  const done = useDone(close);
  return <RouteForm {...common} route={putWecomChannel} version={channel?.version ?? 0} fixed={{ kinds }} onDone={done} onCancel={close} extras={{ address: { help: '地址里有密钥，保存后不再显示' } }}>{list}</RouteForm>;
}

/** 设置钉钉群机器人. */
export function DingtalkDialog({ channel }: Of) {
  return <DialogButton words={wordsOf({ channel })} title="钉钉群机器人">{(close) => <WithKinds channel={channel}>{(kinds, list) => <DingtalkForm channel={channel} close={close} kinds={kinds} list={list} />}</WithKinds>}</DialogButton>;
}

function DingtalkForm({ channel, close, kinds, list }: KindsProps) {
  const done = useDone(close);
  return <RouteForm {...common} route={putDingtalkChannel} version={channel?.version ?? 0} fixed={{ kinds }} onDone={done} onCancel={close} extras={{ address: { help: '地址和密钥保存后不再显示' }, sign: { isPassword: true, autoComplete: 'new-password' } }}>{list}</RouteForm>;
}

/** 新增、修改网址推送. */
export function WebhookDialog({ channel }: Of) {
  return <DialogButton words={channel === undefined ? '新增网址推送' : '修改设置'} title="网址推送">{(close) => <WithKinds channel={channel}>{(kinds, list) => <WebhookForm channel={channel} close={close} kinds={kinds} list={list} />}</WithKinds>}</DialogButton>;
}

function WebhookForm({ channel, close, kinds, list }: KindsProps) {
  const done = useDone(close);
  if (channel === undefined) return <RouteForm {...common} route={postWebhook} fixed={{ kinds }} onDone={done} onCancel={close}>{list}</RouteForm>;
  return <RouteForm {...common} route={putWebhook} params={{ channelId: channel.id }} version={channel.version} first={{ name: channel.name, url: channel.facts['url'] }} fixed={{ kinds }} onDone={done} onCancel={close}>{list}</RouteForm>;
}

function WithKinds({ channel, children }: Of & { children: (kinds: readonly NoticeKind[], list: ReactNode) => ReactNode }) {
  const [kinds, setKinds] = useState<readonly NoticeKind[]>(channel?.kinds ?? allNoticeKinds);
  return <>{children(kinds, <KindList title="推送哪些通知" value={kinds} onChange={setKinds} />)}</>;
}
