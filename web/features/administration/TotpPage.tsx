import './administration.css';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Modal } from 'antd';
import { useState } from 'react';
import { getMyTotp, postMyRecoveryCodes, postMyTotpRemoval } from '#contract/administration/second-factor.ts';
import { rememberCsrf } from '#web/kit/api/csrf.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMe, type Me } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { Enrol } from './entry/Enrol.tsx';
import { RecoveryCodes } from './entry/RecoveryCodes.tsx';

/** 动态口令: set up, renewed or taken away; for a post that demands one also the first thing after signing in. */
export function TotpPage() {
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const totp = useRoute(getMyTotp);
  const [codes, tell] = useState<readonly string[] | null>(null);
  const isOn = me.data?.user.hasTotp === true;
  const mustFirst = me.data?.user.needsTotp === true && !isOn;
  const become = (next: Me) => {
    rememberCsrf(next.csrfToken);
    client.setQueryData(['/me'], next);
  };
  const login = me.data?.user.login ?? '';
  if (codes !== null) {
    return (
      <Page title="请保存恢复码" lead="动态口令已经启用。下次登录时，输入密码后再填验证器上的六位数字。">
        <RecoveryCodes login={login} codes={codes} done="已经保存好，开始工作" onDone={() => { tell(null); void navigate({ to: paths.home }); }} />
      </Page>
    );
  }
  return (
    <Page
      title={mustFirst ? '请先启用动态口令' : '动态口令'} needs={[totp]} actions={mustFirst ? undefined : <LinkButton to={paths.sessions}>登录与安全</LinkButton>}
      lead={mustFirst ? '您的岗位管着全县的账号、系统或个人信息，登录时除了密码还要动态口令。大约两分钟，启用后就可以开始工作。' : '启用后，登录时输入密码，再填验证器上的六位数字。'}
    >
      {isOn ? <InUse login={login} onRemoved={become} /> : <Enrol onDone={({ me: next, recoveryCodes }) => { tell(recoveryCodes); become(next); }} />}
    </Page>
  );
}

const proof = { password: { isPassword: true, autoComplete: 'current-password', title: '登录密码' }, code: { autoComplete: 'one-time-code', help: '验证器上的六位数字，或一个恢复码' } } as const;

function InUse({ login, onRemoved }: { login: string; onRemoved: (next: Me) => void }) {
  const { message } = App.useApp();
  const totp = useRoute(getMyTotp);
  const [codes, tell] = useState<readonly string[] | null>(null);
  return (
    <Section
      title="已经启用"
      actions={<>
        <DialogButton words="重新生成恢复码" title="重新生成恢复码">
          {(close) => <RouteForm route={postMyRecoveryCodes} submit="重新生成" keepsDraft={false} extras={proof} onCancel={close} onDone={({ recoveryCodes }) => { close(); tell(recoveryCodes); }}><p className="sz-muted">以前的恢复码随即全部作废。</p></RouteForm>}
        </DialogButton>
        <DialogButton words="停用动态口令" title="停用动态口令" isDanger>
          {(close) => <RouteForm route={postMyTotpRemoval} submit="停用" keepsDraft={false} extras={proof} onCancel={close} onDone={(next) => { close(); onRemoved(next); message.success('已停用动态口令'); }}><p className="sz-muted">换手机时，停用后重新启用。岗位要求使用的，停用后须马上重新启用才能办事。其他设备会退出登录。</p></RouteForm>}
        </DialogButton>
      </>}
    >
      <dl className="sz-facts">
        <div><dt>启用时间</dt><dd><DateText value={totp.data?.since} /></dd></div>
        <div><dt>剩余恢复码</dt><dd>{totp.data?.recoveryCodesLeft ?? '—'} 个{(totp.data?.recoveryCodesLeft ?? 10) < 3 && '，请重新生成'}</dd></div>
      </dl>
      <p className="sz-muted">手机或电脑丢了，又没有恢复码：请当面找安全管理员移除动态口令，再重新启用。</p>
      <Modal title="新的恢复码" open={codes !== null} footer={null} closable={false} mask={{ closable: false }} keyboard={false} destroyOnHidden>
        {codes !== null && <RecoveryCodes login={login} codes={codes} done="已经保存好" onDone={() => tell(null)} />}
      </Modal>
    </Section>
  );
}
