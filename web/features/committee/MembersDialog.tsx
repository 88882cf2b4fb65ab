import { Alert, App, Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { z } from 'zod';
import { putMembers, type getCommittee } from '#contract/committee.ts';
import type { Answer } from '#contract/define-route.ts';
import { id, localDate } from '#contract/kernel.ts';
import { memberPostLabels } from '#contract/registry/words.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { Restored } from '#web/kit/form/Restored.tsx';
import { useKept } from '#web/kit/form/use-kept.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';

type Committee = Answer<typeof getCommittee>;
const Line = z.object({ id: id('Member').nullable(), name: z.string(), post: z.string(), phone: z.string(), party: z.string(), from: localDate.nullable() });
type Line = z.output<typeof Line>;
const Lines = z.array(Line);

/** 登记委员: the whole list as from now; who is left out ends today. */
export function MembersDialog({ committee, opensAtOnce = false }: { committee: Committee; opensAtOnce?: boolean }) {
  return <DialogButton words="登记委员" title="登记委员" ability={committee.can.edit} opensAtOnce={opensAtOnce}>{(close) => <MembersForm committee={committee} close={close} />}</DialogButton>;
}

function MembersForm({ committee, close }: { committee: Committee; close: () => void }) {
  const field = useId();
  const { message } = App.useApp();
  const draft = useKept(`members ${committee.committeeId}`, Lines, committee.members.map((one) => ({ id: one.id, name: one.name, post: one.post, phone: '', party: one.isPartyMember === null ? '' : String(one.isPartyMember), from: one.validFrom })));
  const [lines, setLines] = [draft.value, draft.keep];
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(putMembers, () => {
    draft.drop();
    message.success('已登记委员');
    close();
  });
  const edit = (index: number, patch: Partial<Line>) => setLines(lines.map((line, at) => (at === index ? { ...line, ...patch } : line)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = putMembers.body.safeParse({ members: lines.map(wireOf) });
    setFault(body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (body.success) save.mutate({ params: { committeeId: committee.committeeId }, version: committee.version, body: body.data });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      {draft.isRestored && <Restored onDrop={draft.drop} />}
      <p className="sz-muted">从名单中去掉的委员，任职到今天为止；电话不填则保留原来登记的。</p>
      {lines.map((line, index) => (
        <fieldset key={line.id ?? `${field}${index}`} className="sz-fields">
          <legend>委员 {index + 1}</legend>
          <div className="sz-field"><label htmlFor={`${field}n${index}`}>姓名</label><Input id={`${field}n${index}`} value={line.name} onChange={(event) => edit(index, { name: event.target.value })} /></div>
          <div className="sz-field"><label htmlFor={`${field}p${index}`}>职务</label><Choice id={`${field}p${index}`} value={line.post} choices={memberPostLabels} onChange={(post) => edit(index, { post })} /></div>
          <div className="sz-field"><label htmlFor={`${field}t${index}`}>电话</label><Input id={`${field}t${index}`} inputMode="tel" value={line.phone} onChange={(event) => edit(index, { phone: event.target.value })} /></div>
          <div className="sz-field"><label htmlFor={`${field}c${index}`}>中共党员</label><Choice id={`${field}c${index}`} value={line.party} blank="未填" choices={{ true: '是', false: '否' }} onChange={(party) => edit(index, { party })} /></div>
          <div><Button onClick={() => setLines(lines.filter((_, at) => at !== index))}>去掉这一名</Button></div>
        </fieldset>
      ))}
      <div><Button onClick={() => setLines([...lines, { id: null, name: '', post: lines.length === 0 ? 'chair' : 'member', phone: '', party: '', from: null }])}>增加委员</Button></div>
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>保存名单</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}

function wireOf(line: Line): Record<string, unknown> {
  return {
    ...(line.id === null ? {} : { id: line.id }), name: line.name, post: line.post, validFrom: line.from,
    isPartyMember: line.party === '' ? null : line.party === 'true', ...(line.phone.trim() === '' ? {} : { phone: line.phone }),
  };
}
