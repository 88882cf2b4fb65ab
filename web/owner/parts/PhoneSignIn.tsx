import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { askCode } from '#contract/owner.ts';
import { postOwnerSession, type getMine } from '#contract/owner-binding.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { call, Refusal } from '../api.ts';
import { keepText, keptText } from '../store.ts';

const KEPT = 'owner-my-phone';

/** 手机验证码登录; the number stays on the page while one reads the message elsewhere, and leaves the device once one is in. */
export function PhoneSignIn({ estateId, onDone }: { estateId: Id<'Estate'>; onDone: (mine: Answer<typeof getMine>) => void }) {
  const [phone, setPhone] = useState(() => keptText(KEPT) ?? '');
  const [code, setCode] = useState('');
  const [told, setTold] = useState<{ readonly words: string; readonly isBad: boolean } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const doing = (work: () => Promise<string | null>) => () => {
    setBusy(true);
    work().then((words) => { setTold(words === null ? null : { words, isBad: false }); }, (error: unknown) => { setTold({ words: error instanceof Refusal ? error.message : '系统出错了，请稍后再试', isBad: true }); }).finally(() => { setBusy(false); });
  };
  const ask = doing(async () => {
    const { sentTo, minutes, isDemo } = await call(askCode, { body: { estateId, phone } });
    return isDemo ? `演示环境不发短信，验证码请系统管理员在“短信发件箱”里看，${minutes}分钟内有效。` : `验证码已发到${sentTo}，${minutes}分钟内有效。`;
  });
  const enter = doing(async () => {
    if (!/^\d{6}$/.test(code.trim())) throw new Refusal(400, '请填写短信里的6位验证码');
    const mine = await call(postOwnerSession, { body: { estateId, phone, code } });
    keepText(KEPT, null);
    onDone(mine);
    return null;
  });
  return (
    <section aria-label="手机验证码登录">
      <h2>手机验证码登录</h2>
      <p><label htmlFor="phone">手机号</label><input id="phone" type="tel" inputMode="numeric" autoComplete="tel" maxLength={16} value={phone} onChange={(event) => { setPhone(event.target.value); keepText(KEPT, event.target.value); }} /></p>
      <p><button type="button" disabled={isBusy} onClick={ask}>获取验证码</button></p>
      <p><label htmlFor="code">短信里的6位验证码</label><input id="code" inputMode="numeric" autoComplete="one-time-code" maxLength={6} value={code} onChange={(event) => { setCode(event.target.value); }} /></p>
      <div role="status">{told !== null && !told.isBad && <p className="good">{told.words}</p>}</div>
      {told?.isBad === true && <p role="alert" className="bad">{told.words}</p>}
      <button type="button" className="primary" disabled={isBusy} onClick={enter}>{isBusy ? '正在办，请稍等' : '登录'}</button>
    </section>
  );
}
