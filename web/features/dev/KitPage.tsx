import { Page, Section } from '#web/kit/Page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';

/** 界面组件: every component of the kit with its states. */
export function KitPage() {
  return (
    <Page title="界面组件" lead="各组件在空、加载、出错、没有权限时的样子，供检查用。">
      <Section title="空"><Nothing words="还没有记录" /></Section>
      <Section title="加载"><Loading /></Section>
      <Section title="出错"><Failed error={new Error('演示')} onRetry={() => undefined} /></Section>
    </Page>
  );
}
