import { getNoticeChoice } from '#contract/notice-channel.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { ChoiceForm } from './ChoiceForm.tsx';

/** 通知方式: one's own addresses, kinds and quiet hours. The inbox needs none of it. */
export function ChoicePage() {
  const choice = useRoute(getNoticeChoice);
  const value = choice.data;
  return (
    <Page title="通知方式" lead="通知在系统里都看得到，不必另设。愿意在邮箱或手机上也收到的，在这里填写；随时可以取消。" needs={[choice]}>
      {value !== undefined && <ChoiceForm key={value.version} value={value} />}
    </Page>
  );
}
