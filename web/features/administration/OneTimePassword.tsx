import { Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import type { postUser } from '#contract/administration.ts';

/** 一次性密码: shown once; the person changes it at the first sign-in. */
export function OneTimePassword({ made, close }: { made: Answer<typeof postUser>; close: () => void }) {
  return (
    <div>
      <p>请把下面的账号和一次性密码当面或电话告诉 {made.user.name}。关闭后不能再看到；首次登录须修改。</p>
      <p>账号：<strong>{made.user.login}</strong></p>
      <p>一次性密码：<span className="sz-once">{made.oneTimePassword}</span></p>
      <Button type="primary" onClick={close}>已经告诉本人</Button>
    </div>
  );
}
