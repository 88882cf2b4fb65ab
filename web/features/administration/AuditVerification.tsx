import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { postAuditVerification } from '#contract/administration.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';

/** 核验: nothing edited, removed or reordered; a head noted elsewhere proves that the chain itself was not rewritten. */
export function AuditVerification() {
  const id = useId();
  const may = useMay()(postAuditVerification.permission);
  const [no, setNo] = useState('');
  const [hash, setHash] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const verify = useMutationOf(postAuditVerification);
  if (!may) return null;
  const run = () => {
    const body = postAuditVerification.body.safeParse(no.trim() === '' && hash.trim() === '' ? {} : { head: { sealNo: Number(no), hash } });
    setFault(body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (body.success) verify.mutate({ body: body.data });
  };
  const answer = verify.data;
  return (
    <Section title="核验" actions={<Button type="primary" loading={verify.isPending} onClick={run}>核验</Button>}>
      <details>
        <summary>用以前记下的链头核对（可不填）</summary>
        <div className="sz-fields">
          <div className="sz-field"><label htmlFor={`${id}n`}>封存序号</label><Input id={`${id}n`} inputMode="numeric" value={no} onChange={(event) => setNo(event.target.value)} /></div>
          <div className="sz-field"><label htmlFor={`${id}h`}>链头（64 位）</label><Input id={`${id}h`} value={hash} onChange={(event) => setHash(event.target.value)} /></div>
        </div>
      </details>
      {(fault !== null || verify.error !== null) && <Alert type="error" showIcon title={fault ?? verify.error?.message} />}
      {answer !== undefined && (
        <Alert
          type={answer.ok ? 'success' : 'error'} showIcon role="status" title={answer.message}
          description={<>已核对 {answer.checked} 条，其中已封存 {answer.sealed} 条，待封存 {answer.unsealedTail} 条。{answer.firstBad !== null && `第 ${answer.firstBad.entryNo} 条：${answer.firstBad.message}`}{answer.head !== null && <><br />链头（可抄录留存）：第 {answer.head.sealNo} 号 <code>{answer.head.hash}</code></>}</>}
        />
      )}
    </Section>
  );
}
