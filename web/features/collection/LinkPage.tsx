import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import type { z } from 'zod';
import { answerCollectionLink, CollectionPartDetail, openCollectionLink } from '#contract/collection.ts';
import { call } from '#web/kit/api/call.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { FillGrid, type PartValue } from './FillGrid.tsx';
import { PartTag } from './words.tsx';
import './collection.css';

/** 链接填报: for whoever was sent the link, on a phone, without an account. The token stays behind `#` and travels in bodies only. */
export function LinkPage() {
  const [token] = useState(() => window.location.hash.slice(1));
  const found = useQuery({ queryKey: ['collection-link', token], queryFn: () => call(openCollectionLink, { body: { token } }), retry: false, enabled: token !== '' });
  return (
    <main className="sz-alone sz-link-page">
      <Page title={found.data?.title ?? '填报'} lead={found.data === undefined ? undefined : <>{found.data.recipientName}　<PartTag state={found.data.state} /></>}>
        {token === '' ? <Nothing words="链接不完整。请回到发给您的消息，完整复制整个链接再打开；还不行的，请发链接的单位重新发一次。" /> : found.error !== null ? <Failed error={found.error} onRetry={() => void found.refetch()} /> : found.data === undefined ? <Loading /> : <Filling token={token} part={found.data} />}
      </Page>
    </main>
  );
}

type Sent = Omit<z.input<typeof answerCollectionLink.body>, 'token' | 'version' | 'byName'>;

function Filling({ token, part }: { token: string; part: PartValue }) {
  const { message } = App.useApp();
  const id = useId();
  const client = useQueryClient();
  const [byName, setName] = useState(() => sessionStorage.getItem('shanzhi.filler') ?? '');
  const [fault, setFault] = useState<string | null>(null);
  const drop = useRef<() => void>(() => undefined);
  const send = useMutation({
    mutationFn: (sent: Sent) => call(answerCollectionLink, { body: { ...sent, token, version: part.version, byName: byName.trim() } }),
    onSuccess: (answer, { act }) => {
      drop.current();
      client.setQueryData(['collection-link', token], answer);
      void message.success(act === 'save' ? '已保存，还没有提交' : act === 'hand-in' ? '已提交，谢谢' : '已收回，改好后请重新提交');
    },
  });
  const go = (sent: Sent, done: () => void) => {
    if (byName.trim() === '') { setFault('请填写填表人姓名'); document.getElementById(`${id}name`)?.focus(); return; }
    setFault(null);
    drop.current = done;
    send.mutate(sent);
  };
  return (
    <>
      {part.isHandedIn && <Alert type="success" showIcon role="status" title="已提交，谢谢" description="结束以前可以收回修改。" action={part.can.takeBack === true ? <Button loading={send.isPending} onClick={() => go({ act: 'take-back', values: {}, isUnchanged: false }, () => undefined)}>收回修改</Button> : undefined} style={{ marginBottom: 12 }} />}
      {part.returnedReason !== null && <p className="sz-notice" role="status">退回重填：{part.returnedReason}</p>}
      <Section title="要求"><Facts of={CollectionPartDetail} value={part} names={['issuerName', 'ground', ...(part.clause === null ? [] : ['clause' as const]), 'dueOn', ...(part.rowsOnly === null ? [] : ['rowsOnly' as const]), ...(part.note === null ? [] : ['note' as const])]} /></Section>
      <Section title="填报" note={part.isHandedIn || part.can.answer === true ? `${part.rows.length} 行` : part.can.answer}>
        <FillGrid
          key={part.version} part={part} keep={`collection-link ${part.id}`} isBusy={send.isPending} error={send.error}
          before={(
            <div className="sz-field" style={{ maxWidth: 320 }}>
              <label htmlFor={`${id}name`} className="sz-needed">填表人姓名</label>
              <Input id={`${id}name`} size="large" value={byName} maxLength={30} autoComplete="name" aria-invalid={fault !== null} aria-describedby={`${id}why`} onChange={(event) => { setName(event.target.value); sessionStorage.setItem('shanzhi.filler', event.target.value); }} />
              <p id={`${id}why`} className="sz-help">只为数据有疑问时下发单位能问到人；不要电话，也不作别的用</p>
              {fault !== null && <p className="sz-error" role="alert">{fault}</p>}
            </div>
          )}
          onSave={(values, done) => go({ act: 'save', values, isUnchanged: false }, done)} onHandIn={(values, isUnchanged, done) => go({ act: 'hand-in', values, isUnchanged }, done)}
        />
      </Section>
      <p className="sz-muted">这个页面只用来填这一张表，不用登录，也不会要密码、验证码和付款。</p>
    </>
  );
}
