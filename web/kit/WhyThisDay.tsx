import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { getObligation, type ExplainedLine } from '#contract/obligation.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { useRoute } from './hooks/use-route.ts';
import { Failed, Loading } from './states.tsx';

/** 为什么是这一天: a button that opens the reckoning of one duty, line by line. */
export function WhyThisDay({ id, words = '为什么是这一天' }: { id: Id<'Obligation'>; words?: string }) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <button type="button" className="sz-explain" aria-haspopup="dialog" onClick={() => open(true)}>{words}</button>
      <Modal title="为什么是这一天" open={isOpen} onCancel={() => open(false)} footer={<Button onClick={() => open(false)}>关闭</Button>} width={680} destroyOnHidden>{isOpen && <Reckoning id={id} />}</Modal>
    </>
  );
}

function Reckoning({ id }: { id: Id<'Obligation'> }) {
  const duty = useRoute(getObligation, { params: { obligationId: id } });
  if (duty.data === undefined) return duty.error === null ? <Loading rows={4} /> : <Failed error={duty.error} />;
  return <DayLines lines={duty.data.lines} />;
}

/** 逐行说明, with what each line rests on. */
export function DayLines({ lines }: { lines: readonly z.output<typeof ExplainedLine>[] }) {
  return (
    <ol className="sz-day-lines">
      {lines.map(({ text, basis, setBy }) => (
        <li key={text}>{text}{(basis !== null || setBy !== null) && <span className="sz-muted">{[basis === null ? '' : `依据：${basis}`, setBy === null ? '' : `设定人：${setBy}`].filter(Boolean).join('，')}</span>}</li>
      ))}
    </ol>
  );
}
