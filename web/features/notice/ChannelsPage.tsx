import { listNoticeChannels } from '#contract/notice-channel.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { ChannelCard } from './ChannelCard.tsx';
import { DingtalkDialog, MailDialog, SmsDialog, WebhookDialog, WecomDialog } from './channel-dialogs.tsx';

/** 通知渠道: every way out of the machine, off until somebody sets it. Asked again while something waits. */
export function ChannelsPage() {
  const channels = useRoute(listNoticeChannels, {}, { every: (data) => (data?.rows.some((row) => row.waitingCount > 0) === true ? 3_000 : 30_000) });
  const isDemo = useMe().data?.isDemo === true;
  const rows = channels.data?.rows ?? [];
  const of = (kind: string) => rows.find((row) => row.kind === kind);
  return (
    <Page title="通知渠道" lead="没有设置并启用的渠道，系统不会向外发任何东西。先保存，再发测试，通了再启用。" needs={[channels]} actions={<>{isDemo && <LinkButton to={paths.demoTexts}>短信发件箱（演示）</LinkButton>}<LinkButton to={paths.noticeDeliveries}>发送记录</LinkButton></>}>
      <Section title="发给个人" note="各人在“通知方式”里填写邮箱、手机号，选择收哪些">
        <ChannelCard title="邮件" channel={of('mail')} what="通过单位的邮件服务器发出，多条合成一封。" dialog={<MailDialog channel={of('mail')} />} />
        <ChannelCard title="短信" channel={of('sms')} what="通过县里的短信网关发出；网关按标准签名核对后代发。" dialog={<SmsDialog channel={of('sms')} />} />
      </Section>
      <Section title="发到工作群" note="群里所有人都看得到，通知里没有个人信息">
        <ChannelCard title="企业微信群机器人" channel={of('wecom')} what="在群里添加机器人，把它的 Webhook 地址填到这里。" dialog={<WecomDialog channel={of('wecom')} />} />
        <ChannelCard title="钉钉群机器人" channel={of('dingtalk')} what="在群里添加自定义机器人，安全设置选“加签”。" dialog={<DingtalkDialog channel={of('dingtalk')} />} />
      </Section>
      <Section title="网址推送" note="供其他系统接收，按 Standard Webhooks 签名" actions={<WebhookDialog channel={undefined} />}>
        {rows.filter((row) => row.kind === 'webhook').map((row) => <ChannelCard key={row.id} title={row.name} channel={row} what="" dialog={<WebhookDialog channel={row} />} />)}
        {rows.every((row) => row.kind !== 'webhook') && <p className="sz-muted">还没有网址推送</p>}
      </Section>
    </Page>
  );
}
