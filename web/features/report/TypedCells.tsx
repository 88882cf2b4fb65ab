import { App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { putReportTypedCells, type getReportForm } from '#contract/report.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';

type Form = Answer<typeof getReportForm>;

/** 每次填写: the cells that the clerk types at each filling; they begin with what was typed last. */
export function TypedCells({ form }: { form: Form }) {
  const id = useId();
  const { message } = App.useApp();
  const asked = form.marks.flatMap((mark) => (mark.kind === 'ask' ? [mark] : []));
  const [texts, type] = useState<Readonly<Record<string, string>>>(Object.fromEntries(form.typedCells.map(({ sheet, cell, text }) => [`${sheet}!${cell}`, text])));
  const save = useMutationOf(putReportTypedCells, () => message.success('已填入，下次自动带出'));
  if (asked.length === 0) return null;
  const may = form.can.mark === true;
  const typedCells = asked.map(({ sheet, cell }) => ({ sheet, cell, text: (texts[`${sheet}!${cell}`] ?? '').trim() }));
  return (
    <Section title="每次填写" note="带出的是上次填的，改了再填入">
      <form onSubmit={(event) => { event.preventDefault(); save.mutate({ params: { formId: form.id }, version: form.version, body: { typedCells } }); }}>
        <div className="sz-fields">
          {asked.map(({ sheet, cell, label }) => {
            const key = `${sheet}!${cell}`;
            return <div key={key} className="sz-field"><label htmlFor={`${id}${key}`}>{label}（{cell}）</label><Input id={`${id}${key}`} value={texts[key] ?? ''} maxLength={500} disabled={!may} onChange={(event) => type({ ...texts, [key]: event.target.value })} /></div>;
          })}
        </div>
        {save.error !== null && <p className="sz-error" role="alert">{save.error.message}</p>}
        <div className="sz-form-foot">{may ? <Button htmlType="submit" type="primary" loading={save.isPending}>填入</Button> : <p className="sz-muted">{form.can.mark}</p>}</div>
      </form>
    </Section>
  );
}
