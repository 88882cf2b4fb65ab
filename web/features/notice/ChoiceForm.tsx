import { Alert, App, Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { putNoticeChoice, type getNoticeChoice } from '#contract/notice-channel.ts';
import { noticeKinds } from '#contract/notice.ts';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { KindList } from './KindList.tsx';
import { minuteOf, timeOf } from './minutes.ts';

type Choice = Answer<typeof getNoticeChoice>;

/** An address field: blank keeps what is there; 取消 takes it back. */
function AddressField({ id, title, known, text, isLeft, onType, onLeave, help, error }: { id: string; title: string; known: string | null; text: string; isLeft: boolean; onType: (text: string) => void; onLeave: (isLeft: boolean) => void; help: string; error: string | undefined }) {
  return (
    <FieldRow id={id} title={title} isRequired={false} error={error} help={known === null ? help : isLeft ? `保存后不再发到 ${known}。` : `现在发到 ${known}，要换就填新的。${help}`}>
      <Input id={id} value={text} disabled={isLeft} onChange={(event) => onType(event.target.value)} aria-describedby={`${id}-help`} aria-invalid={error !== undefined} />
      {known !== null && <Button type="link" size="small" onClick={() => onLeave(!isLeft)}>{isLeft ? '还是要收' : '不再收'}</Button>}
    </FieldRow>
  );
}

/** 通知方式的填写. */
export function ChoiceForm({ value }: { value: Choice }) {
  const { message } = App.useApp();
  const id = useId();
  const [draft, setDraft] = useState({ mail: '', phone: '', isMailLeft: false, isPhoneLeft: false, mailKinds: value.mailKinds, smsKinds: value.smsKinds, from: timeOf(value.quietFromMinute), until: timeOf(value.quietUntilMinute) });
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const save = useMutationOf(putNoticeChoice, () => message.success('已保存通知方式'));
  const faults = Object.fromEntries((save.error instanceof ProblemError ? save.error.errors : []).map(({ pointer, message: words }) => [pointer.replace(/^\/(body\/)?/, ''), words]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ version: value.version, body: {
      ...address('mail', draft.mail, draft.isMailLeft), ...address('phone', draft.phone, draft.isPhoneLeft),
      mailKinds: draft.mailKinds, smsKinds: draft.smsKinds, quietFromMinute: minuteOf(draft.from), quietUntilMinute: minuteOf(draft.until),
    } });
  };
  return (
    <form className="sz-form" noValidate onSubmit={submit}>
      <Section title="邮件" note={value.hasMail ? undefined : '本县还没有启用邮件，现在填好，启用后就能收到'}>
        <div className="sz-fields">
          <AddressField id={`${id}mail`} title="邮箱" known={value.mail} text={draft.mail} isLeft={draft.isMailLeft} error={faults['mail']} help="多条通知合成一封发。" onType={(mail) => change({ mail })} onLeave={(isMailLeft) => change({ isMailLeft, mail: '' })} />
          <KindList title="哪些通知发邮件" offered={value.offered} value={draft.mailKinds} onChange={(mailKinds) => change({ mailKinds })} />
        </div>
      </Section>
      <Section title="短信" note={value.hasSms ? undefined : '本县还没有启用短信，启用后可以在这里填手机号'}>
        {(value.hasSms || value.phone !== null) && <div className="sz-fields">
          <AddressField id={`${id}phone`} title="手机号" known={value.phone} text={draft.phone} isLeft={draft.isPhoneLeft} error={faults['phone']} help="短信只说有几条通知，不写内容。" onType={(phone) => change({ phone })} onLeave={(isPhoneLeft) => change({ isPhoneLeft, phone: '' })} />
          <KindList title="哪些通知发短信" offered={value.offered} value={draft.smsKinds} onChange={(smsKinds) => change({ smsKinds })} />
        </div>}
      </Section>
      <Section title="免打扰" note={`不填就按县里的规定：${timeOf(value.defaultFromMinute)} 至次日 ${timeOf(value.defaultUntilMinute)}`}>
        <div className="sz-fields">
          <FieldRow id={`${id}from`} title="开始" isRequired={false} error={faults['quietFromMinute']}><Input id={`${id}from`} type="time" value={draft.from} onChange={(event) => change({ from: event.target.value })} /></FieldRow>
          <FieldRow id={`${id}until`} title="结束" isRequired={false}><Input id={`${id}until`} type="time" value={draft.until} onChange={(event) => change({ until: event.target.value })} /></FieldRow>
        </div>
        <p className="sz-muted">这段时间不发邮件和短信，过后合成一封{value.offered.some((kind) => noticeKinds[kind].urgency === 'urgent') && '；标“紧急”的除外'}。系统里的通知不受影响。</p>
      </Section>
      {save.error !== null && Object.keys(faults).length === 0 && <Alert type="error" showIcon role="alert" title="没有保存" description={save.error.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>保存</Button></div>
    </form>
  );
}

/** Left out keeps it, null takes it back. */
function address(name: 'mail' | 'phone', text: string, isLeft: boolean): Record<string, string | null> {
  if (isLeft) return { [name]: null };
  return text.trim() === '' ? {} : { [name]: text.trim() };
}
