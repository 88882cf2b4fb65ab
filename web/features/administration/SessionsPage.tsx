import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { MySessions } from './entry/MySessions.tsx';
import { MySignIns } from './entry/MySignIns.tsx';
import { TotpSummary } from './entry/TotpSummary.tsx';

/** 登录与安全: the one-time code, where one is signed in, and every sign-in so far. */
export function SessionsPage() {
  return (
    <Page title="登录与安全" lead="看到不认识的设备或登录，请让它退出，马上修改密码，并告诉安全管理员。" actions={<LinkButton to={paths.password}>修改密码</LinkButton>}>
      <TotpSummary />
      <MySessions />
      <MySignIns />
    </Page>
  );
}
