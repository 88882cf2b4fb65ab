import { getMyTotp } from '#contract/administration/second-factor.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { paths } from '#web/paths.ts';

/** 动态口令的情况, and the way to its page. */
export function TotpSummary() {
  const totp = useRoute(getMyTotp);
  const value = totp.data;
  return (
    <Section title="动态口令" note="密码泄露了，别人没有您的手机也进不来" actions={value !== undefined && <ActionLink isButton to={paths.totp}>{value.since === null ? '启用动态口令' : '管理动态口令'}</ActionLink>}>
      {totp.error !== null ? <Failed error={totp.error} onRetry={() => void totp.refetch()} /> : value === undefined ? <Loading rows={2} /> : (
        <p>
          {value.since === null ? <StatusTag tone={value.isNeeded ? 'bad' : 'plain'}>没有启用</StatusTag> : <><StatusTag tone="good">已启用</StatusTag> 自<DateText value={value.since} />起，还有 {value.recoveryCodesLeft} 个恢复码</>}
          {value.isNeeded && '。当前岗位要求使用'}
        </p>
      )}
    </Section>
  );
}
