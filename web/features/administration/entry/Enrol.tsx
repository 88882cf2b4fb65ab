import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { postMyTotp, postMyTotpConfirmation } from '#contract/administration/second-factor.ts';
import type { Answer } from '#contract/define-route.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Section } from '#web/kit/Page.tsx';
import { qrOf } from '#web/kit/share/picture.ts';

type Begun = Answer<typeof postMyTotp>;
/** 启用的结果: who one is from now on, and the recovery codes. */
export type Enrolled = Answer<typeof postMyTotpConfirmation>;

/** 启用动态口令: the password, then the picture for the phone, then a first code. */
export function Enrol({ onDone }: { onDone: (enrolled: Enrolled) => void }) {
  const [begun, begin] = useState<Begun | null>(null);
  if (begun === null) {
    return (
      <Section title="第一步：确认是您本人">
        <p>先在手机上装一个验证器：微信里搜索“腾讯身份验证器”小程序，或用手机自带的验证器、密码管理应用，只要支持“动态口令（TOTP）”都可以。不需要短信，手机不联网也能用。</p>
        <details>
          <summary>没有手机，或者手机不能带进办公室</summary>
          <p>请信息中心在您的办公电脑上装一个支持动态口令（TOTP）的密码管理程序，如 KeePassXC，断网也能用。下一步选“手工输入”，把密钥填进去，它每 30 秒算出一个口令。打开这个程序要另设密码，不要和本系统的相同。</p>
          <p>启用后会给出十个恢复码：请当场打印，装信封密封，放进保险柜或交专人保管。电脑坏了，凭恢复码登录。</p>
          <p className="sz-muted">哪些岗位必须使用，由参数“登录须用动态口令的岗位”规定，只有系统管理员可以改，要写明依据的文件和起始日期，并留下记录。</p>
        </details>
        <RouteForm route={postMyTotp} submit="下一步" keepsDraft={false} extras={{ password: { isPassword: true, autoComplete: 'current-password', title: '登录密码' } }} onDone={begin} />
      </Section>
    );
  }
  return (
    <Section title="第二步：扫码或填写密钥，再填显示的口令">
      <div className="sz-enrol">
        <QrCode uri={begun.uri} />
        <div>
          <p>打开验证器，选“添加”或“扫一扫”，扫这张图。扫不了的，或者用的是办公电脑，选“手工输入”，填写密钥：</p>
          <p className="sz-key" aria-label="密钥">{begun.key.replaceAll(/(.{4})(?=.)/g, '$1 ')}</p>
          <p className="sz-muted">类型选“基于时间”。这张图和密钥等于第二把钥匙，不要截图发给别人。</p>
          <RouteForm
            route={postMyTotpConfirmation} submit="启用" keepsDraft={false} onDone={onDone} onCancel={() => begin(null)} fix="code"
            extras={{ code: { autoComplete: 'one-time-code', help: '验证器上现在显示的六位数字，每 30 秒换一次' } }}
          />
        </div>
      </div>
    </Section>
  );
}

/** Drawn here in the browser: the secret goes nowhere else. */
function QrCode({ uri }: { uri: string }) {
  const picture = useQuery({ queryKey: ['totp-picture', uri], queryFn: () => qrOf(uri), gcTime: 0 });
  return picture.data === undefined ? <div className="sz-qr" aria-hidden="true" /> : <img className="sz-qr" src={picture.data} alt="动态口令的二维码，用手机验证器扫" />;
}
