import { Input } from 'antd';
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { listLikeComplaints, postComplaint } from '#contract/complaint.ts';
import type { Answer } from '#contract/define-route.ts';
import { originNoExamples } from '#domain/complaint/origin.ts';
import { isId } from '#domain/kernel/brand.ts';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { ComplaintStatusTag } from './status.tsx';
import type { LetterRead } from './LetterDrop.tsx';
import './complaint.css';

/** 登记投诉的表: empty, or begun from a letter. */
export function RegisterForm({ letter, onDone }: { letter: LetterRead | null; onDone: (slip: Answer<typeof postComplaint>) => void }) {
  const [estateId, place] = useState('');
  const [words, say] = useState(letter?.body ?? '');
  const today = useMe().data?.today;
  return (
    <>
      <Section title="投诉内容">
        <RouteForm
          route={postComplaint} submit="登记并出回执" keepsDraft={false} fixed={{ letter: letter?.ticket ?? null }} onDone={onDone}
          first={{ origin: letter === null ? 'counter' : 'mail', ...(today === undefined ? {} : { receivedOn: letter?.receivedOn ?? today }), ownerCount: 1, ...(letter === null ? {} : { name: letter.name, mail: letter.mail, body: letter.body }) }}
          extras={{
            originNo: { help: `来自12345、信访等的照原样填写，如：${Object.values(originNoExamples).slice(0, 3).join('、')}；窗口、电话的不填` }, originDueOn: { help: '来源单位或者批示写明期限的填写，以它为准；没有写明的按规定的期限计算' },
            estateId: { control: ({ id, text, onType, describedBy, isInvalid }) => <EstatePicker id={id} value={text} describedBy={describedBy} isInvalid={isInvalid} onChange={(value) => { place(value); onType(value); }} /> },
            body: { control: ({ id, text, onType, describedBy, isInvalid }) => <Input.TextArea id={id} value={text} aria-describedby={describedBy} aria-invalid={isInvalid} autoSize={{ minRows: 4, maxRows: 16 }} maxLength={5_000} onChange={(event) => onType(event.target.value)} onBlur={() => say(text)} /> },
            receivedOn: { help: letter === null ? undefined : '信到邮箱的那一天；办理期限从这一天算起，不从登记的那一天算' },
            emergencyTo: { help: '先打119、110或者抢修电话，再登记' }, phone: { help: '用于答复；加密保存，只有承办单位可以查看' }, mail: { help: '留了邮箱的，回执和答复同时寄到邮箱（本县启用邮件的）；加密保存' },
          }}
        />
      </Section>
      <Likenesses estateId={estateId} words={words} />
    </>
  );
}

/** 相似的投诉件: shown, not decided. */
function Likenesses({ estateId, words }: { estateId: string; words: string }) {
  const known = isId<'Estate'>(estateId) && words.trim().length >= 4 ? { estateId, words: words.slice(0, 500) } : null;
  const found = useRoute(listLikeComplaints, known === null ? {} : { query: known }, { enabled: known !== null });
  const rows = known === null ? [] : found.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="同一小区相似的投诉" note="是同一件事的，先登记，再在投诉件里点“并案”；已经办结的又发生，直接登记">
      <ul className="sz-likenesses">{rows.map((row) => <li key={row.id}><Link to={paths.complaint(row.id)} target="_blank">{row.no}</Link>　<ComplaintStatusTag status={row.status} />　{row.words}　<span className="sz-muted">相似 {row.likeness}%</span></li>)}</ul>
    </Section>
  );
}
