import { App, Button } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { putIncomingSignature, putObjections, type getHandOver } from '#contract/handover.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { ItemTable } from './ItemTable.tsx';

type Value = Answer<typeof getHandOver>;

/** 接手人签收, or 逐项提出异议. */
export function SignIncoming({ value }: { value: Value }) {
  const { message } = App.useApp();
  const [texts, setTexts] = useState<Readonly<Record<string, string>> | null>(null);
  const object = useMutationOf(putObjections, () => message.success('已转给移交人答复'));
  const objections = Object.entries(texts ?? {}).flatMap(([key, objection]) => (objection.trim() === '' ? [] : [{ key, objection: objection.trim() }]));
  return (
    <>
      <Section
        title="交接清单" note={texts === null ? '移交人已签字' : '在有异议的项后写明'}
        actions={value.can.object === true && (texts === null
          ? <Button onClick={() => setTexts({})}>对清单有异议</Button>
          : <>
            <Button onClick={() => setTexts(null)}>不提了</Button>
            <ActionButton isPrimary isBusy={object.isPending} ability={objections.length > 0 || '请在有异议的项后面写明'} onClick={() => object.mutate({ params: { handOverId: value.id }, version: value.version, body: { objections } })}>提出异议</ActionButton>
          </>)}
      >
        {object.error !== null && <p className="sz-error" role="alert">{object.error.message}</p>}
        <ItemTable items={value.items} writing={texts === null ? undefined : { title: '异议', texts, onType: (key, text) => setTexts({ ...texts, [key]: text }) }} />
      </Section>
      {texts === null && (
        <Section title="核对后签收">
          {value.can.signIncoming === true ? (
            <>
              <p>签收后立即生效：岗位归您，名下事项随之移交，系统同时出具移交清单。签收后不能撤回。</p>
              <RouteForm
                route={putIncomingSignature} params={{ handOverId: value.id }} version={value.version} submit="签收" keepsDraft={false} fixed={{ listMark: value.listMark }}
                onDone={() => message.success('已签收，岗位在右上角切换')} extras={{ password: { isPassword: true, autoComplete: 'current-password', help: '输入密码即为本人签字' } }}
              />
            </>
          ) : <p>{value.can.signIncoming}。</p>}
        </Section>
      )}
    </>
  );
}
