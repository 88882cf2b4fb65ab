import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { putMyPassword } from '#contract/administration/session.ts';
import { rememberCsrf } from '#web/kit/api/csrf.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 修改密码; also the first thing after a first sign-in. */
export function PasswordPage() {
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const isFirst = me.data?.user.mustChangePassword === true;
  return (
    <Page title={isFirst ? '请先设置自己的密码' : '修改密码'} lead={isFirst ? '您用的是一次性密码。设置好自己的密码后就可以开始工作。' : '修改后，其他设备上的登录会全部退出。'}>
      <Section title="设置新密码">
        <RouteForm
          route={putMyPassword} submit="保存新密码" keepsDraft={false}
          extras={{
            current: { isPassword: true, autoComplete: 'current-password', title: isFirst ? '一次性密码' : '原密码' },
            next: { isPassword: true, autoComplete: 'new-password', help: `至少 ${me.data?.passwordMinLength ?? 12} 个字符；可以用一句自己记得住的话，不要用常见密码` },
          }}
          onDone={(next) => {
            rememberCsrf(next.csrfToken);
            client.setQueryData(['/me'], next);
            message.success('密码已修改');
            void navigate({ to: paths.home });
          }}
        />
      </Section>
    </Page>
  );
}
