import { App } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { putOutgoingSignature, type getHandOver } from '#contract/handover.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Section } from '#web/kit/Page.tsx';
import { ItemTable } from './ItemTable.tsx';

type Value = Answer<typeof getHandOver>;

/** 移交人签字: goes through the list, says a word where needed, adds what is handed over in hand, and signs. */
export function SignOutgoing({ value }: { value: Value }) {
  const { message } = App.useApp();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(Object.fromEntries(value.items.filter(({ note }) => note !== '').map(({ key, note }) => [key, note])));
  const notes = Object.entries(texts).flatMap(([key, note]) => (note.trim() === '' ? [] : [{ key, note }]));
  return (
    <>
      <Section title="交接清单" note="系统列出的您名下全部事项；可以逐项写说明">
        <ItemTable items={value.items} writing={{ title: '您的说明', texts, onType: (key, text) => setTexts({ ...texts, [key]: text }) }} />
      </Section>
      <Section title="核对后签字">
        <p>清单是系统按您名下的岗位和事项列出的。登录会话、密码是个人的，不移交；移交后没有岗位的账号随即停用。以前办过的事仍记在您名下。</p>
        <RouteForm
          route={putOutgoingSignature} params={{ handOverId: value.id }} version={value.version} submit="签字移交" keepsDraft={false} first={{ papers: value.papers, remark: value.remark }} fixed={{ listMark: value.listMark, notes }}
          onDone={() => message.success('已签字，等接手人签收')}
          extras={{ papers: { help: '如：维修资金台账｜3本｜档案柜二层' }, password: { isPassword: true, autoComplete: 'current-password', help: '输入密码即为本人签字' } }}
        />
      </Section>
    </>
  );
}
