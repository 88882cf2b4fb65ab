import { App } from 'antd';
import type { ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { postChannelTest, putChannelState, type listNoticeChannels } from '#contract/notice-channel.ts';
import { noticeKinds } from '#contract/notice.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { SecretButton } from './SecretButton.tsx';

/** 一个渠道. */
export type Channel = Answer<typeof listNoticeChannels>['rows'][number];

/** 一个渠道: how it is set, how it does, and what may be done. */
export function ChannelCard({ title, channel, what, dialog }: { title: string; channel: Channel | undefined; what: string; dialog: ReactNode }) {
  return (
    <div className="sz-channel">
      <h3>{title}　{channel === undefined ? <StatusTag>没有设置</StatusTag> : <State channel={channel} />}</h3>
      {what !== '' && <p className="sz-muted">{what}</p>}
      {channel !== undefined && <Facts channel={channel} />}
      <div className="sz-actions no-print">{dialog}{channel !== undefined && <Acts channel={channel} />}</div>
    </div>
  );
}

function State({ channel: { isOn, failingSince } }: { channel: Channel }) {
  if (failingSince !== null) return <StatusTag tone="bad">发不通</StatusTag>;
  return isOn ? <StatusTag tone="good">已启用</StatusTag> : <StatusTag tone="warn">未启用</StatusTag>;
}

function Facts({ channel: { target, lastSuccessAt, lastFailureAt, lastError, offReason, waitingCount, failedCount, kinds, kind } }: { channel: Channel }) {
  return (
    <>
      <dl className="sz-facts">
        <div><dt>发往</dt><dd>{target}</dd></div>
        <div><dt>最近发通</dt><dd><DateText value={lastSuccessAt} /></dd></div>
        <div><dt>待发</dt><dd>{waitingCount}</dd></div>
        <div><dt>近 7 天没发成</dt><dd>{failedCount}</dd></div>
      </dl>
      {offReason !== null && <p>停用原因：{offReason}</p>}
      {lastError !== null && <p>失败原因：{lastError}（<DateText value={lastFailureAt} />）</p>}
      {kind !== 'mail' && kind !== 'sms' && <p className="sz-muted">推送的通知：{kinds.length === 0 ? '没有选择' : kinds.map((each) => noticeKinds[each].title).join('、')}</p>}
    </>
  );
}

function Acts({ channel: { id, isOn, isSigned, version } }: { channel: Channel }) {
  const { message } = App.useApp();
  const test = useMutationOf(postChannelTest, () => message.success('测试消息已交给后台发送，结果见“最近发通”或“失败原因”'));
  const turn = useMutationOf(putChannelState, (after) => message.success(after.isOn ? '已启用' : '已停用，待发的不再发'));
  const params = { channelId: id };
  return (
    <>
      {isSigned && <SecretButton channelId={id} />}
      <ActionButton isBusy={test.isPending} onClick={() => test.mutate({ params }, { onError: (error) => message.error(error.message) })}>发一条测试</ActionButton>
      <ActionButton isBusy={turn.isPending} isPrimary={!isOn} onClick={() => turn.mutate({ params, version, body: { isOn: !isOn } }, { onError: (error) => message.error(error.message) })}>{isOn ? '停用' : '启用'}</ActionButton>
    </>
  );
}
