import { useParams } from '@tanstack/react-router';
import { App, Input } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { exportSelfCheck, getSelfCheck, putSelfCheckSignature } from '#contract/privacy.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';

type Check = Answer<typeof getSelfCheck>;
type Said = Readonly<Record<string, { readonly answer: string; readonly note: string }>>;
const choices = { yes: '是', no: '否', none: '不适用' } as const;
const isAnswer = (text: string): text is keyof typeof choices => Object.hasOwn(choices, text);

/** 一年的合规自查: the questions with the system's own numbers, answered and signed. */
export function SelfCheckPage() {
  const params: Record<string, unknown> = useParams({ strict: false });
  const year = Number(params['year']);
  const check = useRoute(getSelfCheck, { params: { year } });
  const value = check.data;
  return (
    <Page
      title={`${year}年个人信息保护合规自查`} needs={[check]} actions={<ExportButton route={exportSelfCheck} params={{ year: String(year) }} filtered={{}} />}
      lead={value === undefined ? undefined : value.signer === null ? '逐项回答；答“否”或“不适用”的写明情况和打算。签署时连同当时的系统数据一起固定。' : <>由{value.signer}签署，<DateText value={value.signedAt ?? ''} />，不再修改。</>}
    >
      {value !== undefined && <Content key={value.signedAt ?? ''} value={value} />}
    </Page>
  );
}

function Content({ value }: { value: Check }) {
  const { message } = App.useApp();
  const [said, say] = useState<Said>({});
  const isOpen = value.signer === null && value.can.sign === true;
  const answers = value.lines.flatMap(({ key }) => { const one = said[key]; return one !== undefined && isAnswer(one.answer) ? [{ key, answer: one.answer, note: one.note }] : []; });
  return (
    <>
      {value.lines.map((line, at) => (
        <Section key={line.key} title={`${at + 1}．${line.text}`} note={line.basis}>
          {line.evidence.length > 0 && <ul>{line.evidence.map((one) => <li key={one.text}>{one.path === null ? one.text : <ActionLink to={one.path}>{one.text}</ActionLink>}</li>)}</ul>}
          {isOpen ? <Answering line={line} one={said[line.key] ?? { answer: '', note: '' }} onSay={(one) => say({ ...said, [line.key]: one })} />
            : line.answer !== null && <p><strong>{choices[line.answer]}</strong>{line.note === '' ? '' : `：${line.note}`}</p>}
        </Section>
      ))}
      {isOpen && (
        <Section title="签署">
          <RouteForm route={putSelfCheckSignature} params={{ year: value.year }} submit="签署自查" keepsDraft={false} fixed={{ answers }} onDone={() => message.success('已签署')} extras={{ password: { isPassword: true, autoComplete: 'current-password', help: '输入密码即为本人签字，签署后不能修改' } }} />
        </Section>
      )}
    </>
  );
}

function Answering({ line, one, onSay }: { line: Check['lines'][number]; one: Said[string]; onSay: (one: Said[string]) => void }) {
  return (
    <div className="sz-fields">
      <div><label htmlFor={`answer-${line.key}`}>回答</label><Choice id={`answer-${line.key}`} value={one.answer} blank="请选择" choices={choices} onChange={(answer) => onSay({ ...one, answer })} /></div>
      <div><label htmlFor={`note-${line.key}`}>说明</label><Input.TextArea id={`note-${line.key}`} maxLength={500} autoSize={{ minRows: 1, maxRows: 6 }} value={one.note} onChange={(event) => onSay({ ...one, note: event.target.value })} /></div>
    </div>
  );
}
