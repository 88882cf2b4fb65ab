import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { askCode, fileComplaint, type lookAtEstate } from '#contract/owner.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { isCategory } from '#domain/complaint/category.ts';
import { goTo } from '../address.ts';
import { call, Refusal } from '../api.ts';
import { dropDraft, keepReceipt, keptPhoto, type Draft } from '../draft.ts';
import { ownerPaths } from '../paths.ts';
import { Family, relationOf } from './Family.tsx';
import { Go } from './Go.tsx';

interface Props { readonly estate: Answer<typeof lookAtEstate>; readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }

/** 留手机号、收验证码、提交. */
export function Sending({ estate, draft, onChange }: Props) {
  const [code, setCode] = useState('');
  const [told, setTold] = useState<{ readonly words: string; readonly isBad: boolean } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const doing = (work: () => Promise<string | null>) => () => {
    setBusy(true);
    work().then((words) => { setTold(words === null ? null : { words, isBad: false }); }, (error: unknown) => { setTold({ words: error instanceof Refusal ? error.message : '系统出错了，请稍后再试。填写的内容还在。', isBad: true }); }).finally(() => { setBusy(false); });
  };
  const ask = doing(async () => {
    const { sentTo, minutes, isDemo } = await call(askCode, { body: { estateId: estate.id, phone: draft.phone } });
    onChange({ hasAsked: true });
    return isDemo ? `演示环境不发短信，验证码请系统管理员在“短信发件箱”里看，${minutes}分钟内有效。` : `验证码已发到${sentTo}，${minutes}分钟内有效。去看短信时，这里填的内容不会丢。`;
  });
  const send = doing(async () => {
    const missing = lackOf(draft, code);
    if (missing !== null) throw new Refusal(400, missing);
    if (!isCategory(draft.category)) throw new Refusal(400, '请选一下是什么事');
    const { category, spot, body, name, isForFamily, phone, intent, buildingId } = draft;
    const { no, token } = await call(fileComplaint, { body: { estateId: estate.id, buildingId: buildingId === '' ? null : makeId<'Building'>(buildingId), spot, category, body, photo: keptPhoto(), name, isForFamily, familyRelation: relationOf(draft), familyName: isForFamily ? draft.familyName : '', phone, code, intent } });
    keepReceipt({ no, token, estate: estate.name, on: new Date().toISOString() });
    dropDraft();
    goTo(ownerPaths.receipt(token), { isReplaced: true });
    return null;
  });
  const isPlaced = draft.buildingId !== '' || draft.spot !== '';
  return (
    <section aria-label="联系您">
      <h2>怎么联系您</h2>
      <p>手机号只给办理的单位看，物业公司看不到。<Go to={ownerPaths.privacy(estate.id)}>个人信息怎样处理</Go></p>
      {isPlaced && <p className="warn">物业公司能看到您写的内容和地点，可能猜出是谁反映的。不想被猜到，请回上面把楼栋和位置去掉。{draft.buildingId !== '' && <button type="button" onClick={() => { onChange({ buildingId: '', spot: '' }); }}>去掉楼栋和位置</button>}</p>}
      <p><label htmlFor="phone">手机号</label><input id="phone" type="tel" inputMode="numeric" autoComplete="tel" maxLength={16} value={draft.phone} onChange={(event) => { onChange({ phone: event.target.value }); }} /></p>
      <p><button type="button" disabled={isBusy} onClick={ask}>{draft.hasAsked ? '重新获取验证码' : '获取验证码'}</button></p>
      <p><label htmlFor="code">短信里的6位验证码</label><input id="code" inputMode="numeric" autoComplete="one-time-code" maxLength={6} value={code} onChange={(event) => { setCode(event.target.value); }} /></p>
      <p><label htmlFor="name">怎样称呼您（可以不填）</label><input id="name" autoComplete="name" maxLength={50} value={draft.name} onChange={(event) => { onChange({ name: event.target.value }); }} /></p>
      <Family draft={draft} onChange={onChange} />
      <div role="status">{told !== null && !told.isBad && <p className="good">{told.words}</p>}</div>
      {told?.isBad === true && <p role="alert" className="bad">{told.words}</p>}
      <button type="button" className="primary" disabled={isBusy} onClick={send}>{isBusy ? '正在办，请稍等' : '提交'}</button>
    </section>
  );
}

/** What is still to be filled in, in the order of the page. */
function lackOf({ category, body, phone }: Draft, code: string): string | null {
  if (category === '') return '请选一下是什么事';
  if (body.trim() === '') return '请说说情况，一句话也行';
  if (phone.trim() === '') return '请填写手机号';
  return /^\d{6}$/.test(code.trim()) ? null : '请填写短信里的6位验证码';
}
