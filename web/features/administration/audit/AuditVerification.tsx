import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { getAuditHead, postAuditVerification } from '#contract/administration/audit.ts';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { Head } from './Head.tsx';

/** 核验: nothing edited, removed or reordered; a head noted elsewhere proves that the chain itself was not rewritten. */
export function AuditVerification() {
  const mayVerify = useMay()(postAuditVerification.permission);
  const head = useRoute(getAuditHead);
  const [fault, setFault] = useState<string | null>(null);
  const [noted, note] = useState({ sealNo: '', hash: '' });
  const verify = useMutationOf(postAuditVerification);
  const run = () => {
    const isBlank = noted.sealNo.trim() === '' && noted.hash.trim() === '';
    const body = postAuditVerification.body.safeParse(isBlank ? {} : { head: { sealNo: Number(noted.sealNo), hash: noted.hash.trim().toLowerCase() } });
    setFault(body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (body.success) verify.mutate({ body: body.data });
    else verify.reset();
  };
  const known = verify.data?.head ?? head.data?.head ?? null;
  return (
    <Section title="核验" note="每条记录封存时与前一条相连，改动、删除、调换顺序都能查出" actions={mayVerify && <Button type="primary" loading={verify.isPending} onClick={run}>核验</Button>}>
      {(fault !== null || verify.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? verify.error?.message} style={{ marginBottom: 12 }} />}
      {fault === null && verify.data !== undefined && <Result answer={verify.data} />}
      {known === null ? <p className="sz-muted">还没有封存的记录。</p> : <Head head={known} />}
      {mayVerify && <Noted value={noted} onChange={note} />}
    </Section>
  );
}

function Result({ answer }: { answer: Answer<typeof postAuditVerification> }) {
  const { ok, message, checked, unsealedTail, firstBad } = answer;
  return (
    <Alert
      type={ok ? 'success' : 'error'} showIcon role="status" title={message} style={{ marginBottom: 12 }}
      description={ok ? `共核对 ${numberWords(checked)} 条${unsealedTail > 0 ? `，另有 ${unsealedTail} 条刚发生、正在等待封存` : ''}。` : `${firstBad === null ? '' : `第一处不符在操作记录第 ${firstBad.entryNo} 条。`}请不要再改动数据，保留现场，立即向分管领导和公安网安部门报告，并用最近的备份比对。`}
    />
  );
}

function Noted({ value, onChange }: { value: { sealNo: string; hash: string }; onChange: (value: { sealNo: string; hash: string }) => void }) {
  const id = useId();
  return (
    <details>
      <summary>用以前抄录的链头核对（更可靠）</summary>
      <p className="sz-muted">把上次抄在纸上或存在别处的序号和链头填在这里再点「核验」，可以证明从那时以前的记录一条也没有被重写过。</p>
      <div className="sz-fields">
        <FieldRow id={`${id}n`} title="封存序号" isRequired={false}><Input id={`${id}n`} inputMode="numeric" value={value.sealNo} onChange={(event) => onChange({ ...value, sealNo: event.target.value })} /></FieldRow>
        <FieldRow id={`${id}h`} title="链头（64 位）" isRequired={false}><Input id={`${id}h`} className="sz-hash" maxLength={80} value={value.hash} onChange={(event) => onChange({ ...value, hash: event.target.value })} /></FieldRow>
      </div>
    </details>
  );
}
