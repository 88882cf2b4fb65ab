import { EyeOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import type { revealBody, Revealed } from '#contract/registry/shared.ts';
import { ActionButton, type Ability } from './ActionLink.tsx';
import { useMutationOf } from './hooks/use-mutation-of.ts';

/** 查看完整号码: asks why, records the look, shows the number once. */
export function Reveal<P extends z.ZodType, Q extends z.ZodType>({ route, params, field, title, ability }: {
  route: Route<P, Q, typeof revealBody, typeof Revealed>; params: z.input<P>; field: 'phone' | 'idNumber'; title: string; ability?: Ability;
}) {
  const [isOpen, open] = useState(false);
  const [reason, write] = useState('');
  const id = useId();
  const look = useMutationOf(route);
  const close = () => {
    open(false);
    write('');
    look.reset();
  };
  return (
    <>
      <ActionButton ability={ability} icon={<EyeOutlined />} onClick={() => open(true)}>查看完整{title}</ActionButton>
      <Modal title={`查看完整${title}`} open={isOpen} onCancel={close} footer={null}>
        {look.data === undefined ? (
          <form className="sz-form" onSubmit={(event) => { event.preventDefault(); look.mutate({ params, body: { field, reason } }); }}>
            <p>查看会记入操作记录，注明您的姓名、时间和原因。</p>
            <div className="sz-field"><label htmlFor={id}>查看原因</label><Input id={id} value={reason} maxLength={200} placeholder="例如：核对业主身份" onChange={(event) => write(event.target.value)} /></div>
            {look.error !== null && <Alert type="error" showIcon title={look.error.message} />}
            <Button type="primary" htmlType="submit" loading={look.isPending} disabled={reason.trim().length < 4}>查看并记录</Button>
          </form>
        ) : <p className="sz-revealed">{look.data.value ?? '没有登记号码'}</p>}
      </Modal>
    </>
  );
}
