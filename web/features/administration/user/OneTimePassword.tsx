import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { instantWords } from '#web/kit/schema/words.ts';
import { copyText } from '#web/kit/share/copy.ts';
import type { WithPassword } from './PasswordDialog.tsx';

/** 一次性密码: shown once; the person changes it at the first sign-in. */
export function OneTimePassword({ made, close }: { made: WithPassword; close: () => void }) {
  const { message } = App.useApp();
  const copy = async () => {
    const worked = await copyText(`善治账号：${made.user.login}\n一次性密码：${made.oneTimePassword}\n${instantWords(made.expiresAt)}前有效，首次登录后请马上设置自己的密码。`);
    if (worked) message.success('已复制账号和密码');
    else message.error('浏览器不允许复制，请手工抄写');
  };
  return (
    <div className="sz-form">
      <Alert type="warning" showIcon title="只显示这一次" description={`请当面或打电话告诉${made.user.name}，不要发到微信群里。关闭后谁也看不到了，只能重新重置。`} />
      <dl className="sz-facts">
        <div><dt>账号</dt><dd><strong>{made.user.login}</strong></dd></div>
        <div><dt>一次性密码</dt><dd><span className="sz-once">{made.oneTimePassword}</span></dd></div>
      </dl>
      <p className="sz-muted">{instantWords(made.expiresAt)}前有效，过期后请重新重置。首次登录时系统会要求本人改成自己的密码，改好后才能办事。</p>
      <div className="sz-form-foot"><Button icon={<CopyOutlined />} onClick={() => void copy()}>复制账号和密码</Button><Button type="primary" onClick={close}>已经告诉本人</Button></div>
    </div>
  );
}
