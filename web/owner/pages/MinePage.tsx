import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { OWNER_HOME } from '#contract/owner-paths.ts';
import { endOwnBinding, endOwnerSession, getMine, postOwnReceipt } from '#contract/owner-binding.ts';
import { id } from '#contract/kernel.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { bindingStatusLabels } from '#domain/owner/binding.ts';
import { goTo } from '../address.ts';
import { call, Refusal } from '../api.ts';
import { BindHome } from '../parts/BindHome.tsx';
import { Go } from '../parts/Go.tsx';
import { Page } from '../parts/Page.tsx';
import { PhoneSignIn } from '../parts/PhoneSignIn.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { ownerPaths } from '../paths.ts';
import { useAnswer } from '../use-answer.ts';

type Mine = Answer<typeof getMine>;
const estateIn = id('Estate');

/** 我的: homes bound to the telephone, and what was complained of from it. */
export function MinePage({ address }: { address: URL }) {
  const estateId = estateIn.safeParse(address.searchParams.get('e')).data ?? null;
  const asked = useAnswer('mine', () => call(getMine));
  const [changed, setChanged] = useState<Mine | 'out' | null>(null);
  const mine = changed === 'out' ? undefined : changed ?? asked.data;
  if (mine !== undefined) return <Page title="我的房屋和投诉" lead={`手机号${mine.phone}，保持登录到${dateText(mine.untilOn)}。`}><Shown mine={mine} estateId={estateId} onChange={setChanged} /></Page>;
  const isOut = changed === 'out' || asked.refusal?.status === 401;
  if (!isOut) return <Page title="我的房屋和投诉"><Waiting of={asked} /></Page>;
  return (
    <Page title="我的房屋和投诉" lead="用手机验证码登录，不用注册、不设密码。">
      {estateId === null ? <section aria-label="先找小区"><p>请先找到您的小区，再点小区页上的“我的房屋和投诉”。</p><p><Go to={OWNER_HOME} className="button">找小区</Go></p></section> : <PhoneSignIn estateId={estateId} onDone={setChanged} />}
    </Page>
  );
}

function Shown({ mine, estateId, onChange }: { mine: Mine; estateId: Id<'Estate'> | null; onChange: (next: Mine | 'out') => void }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const doing = (work: () => Promise<unknown>) => () => { work().then(() => { setRefusal(null); }, (error: unknown) => { setRefusal(error instanceof Refusal ? error.message : '系统出错了，请稍后再试'); }); };
  return (
    <>
      {refusal !== null && <p role="alert" className="bad">{refusal}</p>}
      <section aria-label="我的房屋">
        <h2>我的房屋</h2>
        {mine.homes.length === 0 && <p>还没有绑定房屋。绑定后可以参加业主表决等业主事务；不绑定也可以反映问题。</p>}
        <ul className="homes">
          {mine.homes.map((home) => (
            <li key={home.id}>
              <p><strong>{home.estate}{home.place}</strong>　{bindingStatusLabels[home.status]}</p>
              {home.dueOn !== null && <p>社区最迟{dateText(home.dueOn)}核对。</p>}
              {home.reason !== null && <p className="soft">{home.reason}</p>}
              {(home.status === 'asked' || home.status === 'bound') && <button type="button" onClick={doing(async () => { onChange(await call(endOwnBinding, { body: { bindingId: home.id } })); })}>解除绑定{home.place}，撤回同意</button>}
            </li>
          ))}
        </ul>
      </section>
      {estateId !== null && <BindHome estateId={estateId} onDone={onChange} />}
      <section aria-label="我反映的">
        <h2>我反映的</h2>
        {mine.complaints.length === 0 && <p>这个手机号还没有反映过问题。</p>}
        <ul className="homes">
          {mine.complaints.map(({ complainantId, no, status, estate, receivedOn, nextDueOn }) => (
            <li key={complainantId}>
              <p><strong>{no}</strong>　{status}</p>
              <p className="soft">{estate}　{dateText(receivedOn)}收到{nextDueOn === null ? '' : `，下一步最迟${dateText(nextDueOn)}`}</p>
              <button type="button" onClick={doing(async () => { const { token } = await call(postOwnReceipt, { body: { complainantId } }); goTo(ownerPaths.receipt(token)); })}>看{no}的进度</button>
            </li>
          ))}
        </ul>
      </section>
      <p><button type="button" onClick={doing(async () => { await call(endOwnerSession, { body: {} }); onChange('out'); })}>退出登录</button></p>
    </>
  );
}
